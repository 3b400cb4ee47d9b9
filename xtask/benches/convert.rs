//! Converting collections of 1 to 10,000 requests: the time per request must not grow with their number.
//!
//! ```text
//! cargo bench -p xtask
//! ```

#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing)]

use std::{fs, hint::black_box};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::{
    codegen::{Input, Options, convert as convert_sources, generate},
    source::Source,
};

/// A request as exports have them: parameters, a body, three saved answers with the request that each answered.
fn request(number: usize) -> Value {
    let url = json!({
        "host": ["{{baseUrl}}"],
        "path": ["things", ":thing_id", format!("parts{number}")],
        "variable": [{ "key": "thing_id", "value": "a1b2", "description": "(Required) The thing." }],
        "query": [
            { "key": "page_size", "value": "10", "description": "How many at once. Default: `10`." },
            { "key": "next_page_token", "value": "abc", "disabled": true },
        ],
    });
    let body = json!({
        "mode": "raw",
        "raw": json!({ "name": format!("part {number}"), "tags": ["a", "b"], "size": { "width": 3, "height": 4.5 } }).to_string(),
        "options": { "raw": { "language": "json" } },
    });
    let original = json!({ "method": "POST", "url": url, "body": body });
    let answer = json!({ "id": number, "created": "2026-01-02T03:04:05Z", "owner": { "id": "x", "email": "a@example.com" } });
    let saved = |code: u16, name: &str, body: &Value| json!({ "name": name, "code": code, "body": body.to_string(), "originalRequest": original, "_postman_previewlanguage": "json" });
    let error = json!({ "code": 300, "message": "No." });
    json!({
        "name": format!("Change part {number}"),
        "request": {
            "method": "POST",
            "url": url,
            "body": body,
            "description": "Changes a part.\n\n**Scopes:** `part:write`<br>**Rate Limit Label:** `LIGHT`",
        },
        "response": [
            saved(200, "Changed.", &answer),
            saved(400, "**HTTP Status Code:** `400`<br>\n**Error Code:** `300`<br>\nNo.", &error),
            saved(404, "**HTTP Status Code:** `404`<br>\n**Error Code:** `301`<br>\nThing does not exist: $thing_id.", &error),
        ],
    })
}

fn convert(criterion: &mut Criterion) {
    let folder = TempDir::new().expect("a folder");
    let mut group = criterion.benchmark_group("convert");
    group.sample_size(10);
    for requests in [1, 10, 100, 1_000, 10_000] {
        let items: Vec<Value> = (0..requests).map(request).collect();
        let collection = json!({
            "info": { "name": "Benchmark" },
            "variable": [{ "key": "baseUrl", "value": "https://api.example.com" }],
            "item": items,
        });
        let path = folder.path().join(format!("{requests}.json"));
        fs::write(&path, collection.to_string()).expect("a file");
        let input = Input {
            postman: vec![path],
            ..Input::default()
        };
        group.throughput(Throughput::Elements(requests as u64));
        group.bench_function(BenchmarkId::from_parameter(requests), |bencher| {
            bencher.iter(|| black_box(generate(&input).expect("a document")));
        });
    }
    group.finish();
}

/// Files of odd shapes, each of which once took time by the square of its size.
fn odd(criterion: &mut Criterion) {
    let request = |url: String| json!({ "name": "Get", "request": url });
    let texts = |size: usize, text: &dyn Fn(usize) -> String| -> Vec<String> {
        (0..size).map(text).collect()
    };
    let shapes: [(&str, &dyn Fn(usize) -> Value); 4] = [
        ("distinct placeholders", &|size| {
            let body = json!(texts(size, &|number| format!("<kind{number}>"))).to_string();
            let body = json!({ "mode": "raw", "raw": body });
            let url = "https://api.example.com/things";
            let sent = json!({ "method": "POST", "url": url, "body": body });
            json!({ "item": [{ "name": "Send", "request": sent }] })
        }),
        ("equal parameters in a segment", &|size| {
            let segment = texts(size, &|_| ":id".to_owned()).join(".");
            json!({ "item": [request(format!("https://api.example.com/{segment}"))] })
        }),
        ("distinct parameters in a path", &|size| {
            let path = texts(size, &|number| format!(":id{number}")).join("/");
            json!({ "item": [request(format!("https://api.example.com/{path}"))] })
        }),
        ("variables of a collection and of its items", &|size| {
            let variable = |number: usize| json!({ "key": format!("v{number}"), "value": "1" });
            let items = (0..size).map(|number| {
                let mut item = request(format!("https://api.example.com/things{number}"));
                item["variable"] = json!([variable(number)]);
                item
            });
            let variables: Vec<Value> = (0..size).map(variable).collect();
            json!({ "item": items.collect::<Vec<_>>(), "variable": variables })
        }),
    ];
    let mut group = criterion.benchmark_group("odd");
    group.sample_size(10);
    for (name, shape) in shapes {
        for size in [500, 1_000, 2_000] {
            let mut file = shape(size);
            file["info"] = json!({ "name": "Benchmark" });
            let file = file.to_string();
            group.throughput(Throughput::Elements(size as u64));
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter(|| {
                    let source = Source::new("odd.json".to_owned(), file.clone().into_bytes());
                    let sources = vec![source.expect("a text")];
                    black_box(
                        convert_sources(sources, &[], &Options::default()).expect("a document"),
                    )
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, convert, odd);
criterion_main!(benches);
