//! Adds mined facts to an inferred schema.

use serde_json::Value;

use super::FieldFacts;
use crate::infer::{Kind, Schema};

/// A mined fact that the samples contradict (the samples win), or that another one does.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Disagreement {
    /// A sample is not among the listed values, or those are of another type.
    Enumeration {
        /// The values that the description lists.
        listed: Vec<String>,
        /// A value that was seen, if that is what disagrees.
        seen: Option<Value>,
    },
    /// Two descriptions state different defaults.
    Defaults {
        /// As the descriptions have them.
        stated: [String; 2],
    },
    /// The default is not of the sampled type, or not among the listed values.
    Default {
        /// As the description has it.
        stated: String,
    },
}

/// Puts what a description says into the schema of the value it describes. Facts about a list's values go to its
/// items. `required` belongs to the property or parameter, so the caller takes it from `facts`.
pub fn apply(facts: &FieldFacts, schema: &mut Schema) -> Vec<Disagreement> {
    schema.description = Some(facts.words()).filter(|text| !text.is_empty());
    schema.deprecated |= facts.deprecated.is_some();
    let mut disagreements = Vec::new();
    if let Kind::String(format) = &mut schema.kind {
        if facts.binary.is_some() {
            *format = Some("binary".to_owned());
        } else if facts.mixed.is_some()
            && format
                .as_deref()
                .is_some_and(|format| MIXED.contains(&format))
        {
            *format = None;
        }
    }
    if facts.list.is_some() {
        make_list(schema);
    }
    let values = match &mut schema.kind {
        Kind::Array(items) => {
            schema.limits.min_items = facts.min_items.as_ref().map(|found| found.fact);
            schema.limits.max_items = facts.max_items.as_ref().map(|found| found.fact);
            items.as_mut()
        }
        _ => schema,
    };
    if let Some(listed) = &facts.enumeration {
        disagreements.extend(enumerate(&listed.fact, values).err());
    }
    limit(facts, values);
    if let (Some(one), Some(other)) = (&facts.default, &facts.other_default) {
        disagreements.push(Disagreement::Defaults {
            stated: [one.fact.clone(), other.fact.clone()],
        });
    } else if let Some(stated) = &facts.default
        && !matches!(schema.kind, Kind::Array(_))
    {
        match typed(&stated.fact, &schema.kind) {
            Some(value)
                if schema.kind.admits(&value)
                    && (schema.enumeration.is_empty() || schema.enumeration.contains(&value)) =>
            {
                schema.default = Some(value);
            }
            _ => disagreements.push(Disagreement::Default {
                stated: stated.fact.clone(),
            }),
        }
    }
    disagreements
}

/// Formats of texts that a field may take beside other texts.
const MIXED: [&str; 3] = ["email", "uuid", "uri"];

/// One text where the description has a list is one item of it, unless the text itself lists.
fn make_list(schema: &mut Schema) {
    let is_item = matches!(
        schema.kind,
        Kind::Boolean | Kind::Integer(_) | Kind::Number(_) | Kind::String(_)
    );
    if !is_item
        || schema
            .seen
            .iter()
            .any(|seen| seen.as_str().is_some_and(|text| text.contains(',')))
    {
        return;
    }
    let item = Schema {
        kind: std::mem::take(&mut schema.kind),
        seen: std::mem::take(&mut schema.seen),
        example: schema.example.take(),
        ..Schema::default()
    };
    schema.kind = Kind::Array(Box::new(item));
}

fn enumerate(listed: &[String], schema: &mut Schema) -> Result<(), Disagreement> {
    let disagreement = |seen| Disagreement::Enumeration {
        listed: listed.to_vec(),
        seen,
    };
    let kind = match &schema.kind {
        Kind::Any
            if listed
                .iter()
                .all(|value| typed(value, &Kind::Integer(None)).is_some()) =>
        {
            Kind::Integer(None)
        }
        Kind::Any => Kind::String(None),
        kind => kind.clone(),
    };
    let values: Option<Vec<Value>> = listed.iter().map(|value| typed(value, &kind)).collect();
    let values = values.ok_or_else(|| disagreement(None))?;
    // The least, so that the order of the samples does not matter.
    let others = schema.seen.iter().filter(|seen| !values.contains(seen));
    if let Some(seen) = others.min_by_key(ToString::to_string) {
        return Err(disagreement(Some(seen.clone())));
    }
    // A list of all there is says more than a format, and a boolean's values need no list.
    schema.kind = match kind {
        Kind::Boolean => return Ok(()),
        Kind::String(_) => Kind::String(None),
        kind => kind,
    };
    schema.enumeration = values;
    Ok(())
}

fn limit(facts: &FieldFacts, schema: &mut Schema) {
    let numbers: Vec<f64> = schema.seen.iter().filter_map(Value::as_f64).collect();
    let lengths: Vec<u64> = schema
        .seen
        .iter()
        .filter_map(Value::as_str)
        .map(|text| text.chars().count() as u64)
        .collect();
    match schema.kind {
        Kind::Integer(_) | Kind::Number(_) => {
            schema.limits.minimum = bound(facts.minimum.as_ref(), |low| {
                numbers.iter().all(|seen| *seen >= low as f64)
            });
            schema.limits.maximum = bound(facts.maximum.as_ref(), |high| {
                numbers.iter().all(|seen| *seen <= high as f64)
            });
        }
        Kind::String(_) => {
            schema.limits.min_length = bound(facts.min_length.as_ref(), |low| {
                lengths.iter().all(|seen| *seen >= low)
            });
            schema.limits.max_length = bound(facts.max_length.as_ref(), |high| {
                lengths.iter().all(|seen| *seen <= high)
            });
        }
        _ => {}
    }
}

/// A stated bound, unless a sample breaks it.
fn bound<T: Copy>(stated: Option<&super::Found<T>>, holds: impl Fn(T) -> bool) -> Option<T> {
    stated.map(|found| found.fact).filter(|fact| holds(*fact))
}

/// A value from prose as a value of `kind`, if it can be one.
fn typed(text: &str, kind: &Kind) -> Option<Value> {
    match kind {
        Kind::String(_) | Kind::Any => Some(Value::String(text.to_owned())),
        Kind::Boolean => text
            .to_ascii_lowercase()
            .parse::<bool>()
            .ok()
            .map(Value::Bool),
        Kind::Integer(_) => text.parse::<i64>().ok().map(Value::from),
        Kind::Number(_) => serde_json::from_str::<serde_json::Number>(text)
            .ok()
            .map(Value::Number),
        Kind::Array(_) | Kind::Object(_) | Kind::Map(_) | Kind::OneOf(_) => None,
    }
}
