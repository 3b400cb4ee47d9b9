//! Every collection of the project, converted to v3 by the rules of Postman's own migration, comes to the same document.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use super::{converted, document, one, v3, warnings};

/// The collections that there are, with their names.
fn collections() -> Vec<(String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open: Vec<PathBuf> = ["tests/golden", "tests/reading", "../openapi/postman"]
        .iter()
        .map(|it| root.join(it))
        .collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(&path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let text = fs::read(&path).unwrap();
        let Ok(value) = serde_json::from_slice::<Value>(&text) else {
            continue;
        };
        if value.get("info").is_some_and(Value::is_object)
            && value.get("item").is_some_and(Value::is_array)
        {
            found.push((path.display().to_string(), value));
        }
    }
    found
}

/// Leaves out what v3 cannot say. `None` for a collection that its migration does not take.
fn without_what_is_lost(mut collection: Value) -> Option<Value> {
    collection["info"].as_object_mut()?.shift_remove("version");
    let variables = collection.get("variable").and_then(Value::as_array);
    // Names and values are all that it keeps of variables.
    if variables.is_some_and(|all| all.iter().any(|it| it["type"] == "secret")) {
        return None;
    }
    let mut open = vec![&mut collection];
    while let Some(holder) = open.pop() {
        let Some(items) = holder.get_mut("item").and_then(Value::as_array_mut) else {
            continue;
        };
        for item in items {
            if item.get("item").is_some() {
                open.push(item);
                continue;
            }
            if let Some(Value::Object(graphql)) = item.pointer_mut("/request/body/graphql") {
                graphql.shift_remove("operationName");
            }
            let item = item.as_object_mut()?;
            let is_list =
                |value: Option<&Value>| value.is_none_or(|it| it.is_array() || it.is_null());
            let request = item.get("request")?.as_object()?;
            let body = request.get("body");
            let is_text = body.is_some_and(|body| body["urlencoded"].is_string());
            if is_text
                || request.contains_key("urlObject")
                || !is_list(request.get("header"))
                || !request.get("url").is_some_and(is_whole)
            {
                return None;
            }
            let answers = item.get_mut("response").and_then(Value::as_array_mut);
            let answers = answers.into_iter().flatten();
            for answer in answers {
                answer.as_object_mut()?.shift_remove("description");
                let url = answer
                    .get("originalRequest")
                    .and_then(|request| request.get("url"));
                if !answer["code"].is_number()
                    || !is_list(answer.get("header"))
                    || !url.is_none_or(is_whole)
                {
                    return None;
                }
            }
        }
    }
    Some(collection)
}

/// Whether `raw` of a URL says what its parts say, so that it can stand alone.
fn is_whole(url: &Value) -> bool {
    let raw = url.get("raw").unwrap_or(url).as_str();
    let list = |key: &str| {
        let parts: Option<Vec<&str>> = url
            .get(key)?
            .as_array()?
            .iter()
            .map(Value::as_str)
            .collect();
        parts
    };
    if url.get("auth").is_some() {
        return false;
    }
    match (raw, list("path")) {
        // Its text does not carry them.
        _ if url.get("auth").is_some() => false,
        (Some(raw), Some(path)) => {
            let path = format!("/{}", path.join("/"));
            let raw = raw.split(['?', '#']).next().unwrap();
            raw.trim_end_matches('/')
                .ends_with(path.trim_end_matches('/'))
        }
        (Some(_), None) => url.is_string() || url.get("path").is_none(),
        (None, _) => false,
    }
}

/// The document without the names of files.
fn without_files(mut document: Value) -> Value {
    let mut open = vec![&mut document];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::Array(sources)) = members.get_mut("x-postman-source") {
                    for source in sources {
                        source.as_object_mut().unwrap().shift_remove("file");
                    }
                }
                open.extend(members.values_mut());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    document
}

#[test]
fn a_collection_in_v3_comes_to_the_document_of_its_twin() {
    let mut compared = 0;
    for (name, collection) in collections() {
        let Some(collection) = without_what_is_lost(collection) else {
            continue;
        };
        let Ok(twin) = one("twin.json", &collection.to_string()) else {
            continue;
        };
        let tree = converted(&v3::tree("twin", &collection));
        let tree = tree.unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        let export = one("twin.json", &v3::export(&collection).to_string()).unwrap();
        let expected = without_files(document(&twin));
        assert_eq!(
            without_files(document(&tree)),
            expected,
            "{name}, as folder"
        );
        assert_eq!(
            without_files(document(&export)),
            expected,
            "{name}, as export"
        );
        assert_eq!(warnings(&tree), warnings(&twin), "{name}, as folder");
        assert_eq!(warnings(&export), warnings(&twin), "{name}, as export");
        compared += 1;
    }
    assert!(compared > 10, "{compared}");
}

/// Messages name the files and members that people have.
#[test]
fn messages_lead_into_the_files_of_a_folder() {
    let collection = json!({
        "info": { "name": "Twin" },
        "item": [{ "name": "Folder", "item": [{
            "name": "It",
            "request": { "method": "BREW", "url": "https://twin.test/it" },
            "response": [],
        }] }],
    });
    let generated = converted(&v3::tree("twin", &collection)).unwrap();
    let places: Vec<_> = generated
        .warnings
        .iter()
        .map(|it| (it.place.file.as_str(), it.place.path.as_str()))
        .collect();
    assert_eq!(places, [("twin/Folder 0/It 0.request.yaml", "$.method")]);
    let request = |name: &str, value: &str| json!({ "name": name, "request": { "method": "GET", "url": format!("https://twin.test/it?flag={value}") } });
    let two = json!({
        "info": { "name": "Twin" },
        "item": [request("One", "true"), { "name": "Folder", "item": [request("Two", "some")] }],
    });
    let generated = converted(&v3::tree("twin", &two)).unwrap();
    let conflict = generated
        .warnings
        .iter()
        .find(|it| it.kind.id() == "conflicting-types");
    let conflict = conflict.unwrap();
    assert_eq!(conflict.place.file, "twin/Folder 1/Two 0.request.yaml");
    let other = "(string here, boolean in twin/One 0.request.yaml, item “One”, at $.url)";
    assert!(conflict.text.ends_with(other), "{}", conflict.text);

    let export = one("e.json", &v3::export(&collection).to_string()).unwrap();
    assert_eq!(
        export.warnings[0].place.path,
        "$.data.collection.items[0].items[0].method"
    );
}
