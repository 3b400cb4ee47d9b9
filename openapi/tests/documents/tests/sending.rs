//! Every request is sent by the method that progenitor wrote for its operation, and by
//! nothing else.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::visit_mut::{self, VisitMut};

/// What is called in a block, and the texts that stand in it.
#[derive(Default)]
struct Seen {
    /// The methods called, by what they are called on.
    calls: Vec<(String, String)>,
    texts: Vec<String>,
}

impl VisitMut for Seen {
    fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
        let on = match &*call.receiver {
            syn::Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        };
        self.calls
            .push((on.unwrap_or_default(), call.method.to_string()));
        visit_mut::visit_expr_method_call_mut(self, call);
    }

    fn visit_lit_str_mut(&mut self, text: &mut syn::LitStr) {
        self.texts.push(text.value());
    }
}

/// The asynchronous functions of a file by the type or trait that they belong to, with what is seen in them.
fn functions(file: &Path) -> Vec<(String, String, Seen)> {
    let file = syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap();
    let mut functions = Vec::new();
    for item in file.items {
        let syn::Item::Impl(item) = item else {
            continue;
        };
        let syn::Type::Path(ty) = &*item.self_ty else {
            continue;
        };
        let owner = ty.path.segments.last().unwrap().ident.to_string();
        for member in item.items {
            let syn::ImplItem::Fn(mut function) = member else {
                continue;
            };
            if function.sig.asyncness.is_some() {
                let mut seen = Seen::default();
                seen.visit_block_mut(&mut function.block);
                functions.push((owner.clone(), function.sig.ident.to_string(), seen));
            }
        }
    }
    functions
}

#[test]
fn every_request_is_sent_by_its_method_of_the_client() {
    let mut requests = 0;
    for folder in fs::read_dir(env!("GENERATED")).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.join("requests.rs").exists() {
            continue;
        }
        let mut methods: BTreeMap<String, usize> = BTreeMap::new();
        for (owner, method, seen) in functions(&folder.join("client.rs")) {
            assert_eq!(owner, "Client");
            // progenitor builds the request and hands it to the hooks, once, under the name of the method.
            for step in ["pre", "exec", "post"] {
                let count = seen
                    .calls
                    .iter()
                    .filter(|(on, name)| on == "self" && name == step)
                    .count();
                assert_eq!(count, 1, "{step} in {method}");
            }
            assert!(
                seen.texts.contains(&method),
                "{method} says another operation"
            );
            methods.insert(method, 0);
        }
        for (request, function, seen) in functions(&folder.join("requests.rs")) {
            assert_eq!(function, "send", "{request}");
            let mut sent = 0;
            for (on, method) in &seen.calls {
                if on == "client" {
                    *methods.get_mut(method).expect("a method of the client") += 1;
                    sent += 1;
                } else {
                    let sends = ["execute", "exec", "request"].contains(&method.as_str());
                    assert!(!sends, "{request} calls {method}");
                }
            }
            assert!(sent > 0, "{request} is never sent");
            requests += 1;
        }
        // The method without a body of a form with files is of no use: a form is always one.
        let unused: Vec<_> = methods
            .iter()
            .filter(|(name, count)| **count != 1 && !name.ends_with("_without_body"))
            .collect();
        assert!(unused.is_empty(), "{}: {unused:?}", folder.display());
    }
    assert!(requests > 100, "only {requests} requests were looked at");
}
