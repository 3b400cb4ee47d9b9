//! What is printed.

use std::fs;

use clap::Parser as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::cli::{Cli, Ending, run};

use crate::made::{item, valued};

/// What is printed on both outputs for these two files.
fn told(a: &Value, b: &Value, format: &str) -> (Ending, String, String) {
    let folder = TempDir::new().unwrap();
    let items = folder.path().join("items");
    fs::create_dir(&items).unwrap();
    fs::write(items.join("a.json"), format!("{a:#}")).unwrap();
    fs::write(items.join("b.json"), format!("{b:#}")).unwrap();
    let (items, output) = (items.to_str().unwrap(), folder.path().join("out.json"));
    let arguments = [
        "xtask",
        "codegen",
        "--postman",
        items,
        "--format",
        format,
        "--output",
    ];
    let cli = Cli::try_parse_from(arguments.iter().copied().chain([output.to_str().unwrap()]));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let ending = run(&cli.unwrap(), folder.path(), &mut out, &mut err).unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ending, text(out), text(err))
}

#[test]
fn a_conflict_shows_its_line_the_other_place_and_what_settles_it() {
    let (a, b) = (valued(&json!("true")), valued(&json!("some")));
    let (ending, out, err) = told(&a, &b, "human");
    assert_eq!(ending, Ending::Done);
    assert!(
        out.contains("1 operations, 0 schemas, 0 error codes, 1 warnings"),
        "{out}"
    );
    for part in [
        "warning[conflicting-types]: the texts contain boolean and string: they are taken as text (boolean here, string in b.json, item “Things”, at \
         $.request.url.query[0])\n",
        "--> a.json:",
        "settle it with an overlay action on $.paths['/things'].get.parameters[?@.name == 'flag' && @.in == 'query'].schema",
    ] {
        assert!(err.contains(part), "no {part} in\n{err}");
    }
}

#[test]
fn all_errors_of_a_run_are_printed() {
    let labelled = |labels: [&str; 2]| {
        let items = ["x", "y"].iter().zip(labels).map(|(path, label)| {
            let description = format!("**Rate Limit Label:** `{label}`");
            let url = format!("https://api.zoom.us/{path}");
            item(&json!({ "method": "GET", "url": url, "description": description }))
        });
        json!({ "info": { "name": "All" }, "item": items.collect::<Vec<_>>() })
    };
    let (a, b) = (labelled(["LIGHT", "HEAVY"]), labelled(["MEDIUM", "LIGHT"]));
    let reasons = [
        "GET /x: the rate-limit label is LIGHT here and MEDIUM in b.json, item “Things”, at $.item[0].request.description",
        "GET /y: the rate-limit label is HEAVY here and LIGHT in b.json, item “Things”, at $.item[1].request.description",
    ];
    let (ending, _, err) = told(&a, &b, "human");
    assert_eq!(ending, Ending::Failed);
    for reason in reasons {
        assert!(
            err.contains(&format!("error: {reason}\n")),
            "no {reason} in\n{err}"
        );
    }
    assert_eq!(
        err.matches("help: delete the item that is out of date")
            .count(),
        2,
        "{err}"
    );
    let report: Value = serde_json::from_str(&told(&a, &b, "json").1).unwrap();
    let told: Vec<&Value> = report["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["reason"])
        .collect();
    assert_eq!(told, reasons);
    assert_eq!(report["error"], report["errors"][0]);
}
