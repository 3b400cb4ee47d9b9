//! What Zoom's descriptions say in words.

use serde_json::{Value, json};

use crate::made::{collection, document, operation};

fn described(description: &str) -> Value {
    let item = json!({ "name": "Do it", "request": { "url": "https://api.zoom.us/v2/a", "description": description } });
    operation(&document(&item)).clone()
}

fn refused(code: u16, name: &str) -> Value {
    let item = json!({
        "name": "Do it", "request": { "url": "https://api.zoom.us/v2/a" },
        "response": [{ "name": name, "code": code, "body": "" }],
    });
    operation(&document(&item)).clone()
}

#[test]
fn scopes_are_taken_out_of_the_description() {
    for text in [
        "Does it.\n\n**Scopes:** `a:read`,`a:read:admin`",
        "Does it.<br>**Scopes**: `a:read`, `a:read:admin`",
        "Does it.\n\nScopes: `a:read` `a:read:admin`\n",
        "Does it.\n\n**Scopes:** a:read, a:read:admin",
    ] {
        let operation = described(text);
        assert_eq!(
            operation["x-zoom-scopes"],
            json!(["a:read", "a:read:admin"]),
            "{text}"
        );
        assert_eq!(operation["description"], "Does it.", "{text}");
    }
    let granular = described(
        "Does it.\n\n**Scopes:** `a:read`\n\n**Granular Scopes:** `a:read:one`,`a:read:one:admin`",
    );
    assert_eq!(granular["x-zoom-scopes"], json!(["a:read"]));
    assert_eq!(
        granular["x-zoom-granular-scopes"],
        json!(["a:read:one", "a:read:one:admin"])
    );
}

#[test]
fn rate_labels_are_known_in_every_casing() {
    for (text, label) in [
        ("**Rate Limit Label:** `LIGHT`", "LIGHT"),
        (
            "**[Rate Limit Label](https://x.io/limits):** `MEDIUM`",
            "MEDIUM",
        ),
        ("**Rate Limit Label**: `Heavy`", "HEAVY"),
        (
            "Rate Limit Label: `RESOURCE-INTENSIVE`",
            "RESOURCE-INTENSIVE",
        ),
    ] {
        let operation = described(&format!("Does it.\n\n{text}"));
        assert_eq!(operation["x-zoom-rate-limit-label"], label, "{text}");
        assert_eq!(operation["description"], "Does it.", "{text}");
    }
}

#[test]
fn error_codes_are_read_in_all_their_spellings() {
    let error =
        |code: i64, message: &str| json!({ "status": 400, "code": code, "message": message });
    for (name, expected) in [
        (
            "Bad.<br>**Error Code:** `300` <br>\nNo such thing.",
            vec![error(300, "No such thing.")],
        ),
        (
            "Bad.<br>**Error Code**: `300`<br/>No such thing.",
            vec![error(300, "No such thing.")],
        ),
        (
            "Bad.\n\n**Error Code:** `300`\nNo such thing.",
            vec![error(300, "No such thing.")],
        ),
        ("Bad.<br>**Error Code:** `300`", vec![error(300, "")]),
        (
            "Bad.<br>**Error Code:** `300` <br>\nNo such thing.<br>\n**Error Code:** `301` <br>\nOther.",
            vec![error(300, "No such thing."), error(301, "Other.")],
        ),
    ] {
        let operation = refused(400, name);
        assert_eq!(operation["x-zoom-errors"], json!(expected), "{name}");
        assert_eq!(
            operation["responses"]["400"]["description"], "Bad.",
            "{name}"
        );
        let schema = &operation["responses"]["400"]["content"]["application/json"]["schema"];
        assert_eq!(*schema, json!({ "$ref": "#/components/schemas/ZoomError" }));
    }
}

#[test]
fn several_texts_under_one_code_are_all_kept() {
    let operation = refused(
        400,
        "Bad.<br>**Error Code:** `300` <br>\n* One way.\n* Another way.",
    );
    let errors = operation["x-zoom-errors"].as_array().unwrap();
    let messages: Vec<&str> = errors
        .iter()
        .map(|error| error["message"].as_str().unwrap())
        .collect();
    let codes: Vec<_> = errors.iter().map(|error| &error["code"]).collect();
    assert_eq!(codes, [300, 300], "{errors:?}");
    let all = messages.join(" ");
    assert!(
        all.contains("One way.") && all.contains("Another way."),
        "{errors:?}"
    );
}

#[test]
fn a_server_named_in_a_note_is_the_operations_own() {
    for note in [
        "**Note:** \n* The base URL for this API is `https://file.zoom.us/v2/`. \n",
        "The base URL is https://file.zoom.us/v2.",
        "Use the <b>server URL</b> <code>https://file.zoom.us/v2</code>.",
    ] {
        let document = document(&collection(&json!([
            { "name": "A", "request": "{{baseUrl}}/a" },
            { "name": "B", "request": "{{baseUrl}}/b" },
            { "name": "C", "request": { "url": "{{baseUrl}}/c", "description": note } },
            { "name": "D", "request": "https://api.zoom.us/v2/d" },
        ])));
        let own = &document["paths"]["/c"]["get"]["servers"];
        assert_eq!(
            *own,
            json!([{ "url": "https://file.zoom.us/v2" }]),
            "{note}"
        );
    }
}
