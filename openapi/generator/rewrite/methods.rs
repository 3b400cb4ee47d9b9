//! The methods of the generated client: bodies, names on the wire, HTTP methods that reqwest
//! has no shorthand for, and answers that may be empty.
//!
//! What is replaced is counted. Where progenitor's code is not what is expected, the build
//! fails, for a replacement that did not happen would send something else.

use std::collections::BTreeMap;

use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, ExprCall, ExprLit, ExprMacro, ExprMethodCall, FnArg, Ident, ImplItem, ImplItemFn, Item,
    Lit, Pat, Token, parse_quote,
};

use crate::generator::lower::bodies::{Body, FormKind};
use crate::generator::lower::parameters::Location;
use crate::generator::lower::responses::Success;
use crate::generator::lower::shapes::Shape;
use crate::generator::lower::{Lowered, Operation};

/// Finishes the method of every operation, and makes it the requests' alone.
pub(super) fn finish(items: &mut [Item], lowered: &Lowered) -> Result<(), String> {
    let mut found = 0;
    for method in methods(items) {
        let Some(operation) = lowered.method(&method.sig.ident.to_string()) else {
            continue;
        };
        found += 1;
        Finish::new(lowered, operation).method(method)?;
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
    Accept,
    Query,
    Answer,
    Url,
}

/// Finishes the method of one operation.
struct Finish<'a> {
    lowered: &'a Lowered,
    operation: &'a Operation,
    replaced: BTreeMap<Part, usize>,
}

impl<'a> Finish<'a> {
    fn new(lowered: &'a Lowered, operation: &'a Operation) -> Self {
        Self {
            lowered,
            operation,
            replaced: BTreeMap::new(),
        }
    }

    fn method(mut self, method: &mut ImplItemFn) -> Result<(), String> {
        method.vis = parse_quote!(pub(crate));
        if matches!(self.operation.body, Body::Files { .. }) {
            method.sig.generics = parse_quote!(<'a>);
            if let Some(FnArg::Typed(body)) = method.sig.inputs.last_mut() {
                *body.ty = parse_quote!(crate::multipart::Form);
            }
        }
        self.visit_block_mut(&mut method.block);
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
            let at = |it: &&crate::generator::lower::parameters::Lowered| it.location == location;
            operation.parameters.iter().filter(at).count()
        };
        let body = match &operation.body {
            Body::Form { .. } | Body::Files { .. } => 1,
            Body::Json { media_type, .. } => usize::from(media_type.is_some()),
            Body::Bytes { .. } | Body::None => 0,
        };
        let answer = match &operation.success {
            Success::OptionalJson(_) | Success::Empty | Success::Json(_) => 1,
            Success::Bytes => 0,
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
            (
                Part::Accept,
                usize::from(operation.success == Success::Empty),
            ),
            (Part::Query, count(Location::Query)),
            (Part::Answer, answer),
            (Part::Url, usize::from(operation.path.contains("//"))),
        ];
        parts.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    fn count(&mut self, part: Part) {
        *self.replaced.entry(part).or_default() += 1;
    }

    /// What replaces a method call of the request builder, if anything does.
    fn request(&self, call: &ExprMethodCall) -> Option<(Part, Expr)> {
        let operation = self.operation;
        let request = &call.receiver;
        let arguments = &call.args;
        Some(match (call.method.to_string().as_str(), &operation.body) {
            ("form_urlencoded", Body::Form { kind, repeated, .. }) => {
                let module: Ident = match kind {
                    FormKind::Multipart => parse_quote!(multipart),
                    FormKind::Urlencoded => parse_quote!(urlencoded),
                };
                (
                    Part::Body,
                    parse_quote!(crate::#module::send(#request, #arguments, &[#(#repeated),*])),
                )
            }
            (
                "json",
                Body::Json {
                    media_type: Some(media_type),
                    ..
                },
            ) => (
                Part::Body,
                parse_quote! {
                    #request
                        .header(
                            ::reqwest::header::CONTENT_TYPE,
                            ::reqwest::header::HeaderValue::from_static(#media_type),
                        )
                        .json(#arguments)
                },
            ),
            ("body", Body::Files { .. }) => {
                // Before it stands the header that the form sets itself.
                let Expr::MethodCall(header) = &**request else {
                    return None;
                };
                let request = &header.receiver;
                (
                    Part::Body,
                    parse_quote!(crate::multipart::stream(#request, #arguments)),
                )
            }
            ("options" | "trace", _) if call.method == operation.http_method => {
                let method: Ident = syn::parse_str(&operation.http_method.to_uppercase()).ok()?;
                (
                    Part::HttpMethod,
                    parse_quote!(#request.request(::reqwest::Method::#method, #arguments)),
                )
            }
            // An error has a body where a success has none. The version of the document is sent by no operation.
            ("append", _) if operation.success == Success::Empty && is_version(call) => (
                Part::Accept,
                parse_quote! {
                    #request.append(
                        ::reqwest::header::ACCEPT,
                        ::reqwest::header::HeaderValue::from_static("application/json"),
                    )
                },
            ),
            ("append", _) => {
                let ident = argument(call.args.first()?)?;
                let wire = self.wire(&ident, Location::Header)?;
                let mut call = call.clone();
                *call.args.first_mut()? = parse_quote!(#wire);
                (Part::Header, Expr::MethodCall(call))
            }
            _ => return None,
        })
    }

    /// What replaces the macro that builds the URL, where progenitor takes several slashes
    /// of the path for one.
    fn url(&self, call: &ExprMacro) -> Option<(Part, Expr)> {
        if !self.operation.path.contains("//") {
            return None;
        }
        let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
        let mut arguments = call
            .mac
            .parse_body_with(parse)
            .ok()
            .filter(|_| call.mac.path.is_ident("format"))?;
        let format = arguments.first_mut()?;
        argument(format).filter(|format| format.starts_with("{}/"))?;
        let pieces: Vec<_> = self
            .operation
            .path
            .split('{')
            .map(|piece| piece.split_once('}').map_or(piece, |it| it.1))
            .collect();
        let written = format!("{{}}{}", pieces.join("{}"));
        *format = parse_quote!(#written);
        Some((Part::Url, parse_quote!(format!(#arguments))))
    }

    /// What replaces a call of a function, if anything does.
    fn function(&self, call: &ExprCall) -> Option<(Part, Expr)> {
        let Expr::Path(function) = &*call.func else {
            return None;
        };
        let mut segments = function
            .path
            .segments
            .iter()
            .rev()
            .map(|segment| segment.ident.to_string());
        let name = (segments.next()?, segments.next()?);
        let arguments = &call.args;
        match (name.1.as_str(), name.0.as_str()) {
            ("QueryParam", "new") => {
                let ident = argument(call.args.first()?)?;
                let wire = self.wire(&ident, Location::Query)?;
                let value = call.args.get(1)?;
                let parameters = &self.operation.parameters;
                let separator = parameters.iter().find(|it| it.ident == ident)?.separator;
                let replacement = match separator {
                    Some(separator) => {
                        parse_quote!(crate::query::Joined::new(#wire, #value, #separator))
                    }
                    None => parse_quote!(progenitor_client::QueryParam::new(#wire, #value)),
                };
                Some((Part::Query, replacement))
            }
            ("ResponseValue", "from_response") => {
                let replacement = match &self.operation.success {
                    Success::OptionalJson(_) => {
                        parse_quote!(crate::response::optional(#arguments))
                    }
                    Success::Json(shape) if self.has_no_code(shape) => {
                        parse_quote!(crate::response::json(#arguments))
                    }
                    Success::Json(_) => parse_quote!(crate::response::any(#arguments)),
                    _ => return None,
                };
                Some((Part::Answer, replacement))
            }
            ("ResponseValue", "empty") if self.operation.success == Success::Empty => Some((
                Part::Answer,
                parse_quote!(crate::response::empty(#arguments).await?),
            )),
            _ => None,
        }
    }

    /// Whether an answer of this shape cannot be mistaken for an error, which has a `code`.
    fn has_no_code(&self, shape: &Shape) -> bool {
        let Shape::Object(name) = shape else {
            return false;
        };
        self.lowered.schemas.get(name).is_some_and(|schema| {
            schema.pointer("/properties/code").is_none()
                && schema.get("additionalProperties").is_none()
        })
    }

    /// The name of a parameter on the wire.
    fn wire(&self, ident: &str, location: Location) -> Option<&str> {
        let parameters = &self.operation.parameters;
        let parameter = parameters
            .iter()
            .find(|it| it.ident == ident && it.location == location)?;
        Some(&parameter.wire)
    }
}

/// Whether a header is set to the version of the document.
fn is_version(call: &ExprMethodCall) -> bool {
    matches!(call.args.first(), Some(Expr::Call(name)) if name.args.first().and_then(argument).as_deref() == Some("api-version"))
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

impl VisitMut for Finish<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let replacement = match expr {
            Expr::MethodCall(call) => self.request(call),
            Expr::Call(call) => self.function(call),
            Expr::Macro(call) => self.url(call),
            _ => None,
        };
        if let Some((part, replacement)) = replacement {
            self.count(part);
            *expr = replacement;
        }
    }

    fn visit_lit_str_mut(&mut self, text: &mut syn::LitStr) {
        let Body::Bytes { media_type } = &self.operation.body else {
            return;
        };
        if text.value() == "application/octet-stream" {
            *text = syn::LitStr::new(media_type, text.span());
            self.count(Part::MediaType);
        }
    }
}
