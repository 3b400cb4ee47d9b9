//! Environments, YAML, and what is no collection at all.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::{
    codegen::{Generated, Input, generate},
    source::Source,
};

use super::{converted, document, one, refused};

fn collection(url: &str) -> Value {
    json!({
        "info": { "name": "Quay" },
        "variable": [{ "key": "host", "value": "https://own.quay.test" }, { "key": "berth", "value": "own" }],
        "item": [{ "name": "List", "request": { "method": "GET", "url": url } }],
    })
}

fn environment(scope: &str, values: &[(&str, &str, &str)]) -> Value {
    let values = values.iter().map(|(key, value, kind)| {
        json!({ "key": key, "value": value, "type": kind, "enabled": *kind != "off" })
    });
    json!({ "name": scope, "_postman_variable_scope": scope, "values": values.collect::<Vec<_>>() })
}

/// What comes of a folder of files, with some of them named as environments.
fn generated(files: &[(&str, Value)], environments: &[&str]) -> Generated {
    let folder = TempDir::new().unwrap();
    let given = folder.path().join("given");
    fs::create_dir_all(&given).unwrap();
    for (name, value) in files {
        let is_given = !environments.contains(name);
        let path = if is_given {
            given.join(name)
        } else {
            folder.path().join(name)
        };
        fs::write(path, value.to_string()).unwrap();
    }
    let input = Input {
        postman: vec![given],
        environments: environments
            .iter()
            .map(|name| folder.path().join(name))
            .collect(),
        ..Input::default()
    };
    generate(&input).unwrap()
}

#[test]
fn environments_overrule_collections_and_collections_overrule_globals() {
    let of = |files: &[(&str, Value)], environments: &[&str]| {
        let generated = generated(files, environments);
        let document = document(&generated);
        let example = document
            .pointer("/paths/~1list/get/parameters/0/example")
            .cloned();
        (
            document["servers"][0]["url"].clone(),
            example.unwrap_or_default(),
            document.to_string(),
        )
    };
    let quay = ("quay.json", collection("{{host}}/list?berth={{berth}}"));
    let dev = (
        "dev.json",
        environment(
            "environment",
            &[
                ("host", "https://dev.quay.test", "default"),
                ("berth", "9", "off"),
            ],
        ),
    );
    let test = (
        "test.json",
        environment("environment", &[("host", "https://test.quay.test", "any")]),
    );
    let globals = (
        "globals.json",
        environment("globals", &[("host", "https://all.quay.test", "default")]),
    );
    let own = json!("https://own.quay.test");
    assert_eq!(of(std::slice::from_ref(&quay), &[]).0, own);
    assert_eq!(of(&[quay.clone(), globals.clone()], &[]).0, own);
    assert_eq!(
        of(&[quay.clone(), globals.clone()], &["globals.json"]).0,
        own
    );
    let met = of(&[quay.clone(), dev.clone(), globals.clone()], &[]);
    assert_eq!(
        (met.0, met.1),
        (json!("https://dev.quay.test"), json!("own"))
    );
    let chosen = of(&[quay.clone(), dev.clone(), test.clone()], &["test.json"]);
    assert_eq!(chosen.0, "https://test.quay.test");
    let several = generated(&[quay.clone(), dev.clone(), test.clone()], &[]);
    assert_eq!(document(&several)["servers"][0]["url"], own);
    let told: Vec<_> = several
        .warnings
        .iter()
        .filter(|it| it.kind.id() == "several-environments")
        .collect();
    assert_eq!(told.len(), 1);

    let open = (
        "open.json",
        json!({ "info": { "name": "Open" }, "item": [{
        "name": "List", "request": { "method": "GET", "url": "{{host}}/list?key={{key}}&q={{access_token}}" },
    }] }),
    );
    assert_eq!(of(&[open.clone(), globals], &[]).0, "https://all.quay.test");
    let secret = (
        "secret.json",
        environment(
            "environment",
            &[
                ("host", "https://s.quay.test", "default"),
                ("key", "hunter2-marker", "secret"),
                ("access_token", "hunter2-marker", "default"),
            ],
        ),
    );
    let (server, _, text) = of(&[open, secret], &["secret.json"]);
    assert_eq!(server, "https://s.quay.test");
    assert!(!text.contains("hunter2-marker"), "{text}");
}

#[test]
fn yaml_is_read_by_extension() {
    let json = collection("{{host}}/list");
    let mut yaml = Vec::new();
    xtask::syntax::yaml::write(&json, &mut yaml).unwrap();
    let yaml = String::from_utf8(yaml).unwrap();
    let from_yaml = one("quay.yml", &yaml).unwrap();
    assert_eq!(
        document(&from_yaml),
        document(&one("quay.json", &json.to_string()).unwrap())
    );
    let problem = one("quay.yaml", "info: {name: Quay\n").unwrap_err();
    assert!(problem.reason.contains("not YAML"), "{problem:?}");
    assert!(problem.position.is_some());
}

#[test]
fn a_workspace_of_v3_is_read_with_its_environment() {
    let request = "$kind: http-request\nmethod: GET\nurl: '{{host}}/berths/:no'\npathVariables:\n  - {key: no, value: '3', description: Which.}\n";
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let files = [
        file(
            "postman/collections/Quay/Berths/Get berth.request.yaml",
            request,
        ),
        file(
            "postman/collections/Quay/Berths/chat.request.yaml",
            "$kind: websocket-request\nurl: wss://quay.test\n",
        ),
        file(
            "postman/collections/Quay/Berths/.resources/Get berth.resources/examples/200 OK.example.yaml",
            "$kind: http-example\nrequest: {url: '{{host}}/berths/3', method: GET}\nresponse:\n  statusCode: 200\n  headers: {Content-Type: application/json}\n  body: {type: json, content: '{\"free\": true}'}\n",
        ),
        file(
            "postman/environments/Dev.environment.yaml",
            "name: Dev\nvalues:\n  - {key: host, value: 'https://dev.quay.test'}\n",
        ),
        file("postman/specs/api.yaml", "openapi: 3.1.0\n"),
    ];
    let generated = converted(&files).unwrap();
    let document = document(&generated);
    assert_eq!(document["info"]["title"], "Quay");
    assert_eq!(document["servers"][0]["url"], "https://dev.quay.test");
    let operation = &document["paths"]["/berths/{no}"]["get"];
    assert_eq!(operation["parameters"][0]["description"], "Which.");
    assert_eq!(
        operation["x-postman-source"][0]["item"],
        "Berths / Get berth"
    );
    assert!(
        operation
            .pointer("/responses/200/content/application~1json")
            .is_some()
    );
    let told: Vec<_> = generated
        .warnings
        .iter()
        .map(|it| (it.kind.id(), it.place.file.as_str()))
        .collect();
    assert_eq!(
        told,
        [(
            "other-protocol",
            "postman/collections/Quay/Berths/chat.request.yaml"
        )]
    );
    let alone = one("Get berth.request.yaml", request).unwrap();
    assert_eq!(super::document(&alone)["info"]["title"], "Get berth");
}

#[test]
fn what_is_no_collection_is_named() {
    for (name, text, reason, remedy) in [
        (
            "a.json",
            "{\"openapi\": \"3.1.0\"}",
            "an OpenAPI 3.1.0 document",
            "as it is",
        ),
        (
            "a.yaml",
            "swagger: '2.0'",
            "a Swagger 2.0 document",
            "as it is",
        ),
        (
            "a.yaml",
            "swagger: 2.0",
            "a Swagger 2.0 document",
            "as it is",
        ),
        (
            "a.yaml",
            "asyncapi: 3.0.0",
            "an AsyncAPI 3.0.0 document",
            "as it is",
        ),
        (
            "a.yaml",
            "overlay: 1.0.0",
            "an OpenAPI Overlay 1.0.0 document",
            "--overlay",
        ),
        (
            "a.json",
            "{\"log\": {\"entries\": []}}",
            "a HAR file",
            "import it",
        ),
        (
            "a.json",
            "{\"_type\": \"export\", \"__export_format\": 4}",
            "an Insomnia export",
            "import it",
        ),
        (
            "a.yaml",
            "type: collection.insomnia.rest/5.0",
            "an Insomnia export",
            "import it",
        ),
        (
            "a.json",
            "{\"data\": {\"__schema\": {}}}",
            "a GraphQL schema",
            "GraphQL",
        ),
        (
            "a.json",
            "{\"clientName\": \"Thunder Client\"}",
            "a Thunder Client export",
            "import it",
        ),
        (
            "a.json",
            "[{\"v\": 2, \"folders\": [], \"requests\": []}]",
            "a Hoppscotch export",
            "import it",
        ),
        (
            "a.json",
            "{\"items\": [{\"type\": \"http\"}]}",
            "a Bruno export",
            "from Bruno",
        ),
        (
            "a.json",
            "{\"$schema\": \"x\", \"properties\": {}}",
            "a JSON Schema",
            "Postman",
        ),
        (
            "a.json",
            "{\"collection\": {\"1\": true}}",
            "the index of a Postman data export",
            "folder",
        ),
        (
            "a.json",
            "{\"collections\": [], \"environments\": []}",
            "a dump of Postman's data without collections",
            "v2.1",
        ),
        ("a.json", "<definitions/>", "an XML file", "as it is"),
        ("a.json", "<!DOCTYPE html><p>", "an HTML page", "login"),
        (
            "a.yaml",
            "#%RAML 1.0\ntitle: [",
            "a RAML document",
            "as it is",
        ),
        (
            "a.yaml",
            "#%RAML 1.0\ntitle: T",
            "a RAML document",
            "as it is",
        ),
        (
            "a.json",
            "{\"swaggerVersion\": \"1.2\"}",
            "a Swagger 1.2 document",
            "as it is",
        ),
        (
            "a.yaml",
            "arazzo: 1.0.0",
            "an Arazzo 1.0.0 document",
            "as it is",
        ),
        (
            "a.json",
            "{\"openrpc\": \"1.2.6\"}",
            "an OpenRPC 1.2.6 document",
            "as it is",
        ),
        (
            "a.json",
            "{\"v\": 2, \"name\": \"N\", \"folders\": [], \"requests\": []}",
            "a Hoppscotch export",
            "import it",
        ),
        (
            "a.json",
            "{\"client\": \"Thunder Client\", \"name\": \"N\", \"folders\": [], \"requests\": []}",
            "a Thunder Client export",
            "import it",
        ),
        (
            "a.json",
            "{\"version\": \"1\", \"name\": \"N\", \"type\": \"collection\"}",
            "the manifest of a Bruno collection",
            "from Bruno",
        ),
        (
            "a.json",
            "{\"name\": \"N\", \"collection_id\": \"1\", \"results\": []}",
            "the result of a collection run",
            "v2.1",
        ),
        (
            "a.bru",
            "meta {\n  name: N\n}",
            "a request of Bruno",
            "from Bruno",
        ),
        (
            "a.txt",
            "curl -X POST https://a.test",
            "a curl command",
            "import it",
        ),
        (
            "a.sh",
            "#!/bin/sh\ncurl https://a.test",
            "a curl command",
            "import it",
        ),
        (
            "a.http",
            "# All\nGET https://a.test HTTP/1.1",
            "a file of HTTP requests",
            "import it",
        ),
        ("a.graphql", "type Query {}", "a GraphQL schema", "GraphQL"),
        (
            "a.proto",
            "syntax = \"proto3\";",
            "a Protocol Buffers file",
            "gRPC",
        ),
        ("a.json", "<!doctype HTML>", "an HTML page", "login"),
        (
            "a.json",
            "{\"swaggerVersion\": 1.1}",
            "a Swagger 1.1 document",
            "as it is",
        ),
        ("a.bru", "vars {\n}", "a file of Bruno", "from Bruno"),
        (
            "a.yml",
            "opencollection: 1.0.0",
            "a Bruno collection",
            "from Bruno",
        ),
        (
            "a.yml",
            "info: {type: http}\nhttp: {method: GET}",
            "a request of Bruno",
            "from Bruno",
        ),
        (
            "a.json",
            "{\"v\": 1, \"name\": \"N\", \"variables\": []}",
            "a Hoppscotch environment",
            "variables",
        ),
        (
            "a.json",
            "[{\"colName\": \"N\", \"sortNum\": 1, \"requests\": []}]",
            "a Thunder Client export",
            "import it",
        ),
        (
            "a.json",
            "{\"yaakSchema\": 2, \"resources\": {}}",
            "a Yaak export",
            "import it",
        ),
        (
            "a.json",
            "{\"mappings\": []}",
            "a file of WireMock stubs",
            "import it",
        ),
        (
            "a.json",
            "{\"smithy\": \"2.0\"}",
            "a Smithy model",
            "as it is",
        ),
        (
            "a.json",
            "{\"collections\": [{\"uid\": \"1\"}]}",
            "an answer of Postman's API (`collections`)",
            "itself",
        ),
        (
            "a.json",
            "{\"mock\": {\"id\": \"1\"}}",
            "an answer of Postman's API (`mock`)",
            "itself",
        ),
        (
            "a.json",
            "{\"error\": {\"message\": \"Invalid API Key\"}}",
            "(Invalid API Key)",
            "again",
        ),
        (
            "a.wsdl",
            "<?xml version='1.0'?>\n<wsdl:definitions>",
            "a WSDL document",
            "as it is",
        ),
        ("a.xml", "<soapui-project>", "a SoapUI project", "import it"),
        (
            "a.paw",
            "<database>com.luckymarmot.paw",
            "a Paw document",
            "import it",
        ),
        (
            "a.http",
            "@host = a.test\n\nDELETE {{host}}/a",
            "a file of HTTP requests",
            "import it",
        ),
        (
            "a.txt",
            "GET /a HTTP/1.1\nHost: a.test",
            "a file of HTTP requests",
            "import it",
        ),
        (
            "a.txt",
            "$ curl https://a.test",
            "a curl command",
            "import it",
        ),
        (
            "a.feature",
            "Feature: F",
            "a Karate or Gherkin feature",
            "Postman collection",
        ),
        ("a.json", "", "the file is empty", "again"),
        ("a.json", " \n", "the file is empty", "again"),
        ("a.yaml", "# Nothing.\n", "the file is empty", "v2.1"),
        (
            "a.json",
            "[]",
            "a Postman file must contain a JSON object",
            "v2.1",
        ),
        ("a.json", "{}", "neither `item` nor `request`", "v2.1"),
    ] {
        let problem = refused(name, text, reason, remedy);
        assert_eq!(problem.file, name);
    }
    for (bytes, reason) in [
        (&b"PK\x03\x04"[..], "the file is a ZIP archive"),
        (&[0x1F, 0x8B, 8], "the file is a gzip archive"),
        (b"BZh9", "the file is a bzip2 archive"),
        (b"%PDF-1.7", "the file is a PDF document"),
        (b"\xFF\xFE\x00\x00{\x00\x00\x00", "the file is UTF-32 text"),
    ] {
        let problem = Source::new("a.json", bytes.to_vec()).unwrap_err();
        assert_eq!(problem.reason, reason);
    }
    for (mark, unit) in [
        ([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]),
        ([0xFE, 0xFF], u16::to_be_bytes),
    ] {
        let wide = |text: &str| {
            let units = text.encode_utf16().flat_map(unit);
            mark.into_iter().chain(units).collect::<Vec<u8>>()
        };
        let source = Source::new("a.json", wide("{\"é\": 1}")).unwrap();
        assert_eq!(source.text(), "{\"é\": 1}");
        let half = wide("{}")
            .split_last()
            .map(|(_, rest)| rest.to_vec())
            .unwrap();
        let problem = Source::new("a.json", half).unwrap_err();
        assert_eq!(problem.reason, "the file is not UTF-16 text");
    }
    let text = environment("environment", &[("a", "b", "default")]).to_string();
    let problem = one("staging.json", &text).unwrap_err();
    assert!(problem.reason.contains("environment"), "{}", problem.reason);
    assert!(
        problem.remedy.contains("--environment"),
        "{}",
        problem.remedy
    );
}
