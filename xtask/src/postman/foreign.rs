//! Files that are not Postman collections, named for what they are.

use serde_json::Value;

/// What a file is, and what to do with it.
pub(super) type Foreign = (String, &'static str);

const DESCRIPTION: &str = "it describes an API already; use it as it is, or import it into Postman and export the collection as v2.1";
const IMPORT: &str = "import it into Postman, and export the collection as v2.1";

/// What the root of a file is, if it is something that is known and not a collection.
pub(super) fn recognize(root: &Value) -> Option<Foreign> {
    description(root)
        .or_else(|| export(root))
        .or_else(|| other(root))
}

fn named(name: &str, remedy: &'static str) -> Foreign {
    (format!("this is {name}, not a Postman collection"), remedy)
}

fn text<'r>(root: &'r Value, key: &str) -> Option<&'r str> {
    root.get(key).and_then(Value::as_str)
}

/// What describes an API in another way, which says its version.
fn description(root: &Value) -> Option<Foreign> {
    if let Some(version) = text(root, "openapi") {
        let name = format!("an OpenAPI {version} document");
        return Some(named(&name, DESCRIPTION));
    }
    if let Some(version) = root
        .get("swagger")
        .or_else(|| root.get("swaggerVersion").filter(|it| it.is_string()))
    {
        let version = version
            .as_str()
            .map_or_else(|| version.to_string(), str::to_owned);
        let name = format!("a Swagger {version} document");
        return Some(named(&name, DESCRIPTION));
    }
    for (key, name) in [("arazzo", "an Arazzo"), ("openrpc", "an OpenRPC")] {
        if let Some(version) = text(root, key) {
            let name = format!("{name} {version} document");
            return Some(named(
                &name,
                "it holds no requests to convert; use it as it is",
            ));
        }
    }
    if let Some(version) = text(root, "asyncapi") {
        let remedy = "OpenAPI has no counterpart; use it as it is";
        return Some(named(&format!("an AsyncAPI {version} document"), remedy));
    }
    let version = text(root, "overlay")?;
    let name = format!("an OpenAPI Overlay {version} document");
    Some(named(&name, "name it with --overlay"))
}

/// What other tools that send requests export.
pub(super) fn export(root: &Value) -> Option<Foreign> {
    let has = |key: &str| root.get(key).is_some();
    let holds = |key: &str, word: &str| text(root, key).is_some_and(|text| text.contains(word));
    let is_bruno = || {
        let mut items = root.get("items")?.as_array()?.iter();
        items.find(|item| item.get("type").is_some_and(Value::is_string))
    };
    if root.pointer("/log/entries").is_some() {
        Some(named("a HAR file, a recording of HTTP traffic", IMPORT))
    } else if has("__export_format")
        || text(root, "_type") == Some("export")
        || holds("type", "insomnia")
    {
        Some(named("an Insomnia export", IMPORT))
    } else if holds("client", "Thunder") || holds("clientName", "Thunder") {
        Some(named("a Thunder Client export", IMPORT))
    } else if is_hoppscotch(root) || root.get(0).is_some_and(is_hoppscotch) {
        Some(named("a Hoppscotch export", IMPORT))
    } else {
        let remedy = "export the collection from Bruno as a Postman collection";
        let is_manifest =
            text(root, "type") == Some("collection") && text(root, "version") == Some("1");
        match is_manifest {
            true => Some(named("the manifest of a Bruno collection", remedy)),
            false => is_bruno().map(|_| named("a Bruno export", remedy)),
        }
    }
}

/// What describes no requests.
fn other(root: &Value) -> Option<Foreign> {
    let has = |key: &str| root.get(key).is_some();
    let is_index = |key: &str| {
        let flags = root.get(key).and_then(Value::as_object);
        flags.is_some_and(|flags| !flags.is_empty() && flags.values().all(Value::is_boolean))
    };
    let mut of_schemas = ["type", "properties", "$defs", "definitions"].into_iter();
    if has("__schema") || root.pointer("/data/__schema").is_some() {
        let remedy = "OpenAPI does not describe GraphQL; use it as it is";
        Some(named("a GraphQL schema", remedy))
    } else if has("$schema") && of_schemas.any(has) {
        let remedy = "name a file that was exported from Postman";
        Some(named("a JSON Schema", remedy))
    } else if has("results") && has("collection_id") {
        let remedy = "export the collection itself from Postman as v2.1 JSON";
        Some(named("the result of a collection run", remedy))
    } else if is_index("collection") || is_index("environment") {
        let name = "the index of a Postman data export";
        Some(named(name, "name the folder `collection` beside it"))
    } else {
        None
    }
}

fn is_hoppscotch(root: &Value) -> bool {
    root.get("v").is_some() && root.get("folders").is_some() && root.get("requests").is_some()
}

/// What a text is that is not even JSON or YAML.
pub(super) fn recognize_text(text: &str) -> Option<Foreign> {
    let start = text.trim_start();
    let lower: String = start
        .chars()
        .take(64)
        .collect::<String>()
        .to_ascii_lowercase();
    let starts = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    let line = |words: &[&str]| {
        let mut lines = start.lines().take(20).map(str::trim_start);
        lines.any(|line| words.iter().any(|word| line.starts_with(word)))
    };
    let foreign = match start {
        "" => (
            "the file is empty".to_owned(),
            "export the file from Postman again",
        ),
        _ if starts(&["#%raml"]) => named("a RAML document", DESCRIPTION),
        _ if starts(&["format:"]) => named("an API Blueprint document", DESCRIPTION),
        _ if starts(&["<!doctype html", "<html"]) => named(
            "an HTML page",
            "download the export itself: the page may ask for a login",
        ),
        _ if starts(&["<"]) => named("an XML file, such as WSDL or WADL", DESCRIPTION),
        _ if starts(&["syntax = \"proto", "syntax=\"proto"]) => named(
            "a Protocol Buffers file",
            "OpenAPI does not describe gRPC; use it as it is",
        ),
        _ if starts(&["meta {"]) => named(
            "a request of Bruno",
            "export the collection from Bruno as a Postman collection",
        ),
        _ if starts(&[
            "schema {",
            "type query",
            "type mutation",
            "extend type",
            "directive @",
            "scalar ",
        ]) =>
        {
            named(
                "a GraphQL schema",
                "OpenAPI does not describe GraphQL; use it as it is",
            )
        }
        _ if line(&["curl "]) => named("a curl command", IMPORT),
        _ if line(&[
            "GET http",
            "POST http",
            "PUT http",
            "PATCH http",
            "DELETE http",
            "GET {{",
            "POST {{",
        ]) =>
        {
            named("a file of HTTP requests", IMPORT)
        }
        _ => return None,
    };
    Some(foreign)
}
