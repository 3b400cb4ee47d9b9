use serde_json::{Value, json};

use super::{check, mismatched};

/// A document with all that can go wrong, and is right.
fn good() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "https://{host}/v1", "variables": { "host": { "default": "a.test" } } }],
        "tags": [{ "name": "A" }, { "name": "B" }],
        "security": [{ "Key": [] }, {}],
        "paths": {
            "/a/{id}": {
                "parameters": [{ "$ref": "#/components/parameters/Id" }],
                "get": {
                    "operationId": "getA",
                    "parameters": [
                        { "name": "id", "in": "query", "schema": {} },
                        { "name": "p", "in": "query", "schema": { "$ref": "#/components/schemas/Pet" } },
                        { "name": "p", "in": "header", "schema": { "$ref": "#/paths/~1a~1%7Bid%7D/get/parameters/0/schema" } },
                    ],
                    "responses": { "200": { "$ref": "#/components/responses/R" } },
                },
                // Overrides the parameter of the path.
                "delete": {
                    "parameters": [{ "name": "id", "in": "path", "required": true, "schema": {} }],
                    "responses": { "default": { "description": "D" } },
                },
            },
            "/a/{id}/b": { "$ref": "#/paths/~1a~1%7Bid%7D" },
            "x-a": 1,
        },
        "x-webhooks": { "W": { "post": { "responses": { "200": { "description": "D" } } } } },
        "components": {
            "parameters": { "Id": { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } } },
            "responses": { "R": { "description": "D" } },
            "securitySchemes": { "Key": { "type": "apiKey", "name": "k", "in": "header" } },
            "schemas": {
                "Pet": {
                    "discriminator": { "propertyName": "kind", "mapping": { "cat": "Cat", "dog": "#/components/schemas/Dog" } },
                    "oneOf": [{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }],
                },
                "Cat": { "required": ["required", "enum"], "properties": { "$ref": { "type": "string" }, "properties": { "$ref": "#/components/schemas/Dog" }, "required": { "enum": ["a", "a"] }, "enum": {} } },
                "Dog": { "example": { "$ref": "gone" }, "default": { "$ref": "gone" }, "enum": [{ "$ref": "gone" }], "x-a": { "$ref": "gone" } },
                "example": { "properties": { "example": { "$ref": "#/components/schemas/Dog" } } },
            },
        },
    })
}

#[test]
fn what_openapi_allows_is_accepted() {
    // The path that refers to another one has the operations of that one, whose ids are taken.
    let mut document = good();
    document["paths"]["/a/{id}"]["get"]
        .as_object_mut()
        .unwrap()
        .shift_remove("operationId");
    assert_eq!(check(&document), Ok(()));
}

#[test]
fn what_openapi_forbids_is_refused_with_its_place() {
    for (pointer, value, reason) in [
        (
            "/openapi",
            json!("3.1.0"),
            "$.openapi: not OpenAPI 3.0, but \"3.1.0\"",
        ),
        ("/openapi", json!("2.0"), "not OpenAPI 3.0"),
        ("/openapi", Value::Null, "not OpenAPI 3.0"),
        ("/info", json!({}), "$.info: there is no `title`"),
        (
            "/paths/~1a~1{id}/get/responses/200/$ref",
            json!("#/components/responses/None"),
            "leads nowhere",
        ),
        (
            "/paths/~1a~1{id}/get/responses/200/$ref",
            json!("other.yaml#/R"),
            "leads out of the document",
        ),
        (
            "/components/schemas/example/properties/example/$ref",
            json!("#/gone"),
            "leads nowhere",
        ),
        (
            "/components/schemas/Cat/properties/properties/$ref",
            json!("#/gone"),
            "leads nowhere",
        ),
        (
            "/components/schemas/Pet/discriminator/mapping/cat",
            json!("Bird"),
            "mapping.cat: Bird leads nowhere",
        ),
        (
            "/components/schemas/Pet/discriminator/mapping/dog",
            json!("#/components/schemas/Bird"),
            "leads nowhere",
        ),
        (
            "/paths/~1a~1{id}/get/parameters/2/in",
            json!("query"),
            "GET /a/{id}: the query parameter p is there twice",
        ),
        (
            "/paths/~1a~1{id}/parameters",
            json!([]),
            "GET /a/{id}: the path parameter id is not both",
        ),
        (
            "/components/parameters/Id/required",
            json!(false),
            "the path parameter id is not required",
        ),
        (
            "/paths/~1a~1{id}/delete/operationId",
            json!("getA"),
            "DELETE /a/{id}: the operation id getA is taken",
        ),
        (
            "/paths/~1a~1{id}/delete/responses",
            json!({}),
            "DELETE /a/{id}: the operation has no response",
        ),
        (
            "/paths/~1a~1{id}/delete/security",
            json!([{ "None": [] }]),
            "there is no security scheme `None`",
        ),
        (
            "/security",
            json!([{ "None": [] }]),
            "$: there is no security scheme `None`",
        ),
        ("/servers/0/variables", json!({}), "has no variable `host`"),
        (
            "/paths/~1a~1{id}/delete/servers",
            json!([{ "url": "https://{x}" }]),
            "has no variable `x`",
        ),
        ("/tags/1/name", json!("A"), "$.tags: `A` is there twice"),
        (
            "/components/schemas/no name",
            json!({}),
            "`no name` is not a name",
        ),
        (
            "/paths/~1a~1{other}",
            json!({}),
            "/a/{other}: is the same path as /a/{id}",
        ),
        (
            "/components/schemas/Cat/required",
            json!(["kind", "age", "kind"]),
            "$.components.schemas.Cat: `kind` is required twice",
        ),
        (
            "/components/schemas/Cat/required",
            json!([]),
            "$.components.schemas.Cat: `required` is empty",
        ),
        (
            "/components/schemas/Dog/enum",
            json!([]),
            "$.components.schemas.Dog: `enum` is empty",
        ),
        ("/paths/a", json!({}), "a: a path begins with a slash"),
        (
            "/paths/~1c~1{id",
            json!({ "get": { "responses": { "200": { "description": "D" } } } }),
            "not closed",
        ),
        (
            "/paths/~1c~1{id}~1{id}",
            json!({ "get": { "responses": { "200": { "description": "D" } } } }),
            "is in the path twice",
        ),
    ] {
        let mut document = good();
        document["paths"]
            .as_object_mut()
            .unwrap()
            .shift_remove("/a/{id}/b");
        assert_eq!(check(&document), Ok(()));
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let key = key.replace("~1", "/");
        document.pointer_mut(parent).unwrap()[key] = value;
        let refused = check(&document).unwrap_err();
        assert!(refused.contains(reason), "{pointer}: {refused}");
    }
}

/// Each schema with a value for it, and what is wrong with that.
#[test]
fn examples_are_judged_by_their_schemas() {
    for (schema, value, reason) in [
        (json!({}), json!({"a": null}), ""),
        (
            json!({"type": "string"}),
            json!(1),
            "it is not of the type string",
        ),
        (
            json!({"type": "string"}),
            json!(null),
            "it is not of the type string",
        ),
        (
            json!({"type": "string", "nullable": true, "enum": ["a"]}),
            json!(null),
            "",
        ),
        (
            json!({"type": "string", "format": "date"}),
            json!("soon"),
            "it is not of the format date",
        ),
        (
            json!({"type": "string", "format": "date"}),
            json!("2024-05-06"),
            "",
        ),
        (
            json!({"type": "string", "format": "int64"}),
            json!("17"),
            "",
        ),
        (
            json!({"enum": ["a", 1]}),
            json!("b"),
            "it is not one of the listed values",
        ),
        (
            json!({"type": "integer", "maximum": 3}),
            json!(4),
            "`maximum` is 3",
        ),
        (
            json!({"type": "number", "minimum": 3, "exclusiveMinimum": true}),
            json!(3),
            "`minimum` is 3",
        ),
        (json!({"type": "string", "maxLength": 2}), json!("éé"), ""),
        (
            json!({"type": "string", "maxLength": 1}),
            json!("éé"),
            "`maxLength` is 1",
        ),
        (
            json!({"type": "array", "minItems": 1}),
            json!([]),
            "`minItems` is 1",
        ),
        (
            json!({"type": "array", "items": {"type": "integer"}}),
            json!([1, "x"]),
            "[1]: it is not of the type integer",
        ),
        (
            json!({"required": ["a"], "type": "object"}),
            json!({}),
            "`a` is missing",
        ),
        (
            json!({"properties": {"a": {"$ref": "#/components/schemas/A"}}}),
            json!({"a": "x"}),
            "`a`: it is not of the type integer",
        ),
        (
            json!({"additionalProperties": false, "properties": {"a": {}}}),
            json!({"a": 1, "b": 1}),
            "`b`: nothing is allowed here",
        ),
        (
            json!({"additionalProperties": {"type": "integer"}}),
            json!({"k": "x"}),
            "`k`: it is not of the type integer",
        ),
        (
            json!({"oneOf": [{"type": "integer"}, {"type": "number"}]}),
            json!(1),
            "it matches several alternatives",
        ),
        (
            json!({"anyOf": [{"type": "integer"}, {"type": "number"}]}),
            json!(1),
            "",
        ),
        (
            json!({"anyOf": [{"type": "integer"}]}),
            json!("a"),
            "it matches no alternative",
        ),
        (
            json!({"not": {"type": "integer"}}),
            json!(1),
            "it matches what is excluded",
        ),
        (
            json!({"allOf": [{"$ref": "#/components/schemas/A"}]}),
            json!("x"),
            "it is not of the type integer",
        ),
        (
            json!({"$ref": "#/components/schemas/Loop"}),
            json!({"next": {"next": {}}}),
            "",
        ),
    ] {
        let mut own = schema.clone();
        own["example"] = value.clone();
        let named = json!({"one": {"$ref": "#/components/examples/E"}, "two": {"value": value}});
        let document = json!({
            "paths": {"/a": {"get": {"parameters": [
                {"name": "a", "in": "query", "schema": schema, "example": value},
                {"name": "b", "in": "query", "schema": schema, "examples": named},
            ]}}},
            "components": {
                "examples": {"E": {"value": value}},
                "schemas": {
                    "A": {"type": "integer"},
                    "Loop": {"allOf": [{"properties": {"next": {"$ref": "#/components/schemas/Loop"}}}]},
                    "S": {"properties": {"example": own}},
                },
            },
        });
        let found = mismatched(&document);
        // What stands beside a reference says nothing.
        let is_alone = schema.get("$ref").is_none();
        // What was seen may be overruled by another type.
        let is_overruled = reason.starts_with("it is not of the ") && schema.get("allOf").is_none();
        let expected: Vec<_> = [
            "$.components.schemas.S.properties.example.example",
            "$.paths['/a'].get.parameters[0].example",
            "$.paths['/a'].get.parameters[1].examples.one.value",
            "$.paths['/a'].get.parameters[1].examples.two.value",
        ]
        .into_iter()
        .filter(|at| !reason.is_empty() && (is_alone || at.contains("paths")))
        .filter(|at| !(is_overruled && at.contains("paths")))
        .map(|at| (at.to_owned(), reason.to_owned()))
        .collect();
        let mut found: Vec<_> = found
            .into_iter()
            .map(|(at, reason)| (at.path, reason))
            .collect();
        found.sort();
        assert_eq!(found, expected, "{schema} {value}");
    }
}
