//! Replacements of progenitor's expressions.

use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprCall, ExprMacro, ExprMethodCall, Ident, Token, parse_quote};

use super::{Finish, Part, argument, joined};
use crate::generator::lower::bodies::{Body, FormKind, Lists};
use crate::generator::lower::parameters::{Location, Lowered as Parameter};

impl Finish<'_> {
    /// What replaces a method call of the request builder, if anything does.
    fn request(&self, call: &ExprMethodCall) -> Option<(Part, Expr)> {
        let operation = self.operation;
        let request = &call.receiver;
        let arguments = &call.args;
        Some(match (call.method.to_string().as_str(), &operation.body) {
            ("form_urlencoded", Body::Form { kind, lists, .. }) => {
                (Part::Body, form(*kind, lists, request, arguments))
            }
            // It is added once the request is built.
            ("query", _) if self.joined(call).is_some() => (Part::Query, (**request).clone()),
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
            ("body", Body::Files(_)) => {
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

    /// The joined parameter that a call of `query` adds.
    fn joined(&self, call: &ExprMethodCall) -> Option<&Parameter> {
        let Expr::Reference(argument) = call.args.first()? else {
            return None;
        };
        let Expr::Call(new) = &*argument.expr else {
            return None;
        };
        let ident = self::argument(new.args.first()?)?;
        let mut parameters = self.operation.parameters.iter();
        parameters.find(|it| {
            it.ident == ident && it.location == Location::Query && it.separator.is_some()
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
        match (name.1.as_str(), name.0.as_str()) {
            ("QueryParam", "new") => {
                let ident = argument(call.args.first()?)?;
                let wire = self.wire(&ident, Location::Query)?;
                let value = call.args.get(1)?;
                let parameters = &self.operation.parameters;
                let parameter = parameters.iter().find(|it| it.ident == ident)?;
                if parameter.separator.is_some() {
                    return None;
                }
                let replacement = parse_quote!(progenitor_client::QueryParam::new(#wire, #value));
                Some((Part::Query, replacement))
            }
            _ => None,
        }
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

/// What sends a form.
fn form(
    kind: FormKind,
    lists: &Lists,
    request: &Expr,
    arguments: &Punctuated<Expr, Token![,]>,
) -> Expr {
    let (names, joined) = (&lists.names, joined(lists));
    match kind {
        FormKind::Multipart => {
            parse_quote!(crate::multipart::send(#request, #arguments, &[#(#names),*]))
        }
        FormKind::Urlencoded => parse_quote!(crate::urlencoded::send(
            #request, #arguments, &[#(#names),*], &[#(#joined),*]
        )),
    }
}
