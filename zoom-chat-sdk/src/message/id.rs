//! Types for the ids of Zoom's resources.
//!
//! Zoom does not specify the form of its ids: there are UUIDs in either case, some in braces, and others like base64
//! with `/`, `+` and `=`. So they are opaque text here, percent-encoded once in a path. Only text that would address
//! *another* resource is invalid: the empty text, the path segments `.` and `..`, a backslash (URL parsers read it as a
//! slash), and control characters (URL parsers drop some of them). For channels and contacts, a name, an address or a
//! JID in place of the id is invalid as well, since Zoom would only answer that it does not exist.
//!
//! An invalid id is an [`InvalidId`]. Functions that make an id or a [`Recipient`](crate::Recipient) return it.
//! Builders accept an id as text as well and keep the first invalid one: awaiting them then fails with
//! [`ErrorKind::Id`](crate::ErrorKind::Id), before anything is sent, whatever is set afterwards.

use std::{borrow::Cow, convert::Infallible, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A text that is not an id, because it would address another resource.
///
/// ```
/// use zoom_chat_sdk::{ChannelId, InvalidId};
///
/// assert_eq!(ChannelId::new("825c8d2b")?.as_str(), "825c8d2b");
/// let invalid = ChannelId::new("..").unwrap_err();
/// assert_eq!(invalid.kind(), "channel id");
/// assert_eq!(invalid.to_string(), "channel id is `.` or `..`, which would address another resource");
/// # Ok::<(), InvalidId>(())
/// ```
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
    Email,
    Jid,
    Name,
    Hash,
    NoJid,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::DotSegment => f.write_str("is `.` or `..`, which would address another resource"),
            Self::Backslash => f.write_str("holds a backslash, which URLs read as a slash"),
            Self::Control { at } => write!(f, "holds a control character at byte {at}"),
            Self::Email => f.write_str("looks like an e-mail address, which names a contact"),
            Self::Jid => f.write_str("looks like a JID, by which only chatbots address"),
            Self::Name => f.write_str("holds white space, so it looks like a name"),
            Self::Hash => f.write_str("begins with `#`, so it looks like the name of a channel"),
            Self::NoJid => f.write_str(
                "is not an address at an XMPP server, such as `825c@conference.xmpp.zoom.us`",
            ),
        }
    }
}

impl InvalidId {
    /// The kind of the invalid id, for example `channel id`.
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

fn check(kind: &'static str, form: Form, text: &str) -> Result<(), InvalidId> {
    let problem = match text {
        "" => Some(Problem::Empty),
        "." | ".." => Some(Problem::DotSegment),
        _ => text.char_indices().find_map(|(at, c)| match c {
            '\\' => Some(Problem::Backslash),
            _ if c.is_control() => Some(Problem::Control { at }),
            _ => None,
        }),
    };
    let problem = problem.or_else(|| form.mistaken(text));
    problem.map_or(Ok(()), |problem| Err(InvalidId { kind, problem }))
}

/// The known form of an id. A text that is evidently of another kind is invalid, since Zoom would answer that it does
/// not exist.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Opaque,
    /// Letters, digits and signs, without an `@`.
    Channel,
    /// Something at the XMPP server of Zoom or of an app in development.
    Jid,
    /// Such an id, or an e-mail address.
    Person,
}

impl Form {
    fn mistaken(self, text: &str) -> Option<Problem> {
        if self == Self::Opaque {
            return None;
        }
        let domain = text.rsplit_once('@').map(|(_, domain)| domain);
        if self == Self::Jid {
            let is_server = |domain: &str| domain.split('.').any(|label| label.starts_with("xmpp"));
            let is_jid = domain.is_some_and(is_server)
                && !text.starts_with('@')
                && !text.contains(char::is_whitespace);
            return (!is_jid).then_some(Problem::NoJid);
        }
        let is_jid = |domain: &str| {
            ["xmpp.zoom.us", "xmpp.zoomgov.com"].iter().any(|server| {
                let domain = domain.to_ascii_lowercase();
                domain
                    .strip_suffix(server)
                    .is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
            })
        };
        match domain {
            Some(domain) if is_jid(domain) => Some(Problem::Jid),
            Some(_) if self == Self::Channel => Some(Problem::Email),
            None if self == Self::Channel && text.starts_with('#') => Some(Problem::Hash),
            _ if text.contains(char::is_whitespace) => Some(Problem::Name),
            _ => None,
        }
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $kind:literal, $form:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Cow<'static, str>);

        impl $name {
            #[doc = concat!("Takes `text` as a ", $kind, ", unchanged.")]
            ///
            /// # Errors
            ///
            /// [`InvalidId`] for text that would address another resource: empty text, `.`, `..`, and text with a
            /// backslash or with control characters; for a channel, a contact or a JID also text that is evidently of
            /// another kind.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidId> {
                let text = text.into();
                check($kind, Form::$form, &text)?;
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
    /// An account of Zoom.
    AccountId = "account id", Opaque;
    /// The id of a channel, as in `to_channel`.
    ChannelId = "channel id", Channel;
    /// A person to write to or to mention: an e-mail address, a user id or a member id.
    Contact = "contact", Person;
    /// The id of a scheduled message that was not sent yet.
    DraftId = "draft id", Opaque;
    /// The id of a file that was uploaded to Team Chat.
    FileId = "file id", Opaque;
    /// The address of a user, a channel or a chatbot, by which chatbots address: a name at an XMPP server.
    Jid = "JID", Jid;
    /// The id of a message, a main message or a reply.
    MessageId = "message id", Opaque;
    /// A shared link that a chatbot is asked about.
    TriggerId = "trigger id", Opaque;
    /// The id of a user of the account, or [`UserId::ME`].
    UserId = "user id", Opaque;
}

impl UserId {
    /// The user of the access token. User-level apps must use it.
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
    fn a_text_of_another_kind_says_what_it_looks_like() {
        let jid = "27ed2949@conference.xmpp.zoom.us";
        for (refused, says) in [
            (
                "jchill@example.com",
                "looks like an e-mail address, which names a contact",
            ),
            (jid, "looks like a JID, by which only chatbots address"),
            (
                "27ed2949@XMPP.zoomgov.com",
                "looks like a JID, by which only chatbots address",
            ),
            (
                "Release planning",
                "holds white space, so it looks like a name",
            ),
            (
                "#general",
                "begins with `#`, so it looks like the name of a channel",
            ),
            (" 27ed2949", "holds white space, so it looks like a name"),
            (
                "27ed2949\u{a0}",
                "holds white space, so it looks like a name",
            ),
        ] {
            let error = ChannelId::new(refused).unwrap_err();
            assert_eq!(error.to_string(), format!("channel id {says}"));
            assert_eq!(error.kind(), "channel id");
        }
        for person in [
            "jchill@example.com",
            "j.o'chill+x@example.com",
            "u_123-ABC",
            "ö@zoom.us",
            "#1@example.com",
        ] {
            assert_eq!(Contact::new(person).unwrap().as_str(), person);
        }
        for jid in [
            jid,
            "27ed2949@xmpp.zoom.us",
            "v1kq8tz4@xmppdev.zoom.us",
            "27ed2949@xmpp.zoom.us/robot_v1kq8tz4@xmpp.zoom.us",
        ] {
            assert_eq!(Jid::new(jid).unwrap().as_str(), jid);
        }
        for refused in [
            "27ed2949",
            "@xmpp.zoom.us",
            "jchill@example.com",
            "Jill Chill@xmpp.zoom.us",
        ] {
            let error = Jid::new(refused).unwrap_err().to_string();
            assert!(error.starts_with("JID is not an address"), "{error}");
        }
        for refused in [
            jid,
            "27ed2949@xmpp.zoom.us",
            "Jill Chill",
            "Jill <jchill@example.com>",
        ] {
            assert_eq!(Contact::new(refused).unwrap_err().kind(), "contact");
        }
        assert!(MessageId::new("jchill@example.com").is_ok());
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
