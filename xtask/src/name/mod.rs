//! Names of operations, components and path parameters, as a person would write them.

mod component;
mod operation;
mod singular;
mod taken;
mod words;

use std::borrow::Cow;

use regex::Regex;

pub use component::{Key, component};
pub(crate) use component::{KeyWords, Stem};
pub use operation::{Titled, operation_id, operation_id_of_path, operation_ids};
pub use singular::singular;
pub use taken::Taken;

/// Any text in `PascalCase`: `user_ids` and `userIDs` → `UserIds`.
#[must_use]
pub fn pascal(text: &str) -> String {
    words::pascal_of(&words::words(text))
}

/// Any text in `snake_case`: `channelId` → `channel_id`.
#[must_use]
pub fn snake(text: &str) -> String {
    words::words(text).join("_")
}

/// The name of a path parameter: letters, digits, `_` and `-`, because many tools find no others in a path template.
#[must_use]
pub fn path_parameter(name: &str) -> Cow<'_, str> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !name.is_empty() && name.chars().all(fits) {
        return name.into();
    }
    let name = words::ascii(name);
    let words = name.split(|c| !fits(c)).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join("_");
    match joined.as_str() {
        "" => "parameter".into(),
        _ => joined.into(),
    }
}

#[expect(
    clippy::expect_used,
    reason = "the patterns are constants, and every one is used by a test"
)]
fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_parameters_are_called_what_tools_find() {
        for (name, called) in [
            ("userId", "userId"),
            ("x-y_1", "x-y_1"),
            ("note.txt", "note_txt"),
            ("user id", "user_id"),
            ("x[y]", "x_y"),
            ("é", "e"),
            ("名前", "Ming_Qian"),
            ("~", "parameter"),
            ("", "parameter"),
        ] {
            assert_eq!(path_parameter(name), called);
        }
    }

    #[test]
    fn every_casing_has_the_same_words() {
        for (text, name) in [
            ("user_ids", "UserIds"),
            ("userIDs", "UserIds"),
            ("CHANNEL_IDS", "ChannelIds"),
            ("channel IDs", "ChannelIds"),
            ("OS_file_type", "OsFileType"),
            ("HTTPServer", "HttpServer"),
            ("oauth2Token", "Oauth2Token"),
            ("OAuth2 token", "Oauth2Token"),
            ("OAuth2Token", "Oauth2Token"),
            ("iOSVersion", "IosVersion"),
            ("IPv6 address", "Ipv6Address"),
            ("WhatsApp", "WhatsApp"),
            ("U.S. number", "UsNumber"),
            ("e2e", "E2e"),
            ("H.323/SIP", "H323Sip"),
            ("größe", "Grosse"),
            ("名前", "MingQian"),
        ] {
            assert_eq!(pascal(text), name, "{text}");
            assert_eq!(pascal(&pascal(text)), name, "{text}");
        }
    }
}
