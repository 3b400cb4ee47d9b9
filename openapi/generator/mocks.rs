//! progenitor's mocks, made to match what the client sends.
//!
//! As generated, they compare every body as JSON, put ids into regular expressions without
//! escaping them, use the Rust names of parameters, and do not compile for arrays. The
//! signatures of the methods stay; their bodies are replaced, from the facts of the lowering.

use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, ExprMethodCall, FnArg, ImplItem, ImplItemFn, Item, ItemImpl, Type, parse_quote};

use crate::generator::lower::bodies::{Body, FormKind, essence};
use crate::generator::lower::parameters::{Location, Lowered as Parameter};
use crate::generator::lower::shapes::Shape;
use crate::generator::lower::{Lowered, Operation};
use crate::generator::rewrite::methods::joined;

/// Finishes the generated mocks.
pub(crate) fn rewrite(mut file: syn::File, lowered: &Lowered) -> Result<syn::File, String> {
    let module = file.items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == "operations" => module.content.as_mut(),
        _ => None,
    });
    let (_, items) = module.ok_or("progenitor wrote no mocks")?;
    let mut found = 0;
    for item in items {
        let Item::Impl(item) = item else { continue };
        Borrow.visit_item_impl_mut(item);
        let name = item.self_ty.to_token_stream().to_string();
        if let Some(operation) = name
            .strip_suffix("When")
            .and_then(|builder| lowered.operation(builder))
        {
            when(item, operation)?;
            found += 1;
        } else {
            then(item);
        }
    }
    if found == lowered.operations.len() {
        Ok(file)
    } else {
        Err(format!(
            "progenitor wrote {found} mocks for {} operations",
            lowered.operations.len()
        ))
    }
}

fn when(item: &mut ItemImpl, operation: &Operation) -> Result<(), String> {
    let mut replaced = 0;
    for method in methods(item) {
        let name = method.sig.ident.to_string();
        if name == "new" {
            method.block = request(operation);
        } else if name == "body" {
            body(method, operation);
        } else if let Some(parameter) = operation
            .parameters
            .iter()
            .find(|parameter| parameter.ident == name)
        {
            method.block = matcher(operation, parameter);
        } else {
            continue;
        }
        replaced += 1;
    }
    let expected = 1 + operation.parameters.len() + usize::from(operation.body != Body::None);
    if replaced == expected {
        return Ok(());
    }
    Err(format!(
        "progenitor's mock of {} is not what is expected: {replaced} of its methods were replaced instead of {expected}",
        operation.method_name
    ))
}

fn methods(item: &mut ItemImpl) -> impl Iterator<Item = &mut ImplItemFn> {
    item.items.iter_mut().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method),
        _ => None,
    })
}

fn request(operation: &Operation) -> Block {
    let method: syn::Ident = quote::format_ident!("{}", operation.http_method.to_uppercase());
    let pattern = pieces(operation, None).concat();
    let media_type = operation
        .media_type
        .as_deref()
        .map(essence)
        .map(|essence| quote!(let inner = crate::mock::media_type(inner, #essence);));
    parse_quote!({
        let inner = inner.method(::httpmock::Method::#method).path_matches(crate::mock::pattern(#pattern));
        #media_type
        Self(inner)
    })
}

/// The pattern of the path, cut where the value of a parameter belongs.
fn pieces(operation: &Operation, value_of: Option<&str>) -> Vec<String> {
    let mut pieces = vec!["^".to_owned()];
    if !operation.base_path.is_empty() {
        pieces[0].push_str(&format!("(?:{})?", escape(&operation.base_path)));
    }
    let mut rest = operation.path.as_str();
    while let Some((constant, after)) = rest.split_once('{') {
        let (hole, after) = after.split_once('}').unwrap_or((after, ""));
        let last = pieces.len() - 1;
        pieces[last].push_str(&escape(constant));
        if value_of == Some(hole) {
            pieces.push(String::new());
        } else {
            pieces[last].push_str("[^/]+");
        }
        rest = after;
    }
    let last = pieces.len() - 1;
    pieces[last].push_str(&escape(rest));
    pieces[last].push('$');
    pieces
}

/// `text` as a regular expression that matches it alone.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && c != '/' {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn matcher(operation: &Operation, parameter: &Parameter) -> Block {
    let wire = &parameter.wire;
    let array = matches!(parameter.shape, Shape::Array(_));
    let texts = quote!(
        value
            .iter()
            .map(|value| value.to_string())
            .collect::<Vec<_>>()
    );
    let (matched, missing) = match parameter.location {
        Location::Path => {
            let pieces = pieces(operation, Some(wire));
            return parse_quote!({
                Self(self.0.path_matches(crate::mock::path(&[#(#pieces),*], &value.to_string())))
            });
        }
        Location::Header => (
            quote!(self.0.header(#wire, value.to_string())),
            quote!(self.0.header_missing(#wire)),
        ),
        Location::Query => {
            let matched = match parameter.separator {
                Some(separator) => quote!(self.0.query_param(#wire, #texts.join(#separator))),
                None if array => quote! {
                    #texts.into_iter().fold(self.0, |when, value| when.query_param(#wire, value))
                },
                None => quote!(self.0.query_param(#wire, value.to_string())),
            };
            (matched, quote!(self.0.query_param_missing(#wire)))
        }
    };
    if parameter.required {
        parse_quote!({ Self(#matched) })
    } else {
        parse_quote!({
            if let Some(value) = value.into() { Self(#matched) } else { Self(#missing) }
        })
    }
}

fn body(method: &mut ImplItemFn, operation: &Operation) {
    match &operation.body {
        Body::Form { kind, lists, .. } => {
            let (names, joined) = (&lists.names, joined(lists));
            method.block = match kind {
                FormKind::Multipart => {
                    parse_quote!({ Self(crate::mock::multipart(self.0, value, &[#(#names),*])) })
                }
                FormKind::Urlencoded => parse_quote!({
                    Self(crate::mock::urlencoded(self.0, value, &[#(#names),*], &[#(#joined),*]))
                }),
            };
        }
        Body::Bytes { .. } => {
            *method = parse_quote! {
                pub fn body(self, value: impl AsRef<[u8]>) -> Self {
                    Self(crate::mock::bytes(self.0, value.as_ref()))
                }
            };
        }
        Body::Files(_) => {
            *method = parse_quote! {
                /// Expects a part with this name and content.
                pub fn part(self, name: &str, content: impl AsRef<[u8]>) -> Self {
                    Self(crate::mock::part(self.0, name, content.as_ref()))
                }
            };
        }
        Body::Json { .. } | Body::None => {}
    }
}

/// Scalars are passed by value to methods that only take references.
struct Borrow;

impl VisitMut for Borrow {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        if call.method == "json_body_obj"
            && let Some(value) = call.args.first_mut()
        {
            *value = parse_quote!(&#value);
        }
        visit_mut::visit_expr_method_call_mut(self, call);
    }
}

/// Answers that are no JSON are given as bytes.
fn then(item: &mut ItemImpl) {
    for method in methods(item) {
        let Some(FnArg::Typed(value)) = method.sig.inputs.last_mut() else {
            continue;
        };
        let raw = matches!(&*value.ty, Type::Path(path) if path.path.segments.last().is_some_and(|it| it.ident == "Value"));
        if !raw {
            continue;
        }
        *value.ty = parse_quote!(impl AsRef<[u8]>);
        let ranged = method.sig.inputs.len() > 2;
        let status: syn::Expr = if ranged {
            parse_quote!(status)
        } else {
            status_of(&method.block).unwrap_or(parse_quote!(200u16))
        };
        method.block = parse_quote!({ Self(self.0.status(#status).body(value)) });
    }
}

/// The argument of the call of `status` in a generated method.
fn status_of(block: &Block) -> Option<syn::Expr> {
    #[derive(Default)]
    struct Find(Option<syn::Expr>);
    impl<'ast> Visit<'ast> for Find {
        fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
            if call.method == "status" {
                self.0 = call.args.first().cloned();
            }
            visit::visit_expr_method_call(self, call);
        }
    }
    let mut find = Find::default();
    find.visit_block(block);
    find.0
}
