//! Converting collections of 1 to 10,000 requests: the time per request must not grow with their number.
//!
//! ```text
//! cargo bench -p xtask --bench convert
//! ```

#![allow(missing_docs, clippy::expect_used)]

use std::{fs, hint::black_box};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::codegen::{Input, generate};

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

criterion_group!(benches, convert);
criterion_main!(benches);
