//! The generated builders: bodies, names on the wire, methods that reqwest has no
//! shorthand for, and answers that may be empty.

use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, ExprCall, ExprLit, ExprMacro, ExprMethodCall, Ident, ImplItemFn, ItemImpl, ItemStruct,
    Lit, Token, Type, parse_quote,
};

use crate::build::lower::bodies::{Body, FormKind};
use crate::build::lower::parameters::Location;
use crate::build::lower::responses::Success;
use crate::build::lower::shapes::Shape;
use crate::build::lower::{Lowered, Operation};

/// Finishes the builder that it is shown.
pub(super) struct Finish<'a> {
    lowered: &'a Lowered,
    operation: Option<&'a Operation>,
}

impl<'a> Finish<'a> {
    pub(super) fn new(lowered: &'a Lowered) -> Self {
        Self {
            lowered,
            operation: None,
        }
    }

    fn enter(&mut self, builder: Option<&Ident>) {
        self.operation = builder.and_then(|name| self.lowered.operation(&name.to_string()));
    }

    fn has_files(&self) -> bool {
        self.operation
            .is_some_and(|operation| matches!(operation.body, Body::Files { .. }))
    }

    /// What replaces a method call of the request builder, if anything does.
    fn request(&self, call: &ExprMethodCall) -> Option<Expr> {
        let operation = self.operation?;
        let request = &call.receiver;
        let arguments = &call.args;
        Some(match (call.method.to_string().as_str(), &operation.body) {
            ("form_urlencoded", Body::Form { kind, repeated, .. }) => {
                let module: Ident = match kind {
                    FormKind::Multipart => parse_quote!(multipart),
                    FormKind::Urlencoded => parse_quote!(urlencoded),
                };
                parse_quote!(crate::#module::send(#request, #arguments, &[#(#repeated),*]))
            }
            (
                "json",
                Body::Json {
                    media_type: Some(media_type),
                    ..
                },
            ) => parse_quote! {
                #request
                    .header(
                        ::reqwest::header::CONTENT_TYPE,
                        ::reqwest::header::HeaderValue::from_static(#media_type),
                    )
                    .json(#arguments)
            },
            ("body", Body::Files { .. }) => {
                // Before it stands the header that the form sets itself.
                let Expr::MethodCall(header) = &**request else {
                    return None;
                };
                let request = &header.receiver;
                parse_quote!(crate::multipart::stream(#request, #arguments))
            }
            ("options" | "trace", _) if call.method == operation.http_method => {
                let method: Ident = syn::parse_str(&operation.http_method.to_uppercase()).ok()?;
                parse_quote!(#request.request(::reqwest::Method::#method, #arguments))
            }
            ("append", _) => {
                let ident = argument(call.args.first()?)?;
                let wire = self.wire(&ident, Location::Header)?;
                let mut call = call.clone();
                *call.args.first_mut()? = parse_quote!(#wire);
                Expr::MethodCall(call)
            }
            _ => return None,
        })
    }

    /// What replaces the macro that builds the URL, where progenitor takes several slashes
    /// of the path for one.
    fn url(&self, call: &ExprMacro) -> Option<Expr> {
        let operation = self
            .operation
            .filter(|operation| operation.path.contains("//"))?;
        let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
        let mut arguments = call
            .mac
            .parse_body_with(parse)
            .ok()
            .filter(|_| call.mac.path.is_ident("format"))?;
        let format = arguments.first_mut()?;
        argument(format).filter(|format| format.starts_with("{}/"))?;
        let pieces: Vec<_> = operation
            .path
            .split('{')
            .map(|piece| piece.split_once('}').map_or(piece, |it| it.1))
            .collect();
        let written = format!("{{}}{}", pieces.join("{}"));
        *format = parse_quote!(#written);
        Some(parse_quote!(format!(#arguments)))
    }

    /// What replaces a call of a function, if anything does.
    fn function(&self, call: &ExprCall) -> Option<Expr> {
        let operation = self.operation?;
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
                let separator = operation
                    .parameters
                    .iter()
                    .find(|it| it.ident == ident)?
                    .separator;
                Some(match separator {
                    Some(separator) => {
                        parse_quote!(crate::query::Joined::new(#wire, #value, #separator))
                    }
                    None => parse_quote!(progenitor_client::QueryParam::new(#wire, #value)),
                })
            }
            ("ResponseValue", "from_response") => match &operation.success {
                Success::OptionalJson(_) => {
                    Some(parse_quote!(crate::response::optional(#arguments)))
                }
                Success::Json(shape) if self.has_no_code(shape) => {
                    Some(parse_quote!(crate::response::json(#arguments)))
                }
                Success::Json(_) => Some(parse_quote!(crate::response::any(#arguments))),
                _ => None,
            },
            ("ResponseValue", "empty") if operation.success == Success::Empty => {
                Some(parse_quote!(crate::response::empty(#arguments).await?))
            }
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

    /// The name on the wire of a parameter, if it differs from the one in Rust.
    fn wire(&self, ident: &str, location: Location) -> Option<&str> {
        let parameters = &self.operation?.parameters;
        let parameter = parameters
            .iter()
            .find(|it| it.ident == ident && it.location == location)?;
        Some(&parameter.wire)
    }
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
    fn visit_item_impl_mut(&mut self, item: &mut ItemImpl) {
        if let Type::Path(path) = &*item.self_ty {
            self.enter(path.path.segments.last().map(|segment| &segment.ident));
        }
        visit_mut::visit_item_impl_mut(self, item);
    }

    fn visit_item_struct_mut(&mut self, item: &mut ItemStruct) {
        self.enter(Some(&item.ident));
        if self.has_files() {
            for field in item
                .fields
                .iter_mut()
                .filter(|field| field.ident.as_ref().is_some_and(|it| it == "body"))
            {
                field.ty = parse_quote!(Result<crate::multipart::Form, String>);
            }
        }
    }

    fn visit_impl_item_fn_mut(&mut self, item: &mut ImplItemFn) {
        if self.has_files() && item.sig.ident == "body" {
            *item = parse_quote! {
                /// The form with the files.
                pub fn body(mut self, value: crate::multipart::Form) -> Self {
                    self.body = Ok(value);
                    self
                }
            };
        }
        visit_mut::visit_impl_item_fn_mut(self, item);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let replacement = match expr {
            Expr::MethodCall(call) => self.request(call),
            Expr::Call(call) => self.function(call),
            Expr::Macro(call) => self.url(call),
            _ => None,
        };
        if let Some(replacement) = replacement {
            *expr = replacement;
        }
    }

    fn visit_lit_str_mut(&mut self, text: &mut syn::LitStr) {
        let Some(Body::Bytes { media_type }) = self.operation.map(|operation| &operation.body)
        else {
            return;
        };
        if text.value() == "application/octet-stream" {
            *text = syn::LitStr::new(media_type, text.span());
        }
    }
}
