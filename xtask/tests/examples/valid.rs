//! A validator for the schemas that a document has.

use serde_json::Value;
use xtask::infer::Kind;

/// What is wrong with the examples of a document, by where they stand, and how many there are.
pub(crate) fn examples(document: &Value) -> (Vec<String>, usize) {
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut open = vec![(String::new(), document)];
    while let Some((at, value)) = open.pop() {
        let Value::Object(members) = value else {
            if let Value::Array(items) = value {
                open.extend(
                    items
                        .iter()
                        .enumerate()
                        .map(|(index, item)| (format!("{at}/{index}"), item)),
                );
            }
            continue;
        };
        // A property may be called so, too.
        let is_properties = at.ends_with("/properties");
        let named = members.get("examples").and_then(Value::as_object);
        let named = named
            .into_iter()
            .flat_map(|all| all.values().map(|it| &it["value"]));
        let schema = members.get("schema").unwrap_or(value);
        for example in members
            .get("example")
            .into_iter()
            .chain(named)
            .filter(|_| !is_properties)
        {
            count += 1;
            if let Err(reason) = check(document, schema, example) {
                wrong.push(format!("{at}: {example} is not {schema}: {reason}"));
            }
        }
        let inner = members.iter().filter(|(key, _)| {
            is_properties || !matches!(key.as_str(), "example" | "examples" | "default")
        });
        open.extend(inner.map(|(key, member)| (format!("{at}/{key}"), member)));
    }
    (wrong, count)
}

fn check(document: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = document.pointer(reference.trim_start_matches('#'));
        return check(document, target.ok_or("a reference leads nowhere")?, value);
    }
    for part in list(schema, "allOf") {
        check(document, part, value)?;
    }
    if schema.get("oneOf").is_some() {
        let fitting = list(schema, "oneOf").filter(|one| check(document, one, value).is_ok());
        return match fitting.count() {
            1 => Ok(()),
            count => Err(format!("{count} alternatives fit")),
        };
    }
    let Some(name) = schema.get("type").and_then(Value::as_str) else {
        return Ok(());
    };
    if value.is_null() {
        return match schema["nullable"] == true {
            true => Ok(()),
            false => Err("it is null".to_owned()),
        };
    }
    let format = schema.get("format").and_then(Value::as_str);
    let is_of_type = match name {
        "string" => Kind::String(format.map(str::to_owned)).admits(value),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => return Err(format!("there is no type {other}")),
    };
    if !is_of_type {
        return Err(format!("it is no {name} {}", format.unwrap_or_default()));
    }
    if schema.get("enum").is_some() && !list(schema, "enum").any(|one| one == value) {
        return Err("it is not listed".to_owned());
    }
    bounds(schema, value)?;
    for item in value.as_array().into_iter().flatten() {
        check(document, &schema["items"], item)?;
    }
    let Value::Object(members) = value else {
        return Ok(());
    };
    for required in list(schema, "required").filter_map(Value::as_str) {
        if !members.contains_key(required) {
            return Err(format!("it lacks `{required}`"));
        }
    }
    for (key, member) in members {
        let property = schema.get("properties").and_then(|all| all.get(key));
        if let Some(schema) = property.or_else(|| schema.get("additionalProperties")) {
            check(document, schema, member).map_err(|reason| format!("`{key}`: {reason}"))?;
        }
    }
    Ok(())
}

fn bounds(schema: &Value, value: &Value) -> Result<(), String> {
    let size = match value {
        Value::String(text) => Some(text.chars().count() as f64),
        Value::Array(items) => Some(items.len() as f64),
        value => value.as_f64(),
    };
    let Some(size) = size else { return Ok(()) };
    let bound = |keys: [&str; 3]| keys.iter().find_map(|key| schema.get(*key)?.as_f64());
    let is_low = bound(["minimum", "minLength", "minItems"]).is_some_and(|low| size < low);
    let is_high = bound(["maximum", "maxLength", "maxItems"]).is_some_and(|high| size > high);
    match is_low || is_high {
        true => Err("it is out of bounds".to_owned()),
        false => Ok(()),
    }
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}
