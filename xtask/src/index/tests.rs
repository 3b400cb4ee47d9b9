use serde_json::{Value, json};

use super::index;

fn document() -> Value {
    let channels = json!({
        "get": {
            "operationId": "listChannels", "summary": "List channels", "tags": ["Channels"],
            "parameters": [{ "name": "type", "in": "query", "schema": { "type": "string" } }],
            "x-tasks": { "find *my* channel": { "type": "mine" }, "list channels": { "type": "all" } }
        }
    });
    let channel = json!({
        "patch": {
            "operationId": "updateChannel", "summary": "Update a channel", "tags": ["Channels"],
            "parameters": [
                { "name": "channelId", "in": "path", "required": true, "schema": { "type": "string" } },
                { "name": "userId", "in": "path", "required": true, "schema": { "type": "string", "default": "me" } }
            ],
            "requestBody": { "content": { "application/json": {
                "schema": { "$ref": "#/components/schemas/Update" },
                "examples": { "update": { "value": { "days": 7, "settings": { "theme": "dark" }, "name": "News" } } }
            } } },
            "x-tasks": {
                "rename a channel": { "name": "\"News\"" },
                "archive a channel": { "state": "archived", "days": 3, "silent": true, "notify": ["someone", "somebody else", "everyone"] }
            }
        },
        "delete": {
            "operationId": "deleteChannel", "summary": "ADR of [x](y)\n```\n",
            "parameters": [
                { "name": "next_token", "in": "query", "example": "w7587eb4fiu", "schema": { "type": "string" } },
                { "name": "sort", "in": "query", "deprecated": true, "example": "name", "schema": { "type": "string" } },
                { "name": "type", "in": "query", "schema": { "type": "string" } },
                { "name": "days", "in": "query", "example": 50, "schema": { "type": "integer" } }
            ]
        }
    });
    let import = json!({
        "post": {
            "operationId": "importChannel", "summary": "Import a channel", "tags": ["Channels"],
            "parameters": [
                { "name": "from", "in": "query", "required": true, "example": "slack", "schema": { "type": "string", "enum": ["slack"] } },
                { "name": "team", "in": "query", "required": true, "schema": { "type": "string" } },
                { "name": "silent", "in": "query", "schema": { "type": "boolean" } }
            ],
            "requestBody": { "content": { "multipart/form-data": {
                "schema": { "$ref": "#/components/schemas/Import" },
                "example": { "members": [{ "role": "admin", "email": "a@example.com" }, { "email": "b@example.com" }], "share": 0.5 }
            } } },
            "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Owner" } } } } },
            "x-tasks": { "import a channel with its owner": { "owner": { "id": "o1", "name": "Operations" }, "share": 1.0 } }
        }
    });
    json!({
        "paths": { "/channels": channels, "/import": import, "/users/{userId}/channels/{channelId}": channel },
        "tags": [{ "name": "Channels", "description": "Where people <b>talk</b>." }],
        "components": { "schemas": {
            "Import": { "type": "object", "required": ["file", "members", "owner", "filter", "more", "share", "days"], "properties": {
                "days": { "type": "integer" },
                "file": { "type": "array", "items": { "type": "string", "format": "binary" } },
                "filter": { "$ref": "#/components/schemas/Filter" },
                "members": { "type": "array", "items": { "$ref": "#/components/schemas/Member" } },
                "more": { "type": "object", "example": { "key": [1] } },
                "note": { "type": "string", "example": "not required" },
                "owner": { "$ref": "#/components/schemas/Owner" },
                "share": { "type": "number" }
            } },
            "Filter": { "type": "object", "properties": { "name": { "type": "string" } }, "example": { "name": "News" } },
            "Member": { "type": "object", "required": ["email"], "properties": { "role": { "type": "string" }, "email": { "type": "string" } } },
            "Owner": { "type": "object", "required": ["id"], "properties": { "id": { "type": "string", "example": "o0" }, "name": { "type": "string" } } },
            "Update": { "type": "object", "properties": {
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
use library::requests;

// ADR of [x](y) ```
requests::DeleteChannel::new().days(50);
// archive a channel
requests::UpdateChannel::new("channel_id")
    .state("archived".into())
    .days(3)
    .silent(true)
    .notify(["someone", "somebody else", "everyone"]);
```

## F

```rust
use library::requests;

// find *my* channel
requests::ListChannels::new().type_("mine");
```

## I

```rust
use library::{multipart::File, requests, types};
use serde_json::json;

// import a channel
requests::ImportChannel::new()
    .from("slack".into())
    .team("team")
    .days(1)
    .file(File::new("build.log", "not much"))
    .filter(types::Filter::new().name("News"))
    .members([types::Member::new("a@example.com")])
    .more([("key", json!([1]))])
    .owner(types::Owner::new().id("o0"))
    .share(0.5);
// import a channel with its owner
requests::ImportChannel::new()
    .from("slack".into())
    .team("team")
    .days(1)
    .file(File::new("build.log", "not much"))
    .filter(types::Filter::new().name("News"))
    .members([types::Member::new("a@example.com")])
    .more([("key", json!([1]))])
    .owner(types::Owner::new().id("o1").name("Operations"))
    .share(1.0);
```

## L

```rust
use library::requests;

// list channels
requests::ListChannels::new().type_("all");
```

## R

```rust
use library::requests;

// rename a channel
requests::UpdateChannel::new("channel_id").name("\"News\"");
```

## U

```rust
use library::requests;

// update a channel
requests::UpdateChannel::new("channel_id").name("News").days(7);
```

# By category

## Channels

Where people \<b\>talk\</b\>.

- [`ListChannels`]: List channels (`GET /channels`)
- [`ImportChannel`]: Import a channel (`POST /import`)
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
        ("settings", json!("dark")),
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
