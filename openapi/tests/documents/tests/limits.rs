//! What the documentation of generated code says of values, and what it marks as deprecated.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// The doc comment of each function of a file by its name, and whether it is deprecated.
fn functions(file: &str) -> Vec<(String, String, bool)> {
    let path = Path::new(env!("GENERATED")).join("limits").join(file);
    let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    let impls = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Impl(item) => Some(item.items),
        _ => None,
    });
    impls
        .flatten()
        .filter_map(|item| match item {
            syn::ImplItem::Fn(function) => Some(function),
            _ => None,
        })
        .map(|function| {
            let name = function.sig.ident.to_string();
            let deprecated = function
                .attrs
                .iter()
                .any(|it| it.path().is_ident("deprecated"));
            (name, doc(&function.attrs), deprecated)
        })
        .collect()
}

fn doc(attributes: &[syn::Attribute]) -> String {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            syn::Meta::NameValue(it) if it.path.is_ident("doc") => match &it.value {
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        });
    lines
        .collect::<Vec<_>>()
        .join("\n")
        .replace("\n\n", " ")
        .trim()
        .to_owned()
}

#[test]
fn limits_and_defaults_are_documented() {
    let functions = functions("requests.rs");
    for (name, text, is_deprecated) in [
        ("id", "At most 9 characters. Default: `me`.", false),
        ("size", "From `1` to `50`. Default: `10`.", false),
        ("old", "Exactly 2 characters. Deprecated.", true),
        ("below", "Less than `5.5`.", false),
        ("x_above", "Greater than `0`, at most `9`.", false),
        ("sorted", "One of `asc`, `desc`. Default: `asc`.", false),
        ("names", "1 to 5 items. Default: `[\"a\"]`.", false),
        ("word", "A word. At least 1 characters. Deprecated.", true),
        ("flag", "Default: `false`.", false),
        (
            "made",
            "Format `date`. Read-only: only answers contain it.",
            false,
        ),
    ] {
        let found = functions.iter().find(|(found, ..)| found == name).unwrap();
        assert_eq!((found.1.as_str(), found.2), (text, is_deprecated), "{name}");
    }
}

#[test]
fn a_deprecated_operation_is_a_deprecated_request() {
    let path = Path::new(env!("GENERATED")).join("limits/requests.rs");
    let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    let request = file.items.iter().find_map(|item| match item {
        syn::Item::Struct(item) if item.ident == "Limit" => Some(item),
        _ => None,
    });
    let attributes = &request.unwrap().attrs;
    assert!(attributes.iter().any(|it| it.path().is_ident("deprecated")));
}
