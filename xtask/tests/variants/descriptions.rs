//! Descriptions: texts, objects or nothing, on every level, with HTML inside.

use serde_json::{Value, json};

use crate::made::{collection, document, operation, parameter};

fn described(description: &Value) -> Value {
    let mut file = collection(&json!([{
        "name": "Folder",
        "description": description,
        "item": [{
            "name": "Get",
            "request": {
                "method": "GET",
                "description": description,
                "url": {
                    "raw": "https://x.io/a/:id?q=1", "host": ["x", "io"], "path": ["a", ":id"],
                    "query": [{ "key": "q", "value": "1", "description": description }],
                    "variable": [{ "key": "id", "value": "x", "description": description }],
                },
                "header": [{ "key": "X-Trace", "value": "t", "description": description }],
            },
        }],
    }]));
    file["info"]["description"] = description.clone();
    document(&file)
}

#[test]
fn a_text_and_an_object_say_the_same_on_every_level() {
    let text = described(&json!("A word."));
    let object =
        described(&json!({ "content": "A word.", "type": "text/markdown", "version": {} }));
    assert_eq!(text, object);
    assert_eq!(text["info"]["description"], "A word.");
    assert_eq!(
        text["tags"],
        json!([{ "name": "Folder", "description": "A word." }])
    );
    assert_eq!(operation(&text)["description"], "A word.");
    for name in ["id", "q", "X-Trace"] {
        assert_eq!(parameter(&text, name)["description"], "A word.", "{name}");
    }
}

#[test]
fn nothing_said_is_nothing_written() {
    let nothing = described(&json!(null));
    for description in [
        json!(""),
        json!({ "content": null }),
        json!({}),
        json!("  "),
    ] {
        assert_eq!(described(&description), nothing, "{description}");
    }
    assert!(!nothing.to_string().contains("A word."));
    assert_eq!(operation(&nothing).get("description"), None);
}

#[test]
fn html_becomes_markdown() {
    for (html, markdown) in [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One<br/>two", "One  \ntwo"),
        ("<b>bold</b> and <i>italic</i>", "**bold** and *italic*"),
        // Markdown has entities too.
        ("Fish &amp; chips &lt;3", "Fish &amp; chips &lt;3"),
        (
            "<a href=\"https://x.io/docs\">docs</a>",
            "[docs](https://x.io/docs)",
        ),
        // What has no business there is shown, not run.
        (
            "<script>alert(1)</script>",
            "&lt;script>alert(1)&lt;/script>",
        ),
    ] {
        let document = described(&json!(html));
        assert_eq!(operation(&document)["description"], markdown, "{html}");
    }
}

#[test]
fn an_item_speaks_where_its_request_is_silent() {
    let item = json!({ "name": "Get", "description": "Of the item.", "request": { "url": "https://x.io/a" } });
    assert_eq!(operation(&document(&item))["description"], "Of the item.");
}
