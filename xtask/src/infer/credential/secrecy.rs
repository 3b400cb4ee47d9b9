//! Which values of a name are credentials: all, or those that look like it.

use super::name::{is_credential, is_credential_parameter, significant};

/// Last words of names whose values are credentials if they look like it: a `code` is one that is exchanged for a token, or
/// that of an error.
const DOUBTFUL_WORDS: [&str; 3] = ["auth", "code", "session"];

/// Last words of names of parameters of which the same holds: whoever has the id of a session is its user.
const SESSIONS: [&str; 4] = ["jsessionid", "phpsessid", "sessionid", "sid"];

/// Which values of a name are credentials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Secrecy {
    /// None.
    #[default]
    Open,
    /// Those of four to eight digits: others are pins of a board, or are on a map.
    Pin,
    /// Those that look like a key.
    Key,
    /// All.
    Secret,
}

impl Secrecy {
    /// That of a member of an object, or of a form's field.
    pub(crate) fn of_member(name: &str) -> Self {
        Self::of(name, is_credential, &DOUBTFUL_WORDS)
    }

    /// That of a parameter of a URL, or of a header.
    pub(crate) fn of_parameter(name: &str) -> Self {
        let secrecy = Self::of_member(name);
        secrecy.max(Self::of(name, is_credential_parameter, &SESSIONS))
    }

    fn of(name: &str, is_credential: fn(&str) -> bool, doubtful: &[&str]) -> Self {
        let (_, word) = significant(name);
        match &*word {
            _ if is_credential(name) => Self::Secret,
            "pin" => Self::Pin,
            word if doubtful.contains(&word) => Self::Key,
            _ => Self::Open,
        }
    }

    /// Whether a scalar, in its text, is a credential.
    pub(crate) fn hides(self, text: &str) -> bool {
        match self {
            Self::Open => false,
            Self::Pin => {
                (4..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
            }
            Self::Key => is_like_key(text),
            Self::Secret => !text.is_empty(),
        }
    }
}

/// Whether a text is long, and mixed as no words and hardly any ids are: `4/0AX4XfWh8nR2kQ`, unlike `HTTP404NotFound`.
fn is_like_key(text: &str) -> bool {
    const MIN_LENGTH: usize = 16;
    let class = |byte: u8| match byte {
        b'0'..=b'9' => Some(0),
        b'a'..=b'z' => Some(1),
        b'A'..=b'Z' => Some(2),
        _ => None,
    };
    let is_sign = |byte: u8| class(byte).is_some() || b"_-.~+/=".contains(&byte);
    if text.len() < MIN_LENGTH || !text.bytes().all(is_sign) || is_uuid(text) {
        return false;
    }
    let classes: Vec<u8> = text.bytes().filter_map(class).collect();
    let changes = classes
        .windows(2)
        .filter(|pair| pair.first() != pair.last());
    let digits = classes.iter().filter(|class| **class == 0).count();
    // In random ones, more than 6 of 10 neighbours differ, or nearly 5 where all letters are small.
    digits >= 2 && changes.count() * 20 > classes.len() * 7
}

fn is_uuid(text: &str) -> bool {
    let mut lengths = text.split('-').map(str::len);
    text.len() == 36 && lengths.by_ref().eq([8, 4, 4, 4, 12])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_doubtful_names_are_credentials_if_they_look_like_it() {
        let of_member = Secrecy::of_member as fn(&str) -> Secrecy;
        for (secrecy, name, hidden, shown) in [
            (
                of_member,
                "code",
                vec![
                    "4/0AX4XfWh8nR2kQz7",
                    "xWnkliVQJURqB2x1",
                    "9f8e7d6c5b4a39281706abcd",
                ],
                vec![
                    "",
                    "404",
                    "482913",
                    "INVALID_REQUEST_40012",
                    "HTTP404NotFoundError",
                    "ERR_20240_NO_SUCH_ITEM_2",
                    "de-AT",
                    "7d0c9a3e-1111-4222-8333-0123456789ab",
                    "Too many requests 2x 3x",
                ],
            ),
            (of_member, "sid", vec![], vec!["b5KmPf0Zt6Q1w9Xy"]),
            (
                Secrecy::of_parameter,
                "sid",
                vec!["b5KmPf0Zt6Q1w9Xy"],
                vec!["7"],
            ),
            (
                Secrecy::of_parameter,
                "auth",
                vec!["9f8e7d6c5b4a39281706"],
                vec!["none", "basic"],
            ),
            (
                of_member,
                "user_pin",
                vec!["4711", "00420042"],
                vec!["7", "13", "D4", "true"],
            ),
            (of_member, "password", vec!["a", "7"], vec![""]),
            (of_member, "name", vec![], vec!["xWnkliVQJURqB2x1"]),
        ] {
            let secrecy = secrecy(name);
            for text in hidden {
                assert!(secrecy.hides(text), "{name}: {text}");
            }
            for text in shown {
                assert!(!secrecy.hides(text), "{name}: {text}");
            }
        }
    }
}
