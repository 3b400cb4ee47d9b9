//! Ids of Zoom's resources as types of their own.
//!
//! Zoom promises nothing about the form of its ids: UUIDs in either case, some in braces, others like base64 with `/`,
//! `+` and `=`. So they are opaque text here, percent-encoded once where they stand in a path. Only what would address
//! *another* resource is refused: nothing at all, the path segments `.` and `..`, a backslash (URL parsers read it as
//! a slash), and control characters (URL parsers drop some of them).

use std::{borrow::Cow, convert::Infallible, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A text that cannot be an id, because it would address something else.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind} {problem}")]
pub struct InvalidId {
    kind: &'static str,
    problem: Problem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    Empty,
    DotSegment,
    Backslash,
    Control { at: usize },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::DotSegment => f.write_str("is `.` or `..`, which would address another resource"),
            Self::Backslash => f.write_str("holds a backslash, which URLs read as a slash"),
            Self::Control { at } => write!(f, "holds a control character at byte {at}"),
        }
    }
}

impl InvalidId {
    /// What kind of id was refused, for example `channel id`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }
}

impl From<Infallible> for InvalidId {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

fn check(kind: &'static str, text: &str) -> Result<(), InvalidId> {
    let problem = match text {
        "" => Some(Problem::Empty),
        "." | ".." => Some(Problem::DotSegment),
        // Nearly every id; control characters are below the space, or begin with one of the last two bytes. All bytes
        // are looked at, so that many are at once.
        _ if !text.bytes().fold(false, |odd, b| {
            odd | (b <= b' ') | (b == b'\\') | (b == 0x7f) | (b == 0xc2)
        }) =>
        {
            None
        }
        _ => text.char_indices().find_map(|(at, c)| match c {
            '\\' => Some(Problem::Backslash),
            _ if c.is_control() => Some(Problem::Control { at }),
            _ => None,
        }),
    };
    problem.map_or(Ok(()), |problem| Err(InvalidId { kind, problem }))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Cow<'static, str>);

        impl $name {
            #[doc = concat!("Takes `text` as a ", $kind, ", unchanged.")]
            ///
            /// # Errors
            ///
            /// [`InvalidId`] for text that would address something else: empty, `.`, `..`, with a backslash or with
            /// control characters.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidId> {
                let text = text.into();
                check($kind, &text)?;
                Ok(Self(Cow::Owned(text)))
            }

            #[doc = concat!("The ", $kind, " as Zoom writes it.")]
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = InvalidId;

            fn try_from(text: &str) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }

        impl TryFrom<&String> for $name {
            type Error = InvalidId;

            fn try_from(text: &String) -> Result<Self, InvalidId> {
                Self::new(text.as_str())
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl From<&$name> for String {
            fn from(id: &$name) -> Self {
                id.as_str().to_owned()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.into_owned()
            }
        }
    )*};
}

ids! {
    /// A channel: what `to_channel` names.
    ChannelId = "channel id";
    /// A person to write to or to mention: an email address, a user id or a member id.
    Contact = "contact";
    /// A message waiting to be sent: what Zoom answers for a scheduled message.
    DraftId = "draft id";
    /// A file that was uploaded to Team Chat before.
    FileId = "file id";
    /// A message, main message or reply.
    MessageId = "message id";
    /// A user of the account, or [`UserId::ME`].
    UserId = "user id";
}

impl UserId {
    /// Whoever the access token belongs to. User-level apps must use it.
    pub const ME: Self = Self(Cow::Borrowed("me"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_opaque_but_for_what_would_address_something_else() {
        for odd in [
            "27ED2949-0F8B",
            "{27ed2949}",
            "a/b+c==",
            "%2e%2e",
            "...",
            "ä ö",
            "?x=#y",
        ] {
            assert_eq!(MessageId::new(odd).unwrap().as_str(), odd);
        }
        for (refused, says) in [
            ("", "channel id is empty"),
            (
                ".",
                "channel id is `.` or `..`, which would address another resource",
            ),
            (
                "..",
                "channel id is `.` or `..`, which would address another resource",
            ),
            (
                "a\\..\\b",
                "channel id holds a backslash, which URLs read as a slash",
            ),
            ("a\nb", "channel id holds a control character at byte 1"),
        ] {
            assert_eq!(ChannelId::new(refused).unwrap_err().to_string(), says);
        }
    }

    #[test]
    fn reading_an_id_from_json_checks_it() {
        assert_eq!(
            serde_json::from_str::<FileId>("\"a/b\"").unwrap().as_str(),
            "a/b"
        );
        assert!(serde_json::from_str::<FileId>("\"..\"").is_err());
        assert_eq!(serde_json::to_string(&UserId::ME).unwrap(), "\"me\"");
    }
}
