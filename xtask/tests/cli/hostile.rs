//! Names in inputs that would control a terminal, or fill it.

use serde_json::json;

use super::Workspace;

/// Escape sequences, line ends, a bell, and marks that change the order of text.
const HOSTILE: &str = "a\u{1b}[31m\u{1b}]0;b\u{7}\nerror: c\r\u{9b}2J\u{202e}d\u{2028}";

fn collection(name: &str) -> serde_json::Value {
    let request = |method: &str, url: &str| {
        json!({
            "name": name,
            "request": {
                "method": method,
                "url": url,
                "header": [{ "key": name, "value": "x" }, { "key": "X-A", "value": "1", "description": name }],
                "auth": { "type": name },
                "body": { "mode": name },
            },
            "response": [{ "name": name, "body": "{" , "header": [{ "key": "Content-Type", "value": "application/json" }] }],
        })
    };
    let url = format!("https://{{{{{name}}}}}/{{{{{name}}}}}/1");
    json!({
        "info": { "name": name },
        "item": [{ "name": name, "item": [request("POST", &url), request(name, &url), request("GET", "")] }],
    })
}

#[test]
fn nothing_in_a_name_reaches_the_terminal_raw_or_without_bounds() {
    let long = "y".repeat(100_000);
    for name in [HOSTILE, &long] {
        let workspace = Workspace::new();
        let file = "hostile\u{1b}[1m\n.json";
        workspace.write(file, &collection(name).to_string());
        workspace.write("broken\u{1b}[1m\n.json", &format!("{{\"{name}\": "));
        workspace.write(
            "other.json",
            &json!({ "name": name, "values": name }).to_string(),
        );
        let overlay = |target: &str| {
            let action = json!({ "target": target, "update": { "a": 1 } });
            json!({ "overlay": "1.0.0", "info": { "title": name, "version": "1" }, "actions": [action] })
        };
        let quoted = format!("$.paths['{}']", name.replace(|c: char| c.is_control(), ""));
        workspace.write("overlay.json", &overlay(&quoted).to_string());
        let path = |name: &str| workspace.path(name).display().to_string();
        let [file, broken, other, overlay, output] = [
            file,
            "broken\u{1b}[1m\n.json",
            "other.json",
            "overlay.json",
            "out\u{1b}[1m.json",
        ]
        .map(path);
        let runs: [&[&str]; 8] = [
            &["--postman", &file, "--output", &output],
            &["--postman", &broken],
            &["--postman", &other],
            &["--postman", &file, "--overlay", &overlay],
            &[
                "--postman",
                &file,
                "--overlay",
                &overlay,
                "--allow-unmatched",
                "--output",
                &output,
            ],
            &["--postman", &file, "--explain", name],
            &["--postman", &file, "--explain", "POST /{a}/1"],
            &[
                "--postman",
                &file,
                "--output",
                &output,
                "--check",
                "--base-url",
                "https://x.example",
            ],
        ];
        for arguments in runs {
            let ran = workspace.codegen(arguments);
            for text in [&ran.out, &ran.err] {
                let is_raw =
                    |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{2028}');
                assert!(!text.contains(is_raw), "{arguments:?}\n{text:?}");
                assert!(!text.contains("\nerror: c"), "{arguments:?}\n{text:?}");
            }
            let longest = ran.err.lines().map(str::len).max();
            assert!(longest < Some(3_000), "{arguments:?}: {longest:?}");
        }
    }
}
