//! Files that are not Postman collections, named for what they are.

use serde_json::Value;

/// What a file is, and what to do with it.
pub(super) type Foreign = (String, &'static str);

const DESCRIPTION: &str = "it describes an API already; use it as it is, or import it into Postman and export the collection as v2.1";
const IMPORT: &str = "import it into Postman, and export the collection as v2.1";

/// What the root of a file is, if it is something that is known and not a collection.
pub(super) fn recognize(root: &Value) -> Option<Foreign> {
    let text = |key: &str| root.get(key).and_then(Value::as_str);
    let has = |key: &str| root.get(key).is_some();
    let named =
        |name: String, remedy| Some((format!("this is {name}, not a Postman collection"), remedy));
    if let Some(version) = text("openapi") {
        return named(format!("an OpenAPI {version} document"), DESCRIPTION);
    }
    if let Some(version) = root.get("swagger") {
        let version = version
            .as_str()
            .map_or_else(|| version.to_string(), str::to_owned);
        return named(format!("a Swagger {version} document"), DESCRIPTION);
    }
    if let Some(version) = text("asyncapi") {
        return named(
            format!("an AsyncAPI {version} document"),
            "OpenAPI has no counterpart; use it as it is",
        );
    }
    if let Some(version) = text("overlay") {
        return named(
            format!("an OpenAPI Overlay {version} document"),
            "name it with --overlay",
        );
    }
    if root.pointer("/log/entries").is_some() {
        return named("a HAR file, a recording of HTTP traffic".to_owned(), IMPORT);
    }
    if has("__export_format")
        || text("_type") == Some("export")
        || text("type").is_some_and(|kind| kind.contains("insomnia"))
    {
        return named("an Insomnia export".to_owned(), IMPORT);
    }
    if has("__schema") || root.pointer("/data/__schema").is_some() {
        return named(
            "a GraphQL schema".to_owned(),
            "OpenAPI does not describe GraphQL; use it as it is",
        );
    }
    if has("client") && text("client").is_some_and(|client| client.contains("Thunder"))
        || text("clientName").is_some_and(|client| client.contains("Thunder"))
    {
        return named("a Thunder Client export".to_owned(), IMPORT);
    }
    if is_hoppscotch(root) || root.get(0).is_some_and(is_hoppscotch) {
        return named("a Hoppscotch export".to_owned(), IMPORT);
    }
    let items = root.get("items").and_then(Value::as_array);
    if items.is_some_and(|items| {
        items
            .iter()
            .any(|item| item.get("type").is_some_and(Value::is_string))
    }) {
        return named(
            "a Bruno export".to_owned(),
            "export the collection from Bruno as a Postman collection",
        );
    }
    if has("$schema")
        && ["type", "properties", "$defs", "definitions"]
            .iter()
            .any(|key| has(key))
    {
        return named(
            "a JSON Schema".to_owned(),
            "name a file that was exported from Postman",
        );
    }
    let is_index = |key: &str| {
        let flags = root.get(key).and_then(Value::as_object);
        flags.is_some_and(|flags| !flags.is_empty() && flags.values().all(Value::is_boolean))
    };
    if is_index("collection") || is_index("environment") {
        return named(
            "the index of a Postman data export".to_owned(),
            "name the folder `collection` beside it",
        );
    }
    None
}

fn is_hoppscotch(root: &Value) -> bool {
    root.get("v").is_some() && root.get("folders").is_some() && root.get("requests").is_some()
}

/// What a text is that is not even JSON or YAML.
pub(super) fn recognize_text(text: &str) -> Option<Foreign> {
    let start = text.trim_start();
    let named =
        |name: &str, remedy| Some((format!("this is {name}, not a Postman collection"), remedy));
    match start {
        _ if start.starts_with("#%RAML") => named("a RAML document", DESCRIPTION),
        _ if start.starts_with("FORMAT:") => named("an API Blueprint document", DESCRIPTION),
        _ if start.starts_with("<!DOCTYPE html") || start.starts_with("<html") => named(
            "an HTML page",
            "download the export itself: the page may ask for a login",
        ),
        _ if start.starts_with('<') => named("an XML file, such as WSDL or WADL", DESCRIPTION),
        _ => None,
    }
}
