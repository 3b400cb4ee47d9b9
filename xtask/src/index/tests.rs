use serde_json::{Value, json};

use super::index;

fn document() -> Value {
    let channels = json!({
        "get": {
            "operationId": "listChannels", "summary": "List channels", "tags": ["Channels"],
            "parameters": [{ "name": "type", "in": "query", "schema": { "type": "string" } }],
            "x-tasks": { "find *my* channel": { "type": "mine" } }
        }
    });
    let channel = json!({
        "patch": {
            "operationId": "updateChannel", "summary": "Update a channel", "tags": ["Channels"],
            "parameters": [
                { "name": "channelId", "in": "path", "required": true, "schema": { "type": "string" } },
                { "name": "userId", "in": "path", "required": true, "schema": { "type": "string", "default": "me" } }
            ],
            "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Update" } } } },
            "x-tasks": {
                "rename a channel": { "name": "\"News\"" },
                "archive a channel": { "state": "archived", "days": 3, "silent": true, "notify": ["someone", "somebody else", "everyone"] }
            }
        },
        "delete": { "operationId": "deleteChannel", "summary": "ADR of [x](y)\n```\n" }
    });
    json!({
        "paths": { "/channels": channels, "/users/{userId}/channels/{channelId}": channel },
        "tags": [{ "name": "Channels", "description": "Where people <b>talk</b>." }],
        "components": { "schemas": { "Update": { "type": "object", "properties": {
            "name": { "type": "string" },
            "state": { "type": "string", "enum": ["archived"] },
            "days": { "type": "integer" },
            "silent": { "type": "boolean" },
            "notify": { "type": "array", "items": { "type": "string" } },
            "settings": { "type": "object" }
        } } } }
    })
}

#[test]
fn every_operation_is_found_by_its_tasks_and_by_its_category() {
    let text = index(&document(), "library").unwrap();
    let (_, by_task) = text.split_once("\n# By task\n").unwrap();
    let expected = r#"
## A

```rust
# use library::requests;
// ADR of [x](y) ```
requests::DeleteChannel::new();
// archive a channel
requests::UpdateChannel::new("channel_id")
    .state("archived".into())
    .days(3)
    .silent(true)
    .notify(["someone", "somebody else", "everyone"]);
```

## F

```rust
# use library::requests;
// find *my* channel
requests::ListChannels::new().type_("mine");
```

## L

```rust
# use library::requests;
// list channels
requests::ListChannels::new();
```

## R

```rust
# use library::requests;
// rename a channel
requests::UpdateChannel::new("channel_id").name("\"News\"");
```

## U

```rust
# use library::requests;
// update a channel
requests::UpdateChannel::new("channel_id");
```

# By category

## Channels

Where people \<b\>talk\</b\>.

- [`ListChannels`]: List channels (`GET /channels`)
- [`UpdateChannel`]: Update a channel (`PATCH /users/{userId}/channels/{channelId}`)

## Others

- [`DeleteChannel`]: ADR of \[x\](y) \`\`\`  (`DELETE /users/{userId}/channels/{channelId}`)
"#;
    assert_eq!(by_task, expected);
}

#[test]
fn a_task_sets_only_what_there_is() {
    for (name, value) in [
        ("nothing", json!("x")),
        ("name", json!(1)),
        ("days", json!("3")),
        ("days", json!(0.5)),
        ("silent", json!(null)),
        ("notify", json!("everyone")),
        ("notify", json!([1])),
        ("settings", json!({})),
    ] {
        let mut document = document();
        let task = "/paths/~1users~1{userId}~1channels~1{channelId}/patch/x-tasks/rename a channel";
        *document.pointer_mut(task).unwrap() = json!({ name: value });
        let error = index(&document, "library").unwrap_err();
        let begin = format!("PATCH /users/{{userId}}/channels/{{channelId}}: a task sets `{name}`");
        assert!(error.starts_with(&begin), "{error}");
    }
    let mut document = document();
    let operation = document.pointer_mut("/paths/~1channels/get").unwrap();
    operation.as_object_mut().unwrap().remove("operationId");
    assert!(
        index(&document, "library")
            .unwrap_err()
            .contains("has no id")
    );
}
