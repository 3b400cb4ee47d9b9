//! The operation table.

use heck::ToShoutySnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::generator::document::{Document, Operation, PathItem};
use crate::generator::lower::bodies::Body;
use crate::generator::lower::names::{Names, pascal};
use crate::generator::lower::{Lowered, blame};
use crate::generator::markdown::code;

/// An operation of the document with its names in Rust.
pub(crate) struct Named<'a> {
    pub(crate) path: &'a str,
    pub(crate) item: &'a PathItem,
    pub(crate) method: &'static str,
    pub(crate) operation: &'a Operation,
    /// `SEND_CHAT_MESSAGE`
    pub(crate) constant: syn::Ident,
    /// `SendChatMessageError`
    pub(crate) error: syn::Ident,
}

impl Named<'_> {
    /// Whether it may be repeated although it may have taken effect.
    pub(crate) fn is_repeatable(&self) -> bool {
        let idempotent = !matches!(self.method, "post" | "patch");
        self.operation.repeatable.unwrap_or(idempotent)
    }
}

/// The operations of a document, named once for the table and the errors.
pub(crate) fn named(document: &Document) -> Vec<Named<'_>> {
    let mut names = Names::constants();
    let mut named = Vec::new();
    for (path, item) in &document.paths {
        for (method, operation) in item.operations() {
            // Both names come of one in which words are run together, so that they are
            // free together.
            let name = names.claim(&pascal(&operation.id));
            named.push(Named {
                path,
                item,
                method,
                operation,
                constant: format_ident!("{}", name.to_shouty_snake_case()),
                error: format_ident!("{name}Error"),
            });
        }
    }
    named
}

/// The table of operations.
pub(crate) fn table(document: &Document, lowered: &Lowered) -> Result<syn::File, String> {
    let named = named(document);
    let constants = named
        .iter()
        .map(|named| constant(document, lowered, named))
        .collect::<Result<Vec<_>, _>>()?;
    let all = named.iter().map(|named| &named.constant);
    parse(quote! {
        // An API may have no errors and no labels.
        #[allow(unused_imports)]
        use crate::{DocumentedError, Operation, RateLimitLabel};
        #[allow(unused_imports)]
        use reqwest::Method;

        #(#constants)*

        /// Every operation, in the document's order.
        pub static ALL: &[&Operation] = &[#(&#all),*];
    })
}

pub(crate) fn parse(tokens: TokenStream) -> Result<syn::File, String> {
    syn::parse2(tokens).map_err(|error| error.to_string())
}

fn constant(
    document: &Document,
    lowered: &Lowered,
    named: &Named<'_>,
) -> Result<TokenStream, String> {
    let Named {
        path,
        item,
        method,
        operation,
        constant,
        ..
    } = named;
    let fail = |error: String| blame(method, path, operation, &error);
    let id = &operation.id;
    let server = operation.servers.first().or(item.servers.first());
    let server = match server.map(|server| server.url.trim_end_matches('/')) {
        Some(url) => quote!(Some(#url)),
        None => quote!(None),
    };
    let label = label(operation).map_err(fail)?;
    let media_types = match &operation.request_body {
        Some(body) => document
            .request_body(body)
            .map_err(fail)?
            .content
            .keys()
            .collect(),
        None => Vec::new(),
    };
    let scopes = &operation.scopes;
    let granular_scopes = &operation.granular_scopes;
    let repeatable = named.is_repeatable();
    let sends_files = lowered.operations.iter().any(|it| {
        (it.http_method, it.path.as_str()) == (*method, *path) && matches!(it.body, Body::Files(_))
    });
    let http_method = format_ident!("{}", method.to_uppercase());
    let errors = operation.errors.iter().map(|error| {
        let status = error.status;
        let code = error.code;
        let message = error.message.as_deref().unwrap_or_default();
        quote!(DocumentedError::new(#status, #code, #message))
    });
    let doc = code(&format!("{} {path}", method.to_uppercase()));
    Ok(quote! {
        #[doc = #doc]
        pub static #constant: Operation = Operation {
            id: #id,
            method: Method::#http_method,
            path: #path,
            server: #server,
            scopes: &[#(#scopes),*],
            granular_scopes: &[#(#granular_scopes),*],
            rate_limit_label: #label,
            request_media_types: &[#(#media_types),*],
            sends_files: #sends_files,
            repeatable: #repeatable,
            errors: &[#(#errors),*],
        };
    })
}

fn label(operation: &Operation) -> Result<TokenStream, String> {
    let Some(label) = &operation.rate_limit_label else {
        return Ok(quote!(None));
    };
    let label = label.to_ascii_uppercase();
    let variant = match label.as_str() {
        "LIGHT" => quote!(Light),
        "MEDIUM" => quote!(Medium),
        "HEAVY" => quote!(Heavy),
        "RESOURCE-INTENSIVE" => quote!(ResourceIntensive),
        _ => {
            return Err(format!(
                "x-zoom-rate-limit-label {label:?} is none of Zoom's labels"
            ));
        }
    };
    Ok(quote!(Some(RateLimitLabel::#variant)))
}
