//! Items that cannot both be right.
//!
//! Several requests of one file on one method and path are variants of a call and merge, whatever they hold: an author
//! put them side by side. Two files that describe the same operation and state incompatible facts are another matter:
//! one of them is wrong, and only a person knows which.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Place, Problem},
    infer::{Kind, Schema, Segment, place},
    operation::{Content, Operation, merge, together},
    postman::Request,
};

/// Looks for contradictions between the files that an operation comes from.
///
/// # Errors
///
/// The first contradiction, with both places.
pub(crate) fn check(requests: &[Request]) -> Result<(), Box<Problem>> {
    let mut files = requests.iter().map(|request| &request.place.file);
    let first = files.next();
    if files.all(|file| Some(file) == first) {
        return Ok(());
    }
    for requests in together(requests).into_values() {
        let mut files = requests.iter().map(|request| &request.place.file);
        let first = files.next();
        if files.all(|file| Some(file) == first) {
            continue;
        }
        // Rare, so the evidence is kept apart only here.
        let mut by_file: BTreeMap<&str, Vec<Request>> = BTreeMap::new();
        for request in requests {
            by_file
                .entry(&request.place.file)
                .or_default()
                .push(request.clone());
        }
        let versions: Vec<Operation> = by_file
            .into_values()
            .flat_map(|requests| merge(requests, &mut |_, _| {}))
            .collect();
        for (index, one) in versions.iter().enumerate() {
            for other in versions.iter().skip(index + 1) {
                compare(one, other)?;
            }
        }
    }
    Ok(())
}

fn compare(one: &Operation, other: &Operation) -> Result<(), Box<Problem>> {
    let labels = (&one.facts.rate_limit_label, &other.facts.rate_limit_label);
    if let (Some(a), Some(b)) = labels
        && a.fact != b.fact
    {
        let what = format!(
            "the rate-limit label is {} here and {} there",
            a.fact.as_str(),
            b.fact.as_str()
        );
        return Err(problem(
            one,
            ".request.description",
            other,
            ".request.description",
            &what,
        ));
    }
    for (media_type, content) in &one.bodies {
        if let Some(theirs) = other.bodies.get(media_type) {
            compare_contents(
                one,
                content,
                other,
                theirs,
                "the body's",
                ".request.body",
                ".request.body",
            )?;
        }
    }
    for (status, response) in &one.responses {
        let Some(their_response) = other.responses.get(status) else {
            continue;
        };
        for (media_type, content) in &response.content {
            if let Some(theirs) = their_response.content.get(media_type) {
                let what = format!("the {status} answer's");
                let at = |operation: &Operation, place: &Place| below(operation, place);
                let (mine, their) = (at(one, &response.place), at(other, &their_response.place));
                compare_contents(one, content, other, theirs, &what, &mine, &their)?;
            }
        }
    }
    Ok(())
}

fn compare_contents(
    one: &Operation,
    content: &Content,
    other: &Operation,
    theirs: &Content,
    whose: &str,
    at: &str,
    their_at: &str,
) -> Result<(), Box<Problem>> {
    match (content, theirs) {
        (
            Content::Json { evidence, .. },
            Content::Json {
                evidence: their_evidence,
                ..
            },
        ) => {
            let (mine, their) = (evidence.resolve().schema, their_evidence.resolve().schema);
            match incompatible(&mine, &their, &mut Vec::new()) {
                Some(found) => Err(problem(one, at, other, their_at, &found.told(whose))),
                None => Ok(()),
            }
        }
        (Content::Form(fields), Content::Form(their_fields)) => {
            for (name, field) in fields {
                let Some(their_field) = their_fields.get(name) else {
                    continue;
                };
                let (mine, their) = (
                    field.evidence.resolve().schema,
                    their_field.evidence.resolve().schema,
                );
                let mut way = vec![Segment::Key(name.clone())];
                if let Some(found) = incompatible(&mine, &their, &mut way) {
                    let at = below(one, &field.place);
                    let their_at = below(other, &their_field.place);
                    return Err(problem(one, &at, other, &their_at, &found.told(whose)));
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

struct Incompatible {
    way: String,
    kinds: (&'static str, &'static str),
}

impl Incompatible {
    fn told(&self, whose: &str) -> String {
        let field = if self.way.is_empty() {
            "value".to_owned()
        } else {
            format!("`{}`", self.way)
        };
        format!(
            "{whose} {field} is {} here and {} there",
            self.kinds.0, self.kinds.1
        )
    }
}

/// The first place where no value fits both. The recursion is as deep as an inferred schema.
fn incompatible(one: &Schema, other: &Schema, way: &mut Vec<Segment>) -> Option<Incompatible> {
    let mut inside = |segment: Segment, one: &Schema, other: &Schema| {
        way.push(segment);
        let found = incompatible(one, other, way);
        way.pop();
        found
    };
    match (&one.kind, &other.kind) {
        (Kind::Object(a), Kind::Object(b)) => a.properties.iter().find_map(|(key, property)| {
            let theirs = b.properties.get(key)?;
            inside(Segment::Key(key.clone()), &property.schema, &theirs.schema)
        }),
        (Kind::Array(a), Kind::Array(b)) => inside(Segment::Item, a, b),
        (Kind::Map(a), Kind::Map(b)) => inside(Segment::Value, a, b),
        (Kind::Any | Kind::OneOf(_), _) | (_, Kind::Any | Kind::OneOf(_)) => None,
        (a, b) => {
            let kinds = (name(a), name(b));
            (kinds.0 != kinds.1).then(|| Incompatible {
                way: place(way),
                kinds,
            })
        }
    }
}

/// Kinds that some value fits have one name.
fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Boolean => "a boolean",
        Kind::Integer(_) | Kind::Number(_) => "a number",
        Kind::String(_) => "a text",
        Kind::Array(_) => "an array",
        Kind::Object(_) | Kind::Map(_) => "an object",
        Kind::Any | Kind::OneOf(_) => "any value",
    }
}

/// The path of `place` below its operation's item.
fn below(operation: &Operation, place: &Place) -> String {
    let item = operation
        .sources
        .first()
        .map_or("", |source| source.path.as_str());
    place
        .path
        .strip_prefix(item)
        .unwrap_or(&place.path)
        .to_owned()
}

fn problem(
    one: &Operation,
    at: &str,
    other: &Operation,
    their_at: &str,
    what: &str,
) -> Box<Problem> {
    let mine = one.sources.first().cloned().unwrap_or_default().at(at);
    let theirs = other
        .sources
        .first()
        .cloned()
        .unwrap_or_default()
        .at(their_at);
    Box::new(Problem {
        reason: format!("{} {}: {what}: in {theirs}", one.method, one.template),
        remedy: "delete the item that is out of date, or make both say the same".to_owned(),
        file: mine.file,
        item: mine.item,
        path: mine.path,
        ..Problem::default()
    })
}
