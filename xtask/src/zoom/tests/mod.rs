//! What is read of Zoom's prose, and what is left alone.

mod operation;
mod properties;
mod response;

use super::{operation::*, response::*, *};

/// The description that a name comes to.
fn described(name: &str) -> String {
    crate::mine::response(&response(name).rest).description
}

fn errors(name: &str) -> Vec<(i64, String)> {
    let errors = response(name).errors.into_iter();
    errors
        .map(|found| (found.fact.code, found.fact.message))
        .collect()
}

#[test]
fn hosts_are_told_apart_by_their_domain() {
    for (url, is_own) in [
        ("https://api.zoom.us/v2", true),
        ("https://zoom.us", true),
        ("https://us01.zoomgov.com:443/v2", true),
        ("https://{region}.zoom.us/v2", true),
        ("https://api.notzoom.us", false),
        ("https://zoom.us.example.com/v2", false),
        ("https://example.com/zoom.us", false),
        ("", false),
    ] {
        assert_eq!(Zoom.owns(url), is_own, "{url}");
    }
}

#[test]
fn a_description_shows_whose_it_is_by_links_and_labels() {
    for (text, is_own) in [
        (
            "See [scopes](https://marketplace.zoom.us/docs/integrations/oauth).",
            true,
        ),
        (
            "<a href=\"https://developers.zoom.us/docs/\">more</a>",
            true,
        ),
        ("Does it.\n\n**Rate Limit Label:** `LIGHT`", true),
        ("Was made.\n\n**Granular Scopes:** `a:read:b`", true),
        ("Join at https://zoom.us/j/123.", false),
        ("Rate limit: heavy use is not allowed.", false),
        ("**Scopes:** `a:read`", false),
        ("Opens a Zoom meeting.", false),
    ] {
        assert_eq!(Zoom.is_author_of(text), is_own, "{text}");
    }
}
