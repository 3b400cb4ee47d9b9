//! The code of the subjects: a module for each operation, and the list of all.

use heck::{ToPascalCase, ToSnakeCase};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::document::{Body, Operation, Parameter};

/// The file with all subjects.
pub(crate) fn file(operations: &[Operation]) -> Result<String, String> {
    let modules = operations
        .iter()
        .map(module)
        .collect::<Result<Vec<_>, _>>()?;
    let subjects = operations.iter().flat_map(|operation| {
        let module = ident(&operation.id);
        (0..operation.media_types.len().max(1)).map(move |encoding| {
            let subject = format_ident!("subject_{encoding}");
            quote!(#module::#subject())
        })
    });
    let file = syn::parse2(quote! {
        #(#modules)*

        /// A subject for each operation, and for each encoding of its body.
        pub fn subjects() -> Vec<Subject> {
            vec![#(#subjects),*]
        }
    })
    .map_err(|error| error.to_string())?;
    Ok(prettyplease::unparse(&file))
}

fn module(operation: &Operation) -> Result<TokenStream, String> {
    let module = ident(&operation.id);
    let request = format_ident!("{}", operation.id.to_pascal_case());
    let make = make(operation, &request)?;
    let count = match &operation.body {
        Some(Body::Value(examples)) => examples.len(),
        _ => 1,
    };
    let pages = if operation.is_paged {
        quote!(Some(|zoom, given| subject::pages(zoom, request(given))))
    } else {
        quote!(None)
    };
    let encodings = 0..operation.media_types.len().max(1);
    let subjects = encodings.map(|encoding| {
        let name = format_ident!("subject_{encoding}");
        let media_type = match operation.media_types.get(encoding) {
            Some(media_type) => quote!(Some(#media_type)),
            None => quote!(None),
        };
        let encoded = match operation.media_types.get(encoding) {
            Some(media_type) if operation.media_types.len() > 1 => {
                let setter = format_ident!("as_{}", short(media_type));
                quote!(request(given).#setter())
            }
            _ => quote!(request(given)),
        };
        let mock = mock(operation, encoding);
        quote! {
            pub fn #name() -> Subject {
                Subject {
                    operation: zoom_chat_sdk::Request::operation(&request(&Given::default())),
                    media_type: #media_type,
                    examples: #count,
                    call: |zoom, given| subject::call(zoom, #encoded, RetryPolicy::none()),
                    call_with_retries: |zoom, given| subject::call(zoom, #encoded, RetryPolicy::default()),
                    preview: |zoom, given| subject::preview(zoom, #encoded),
                    pages: #pages,
                    mock: |server, given, answer| {
                        let _ = (given, answer);
                        #mock
                    },
                }
            }
        }
    });
    Ok(quote! {
        mod #module {
            use super::*;
            #make
            #(#subjects)*
        }
    })
}

/// The function that makes the request.
fn make(operation: &Operation, request: &syn::Ident) -> Result<TokenStream, String> {
    let arguments = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.is_given)
        .map(|parameter| {
            let (name, example) = (&parameter.name, example_text(parameter));
            quote!(given.path(#name, #example))
        });
    let mut setters = Vec::new();
    for parameter in operation.parameters.iter().filter(|it| !it.is_given) {
        let Some(example) = &parameter.example else {
            continue;
        };
        let (name, setter) = (&parameter.name, ident(&parameter.name));
        let value = if parameter.is_in_path {
            let example = example_text(parameter);
            quote!(given.path(#name, #example))
        } else {
            value(example, parameter.is_enum)?
        };
        setters.push(quote!(if given.has(#name) { request = request.#setter(#value); }));
    }
    match &operation.body {
        Some(Body::Value(examples)) => {
            let examples = examples.iter().map(Value::to_string);
            setters.push(quote!(request = request.body(given.body(&[#(#examples),*]));));
        }
        Some(Body::Files { texts, files }) => {
            for (name, example) in texts {
                let (setter, value) = (ident(name), value(example, false)?);
                setters.push(quote!(if given.has(#name) { request = request.#setter(#value); }));
            }
            for name in files {
                let setter = ident(name);
                setters
                    .push(quote!(if given.has(#name) { request = request.#setter(given.file()); }));
            }
        }
        None => {}
    }
    Ok(quote! {
        fn request(given: &Given) -> requests::#request {
            let _ = given;
            let mut request = requests::#request::new(#(#arguments),*);
            #(#setters)*
            request
        }
    })
}

/// The typed mock that takes the request and nothing else.
fn mock(operation: &Operation, encoding: usize) -> TokenStream {
    let request = format_ident!("{}", operation.id.to_pascal_case());
    // What differs in its media type alone has the name of the media type behind its own.
    let mock = match operation.media_types.get(encoding) {
        Some(media_type) if encoding > 0 => {
            format_ident!("{}_{}", operation.id.to_snake_case(), short(media_type))
        }
        _ => ident(&operation.id),
    };
    let parameters = operation.parameters.iter().filter_map(|parameter| {
        let (name, setter) = (&parameter.name, ident(&parameter.name));
        let example = parameter.example.as_ref()?;
        Some(match (parameter.is_in_path, parameter.is_required) {
            (true, _) => {
                let example = example_text(parameter);
                quote!(let when = when.#setter(&given.path(#name, #example));)
            }
            (false, true) => {
                let value = plain(example);
                let value = if parameter.is_enum {
                    quote!(&#value.into())
                } else {
                    value
                };
                quote!(let when = when.#setter(#value);)
            }
            (false, false) if parameter.is_enum => {
                let value = plain(example);
                quote! {
                    let value = subject::value(requests::#request::#setter, #value);
                    let when = when.#setter(given.has(#name).then_some(&value));
                }
            }
            (false, false) => {
                let value = plain(example);
                quote!(let when = when.#setter(given.has(#name).then_some(#value));)
            }
        })
    });
    let body = match &operation.body {
        Some(Body::Value(examples)) => {
            let examples = examples.iter().map(Value::to_string);
            quote!(let when = when.body(&given.body(&[#(#examples),*]));)
        }
        Some(Body::Files { texts, files }) => {
            let texts = texts.iter().map(|(name, example)| {
                let example = example.as_str().map_or(example.to_string(), str::to_owned);
                quote!(let when = if given.has(#name) { when.part(#name, #example) } else { when };)
            });
            quote! {
                #(#texts)*
                #(let when = when.part(#files, given::FILE);)*
            }
        }
        None => quote!(),
    };
    let then = success(&operation.success);
    quote! {
        server.#mock(|when, then| {
            #(#parameters)*
            #body
            let _ = when;
            #then;
        })
    }
}

/// The success, by the name of its status.
fn success((status, has_body): &(String, bool)) -> TokenStream {
    let name = match status.as_str() {
        "201" => quote!(created),
        "202" => quote!(accepted),
        "204" => quote!(no_content),
        _ => quote!(ok),
    };
    if *has_body {
        quote!(then.#name(&subject::read(answer)))
    } else {
        quote!(then.#name())
    }
}

/// An example as the argument of a setter.
fn value(example: &Value, is_enum: bool) -> Result<TokenStream, String> {
    match example {
        Value::String(text) if is_enum => Ok(quote!(#text.into())),
        Value::Array(_) | Value::Object(_) | Value::Null => {
            Err(format!("the example {example} is no value of a parameter"))
        }
        example => Ok(plain(example)),
    }
}

/// A literal.
fn plain(example: &Value) -> TokenStream {
    match example {
        Value::Bool(value) => quote!(#value),
        Value::Number(number) => {
            let number = proc_macro2::Literal::i64_unsuffixed(number.as_i64().unwrap_or_default());
            quote!(#number)
        }
        Value::String(text) => quote!(#text),
        other => {
            let text = other.to_string();
            quote!(#text)
        }
    }
}

fn example_text(parameter: &Parameter) -> String {
    match &parameter.example {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// `name` as a method.
fn ident(name: &str) -> syn::Ident {
    let name = name.to_snake_case();
    if syn::parse_str::<syn::Ident>(&name).is_ok() {
        format_ident!("{name}")
    } else {
        format_ident!("{name}_")
    }
}

fn short(media_type: &str) -> &'static str {
    if media_type.starts_with("multipart/") {
        "multipart"
    } else {
        "json"
    }
}
