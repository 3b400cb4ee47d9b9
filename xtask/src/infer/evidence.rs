//! Collecting samples. Nothing is decided here, so that merging is associative and commutative.

use std::borrow::Cow;

use indexmap::{IndexMap, IndexSet};
use serde_json::{Number, Value};

use super::credential::{Secrecy, is_value, masked, masked_alone, masked_text, names_one};
use super::format::Formats;
use super::{MAX_DEPTH, Placeholder, text};

/// How many distinct scalar values are kept per place.
const KEPT_VALUES: usize = 16;

const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;

/// All samples of one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Samples, `null` and empty ones among them.
    pub(super) samples: u64,
    pub(super) nulls: u64,
    /// Whether a sample was text outside JSON, where everything is a string in the end.
    pub(super) is_text: bool,
    /// Whether the field's name says that its texts are opaque, even where they are all digits.
    pub(super) is_opaque: bool,
    /// Whether JSON in a text is nothing but text, as in a URL or a header.
    pub(super) is_flat: bool,
    /// What the field's name says about its values: credentials count, but are not kept.
    pub(super) secrecy: Secrecy,
    /// Whether a value was a credential, or held one.
    pub(super) is_masked: bool,
    /// Whether a sample was a list spelled out over several texts.
    pub(super) is_spread: bool,
    /// Distinct placeholders.
    pub(super) placeholders: IndexSet<Placeholder>,
    pub(super) booleans: bool,
    pub(super) integers: Option<Width>,
    pub(super) numbers: bool,
    /// Whether a number was whole, but more than 64 bits hold.
    pub(super) is_huge: bool,
    pub(super) strings: bool,
    /// What all strings share.
    pub(super) formats: Formats,
    /// Distinct real scalars, in the order seen; texts as they were written.
    pub(super) values: Vec<Value>,
    /// The first array or object that a text held.
    pub(super) document: Option<Value>,
    pub(super) arrays: u64,
    pub(super) items: Option<Box<Evidence>>,
    pub(super) objects: u64,
    /// Apart from their keys: this struct is large, and most objects have few members.
    pub(super) properties: IndexMap<String, Box<Evidence>>,
    /// Whether something deeper than [`MAX_DEPTH`] was left out.
    pub(super) is_cut: bool,
}

/// The narrowest standard integer that holds all integers seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Width {
    I32,
    I64,
    U64,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            samples: 0,
            nulls: 0,
            is_text: false,
            is_opaque: false,
            is_flat: false,
            secrecy: Secrecy::Open,
            is_masked: false,
            is_spread: false,
            placeholders: IndexSet::new(),
            booleans: false,
            integers: None,
            numbers: false,
            is_huge: false,
            strings: false,
            formats: Formats::ALL,
            values: Vec::new(),
            document: None,
            arrays: 0,
            items: None,
            objects: 0,
            properties: IndexMap::new(),
            is_cut: false,
        }
    }
}

impl Evidence {
    /// No samples yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No samples yet of a query parameter, header or path segment of this name. JSON in it is one text, as it is sent.
    #[must_use]
    pub fn of_parameter(name: &str) -> Self {
        Self {
            is_flat: true,
            secrecy: Secrecy::of_parameter(name),
            ..Self::of_field(name)
        }
    }

    /// No samples yet of a form field of this name. A page token of digits is a string all the same, and its name tells.
    #[must_use]
    pub fn of_field(name: &str) -> Self {
        Self {
            is_opaque: text::is_opaque(name),
            secrecy: Secrecy::of_member(name),
            ..Self::default()
        }
    }

    /// Whether nothing was seen, not even an empty sample.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.samples == 0
    }

    /// Adds one JSON value.
    pub fn observe(&mut self, value: &Value) {
        self.observe_at(value, 0);
    }

    /// Adds one text from a form field, query parameter, header or path segment. It may hold a number, a boolean,
    /// an array or object in JSON, or a placeholder; an empty text is a sample that says nothing.
    pub fn observe_text(&mut self, text: &str) {
        self.is_text = true;
        let trimmed = text.trim();
        if trimmed.is_empty() {
            self.samples += 1;
            return;
        }
        let may_hold_one = !self.is_flat && self.secrecy != Secrecy::Secret;
        if let Some(document) = text::document(trimmed).filter(|_| may_hold_one) {
            self.observe_at(&document, 0);
            self.document.get_or_insert_with(|| masked(document));
            return;
        }
        self.samples += 1;
        if let Some(placeholder) = Placeholder::parse(trimmed) {
            self.declare(placeholder);
            return;
        }
        match text::scalar(trimmed) {
            Value::Bool(_) => self.booleans = true,
            Value::Number(number) => self.count_number(&number),
            _ => self.count_string(text),
        }
        self.keep(&Value::String(text.to_owned()));
    }

    /// No samples yet of the items of this list.
    fn no_items(&self) -> Box<Self> {
        Box::new(Self {
            is_flat: self.is_flat,
            secrecy: self.secrecy,
            ..Self::default()
        })
    }

    /// No samples yet of the member `key` of an object.
    fn of_member(key: &str) -> Self {
        Self {
            secrecy: Secrecy::of_member(key),
            ..Self::default()
        }
    }

    /// Adds a sample of which only its presence is known: a query parameter without a value.
    pub fn observe_presence(&mut self) {
        self.is_text = true;
        self.samples += 1;
    }

    /// Adds a sample that a placeholder, a schema in a test script or a field's declared kind stands for.
    pub fn observe_placeholder(&mut self, placeholder: Placeholder) {
        self.samples += 1;
        self.declare(placeholder);
    }

    /// Adds one list that is spelled out over several texts: a repeated query key or form field.
    pub fn observe_texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        self.is_text = true;
        self.is_spread = true;
        self.samples += 1;
        let none = self.no_items();
        let items = self.items.get_or_insert(none);
        texts.into_iter().for_each(|text| items.observe_text(text));
    }

    /// Adds the samples of `other`, which are of the same place.
    pub fn merge(&mut self, other: Self) {
        self.samples += other.samples;
        self.nulls += other.nulls;
        self.is_text |= other.is_text;
        self.is_opaque |= other.is_opaque;
        self.is_flat |= other.is_flat;
        self.secrecy = self.secrecy.max(other.secrecy);
        self.is_masked |= other.is_masked;
        self.is_spread |= other.is_spread;
        other
            .placeholders
            .into_iter()
            .for_each(|placeholder| self.declare(placeholder));
        self.booleans |= other.booleans;
        self.integers = self.integers.max(other.integers);
        self.numbers |= other.numbers;
        self.is_huge |= other.is_huge;
        self.strings |= other.strings;
        self.formats = self.formats.intersect(other.formats);
        other.values.iter().for_each(|value| self.keep(value));
        self.document = self.document.take().or(other.document);
        self.arrays += other.arrays;
        if let Some(items) = other.items {
            match &mut self.items {
                Some(mine) => mine.merge(*items),
                None => self.items = Some(items),
            }
        }
        self.objects += other.objects;
        for (key, property) in other.properties {
            self.properties.entry(key).or_default().merge(*property);
        }
        self.is_cut |= other.is_cut;
    }

    fn observe_at(&mut self, value: &Value, depth: usize) {
        self.samples += 1;
        match value {
            Value::Null => self.nulls += 1,
            Value::Bool(_) => {
                self.booleans = true;
                self.keep(value);
            }
            Value::Number(number) => {
                self.count_number(number);
                self.keep(value);
            }
            Value::String(text) => match Placeholder::in_json(text) {
                Some(placeholder) => self.declare(placeholder),
                None => {
                    self.count_string(text);
                    self.keep(value);
                }
            },
            Value::Array(items) => {
                self.arrays += 1;
                if depth == MAX_DEPTH {
                    self.is_cut |= !items.is_empty();
                    return;
                }
                for item in items {
                    let none = (self.secrecy != Secrecy::Open).then(|| self.no_items());
                    let items = self.items.get_or_insert_with(|| none.unwrap_or_default());
                    items.observe_at(item, depth + 1);
                }
            }
            Value::Object(members) => {
                self.objects += 1;
                if depth == MAX_DEPTH {
                    self.is_cut |= !members.is_empty();
                    return;
                }
                let holds_one = self.secrecy == Secrecy::Secret || names_one(members);
                let mut masking = None;
                for (key, member) in members {
                    let shown = match holds_one && is_value(key) {
                        true => &*masking.insert(masked_alone(member)),
                        false => member,
                    };
                    // Looked up first: keys repeat from sample to sample, and need not be copied then.
                    let property = match self.properties.get_mut(key) {
                        Some(property) => property,
                        None => {
                            let none = || Box::new(Self::of_member(key));
                            self.properties.entry(key.clone()).or_insert_with(none)
                        }
                    };
                    property.observe_at(shown, depth + 1);
                    property.is_masked |= shown != member;
                }
            }
        }
    }

    fn declare(&mut self, placeholder: Placeholder) {
        self.placeholders.insert(placeholder);
    }

    fn count_string(&mut self, text: &str) {
        self.strings = true;
        if self.formats != Formats::NONE {
            self.formats = self.formats.intersect(Formats::of(text));
        }
    }

    fn count_number(&mut self, number: &Number) {
        match Width::of(number) {
            Some(width) => self.integers = self.integers.max(Some(width)),
            None => {
                self.numbers = true;
                self.is_huge |= number
                    .as_f64()
                    .is_some_and(|number| number.fract() == 0.0 && number.abs() >= TWO_TO_64);
            }
        }
    }

    fn keep(&mut self, value: &Value) {
        let text = value.as_str();
        let is_hidden = self.secrecy != Secrecy::Open
            && match value {
                Value::Number(number) => self.secrecy.hides(&number.to_string()),
                _ => text.is_some_and(|text| self.secrecy.hides(text)),
            };
        self.is_masked |= is_hidden;
        if is_hidden || self.secrecy == Secrecy::Secret {
            return;
        }
        if self.values.len() >= KEPT_VALUES || self.values.contains(value) {
            return;
        }
        match text.map(masked_text) {
            Some(Cow::Owned(masked)) => {
                self.is_masked = true;
                let masked = Value::String(masked);
                if !self.values.contains(&masked) {
                    self.values.push(masked);
                }
            }
            _ => self.values.push(value.clone()),
        }
    }
}

impl Width {
    /// None for a number with a fraction or an exponent, and for an integer of more than 64 bits, which serde_json reads
    /// as a float.
    fn of(number: &Number) -> Option<Self> {
        if let Some(number) = number.as_i64() {
            return Some(if i32::try_from(number).is_ok() {
                Self::I32
            } else {
                Self::I64
            });
        }
        number.is_u64().then_some(Self::U64)
    }
}
