//! A collection in v3's forms: what Postman's own migration makes of a v2.1 collection.

use serde_json::{Map, Value, json};
use xtask::syntax::yaml;

/// The JSON document that Postman's API exports.
pub(crate) fn export(collection: &Value) -> Value {
    let mut root = definition(collection, &collection["info"]);
    root["$kind"] = "collection".into();
    root["items"] = items(&collection["item"]);
    json!({ "data": { "collection": root } })
}

/// The files of the collection's folder, below a folder called so.
pub(crate) fn tree(folder: &str, collection: &Value) -> Vec<(String, String)> {
    let mut root = definition(collection, &collection["info"]);
    root["$kind"] = "collection".into();
    let mut files = vec![file(&format!("{folder}/.resources/definition.yaml"), &root)];
    write(folder, &items(&collection["item"]), &mut files);
    files
}

fn file(name: &str, value: &Value) -> (String, String) {
    let mut text = Vec::new();
    yaml::write(value, &mut text).unwrap();
    (name.to_owned(), String::from_utf8(text).unwrap())
}

fn write(folder: &str, items: &Value, files: &mut Vec<(String, String)>) {
    for (index, item) in items.as_array().into_iter().flatten().enumerate() {
        let mut own = item.clone();
        let members = own.as_object_mut().unwrap();
        let name = format!(
            "{} {index}",
            item["name"]
                .as_str()
                .unwrap_or("-")
                .replace(['/', ':', '\n', '.'], "-")
        );
        members.insert("order".to_owned(), json!(1000 * (index + 1)));
        if let Some(inner) = members.remove("items") {
            let inner_folder = format!("{folder}/{name}");
            files.push(file(
                &format!("{inner_folder}/.resources/definition.yaml"),
                &own,
            ));
            write(&inner_folder, &inner, files);
            continue;
        }
        let examples = members.remove("examples").unwrap();
        let answers = format!("./.resources/{name}.resources/examples");
        members.insert("examples".to_owned(), answers.into());
        files.push(file(&format!("{folder}/{name}.request.yaml"), &own));
        for (index, example) in examples.as_array().unwrap().iter().enumerate() {
            let mut example = example.clone();
            example["order"] = json!(1000 * (index + 1));
            let name =
                format!("{folder}/.resources/{name}.resources/examples/{index}.example.yaml");
            files.push(file(&name, &example));
        }
    }
}

/// What a collection and a folder say about themselves.
fn definition(holder: &Value, names: &Value) -> Value {
    let mut written = json!({ "name": names["name"].as_str().unwrap_or_default() });
    put(&mut written, "description", text(&names["description"]));
    put(&mut written, "variables", pairs(&holder["variable"]));
    if let Some(auth) = auth(&holder["auth"]) {
        written["auth"] = json!([auth]);
    }
    written
}

fn put(object: &mut Value, key: &str, value: Value) {
    if !value.is_null() && value != json!([]) {
        object[key] = value;
    }
}

/// A description is a text in v3.
fn text(description: &Value) -> Value {
    description.get("content").unwrap_or(description).clone()
}

fn items(items: &Value) -> Value {
    let item = |item: &Value| {
        if item.get("item").is_some() {
            let mut folder = definition(item, item);
            folder["items"] = self::items(&item["item"]);
            return folder;
        }
        let mut request = request(&item["request"]);
        request["name"] = item["name"].as_str().unwrap_or_default().into();
        let description = match &item["request"]["description"] {
            Value::Null => &item["description"],
            description => description,
        };
        put(&mut request, "description", text(description));
        put(&mut request, "variables", pairs(&item["variable"]));
        put(
            &mut request,
            "settings",
            item["protocolProfileBehavior"].clone(),
        );
        if let Some(auth) = auth(&item["request"]["auth"]) {
            request["auth"] = auth;
        }
        let examples = item["response"].as_array().into_iter().flatten();
        request["examples"] = examples.map(example).collect();
        request
    };
    items.as_array().into_iter().flatten().map(item).collect()
}

/// A mapping where nothing but values is known, else a list.
fn pairs(list: &Value) -> Value {
    let Some(entries) = list.as_array() else {
        return Value::Null;
    };
    let is_plain = |entry: &Value| {
        let members = entry.as_object().unwrap();
        members
            .keys()
            .all(|key| ["key", "value", "type"].contains(&key.as_str()))
            && entry["key"].is_string()
            && entry["value"].is_string()
    };
    let mut keys: Vec<_> = entries
        .iter()
        .filter_map(|entry| entry["key"].as_str())
        .collect();
    keys.sort_unstable();
    keys.dedup();
    match entries.iter().all(is_plain) && keys.len() == entries.len() {
        true => {
            let pair = |entry: &Value| {
                (
                    entry["key"].as_str().unwrap().to_owned(),
                    entry["value"].clone(),
                )
            };
            Value::Object(entries.iter().map(pair).collect::<Map<_, _>>())
        }
        false => list.clone(),
    }
}

fn auth(auth: &Value) -> Option<Value> {
    let kind = auth.get("type")?.as_str()?;
    let credentials = match &auth[kind] {
        Value::Array(list) => list.clone().into(),
        other => other.clone(),
    };
    let mut written = json!({ "type": kind });
    put(&mut written, "credentials", credentials);
    Some(written)
}

fn request(request: &Value) -> Value {
    let Some(members) = request.as_object() else {
        return json!({ "$kind": "http-request", "url": request });
    };
    let mut written = json!({ "$kind": "http-request" });
    put(&mut written, "method", request["method"].clone());
    let url = &request["url"];
    put(&mut written, "url", url.get("raw").unwrap_or(url).clone());
    put(&mut written, "queryParams", pairs(&url["query"]));
    put(&mut written, "pathVariables", url["variable"].clone());
    put(&mut written, "headers", pairs(&request["header"]));
    let body = members.get("body").filter(|body| body["disabled"] != true);
    let Some(body) = body.filter(|body| body.is_object()) else {
        return written;
    };
    match body["mode"].as_str() {
        Some("raw") => {
            let language = body.pointer("/options/raw/language").cloned();
            written["body"] =
                json!({ "type": language.unwrap_or("text".into()), "content": body["raw"] });
        }
        Some("graphql") => {
            written["$kind"] = "graphql-request".into();
            written["query"] = body["graphql"]["query"].clone();
            put(
                &mut written,
                "variables",
                body["graphql"]["variables"].clone(),
            );
        }
        Some("file") => written["body"] = json!({ "type": "file", "content": body["file"] }),
        Some(form) => written["body"] = json!({ "type": form, "content": body[form] }),
        None => {}
    }
    written
}

fn example(response: &Value) -> Value {
    let mut original = request(&response["originalRequest"]);
    original.as_object_mut().unwrap().shift_remove("$kind");
    let mut answer = json!({ "statusCode": response["code"] });
    put(&mut answer, "statusText", response["status"].clone());
    put(&mut answer, "headers", pairs(&response["header"]));
    let language = response
        .get("_postman_previewlanguage")
        .cloned()
        .unwrap_or_default();
    answer["body"] = json!({ "type": language, "content": response["body"] });
    json!({ "$kind": "http-example", "name": response["name"], "request": original, "response": answer })
}
