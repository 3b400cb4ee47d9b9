//! Decides on the schema of the samples of a place.

use indexmap::IndexMap;
use serde_json::Value;

use super::evidence::Evidence;
use super::scalar::{self, name};
use super::schema::{Kind, Object, Property, Schema, Segment};
use super::{Placeholder, key, text};

/// A schema, and the decisions that it required.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// The schema.
    pub schema: Schema,
    /// In document order, outer places first.
    pub findings: Vec<Finding>,
}

/// Something that a person should know about an inferred schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Where, from the resolved schema inwards.
    pub segments: Vec<Segment>,
    /// What.
    pub kind: FindingKind,
}

/// What a [`Finding`] is about.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FindingKind {
    /// The samples have types that no single type covers; the schema allows any of them.
    Conflict(Vec<&'static str>),
    /// Texts that hold different things; the schema says string, which all of them are.
    MixedTexts(Vec<&'static str>),
    /// Only `null` or nothing at all was seen: the schema says nothing.
    Untyped,
    /// The keys were taken for data: any key is allowed.
    Map,
    /// The importer met the shape of this name inside itself and stopped.
    Circular(String),
    /// The importer, or [`MAX_DEPTH`](super::MAX_DEPTH), ended the nesting here.
    TooDeep,
    /// An integer of more than 64 bits: the schema says number, and decoders may lose its last digits.
    HugeInteger,
    /// A value is not of the type that a placeholder states; the placeholder is followed.
    Overruled(Value),
    /// Not all texts are of the format that a placeholder states; the schema says only that they are strings.
    FormatRefuted(String),
    /// Some samples are files, others texts; the schema says file.
    FilesAndTexts,
    /// A value is a credential, or holds one, and is not shown.
    Masked,
}

impl FindingKind {
    /// Whether samples, or what is said of them, have types that do not go together.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Conflict(_) | Self::MixedTexts(_) | Self::Overruled(_) | Self::FilesAndTexts
        )
    }
}

impl Evidence {
    /// Decides on the schema of the samples.
    #[must_use]
    pub fn resolve(&self) -> Resolved {
        let mut findings = Vec::new();
        let schema = Resolver {
            findings: &mut findings,
            way: Vec::new(),
            is_exemplified: false,
        }
        .schema(self);
        Resolved { schema, findings }
    }
}

struct Resolver<'a> {
    findings: &'a mut Vec<Finding>,
    way: Vec<Segment>,
    /// Whether an outer place already has the whole of this one as its example.
    is_exemplified: bool,
}

impl Resolver<'_> {
    /// Recurses as deep as the evidence does, which [`super::MAX_DEPTH`] bounds.
    fn schema(&mut self, evidence: &Evidence) -> Schema {
        for placeholder in &evidence.placeholders {
            match placeholder {
                Placeholder::Circular(name) => self.find(FindingKind::Circular(name.clone())),
                Placeholder::TooDeep => self.find(FindingKind::TooDeep),
                _ => {}
            }
        }
        if evidence.is_cut {
            self.find(FindingKind::TooDeep);
        }
        if evidence.is_masked {
            self.find(FindingKind::Masked);
        }
        let is_outer_exemplified = self.is_exemplified;
        self.is_exemplified |= evidence.document.is_some();
        let kind = if evidence.is_spread {
            self.spread(evidence)
        } else {
            self.kind(evidence)
        };
        self.is_exemplified = is_outer_exemplified;
        let is_scalar = !matches!(kind, Kind::Array(_) | Kind::Object(_) | Kind::Map(_));
        let (values, overruled): (Vec<Value>, Vec<Value>) = evidence
            .values
            .iter()
            .map(|value| typed(value, &kind, evidence.is_text))
            .partition(|value| !is_scalar || kind.admits(value));
        // The least, so that the order of the samples does not matter.
        if let Some(value) = overruled.into_iter().min_by_key(Value::to_string) {
            self.find(FindingKind::Overruled(value));
        }
        let example = match kind {
            _ if is_outer_exemplified || (evidence.is_text && scalar::is_file(evidence)) => None,
            Kind::Array(_) | Kind::Object(_) | Kind::Map(_) => evidence.document.clone(),
            _ => values.first().cloned(),
        };
        let mut schema = Schema {
            nullable: evidence.nulls > 0 && kind != Kind::Any,
            seen: values,
            kind,
            ..Schema::default()
        };
        schema.example = example.filter(|example| schema.admits(example));
        schema
    }

    fn kind(&mut self, evidence: &Evidence) -> Kind {
        let mut scalars = self.scalars(evidence);
        let is_array = evidence.arrays > 0 || evidence.placeholders.contains(&Placeholder::Array);
        let is_object =
            evidence.objects > 0 || evidence.placeholders.contains(&Placeholder::Object);
        let mut names: Vec<&'static str> = scalars.iter().map(name).collect();
        names.extend(is_array.then_some("array"));
        names.extend(is_object.then_some("object"));
        if evidence.is_opaque
            && matches!(names.as_slice(), ["integer" | "number"])
            && !scalar::is_stated(evidence)
        {
            return Kind::String(None);
        }
        if names.len() > 1 && evidence.is_text {
            self.find(FindingKind::MixedTexts(names));
            return Kind::String(None);
        }
        if names.len() > 1 {
            self.find(FindingKind::Conflict(names));
        } else if names.is_empty() {
            if evidence.is_text {
                return Kind::String(None);
            }
            self.find(FindingKind::Untyped);
            return Kind::Any;
        }
        if evidence.is_huge {
            self.find(FindingKind::HugeInteger);
        }
        if is_array {
            scalars.push(self.array(evidence));
        }
        if is_object {
            scalars.push(self.object(evidence));
        }
        match <[Kind; 1]>::try_from(scalars) {
            Ok([kind]) => kind,
            Err(kinds) => Kind::OneOf(
                kinds
                    .into_iter()
                    .map(|kind| Schema {
                        kind,
                        ..Schema::default()
                    })
                    .collect(),
            ),
        }
    }

    /// The scalar types. A format that a placeholder states holds only where every text has it.
    fn scalars(&mut self, evidence: &Evidence) -> Vec<Kind> {
        let mut kinds = match evidence.is_text {
            true => scalar::text_kinds(evidence),
            false => scalar::kinds(evidence),
        };
        if evidence.is_text && scalar::is_file(evidence) && !evidence.values.is_empty() {
            self.find(FindingKind::FilesAndTexts);
        }
        for kind in &mut kinds {
            if let Kind::String(format) = kind
                && let Some(stated) = format.take_if(|stated| scalar::refute(evidence, stated))
            {
                self.find(FindingKind::FormatRefuted(stated));
            }
        }
        kinds
    }

    /// A list over several texts; where only one was given, that one is an item too.
    fn spread(&mut self, evidence: &Evidence) -> Kind {
        let mut items = evidence.clone();
        items.is_spread = false;
        // A list in one text is the same list.
        items.arrays = 0;
        items
            .placeholders
            .retain(|placeholder| *placeholder != Placeholder::Array);
        if let Some(listed) = items.items.take() {
            items.merge(*listed);
        }
        Kind::Array(Box::new(self.inside(Segment::Item, &items)))
    }

    fn array(&mut self, evidence: &Evidence) -> Kind {
        let items = evidence
            .items
            .as_deref()
            .map(|items| self.inside(Segment::Item, items));
        Kind::Array(Box::new(items.unwrap_or_default()))
    }

    fn object(&mut self, evidence: &Evidence) -> Kind {
        // Most of the keys decide: a name or two may stand among ids.
        let data = evidence.properties.keys().filter(|key| key::is_data(key));
        let are_data = data.count() * 2 > evidence.properties.len();
        let is_entry = |key: &str| (are_data && key::is_data(key)) || key::is_made_up(key);
        let mut values = Evidence::new();
        for (_, value) in evidence.properties.iter().filter(|(key, _)| is_entry(key)) {
            values.merge((**value).clone());
        }
        let additional = (!values.is_empty()).then(|| {
            self.find(FindingKind::Map);
            Box::new(self.entries(&values, are_data))
        });
        let mut properties = IndexMap::new();
        for (key, property) in evidence.properties.iter().filter(|(key, _)| !is_entry(key)) {
            let schema = self.inside(Segment::Key(key.clone()), property);
            let property = Property {
                schema,
                present: property.samples,
                of: evidence.objects,
                required: false,
            };
            properties.insert(key.clone(), property);
        }
        match additional {
            Some(values) if properties.is_empty() => Kind::Map(values),
            additional => Kind::Object(Object {
                properties,
                additional,
            }),
        }
    }

    /// The values of a map. Where the keys are made up, so may the values be, and one of each type means any.
    fn entries(&mut self, values: &Evidence, are_real: bool) -> Schema {
        let found = self.findings.len();
        let schema = self.inside(Segment::Value, values);
        if !are_real && matches!(schema.kind, Kind::OneOf(_)) {
            self.findings.truncate(found);
            return Schema::default();
        }
        schema
    }

    fn inside(&mut self, segment: Segment, evidence: &Evidence) -> Schema {
        self.way.push(segment);
        let schema = self.schema(evidence);
        self.way.pop();
        schema
    }

    fn find(&mut self, kind: FindingKind) {
        self.findings.push(Finding {
            segments: self.way.clone(),
            kind,
        });
    }
}

/// A sample as a value of the type that was decided: texts outside JSON are written without quotes.
fn typed(value: &Value, kind: &Kind, is_text: bool) -> Value {
    match (value, kind) {
        (Value::String(text), Kind::Boolean | Kind::Integer(_) | Kind::Number(_)) if is_text => {
            text::scalar(text.trim())
        }
        _ => value.clone(),
    }
}
