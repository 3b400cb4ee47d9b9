//! Files that are not Postman collections, named for what they are.

use serde_json::Value;

/// What a file is, and what to do with it.
pub(super) type Foreign = (String, &'static str);

const DESCRIPTION: &str = "it describes an API already; use it as it is, or import it into Postman and export the collection as v2.1";
const IMPORT: &str = "import it into Postman, and export the collection as v2.1";

const BRUNO: &str = "export the collection from Bruno as a Postman collection";
const SETTINGS: &str = "it holds variables and no requests; name a collection";

/// What the root of a file is, if it is something that is known and not a collection.
pub(super) fn recognize(root: &Value) -> Option<Foreign> {
    description(root)
        .or_else(|| export(root))
        .or_else(|| other(root))
        .or_else(|| answer(root))
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
    if let Some(version) = root.get("swagger").or_else(|| {
        let version = root.get("swaggerVersion");
        version.filter(|it| it.is_string() || it.is_number())
    }) {
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
    } else if text(root, "type") == Some("collection") && text(root, "version") == Some("1") {
        Some(named("the manifest of a Bruno collection", BRUNO))
    } else if is_bruno().is_some() {
        Some(named("a Bruno export", BRUNO))
    } else {
        let first = root.get(0).unwrap_or(root);
        let has_all = |keys: &&[&str]| keys.iter().all(|key| first.get(key).is_some());
        let known = EXPORTS.iter().find(|(keys, ..)| has_all(keys));
        known.map(|(_, name, remedy)| named(name, remedy))
    }
}

/// What is known by the members of its root, or of the first entry of a list.
const EXPORTS: [(&[&str], &str, &str); 12] = [
    (&["v", "folders", "requests"], "a Hoppscotch export", IMPORT),
    (
        &["v", "name", "variables"],
        "a Hoppscotch environment",
        SETTINGS,
    ),
    (&["colName", "sortNum"], "a Thunder Client export", IMPORT),
    (
        &["colId", "url", "method"],
        "a Thunder Client export",
        IMPORT,
    ),
    (&["opencollection"], "a Bruno collection", BRUNO),
    (&["http", "info"], "a request of Bruno", BRUNO),
    (&["yaakSchema"], "a Yaak export", IMPORT),
    (&["mappings"], "a file of WireMock stubs", IMPORT),
    (
        &["consumer", "provider", "interactions"],
        "a Pact contract",
        DESCRIPTION,
    ),
    (&["smithy"], "a Smithy model", DESCRIPTION),
    (
        &["discoveryVersion"],
        "a Google API Discovery document",
        DESCRIPTION,
    ),
    (&["scope", "method", "path"], "a recording of Nock", IMPORT),
];

/// What describes no requests.
fn other(root: &Value) -> Option<Foreign> {
    let has = |key: &str| root.get(key).is_some();
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
    } else if is_index(root) {
        let name = "the index of a Postman data export";
        Some(named(name, "name the folder `collection` beside it"))
    } else {
        None
    }
}

/// Whether this lists what Postman exported for somebody: ids of collections and environments.
pub(super) fn is_index(root: &Value) -> bool {
    ["collection", "environment"].iter().any(|key| {
        let flags = root.get(key).and_then(Value::as_object);
        flags.is_some_and(|flags| !flags.is_empty() && flags.values().all(Value::is_boolean))
    })
}

/// What Postman's API answers, other than collections.
fn answer(root: &Value) -> Option<Foreign> {
    if let Some(message) = root.pointer("/error/message").and_then(Value::as_str) {
        let name = format!("an error that Postman's API answered ({message})");
        return Some(named(&name, "export the collection again"));
    }
    let lists = [
        "collections",
        "workspaces",
        "environments",
        "monitors",
        "mocks",
        "apis",
    ];
    let objects = ["workspace", "monitor", "mock"];
    let has_list = |key: &&str| root.get(key).is_some_and(Value::is_array);
    let has_object = |key: &&str| root.get(key).is_some_and(Value::is_object);
    let kind = (lists.iter().find(|key| has_list(key)))
        .or_else(|| objects.iter().find(|key| has_object(key)))?;
    let name = format!("an answer of Postman's API (`{kind}`)");
    Some(named(
        &name,
        "export the collection itself from Postman as v2.1 JSON",
    ))
}

/// What the file is whose text is not even JSON or YAML.
pub(super) fn recognize_text(file: &str, text: &str) -> Option<Foreign> {
    let start = text.trim_start();
    let lower: String = start
        .chars()
        .take(64)
        .collect::<String>()
        .to_ascii_lowercase();
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_called = |extensions: &[&str]| {
        extensions
            .iter()
            .any(|it| extension.eq_ignore_ascii_case(it))
    };
    let line = |words: &[&str]| {
        let mut lines = start
            .lines()
            .take(20)
            .map(|line| line.trim_start_matches(['$', ' ', '\t']));
        lines.any(|line| words.iter().any(|word| line.starts_with(word)))
    };
    if start.is_empty() {
        let remedy = "export the file from Postman again";
        return Some(("the file is empty".to_owned(), remedy));
    }
    if lower.starts_with('<') {
        return Some(markup(start, &lower));
    }
    let starts = |(words, ..): &&(&[&str], _, _)| words.iter().any(|word| lower.starts_with(word));
    if let Some((_, name, remedy)) = STARTS.iter().find(starts) {
        return Some(named(name, remedy));
    }
    if is_called(&["bru"]) {
        Some(named("a file of Bruno", BRUNO))
    } else if line(&["curl "]) {
        Some(named("a curl command", IMPORT))
    } else if line(&["wget ", "Invoke-RestMethod ", "Invoke-WebRequest "]) {
        Some(named("a command that sends a request", IMPORT))
    } else if is_called(&["http", "rest", "hurl"]) || line(&REQUEST_LINES) {
        Some(named("a file of HTTP requests", IMPORT))
    } else {
        None
    }
}

/// How requests begin that are written as they are sent.
const REQUEST_LINES: [&str; 8] = [
    "GET http",
    "POST http",
    "PUT http",
    "PATCH http",
    "DELETE http",
    "GET {{",
    "POST {{",
    "GET /",
];

/// What texts begin with, in lower case.
const STARTS: [(&[&str], &str, &str); 6] = [
    (&["#%raml"], "a RAML document", DESCRIPTION),
    (&["format:"], "an API Blueprint document", DESCRIPTION),
    (
        &["syntax = \"proto", "syntax=\"proto"],
        "a Protocol Buffers file",
        "OpenAPI does not describe gRPC; use it as it is",
    ),
    (&["meta {"], "a request of Bruno", BRUNO),
    (
        &[
            "schema {",
            "type query",
            "type mutation",
            "extend type",
            "directive @",
            "scalar ",
        ],
        "a GraphQL schema",
        "OpenAPI does not describe GraphQL; use it as it is",
    ),
    (
        &["feature:"],
        "a Karate or Gherkin feature",
        "name a Postman collection",
    ),
];

/// What XML and HTML are, by the elements that they begin with.
fn markup(start: &str, lower: &str) -> Foreign {
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        let remedy = "download the export itself: the page may ask for a login";
        return named("an HTML page", remedy);
    }
    let head: String = start.chars().take(2_048).collect();
    let known = [
        ("luckymarmot", "a Paw document", IMPORT),
        ("definitions", "a WSDL document", DESCRIPTION),
        ("wadl.dev.java.net", "a WADL document", DESCRIPTION),
        ("soapui-project", "a SoapUI project", IMPORT),
        (
            "jmeterTestPlan",
            "a JMeter test plan",
            "name a Postman collection",
        ),
        (":Edmx", "an OData description", DESCRIPTION),
    ];
    let known = known.iter().find(|(word, ..)| head.contains(word));
    known.map_or_else(
        || named("an XML file, such as WSDL or WADL", DESCRIPTION),
        |(_, name, remedy)| named(&format!("an XML file, {name}"), remedy),
    )
}
