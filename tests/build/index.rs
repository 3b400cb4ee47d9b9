//! The calls of the index of requests, each with the task that it stands under.

use proc_macro2::TokenStream;
use quote::quote;

/// The file with all calls.
pub(crate) fn file(index: &str) -> Result<String, String> {
    let mut task = "";
    let mut call = String::new();
    let mut previews = Vec::new();
    let mut is_code = false;
    for line in index.lines() {
        match line.strip_prefix("// ") {
            _ if line.starts_with("```") => is_code = !is_code,
            _ if !is_code || line.starts_with("use ") => {}
            Some(words) => task = words,
            None => {
                call += line;
                if let Some(whole) = call.strip_suffix(';') {
                    let request: TokenStream =
                        whole.parse().map_err(|error| format!("{task}: {error}"))?;
                    previews.push(quote!((#task, subject::try_preview(zoom.clone(), #request))));
                    call.clear();
                }
            }
        }
    }
    let file = syn::parse2(quote! {
        /// What each call of the index would send, with its task.
        pub fn index(zoom: &ZoomChat) -> Vec<(&'static str, Boxed<Result<Preview, Error>>)> {
            vec![#(#previews),*]
        }
    });
    Ok(prettyplease::unparse(
        &file.map_err(|error| error.to_string())?,
    ))
}
