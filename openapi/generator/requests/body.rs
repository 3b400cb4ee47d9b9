//! The body of a request: its properties as setters of the request itself.
//!
//! The media types of one operation are one request. Those that encode the same value share
//! it; a body with another schema has its own field and setter.

mod files;
mod object;
mod plain;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::setters::switch;
use crate::generator::lower::bodies::{Body, essence};
use crate::generator::lower::names::{Names, snake};
use crate::generator::lower::shapes::Shape;
use crate::generator::lower::{Lowered, Operation};
use crate::generator::markdown::code;

/// The parts that a body adds to a request.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) fields: TokenStream,
    pub(super) setters: TokenStream,
    pub(super) default: TokenStream,
    pub(super) check: TokenStream,
    /// How the body is encoded, by the number of the method that does it.
    encodings: Vec<Encoding>,
    /// The field that says which encoding is chosen, where there are several.
    chosen: Option<syn::Ident>,
    /// The field of the whole body and the method without one, where the body is optional.
    without: Option<(syn::Ident, usize)>,
    /// The setter of the property that names the next page.
    pub(super) token: Option<syn::Ident>,
}

struct Encoding {
    method: usize,
    /// The argument of the method.
    value: TokenStream,
    is_main: bool,
}

/// The place of a body within a request.
pub(super) struct Place {
    fields: TokenStream,
    setters: TokenStream,
    default: TokenStream,
    value: TokenStream,
    /// The field that is none while an optional body is not set.
    held: Option<syn::Ident>,
    /// What must be set, by its name on the wire, and whether it is.
    required: Vec<(String, TokenStream)>,
    /// The value that says itself what it misses.
    complete: Option<TokenStream>,
    token: Option<syn::Ident>,
}

pub(super) fn parts(siblings: &[Operation], names: &mut Names, lowered: &Lowered) -> Parts {
    let main = &siblings[0].body;
    let without = siblings
        .iter()
        .position(|it| it.body == Body::None)
        .filter(|_| siblings.len() > 1);
    let Some(place) = place(main, without.is_some(), names, lowered) else {
        return Parts::default();
    };
    let mut parts = Parts {
        fields: place.fields,
        setters: place.setters,
        default: place.default,
        token: place.token,
        without: place.held.zip(without),
        ..Parts::default()
    };
    parts.encode(siblings, &place.value, names);
    let exempt = parts.exempt();
    parts.check = place
        .required
        .iter()
        .map(|(wire, is_set)| quote!(.required(#wire, #exempt #is_set)))
        .chain(place.complete.map(|value| match &exempt {
            Some(exempt) => quote!(.complete((!(#exempt false)).then_some(#value))),
            None => quote!(.complete(#value)),
        }))
        .collect();
    parts
}

/// Where a body is held, if there is one.
fn place(body: &Body, optional: bool, names: &mut Names, lowered: &Lowered) -> Option<Place> {
    let object = object_name(body).and_then(|name| lowered.structs.get_key_value(name));
    Some(match (body, object) {
        (Body::None, _) => return None,
        (Body::Files(form), _) => files::place(form, names, lowered),
        (_, Some((name, facts))) => object::place(name, facts, optional, names, lowered),
        (_, None) => plain::place(body, optional, lowered),
    })
}

impl Parts {
    /// Adds the encodings of the body: of `main`, the value of the first, and of other values.
    fn encode(&mut self, siblings: &[Operation], main: &TokenStream, names: &mut Names) {
        let first = &siblings[0].body;
        let shares = |body: &Body| {
            body == first || object_name(body).is_some() && object_name(body) == object_name(first)
        };
        let bodies: Vec<_> = siblings
            .iter()
            .enumerate()
            .filter(|(_, it)| it.body != Body::None)
            .collect();
        if bodies.len() > 1 {
            let chosen = format_ident!("{}", names.claim("encoding"));
            self.fields.extend(quote!(#chosen: u8,));
            self.default.extend(quote!(#chosen: 0,));
            self.chosen = Some(chosen);
        }
        for (method, sibling) in bodies {
            let is_main = shares(&sibling.body);
            let own = self.chosen.as_ref().and_then(|chosen| {
                let (value, more) = choice(method, sibling, is_main, chosen, names);
                self.fields.extend(more.fields);
                self.default.extend(more.default);
                self.setters.extend(more.setters);
                value
            });
            self.encodings.push(Encoding {
                method,
                value: own.unwrap_or_else(|| main.clone()),
                is_main,
            });
        }
    }
}

/// The setters that choose one of several encodings: of the shared value, or with another value.
fn choice(
    method: usize,
    sibling: &Operation,
    is_main: bool,
    chosen: &syn::Ident,
    names: &mut Names,
) -> (Option<TokenStream>, Parts) {
    let number = u8::try_from(method).unwrap_or(u8::MAX);
    let media_type = sibling.media_type.as_deref().unwrap_or_default();
    let encoding = encoding_name(media_type);
    if is_main {
        let name = format_ident!("{}", names.claim(&format!("as_{encoding}")));
        let doc = format!("Sends the body as {}.", code(media_type));
        let parts = Parts {
            setters: switch(&name, &doc, &quote!(self.#chosen = #number;)),
            ..Parts::default()
        };
        return (None, parts);
    }
    let name = format_ident!("{}", names.claim(&format!("body_{encoding}")));
    let doc = format!(
        "Sends this as {}, instead of the body that is set by name.",
        code(media_type)
    );
    let choose = quote!(self.#chosen = #number;);
    let (value, parts) = plain::alternative(&sibling.body, &name, &doc, &choose);
    (Some(value), parts)
}

impl Parts {
    /// What holds when the chosen encoding does not send the shared value.
    fn exempt(&self) -> Option<TokenStream> {
        let others: Vec<_> = self
            .encodings
            .iter()
            .filter(|it| !it.is_main)
            .map(|it| u8::try_from(it.method).unwrap_or(u8::MAX))
            .collect();
        let chosen = self.chosen.as_ref().filter(|_| !others.is_empty())?;
        Some(quote!(matches!(self.#chosen, #(#others)|*) ||))
    }

    /// The expression that builds the HTTP request; `call` writes the call of the method of that
    /// number.
    pub(super) fn encoded(
        &self,
        call: impl Fn(usize, Option<&TokenStream>) -> Result<TokenStream, String>,
    ) -> Result<TokenStream, String> {
        if self.encodings.is_empty() {
            return call(0, None);
        }
        // The shared value comes last, and its last encoding takes the rest.
        let (mains, others): (Vec<_>, Vec<_>) = self.encodings.iter().partition(|it| it.is_main);
        let mut arms = TokenStream::new();
        for encoding in others {
            let number = u8::try_from(encoding.method).unwrap_or(u8::MAX);
            let built = call(encoding.method, Some(&encoding.value))?;
            arms.extend(quote!(#number => #built,));
        }
        if let Some((held, method)) = &self.without {
            let built = call(*method, None)?;
            arms.extend(quote!(_ if self.#held.is_none() => #built,));
        }
        for (position, encoding) in mains.iter().enumerate() {
            let built = call(encoding.method, Some(&encoding.value))?;
            if position + 1 == mains.len() {
                arms.extend(quote!(_ => #built,));
            } else {
                let number = u8::try_from(encoding.method).unwrap_or(u8::MAX);
                arms.extend(quote!(#number => #built,));
            }
        }
        match (&self.chosen, &self.without, self.encodings.as_slice()) {
            (Some(chosen), ..) => Ok(quote!(match self.#chosen { #arms })),
            (None, None, [only]) => call(only.method, Some(&only.value)),
            (None, ..) => Ok(quote!(match () { #arms })),
        }
    }
}

/// The name of the Rust type of a body that is an object.
pub(super) fn object_name(body: &Body) -> Option<&str> {
    match body {
        Body::Json {
            shape: Shape::Object(name),
            ..
        }
        | Body::Form {
            shape: Shape::Object(name),
            ..
        } => Some(name),
        _ => None,
    }
}

fn encoding_name(media_type: &str) -> String {
    match essence(media_type).as_str() {
        "application/json" => "json".to_owned(),
        "application/x-www-form-urlencoded" => "urlencoded".to_owned(),
        "multipart/form-data" => "multipart".to_owned(),
        "text/plain" => "text".to_owned(),
        "application/octet-stream" => "bytes".to_owned(),
        "*/*" => "any".to_owned(),
        other => snake(other.split('/').next_back().unwrap_or_default()),
    }
}
