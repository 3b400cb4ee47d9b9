//! Which types there are at a place and inside it, and where each was seen.

use std::collections::{BTreeMap, HashMap};

use super::{Evidence, key, schema::Segment};

/// The types of the values at a place and inside it, each with the least of the witnesses that show it.
#[derive(Debug)]
pub(crate) struct Types<W> {
    own: Own<W>,
    members: HashMap<String, Self>,
    items: Option<Box<Self>>,
    /// Of the texts: one text is one item where others give several.
    texts: Option<Box<Self>>,
    /// Of all members whose keys are data, once that was asked for.
    values: Option<Box<Self>>,
}

type Own<W> = BTreeMap<&'static str, W>;

impl<W> Default for Types<W> {
    fn default() -> Self {
        Self {
            own: BTreeMap::new(),
            members: HashMap::new(),
            items: None,
            texts: None,
            values: None,
        }
    }
}

impl<W: Ord + Clone> Types<W> {
    /// Adds what a witness shows.
    pub(crate) fn add(&mut self, evidence: &Evidence, witness: &W) {
        self.add_values(evidence, witness);
        if evidence.is_text && evidence.items.is_none() {
            let texts = self.texts.get_or_insert_default();
            texts.add_values(evidence, witness);
        }
    }

    fn add_values(&mut self, evidence: &Evidence, witness: &W) {
        let kinds = evidence.types().into_iter();
        least(&mut self.own, kinds.map(|kind| (kind, witness.clone())));
        for (key, member) in &evidence.properties {
            self.member(key).add(member, witness);
        }
        if let Some(items) = &evidence.items {
            self.items.get_or_insert_default().add(items, witness);
        }
    }

    /// Those of the member `key`.
    pub(crate) fn member(&mut self, key: &str) -> &mut Self {
        self.members.entry(key.to_owned()).or_default()
    }

    /// The types at the end of `way`. Where it takes keys for data, all members with such keys are one from then on.
    pub(crate) fn at(&mut self, way: &[Segment]) -> Own<W> {
        match way {
            [] => self.own.clone(),
            [Segment::Key(key), rest @ ..] => {
                let member = self.members.get_mut(key);
                member.map(|it| it.at(rest)).unwrap_or_default()
            }
            [Segment::Item, rest @ ..] => {
                let items = self.items.as_mut().map(|it| it.at(rest));
                let mut types = items.unwrap_or_default();
                if let Some(texts) = &mut self.texts {
                    let is_item = |segment: &&Segment| **segment == Segment::Item;
                    let items = rest.iter().take_while(is_item).count();
                    let rest = rest.get(items..).unwrap_or_default();
                    least(&mut types, texts.at(rest));
                }
                types
            }
            [Segment::Value, rest @ ..] => self.values().at(rest),
        }
    }

    fn values(&mut self) -> &mut Self {
        let members = &mut self.members;
        self.values.get_or_insert_with(|| {
            let mut values = Self::default();
            let is_data = |key: &String, _: &mut Self| key::is_data(key) || key::is_made_up(key);
            for (_, member) in members.extract_if(is_data) {
                values.merge(member);
            }
            Box::new(values)
        })
    }

    fn merge(&mut self, other: Self) {
        least(&mut self.own, other.own);
        for (key, member) in other.members {
            self.members.entry(key).or_default().merge(member);
        }
        for (mine, theirs) in [
            (&mut self.items, other.items),
            (&mut self.texts, other.texts),
            (&mut self.values, other.values),
        ] {
            if let Some(theirs) = theirs {
                mine.get_or_insert_default().merge(*theirs);
            }
        }
    }
}

/// Adds witnesses; of two for one type the least stays.
fn least<W: Ord>(known: &mut Own<W>, others: impl IntoIterator<Item = (&'static str, W)>) {
    for (kind, witness) in others {
        match known.get_mut(kind) {
            Some(known) if *known <= witness => {}
            Some(known) => *known = witness,
            None => drop(known.insert(kind, witness)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Types;
    use crate::infer::{Evidence, Segment};

    /// Each witness is a list of texts, or any other value as JSON.
    fn types(witnesses: &[Value], way: &[Segment]) -> Vec<(&'static str, usize)> {
        let mut types = Types::default();
        for (number, witness) in witnesses.iter().enumerate() {
            let mut evidence = Evidence::new();
            match witness {
                Value::String(text) => evidence.observe_text(text),
                value => evidence.observe(value),
            }
            types.add(&evidence, &number);
        }
        let first = types.at(way);
        assert_eq!(first, types.at(way), "asking changes nothing");
        first.into_iter().collect()
    }

    #[test]
    fn each_type_has_its_first_witness() {
        let key = |key: &str| Segment::Key(key.to_owned());
        let ids = ["2026-01-02", "2026-01-03"];
        for (witnesses, way, expected) in [
            (
                vec![json!(1), json!(true), json!(2)],
                vec![],
                vec![("boolean", 1), ("integer", 0)],
            ),
            (
                vec![
                    json!({ "a": { "b": 1 } }),
                    json!({ "a": { "b": null, "c": 1 } }),
                    json!({ "a": { "b": [1] } }),
                ],
                vec![key("a"), key("b")],
                vec![("array", 2), ("integer", 0)],
            ),
            (
                vec![json!({ "a": 1 })],
                vec![key("b"), Segment::Item],
                vec![],
            ),
            (
                vec![json!([[1], ["x"]]), json!([1])],
                vec![Segment::Item, Segment::Item],
                vec![("integer", 0), ("string", 0)],
            ),
            // A text stands for its only item, at any depth.
            (
                vec![json!([true]), json!("1")],
                vec![Segment::Item],
                vec![("boolean", 0), ("integer", 1)],
            ),
            (
                vec![json!("x")],
                vec![Segment::Item, Segment::Item],
                vec![("string", 0)],
            ),
            (
                vec![
                    json!({ ids[0]: { "a": 1 } }),
                    json!({ ids[1]: { "a": "x" }, "name": { "a": true } }),
                ],
                vec![Segment::Value, key("a")],
                vec![("integer", 0), ("string", 1)],
            ),
        ] {
            assert_eq!(types(&witnesses, &way), expected, "{witnesses:?} {way:?}");
        }
    }
}
