//! Every request is built by the method that progenitor wrote for its operation, and sent in one
//! place.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::visit_mut::{self, VisitMut};

/// The methods that are called in a block, by what they are called on.
#[derive(Default)]
struct Seen {
    calls: Vec<(String, String)>,
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
}

/// The functions of a file by the type that they belong to, with what is seen in them.
fn functions(file: &Path) -> Vec<(String, syn::ImplItemFn, Seen)> {
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
            let mut seen = Seen::default();
            seen.visit_block_mut(&mut function.block);
            functions.push((owner.clone(), function, seen));
        }
    }
    functions
}

impl Seen {
    /// Whether a method is called that sends a request.
    fn sends(&self) -> bool {
        let mut calls = self.calls.iter();
        calls.any(|(_, method)| ["exec", "execute", "send"].contains(&method.as_str()))
    }
}

#[test]
fn every_request_is_built_by_its_method_of_the_client() {
    let mut requests = 0;
    for folder in fs::read_dir(env!("GENERATED")).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.join("requests.rs").exists() {
            continue;
        }
        let mut methods: BTreeMap<String, usize> = BTreeMap::new();
        for (owner, function, seen) in functions(&folder.join("client.rs")) {
            let name = function.sig.ident.to_string();
            assert!(function.sig.asyncness.is_none(), "{owner}::{name}");
            assert!(!seen.sends(), "{owner}::{name}");
            if matches!(function.vis, syn::Visibility::Restricted(_)) && owner == "Client" {
                methods.insert(name, 0);
            }
        }
        for (request, function, seen) in functions(&folder.join("requests.rs")) {
            let name = &function.sig.ident;
            assert!(function.sig.asyncness.is_none(), "{request}::{name}");
            assert!(!seen.sends(), "{request}::{name}");
            let built: Vec<_> = seen.calls.iter().filter(|(on, _)| on == "client").collect();
            assert_eq!(!built.is_empty(), name == "build", "{request}::{name}");
            requests += usize::from(name == "build");
            for (_, method) in built {
                *methods.get_mut(method).expect("a method of the client") += 1;
            }
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

#[test]
fn a_request_is_checked_and_built_and_sent_once() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/request.rs");
    let file = syn::parse_file(&fs::read_to_string(source).unwrap()).unwrap();
    let send = file.items.into_iter().find_map(|item| match item {
        syn::Item::Trait(item) if item.ident == "Request" => {
            item.items.into_iter().find_map(|item| match item {
                syn::TraitItem::Fn(function) if function.sig.ident == "send" => function.default,
                _ => None,
            })
        }
        _ => None,
    });
    let mut seen = Seen::default();
    seen.visit_block_mut(&mut send.unwrap());
    let steps: Vec<_> = seen
        .calls
        .iter()
        .map(|(_, method)| method.as_str())
        .filter(|method| ["check", "build", "exec", "execute", "send"].contains(method))
        .collect();
    assert_eq!(steps, ["check", "build", "exec"]);
}
