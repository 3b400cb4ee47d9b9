//! Runs progenitor and writes the generated code.
//!
//! progenitor panics on features that it does not support, without naming the operation.
//! Lowering removes these features. If it panics nevertheless, the operations are tried one
//! by one to find the one that causes it.

use std::panic::{self, AssertUnwindSafe};

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TypeImpl};
use quote::quote;

use crate::generator::document::Document;
use crate::generator::lower::{self, Lowered, Responses};
use crate::generator::requests::calls::Calls;
use crate::generator::{errors, events, markdown, mocks, operations, requests, rewrite};

/// The generated files, by name.
pub(crate) fn all(
    document: &Document,
    calls: &Calls,
    with_mocks: bool,
) -> Result<Vec<(&'static str, String)>, String> {
    let mut lowered = lower::lower(document)?;
    lowered.loosen_bodies();
    let mut client = client(&lowered)?;
    rewrite::note(&mut client, &mut lowered);
    let lowered = lowered;
    let mut files = vec![
        (
            "client.rs",
            print(&commented(rewrite::client(client, &lowered)?)),
        ),
        (
            "requests.rs",
            print(&requests::requests(document, &lowered, calls)?),
        ),
        (
            "operations.rs",
            print(&operations::table(document, &lowered)?),
        ),
        ("errors.rs", print(&errors::enums(document)?)),
        ("events.rs", print(&events::events(document)?)),
    ];
    if with_mocks {
        files.push((
            "mocks.rs",
            print(&commented(mocks::rewrite(
                mock_server(&lowered)?,
                &lowered,
            )?)),
        ));
    }
    Ok(files)
}

/// `file`, which progenitor generated, with doc comments that contain only text.
fn commented(mut file: syn::File) -> syn::File {
    markdown::comments(&mut file);
    file
}

fn print(file: &syn::File) -> String {
    format!(
        "// Generated from zoom-chat.json. Not to be edited.\n\n{}",
        prettyplease::unparse(file)
    )
}

fn client(lowered: &Lowered) -> Result<syn::File, String> {
    run(lowered, Responses::Success, |spec| {
        generator(lowered).generate_tokens(spec)
    })
}

fn mock_server(lowered: &Lowered) -> Result<syn::File, String> {
    run(lowered, Responses::Documented, |spec| {
        generator(lowered).httpmock(spec, "crate")
    })
}

fn generator(lowered: &Lowered) -> Generator {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_inner_type(quote!(crate::Attempt))
        .with_hooks(HooksMode::Expected)
        .with_derive("PartialEq")
        .with_map_type("::std::collections::BTreeMap");
    for name in lowered.enums.keys() {
        settings.with_replacement(
            name,
            format!("crate::types::{name}"),
            [TypeImpl::Display, TypeImpl::FromStr].into_iter(),
        );
    }
    for name in lowered.unions.keys() {
        let no_traits = std::iter::empty();
        settings.with_replacement(name, format!("crate::types::{name}"), no_traits);
    }
    Generator::new(&settings)
}

type Generated = Result<proc_macro2::TokenStream, progenitor::Error>;

fn run(
    lowered: &Lowered,
    responses: Responses,
    generate: impl Fn(&OpenAPI) -> Generated,
) -> Result<syn::File, String> {
    let attempt = |keep: &dyn Fn(&lower::Operation) -> bool| {
        let spec = serde_json::from_value(lowered.document(responses, keep))
            .map_err(|error| error.to_string())?;
        let tokens = quietly(|| generate(&spec))?;
        syn::parse2(tokens).map_err(|error| error.to_string())
    };
    attempt(&|_| true).map_err(|error| {
        let culprit = lowered.operations.iter().find_map(|operation| {
            let reason = attempt(&|other| other.method_name == operation.method_name).err()?;
            Some(format!(
                "{} {}: {reason}",
                operation.http_method.to_uppercase(),
                operation.path
            ))
        });
        culprit.unwrap_or(error)
    })
}

/// Runs `work`, with panics converted to errors and without printing their messages.
fn quietly(work: impl FnOnce() -> Generated) -> Result<proc_macro2::TokenStream, String> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(hook);
    match outcome {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            Err(text
                .or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()))
                .unwrap_or_default())
        }
    }
}
