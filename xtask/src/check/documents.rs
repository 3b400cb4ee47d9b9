//! Small documents, each with one thing that is rare or wrong: `documents.json` has a document and what each changes in it, as
//! pointers with the new values, or without one for what is removed.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::check;

#[derive(Deserialize)]
struct Documents {
    base: Value,
    accepted: BTreeMap<String, Vec<Vec<Value>>>,
    /// With the reason.
    refused: BTreeMap<String, (String, Vec<Vec<Value>>)>,
}

fn changed(base: &Value, changes: &[Vec<Value>]) -> Value {
    let mut document = base.clone();
    for change in changes {
        let (holder, key) = change[0].as_str().unwrap().rsplit_once('/').unwrap();
        let key = key.replace("~1", "/").replace("~0", "~");
        let mut at = &mut document;
        for token in holder.split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            at = match at {
                Value::Array(items) => &mut items[token.parse::<usize>().unwrap()],
                other => &mut other[token],
            };
        }
        match (at, change.get(1)) {
            (Value::Array(items), Some(value)) if key == "-" => items.push(value.clone()),
            (Value::Array(items), Some(value)) => {
                items[key.parse::<usize>().unwrap()] = value.clone();
            }
            (holder, Some(value)) => holder[key] = value.clone(),
            (holder, None) => {
                let removed = holder.as_object_mut().unwrap().shift_remove(&key);
                assert!(removed.is_some(), "there is no {key}");
            }
        }
    }
    document
}

#[test]
fn each_document_is_judged_rightly() {
    let documents: Documents = serde_json::from_str(include_str!("documents.json")).unwrap();
    let mut wrong = Vec::new();
    for (name, changes) in &documents.accepted {
        if let Err(reason) = check(&changed(&documents.base, changes)) {
            wrong.push(format!("{name} is refused: {reason}"));
        }
    }
    for (name, (due, changes)) in &documents.refused {
        match check(&changed(&documents.base, changes)) {
            Ok(()) => wrong.push(format!("{name} is accepted")),
            Err(reason) if reason != *due => {
                wrong.push(format!("{name} is refused, but not as {due}: {reason}"));
            }
            Err(_) => {}
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    assert!(documents.accepted.len() >= 70 && documents.refused.len() >= 120);
}
