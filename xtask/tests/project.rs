//! The project's own document: what codegen makes of the files in `openapi/`, and every fact of the first item in it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::{
    codegen::{Generated, Input, generate},
    stored::Stored,
    syntax::Syntax,
    vendor::Profile,
    write,
};

fn generated() -> (Generated, String) {
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    let stored = fs::read_to_string(openapi.join("zoom-chat.json")).unwrap();
    let generated = generate(&Input {
        postman: vec![openapi.join("postman")],
        profile: Profile::named("zoom").unwrap(),
        overlays: vec![openapi.join("overlay")],
        stored: Some(Stored::read(&stored)),
        ..Input::default()
    });
    (generated.unwrap(), stored)
}

#[test]
fn the_stored_document_is_what_codegen_makes() {
    let (generated, stored) = generated();
    assert!(
        write::text(&generated.document, Syntax::Json) == stored,
        "run `cargo xtask codegen`"
    );
}

/// Where a page gives the size of the document, because it compares or explains with it, that is its size.
#[test]
fn pages_that_give_the_size_of_the_document_give_the_right_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let size = generated().0.document.size();
    for (page, before, figure, after) in [
        ("comparison.md", "chatbots¹ | ", size.operations, " |"),
        ("comparison.md", "Team Chat³ | ", size.webhooks, " |"),
        ("cost.md", "with its ", size.operations, " operations, "),
        ("cost.md", " operations, ", size.webhooks, " events and "),
        ("cost.md", "| all events | ", size.webhooks, " |"),
        (
            "cost.md",
            "client, with ",
            size.operations,
            " operations and ",
        ),
        ("cost.md", " operations and ", size.webhooks, " events |"),
    ] {
        let text = fs::read_to_string(root.join("zoom-chat-sdk/docs").join(page)).unwrap();
        let stated = text
            .split(before)
            .skip(1)
            .filter_map(|rest| rest.split_once(after))
            .find_map(|(stated, _)| stated.parse::<usize>().ok());
        assert_eq!(stated, Some(figure), "{page}: “{before}…{after}”");
    }
}

#[test]
fn everything_that_the_first_item_says_is_in_the_document() {
    let (generated, _) = generated();
    let document = generated.document.tree();
    assert_eq!(document["openapi"], "3.0.3");
    assert_eq!(
        document["servers"],
        json!([{ "url": "https://api.zoom.us/v2" }])
    );
    let operation = &document["paths"]["/chat/users/{userId}/messages"]["post"];
    assert_eq!(operation["operationId"], "sendChatMessage");
    assert_eq!(operation["summary"], "Send a chat message");
    let user = &operation["parameters"][0];
    assert_eq!(
        (&user["name"], &user["in"], &user["required"]),
        (&json!("userId"), &json!("path"), &json!(true))
    );
    assert_eq!(user["schema"]["type"], "string");

    let body = &operation["requestBody"];
    assert_eq!(body["required"], true);
    let reference = json!({ "$ref": "#/components/schemas/SendChatMessageRequest" });
    for media_type in ["multipart/form-data", "application/json"] {
        assert_eq!(body["content"][media_type]["schema"], reference);
    }
    let encoding = &body["content"]["multipart/form-data"]["encoding"]["at_items"];
    assert_eq!(encoding["contentType"], "application/json");
    let request = &document["components"]["schemas"]["SendChatMessageRequest"];
    assert_eq!(request["required"], json!(["message"]));
    let fields: Vec<&String> = request["properties"].as_object().unwrap().keys().collect();
    assert_eq!(
        fields,
        [
            "message",
            "to_contact",
            "to_channel",
            "reply_main_message_id",
            "at_items",
            "file_ids",
            "rich_text",
            "interactive_cards",
            "scheduled_time",
        ]
    );
    let message = &request["properties"]["message"];
    assert_eq!(message["description"], "The message to be sent.");
    assert_eq!(message["example"], "The build is green.");
    assert_eq!(message["maxLength"], 1024);
    let mentions = &request["properties"]["at_items"];
    assert_eq!(mentions["type"], "array");
    assert_eq!(
        mentions["items"],
        json!({ "$ref": "#/components/schemas/SendChatMessageAtItem" })
    );
    assert_eq!(mentions["example"][0]["end_position"], 8);
    let mention = &document["components"]["schemas"]["SendChatMessageAtItem"]["properties"];
    for (field, kind) in [
        ("start_position", "integer"),
        ("end_position", "integer"),
        ("at_type", "integer"),
        ("at_contact", "string"),
    ] {
        assert_eq!(mention[field]["type"], kind, "{field}");
    }
    assert_eq!(mention["at_type"]["enum"], json!([1, 2]));

    let responses = &operation["responses"];
    let sent = &responses["201"];
    assert_eq!(sent["description"], "Message sent.");
    assert_eq!(
        sent["content"]["application/json"]["example"],
        json!({ "id": "ex35785hgdfjgt" })
    );
    assert_eq!(responses["400"]["description"], "Bad request.");
    for status in ["400", "404", "default"] {
        let schema = &responses[status]["content"]["application/json"]["schema"];
        assert_eq!(
            schema,
            &json!({ "$ref": "#/components/schemas/ZoomError" }),
            "{status}"
        );
    }
    let error = &document["components"]["schemas"]["ZoomError"];
    assert_eq!(error["required"], json!(["code", "message"]));
    assert_eq!(
        error["properties"]["errors"]["items"],
        json!({ "$ref": "#/components/schemas/ZoomErrorDetail" })
    );

    let errors = operation["x-zoom-errors"].as_array().unwrap();
    let documented = |status: u16, code: i64, message: &str| {
        let is_wanted = |error: &Value| {
            error["status"] == status && error["code"] == code && error["message"] == message
        };
        assert!(errors.iter().any(is_wanted), "no {status} {code} {message}");
    };
    documented(400, 5301, "Message sending failed.");
    documented(400, 5402, "This only supports replies to a main message.");
    documented(404, 1001, "User does not exist: $to_contact.");
    documented(404, 4130, "Channel does not exist: $to_channel.");
    documented(400, 5421, "Can not send message to a blocked contact.");

    let scopes = json!(["chat_message:write", "chat_message:write:admin"]);
    assert_eq!(operation["x-zoom-scopes"], scopes);
    assert_eq!(operation["security"], json!([{ "zoomOAuth": scopes }]));
    assert_eq!(operation["x-zoom-rate-limit-label"], "MEDIUM");
    let flow =
        &document["components"]["securitySchemes"]["zoomOAuth"]["flows"]["authorizationCode"];
    assert_eq!(flow["authorizationUrl"], "https://zoom.us/oauth/authorize");
    assert_eq!(flow["tokenUrl"], "https://zoom.us/oauth/token");
    assert!(
        flow["scopes"]
            .as_object()
            .unwrap()
            .contains_key("chat_message:write")
    );
    let description = operation["description"].as_str().unwrap();
    assert!(
        !description.contains("Scopes")
            && !description.contains("Rate Limit")
            && !description.contains('<'),
        "{description}"
    );
    let source = json!([{ "file": "send-a-chat-message.json", "item": "Send a chat message" }]);
    assert_eq!(operation["x-postman-source"], source);
}

#[test]
fn every_assumption_about_the_first_item_is_a_warning_with_its_place() {
    let (generated, _) = generated();
    let told: Vec<(&str, &str)> = generated
        .warnings
        .iter()
        .filter(|warning| warning.place.file == "send-a-chat-message.json")
        .map(|warning| (warning.place.path.as_str(), warning.text.as_str()))
        .collect();
    for (path, text) in [
        ("$.request.url", "`{{baseUrl}}` has no value"),
        ("$.request.auth", "the OAuth 2 flow has no token URL"),
        ("$.request.body.formdata[4]", "taken as an array of objects"),
        ("$.response[1]", "the 400 answer has no body"),
    ] {
        assert!(
            told.iter()
                .any(|(at, told)| *at == path && told.contains(text)),
            "no {text} at {path} in {told:#?}"
        );
    }
    let mut of_the_item = generated
        .warnings
        .iter()
        .filter(|warning| warning.place.file == "send-a-chat-message.json")
        .peekable();
    assert!(of_the_item.peek().is_some());
    for warning in of_the_item {
        assert_eq!(warning.place.item, "Send a chat message");
    }
}

/// The document with one more file beside the project's own, and all of them as `edit` leaves them.
fn with_file(name: &str, file: &Value, edit: impl Fn(String) -> String) -> Value {
    let openapi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    let stored = fs::read_to_string(openapi.join("zoom-chat.json")).unwrap();
    let folder = TempDir::new().unwrap();
    copy(&openapi.join("postman"), folder.path(), &edit);
    if !file.is_null() {
        fs::write(folder.path().join(name), file.to_string()).unwrap();
    }
    let generated = generate(&Input {
        postman: vec![folder.path().to_owned()],
        overlays: vec![openapi.join("overlay")],
        stored: Some(Stored::read(&stored)),
        ..Input::default()
    });
    generated.unwrap().document.tree().into_owned()
}

/// The files of a folder, and of those inside it, as `edit` leaves them.
fn copy(from: &Path, to: &Path, edit: &impl Fn(String) -> String) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copied = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir(&copied).unwrap();
            copy(&path, &copied, edit);
        } else {
            fs::write(copied, edit(fs::read_to_string(&path).unwrap())).unwrap();
        }
    }
}

/// The operations of a document, without where they come from.
fn operations(document: &Value) -> BTreeMap<String, Value> {
    let mut operations = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let mut operation = operation.clone();
            operation
                .as_object_mut()
                .unwrap()
                .remove("x-postman-source");
            operations.insert(format!("{method} {path}"), operation);
        }
    }
    operations
}

#[test]
fn an_item_beside_the_others_changes_none_of_them() {
    let before = generated().0.document.tree().into_owned();
    for (file, parameter) in [("a.json", ":id"), ("z.json", ":zoomUser"), ("a.json", ":a")] {
        let url = format!("{{{{baseUrl}}}}/chat/users/{parameter}/messages");
        let item = json!({
            "name": "Delete all messages",
            "request": { "method": "DELETE", "url": url },
            "response": [{ "code": 204, "name": "No content." }],
        });
        let after = with_file(file, &item, |text| text);
        let mut now = operations(&after);
        let added = now.remove("delete /chat/users/{userId}/messages").unwrap();
        assert_eq!(added["operationId"], "deleteAllMessages");
        assert_eq!(now, operations(&before));
        assert_eq!(after["components"], before["components"]);
        assert_eq!(after["info"], before["info"]);
        assert_eq!(after["servers"], before["servers"]);
    }
}

#[test]
fn a_field_in_one_answer_changes_no_other_operation() {
    let before = generated().0.document.tree().into_owned();
    let after = with_file("", &Value::Null, |text| {
        // The answer to an upload, once in the project's items.
        let id = r#"\"id\": \"Jw2rXk9TQ4mVb7LcN0sHyg\""#;
        text.replace(id, &format!(r#"\"size\": 3, {id}"#))
    });
    let changed = |pointer: &str| -> Vec<String> {
        let members = |document: &Value| {
            document
                .pointer(pointer)
                .unwrap()
                .as_object()
                .unwrap()
                .clone()
        };
        let (old, new) = (members(&before), members(&after));
        assert!(old.keys().eq(new.keys()), "{pointer}");
        new.into_iter()
            .filter(|(key, member)| old[key] != *member)
            .map(|(key, _)| key)
            .collect()
    };
    assert_eq!(changed("/components/schemas"), ["UploadChatFileResponse"]);
    assert_eq!(changed("/paths"), ["/chat/users/{userId}/files"]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let text = || write::text(&generated().0.document, Syntax::Json);
    let first: String = text();
    assert!(first == text());
    let _: Value = serde_json::from_str(&first).unwrap();
}
