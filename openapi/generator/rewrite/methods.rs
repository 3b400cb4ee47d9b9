//! The methods of the generated client: bodies, names on the wire, HTTP methods that reqwest
//! has no shorthand for, and that they build requests and do not send them.
//!
//! Replacements are counted. If progenitor's code is not as expected, the build fails, because
//! a missing replacement would send something else.

mod replace;
mod sending;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprLit, FnArg, ImplItem, ImplItemFn, Item, Lit, Pat, Stmt, parse_quote};

use crate::generator::lower::bodies::{Body, Lists};
use crate::generator::lower::parameters::{Location, Lowered as Parameter};
use crate::generator::lower::responses::Success;
use crate::generator::lower::{Lowered, Operation};

/// Finishes the method of every operation, and makes it private to the requests.
pub(super) fn finish(items: &mut [Item], lowered: &Lowered) -> Result<(), String> {
    let mut found = 0;
    for method in methods(items) {
        let Some(operation) = lowered.method(&method.sig.ident.to_string()) else {
            continue;
        };
        found += 1;
        Finish::new(operation).method(method)?;
    }
    if found == lowered.operations.len() {
        Ok(())
    } else {
        Err(format!(
            "progenitor wrote {found} methods for {} operations",
            lowered.operations.len()
        ))
    }
}

/// Notes the arguments of every method, in order.
pub(crate) fn note_arguments(items: &mut [Item], lowered: &mut Lowered) {
    let arguments: BTreeMap<String, Vec<String>> = methods(items)
        .map(|method| {
            let arguments = method.sig.inputs.iter().filter_map(|input| match input {
                FnArg::Typed(typed) => match &*typed.pat {
                    Pat::Ident(pat) => Some(pat.ident.to_string()),
                    _ => None,
                },
                FnArg::Receiver(_) => None,
            });
            (method.sig.ident.to_string(), arguments.collect())
        })
        .collect();
    for operation in &mut lowered.operations {
        operation.arguments = arguments
            .get(&operation.method_name)
            .cloned()
            .unwrap_or_default();
    }
}

/// The asynchronous methods of the client.
fn methods(items: &mut [Item]) -> impl Iterator<Item = &mut ImplItemFn> {
    items
        .iter_mut()
        .filter_map(|item| match item {
            Item::Impl(item) if item.trait_.is_none() => Some(&mut item.items),
            _ => None,
        })
        .flatten()
        .filter_map(|item| match item {
            ImplItem::Fn(method) if method.sig.asyncness.is_some() => Some(method),
            _ => None,
        })
}

/// What can be replaced in a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Body,
    MediaType,
    HttpMethod,
    Header,
    Query,
    Joined,
    Sending,
    Url,
    Version,
    Signature,
}

/// Finishes the method of one operation.
struct Finish<'a> {
    operation: &'a Operation,
    replaced: BTreeMap<Part, usize>,
}

impl<'a> Finish<'a> {
    fn new(operation: &'a Operation) -> Self {
        Self {
            operation,
            replaced: BTreeMap::new(),
        }
    }

    fn method(mut self, method: &mut ImplItemFn) -> Result<(), String> {
        method.vis = parse_quote!(pub(crate));
        if matches!(self.operation.body, Body::Files(_)) {
            method.sig.generics = parse_quote!(<'a>);
            if let Some(FnArg::Typed(body)) = method.sig.inputs.last_mut() {
                *body.ty = parse_quote!(crate::multipart::Form);
                self.count(Part::Signature);
            }
        }
        if sending::remove(method, self.operation) {
            self.count(Part::Sending);
        }
        self.visit_block_mut(&mut method.block);
        self.join(&mut method.block);
        self.take_version(&mut method.block);
        let expected = self.expected();
        if self.replaced == expected {
            return Ok(());
        }
        Err(format!(
            "progenitor's code of {} is not what is expected: {:?} of it were replaced instead of {expected:?}",
            self.operation.method_name, self.replaced
        ))
    }

    /// How often each part is replaced.
    fn expected(&self) -> BTreeMap<Part, usize> {
        let operation = self.operation;
        let count = |location| {
            let at = |it: &&Parameter| it.location == location;
            operation.parameters.iter().filter(at).count()
        };
        let body = match &operation.body {
            Body::Form { .. } | Body::Files(_) => 1,
            Body::Json { media_type, .. } => usize::from(media_type.is_some()),
            Body::Bytes { .. } | Body::None => 0,
        };
        let parts = [
            (Part::Body, body),
            (
                Part::MediaType,
                usize::from(matches!(operation.body, Body::Bytes { .. })),
            ),
            (
                Part::HttpMethod,
                usize::from(matches!(operation.http_method, "options" | "trace")),
            ),
            (Part::Header, count(Location::Header)),
            (Part::Query, count(Location::Query)),
            (
                Part::Joined,
                operation
                    .parameters
                    .iter()
                    .filter(|it| it.separator.is_some())
                    .count(),
            ),
            (Part::Sending, 1),
            (Part::Url, usize::from(operation.path.contains("//"))),
            (Part::Version, 1),
            (
                Part::Signature,
                usize::from(matches!(operation.body, Body::Files(_))),
            ),
        ];
        parts.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    fn count(&mut self, part: Part) {
        *self.replaced.entry(part).or_default() += 1;
    }

    /// Adds the joined parameters to the request, once it is built.
    fn join(&mut self, block: &mut Block) {
        let Some((index, request)) = sending::built(&block.stmts) else {
            return;
        };
        for parameter in self.operation.parameters.iter().rev() {
            let Some(separator) = parameter.separator else {
                continue;
            };
            let (wire, value) = (&parameter.wire, format_ident!("{}", parameter.ident));
            block.stmts.insert(
                index + 1,
                parse_quote!(crate::query::join(#request.url_mut(), #wire, &#value, #separator);),
            );
            self.count(Part::Joined);
        }
    }

    /// Takes the header away that progenitor adds to every request, and the map of headers with it
    /// if the operation has none. An error has a body where a success has none, so there it says
    /// what it accepts instead.
    fn take_version(&mut self, block: &mut Block) {
        let is_empty = self.operation.success == Success::Empty;
        block.stmts.retain_mut(|stmt| {
            let Some(headers) = version(stmt) else {
                return true;
            };
            self.count(Part::Version);
            *stmt = parse_quote! {
                #headers.append(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                );
            };
            is_empty
        });
        let is_header = |it: &Parameter| it.location == Location::Header;
        if is_empty || self.operation.parameters.iter().any(is_header) {
            return;
        }
        block.stmts.retain(|stmt| !is_local(stmt, "header_map"));
        NoHeaders.visit_block_mut(block);
    }
}

/// The map of headers to which a statement adds the header `api-version`.
fn version(stmt: &Stmt) -> Option<Expr> {
    let Stmt::Expr(Expr::MethodCall(call), _) = stmt else {
        return None;
    };
    let Some(Expr::Call(name)) = call.args.first() else {
        return None;
    };
    let is_version = name.args.first().and_then(argument).as_deref() == Some("api-version");
    (call.method == "append" && is_version).then(|| (*call.receiver).clone())
}

fn is_local(stmt: &Stmt, name: &str) -> bool {
    match stmt {
        Stmt::Local(local) => matches!(&local.pat, Pat::Ident(pat) if pat.ident == name),
        _ => false,
    }
}

/// Sends no map of headers.
struct NoHeaders;

impl VisitMut for NoHeaders {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::MethodCall(call) = expr
            && call.method == "headers"
        {
            *expr = (*call.receiver).clone();
        }
    }
}

/// The arrays of a form that are joined, as pairs of name and separator.
pub(crate) fn joined(lists: &Lists) -> impl Iterator<Item = TokenStream> {
    let joined = lists.joined.iter();
    joined.map(|(name, separator)| quote!((#name, #separator)))
}

fn argument(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}
