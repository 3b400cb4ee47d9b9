//! Names that are valid in Rust, and differ from each other and from the names around them.
//!
//! progenitor cases names itself and checks nothing: two operations, parameters,
//! properties or components that are equal after its casing give code that does not
//! compile, and so do names of things it uses unqualified. Every name given to it
//! is therefore already cased as it would do it, and unique.

use std::collections::BTreeSet;

use heck::{ToPascalCase, ToSnakeCase};

/// Names that the generated modules, the prelude or the derives use.
const TYPES: &[&str] = &[
    "Any",
    "AsMut",
    "AsRef",
    "Box",
    "ByteStream",
    "Client",
    "ClientHooks",
    "ClientInfo",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Display",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "FromStr",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "OperationInfo",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "RequestBuilderExt",
    "ResponseValue",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Methods that the client has or that its hooks call on it.
const METHODS: &[&str] = &[
    "api_version",
    "baseurl",
    "client",
    "clone",
    "exec",
    "inner",
    "new",
    "new_with_client",
    "post",
    "pre",
];

/// Methods of the builders and of the mocks, and variables of the generated bodies.
const PARAMETERS: &[&str] = &[
    "body",
    "body_map",
    "header_map",
    "info",
    "into_inner",
    "new",
    "part",
    "send",
    "stream",
    "value",
];

/// Methods that every request and every type has, or that the generated ones have.
const SETTERS: &[&str] = &[
    "body",
    "borrow",
    "borrow_mut",
    "check",
    "clone",
    "clone_from",
    "default",
    "eq",
    "into",
    "new",
    "operation",
    "send",
    "to_owned",
    "try_into",
    "type_id",
];

/// A set of names in which every new one is different.
#[derive(Debug)]
pub(crate) struct Names {
    reserved: &'static [&'static str],
    taken: BTreeSet<String>,
    /// The suffix of a reserved name.
    suffix: &'static str,
}

impl Names {
    pub(crate) fn types() -> Self {
        Self::apart_from(TYPES, "Schema")
    }

    /// Operations in the table, in which one constant holds them all.
    pub(crate) fn constants() -> Self {
        Self::apart_from(&["All", "Operation", "Documented"], "Operation")
    }

    pub(crate) fn parameters() -> Self {
        Self::apart_from(PARAMETERS, "_parameter")
    }

    pub(crate) fn fields() -> Self {
        Self::apart_from(&["extra"], "_property")
    }

    /// The setters of a request or of a type.
    pub(crate) fn setters() -> Self {
        Self::apart_from(SETTERS, "_")
    }

    /// The values of an enum, beside the one that holds all others.
    pub(crate) fn values() -> Self {
        Self::apart_from(&["Unknown", "Self"], "Value")
    }

    pub(crate) fn variants() -> Self {
        Self::apart_from(&["Unknown", "Self"], "Error")
    }

    fn apart_from(reserved: &'static [&'static str], suffix: &'static str) -> Self {
        Self {
            reserved,
            taken: BTreeSet::new(),
            suffix,
        }
    }

    /// Whether `name` could be claimed as it is. Case does not tell names apart.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.is_reserved(name) && !self.taken.contains(&name.to_lowercase())
    }

    /// `name`, or what is nearest to it and still free; nothing is taken yet. The
    /// numbers go up until `accept` has no objection either.
    fn nearest(&self, name: &str, accept: impl Fn(&str) -> bool) -> String {
        // Words are joined as progenitor's casing would leave them.
        let separator = if self.suffix.starts_with('_') {
            "_"
        } else {
            ""
        };
        let stem = name.trim_end_matches('_');
        let (stem, mut free) = if self.is_reserved(name) {
            (
                format!("{stem}{}", self.suffix),
                format!("{stem}{}", self.suffix),
            )
        } else {
            (stem.to_owned(), name.to_owned())
        };
        let mut number = 2;
        while !self.is_free(&free) || !accept(&free) {
            free = format!("{stem}{separator}{number}");
            number += 1;
        }
        free
    }

    /// Takes `name`, or what is nearest to it and still free.
    pub(crate) fn claim(&mut self, name: &str) -> String {
        let free = self.nearest(name, |_| true);
        self.taken.insert(free.to_lowercase());
        free
    }

    /// Takes the name of a property, after `body_` where a parameter is called so already.
    pub(crate) fn claim_property(&mut self, name: &str) -> String {
        let is_taken = |name: String| self.taken.contains(&name.to_lowercase());
        if is_taken(name.to_owned()) || self.is_reserved(name) && is_taken(format!("{name}_")) {
            self.claim(format!("body_{name}").trim_end_matches('_'))
        } else {
            self.claim(name)
        }
    }

    fn is_reserved(&self, name: &str) -> bool {
        self.reserved
            .iter()
            .any(|reserved| reserved.eq_ignore_ascii_case(name))
    }
}

/// The names of methods and, in their own casing, of builders.
pub(crate) struct OperationNames {
    methods: Names,
    builders: Names,
}

impl OperationNames {
    pub(crate) fn new() -> Self {
        Self {
            methods: Names::apart_from(METHODS, "_operation"),
            builders: Names::apart_from(TYPES, "Operation"),
        }
    }

    /// Takes a name that is free for both.
    pub(crate) fn claim(&mut self, name: &str) -> (String, String) {
        // A name that the builder cannot have says in the method, too, what it is.
        // `Raw` is the request of everything that the document does not have.
        let request = pascal(name);
        let wish = if request == "Raw" || self.builders.is_reserved(&request) {
            format!("{name} operation")
        } else {
            name.to_owned()
        };
        let method = self.methods.nearest(&snake(&wish), |method| {
            self.builders.is_free(&pascal(method))
        });
        (
            self.methods.claim(&method),
            self.builders.claim(&pascal(&method)),
        )
    }
}

/// `text` as a Rust type name.
pub(crate) fn pascal(text: &str) -> String {
    let name = words(text).to_pascal_case();
    match name.chars().next() {
        None => "X".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("X{name}"),
        Some(_) => name,
    }
}

/// `name`, in Pascal case, with its first letter in lower case.
pub(crate) fn lower_camel(name: &str) -> String {
    let (first, rest) = name.split_at_checked(1).unwrap_or_default();
    format!("{}{rest}", first.to_lowercase())
}

/// `text` as the name of a type that is cased once more, and keeps its name.
pub(crate) fn type_name(text: &str) -> String {
    pascal(&pascal(text))
}

/// `text` as a Rust variable or method name. A keyword gets a word more, rather than
/// the underscore that progenitor would append and then lose again.
pub(crate) fn snake(text: &str) -> String {
    let name = words(text).to_snake_case();
    let first = name.chars().next();
    if first.is_none() {
        "x".to_owned()
    } else if first.is_some_and(|first| first.is_ascii_digit()) {
        format!("x{name}")
    } else if syn::parse_str::<syn::Ident>(&name).is_err() || name == "gen" {
        format!("{name}_")
    } else {
        name
    }
}

/// The ASCII letters and digits of `text`, with everything else as a separator. Other
/// letters are written by their number: two spellings of one letter must not become
/// one identifier, which the compiler would make of them.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '+' if text == "+1" => out.push_str("plus"),
            '-' if text == "-1" => out.push_str("minus"),
            '\'' => {}
            _ if c.is_ascii_alphanumeric() => out.push(c),
            _ if c.is_alphanumeric() => out.push_str(&format!(" u{:x} ", u32::from(c))),
            _ => out.push(' '),
        }
    }
    abbreviations(&out)
}

/// Words with capitals inside that begin no other word.
const SPELLINGS: &[(&str, &str)] = &[
    ("OAuth", "Oauth"),
    ("QoS", "Qos"),
    ("IoT", "Iot"),
    ("SaaS", "Saas"),
];

/// What heck would part: `channelIDs`, which it takes for `channel I Ds`, as `channelIds`; and `OAuth` as `Oauth`.
fn abbreviations(text: &str) -> String {
    let mut text = text.to_owned();
    for (written, read) in SPELLINGS {
        if text.contains(written) {
            text = text.replace(written, read);
        }
    }
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or(' ');
    let mut out = String::with_capacity(text.len());
    let mut capitals = 0;
    for (index, &c) in chars.iter().enumerate() {
        let is_plural = c == 's' && capitals > 1 && !at(index + 1).is_ascii_lowercase();
        if is_plural {
            // All but the first in lower case, so that the abbreviation is one word.
            let start = out.len() + 1 - capitals;
            let lower = out.split_off(start).to_ascii_lowercase();
            out.push_str(&lower);
        }
        out.push(c);
        capitals = if c.is_ascii_uppercase() {
            capitals + 1
        } else {
            0
        };
    }
    out
}
