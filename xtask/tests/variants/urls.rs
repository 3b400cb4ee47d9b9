//! Where a request goes, in all the ways to write it.

use serde_json::{Value, json};

use crate::made::{
    collection, converted, document, endpoints, operation, parameter, parameters, requesting, tells,
};

/// The server and the path that a `url` comes to.
fn place(url: &Value) -> (Value, String) {
    let document = document(&requesting(&json!({ "method": "GET", "url": url })));
    let path = endpoints(&document).remove(0);
    let path = path.trim_start_matches("get ").to_owned();
    (document["servers"][0]["url"].clone(), path)
}

#[test]
fn a_url_is_a_text_or_its_parts() {
    let host = json!(["api", "example", "com"]);
    for (url, server, path) in [
        (
            json!("https://api.example.com/a/b"),
            "https://api.example.com",
            "/a/b",
        ),
        (
            json!("https://api.example.com/a/b/"),
            "https://api.example.com",
            "/a/b",
        ),
        (
            json!("https://api.example.com/a//b"),
            "https://api.example.com",
            "/a//b",
        ),
        (
            json!("https://api.example.com"),
            "https://api.example.com",
            "/",
        ),
        (
            json!("https://api.example.com/"),
            "https://api.example.com",
            "/",
        ),
        (json!("api.example.com/a"), "https://api.example.com", "/a"),
        (
            json!("http://localhost:8080/a"),
            "http://localhost:8080",
            "/a",
        ),
        (
            json!("https://api.example.com/a?q=1#part"),
            "https://api.example.com",
            "/a",
        ),
        (
            json!("https://api.example.com/a/:id"),
            "https://api.example.com",
            "/a/{id}",
        ),
        (
            json!("https://api.example.com/a/{id}"),
            "https://api.example.com",
            "/a/{id}",
        ),
        (
            json!("https://api.example.com/a/{{id}}"),
            "https://api.example.com",
            "/a/{id}",
        ),
        (
            json!("https://api.example.com/a/:id.:format"),
            "https://api.example.com",
            "/a/{id}.{format}",
        ),
        (
            json!("https://api.example.com/v{{major}}/a"),
            "https://api.example.com",
            "/v{major}/a",
        ),
        (
            json!({ "raw": "https://api.example.com/a" }),
            "https://api.example.com",
            "/a",
        ),
        (
            json!({ "host": "api.example.com", "path": "a/b" }),
            "https://api.example.com",
            "/a/b",
        ),
        (
            json!({ "host": "api.example.com", "path": "/a/b" }),
            "https://api.example.com",
            "/a/b",
        ),
        (
            json!({ "protocol": "http", "host": host, "port": "81", "path": ["a"] }),
            "http://api.example.com:81",
            "/a",
        ),
        (
            json!({ "protocol": "http", "host": host, "port": 81, "path": ["a"] }),
            "http://api.example.com:81",
            "/a",
        ),
        (
            json!({ "protocol": "http", "host": "https://api.example.com", "path": ["a"] }),
            "https://api.example.com",
            "/a",
        ),
        (
            json!({ "host": host, "path": ["a", ""] }),
            "https://api.example.com",
            "/a",
        ),
        (
            json!({ "host": host, "path": ["a", { "type": "string", "value": ":id" }] }),
            "https://api.example.com",
            "/a/{id}",
        ),
        (
            json!({ "host": host, "path": ["a"], "hash": "part" }),
            "https://api.example.com",
            "/a",
        ),
    ] {
        assert_eq!(place(&url), (json!(server), path.to_owned()), "{url}");
    }
}

#[test]
fn a_query_in_the_text_is_read_as_parameters() {
    let document = document(&requesting(
        &json!({ "url": "https://x.io/a?q=one%20two&flag&q2=a+b%2Bc%C3%9F%zz" }),
    ));
    assert_eq!(parameters(&document, "query"), ["q", "flag", "q2"]);
    assert_eq!(operation(&document)["parameters"][0]["example"], "one two");
    assert_eq!(
        operation(&document)["parameters"][2]["example"],
        "a b+cß%zz"
    );
}

#[test]
fn braces_and_colons_that_mean_nothing_stay_text() {
    for (url, path) in [
        ("https://x.io/a/{", "/a/%7B"),
        ("https://x.io/a/}", "/a/%7D"),
        ("https://x.io/a/{}", "/a/%7B%7D"),
        ("https://x.io/a/{ }/b", "/a/%7B %7D/b"),
        ("https://x.io/a/:", "/a/:"),
        ("https://x.io/a/:/b", "/a/:/b"),
        ("https://x.io/a/12:30", "/a/12:30"),
        ("https://x.io/a/b%2Fc", "/a/b%2Fc"),
    ] {
        assert_eq!(place(&json!(url)).1, path, "{url}");
    }
}

#[test]
fn another_host_is_the_operations_own() {
    let items = json!([
        { "name": "A", "request": "https://api.example.com/a" },
        { "name": "B", "request": "https://api.example.com/b" },
        { "name": "C", "request": "https://files.example.com/c" },
    ]);
    let document = document(&collection(&items));
    assert_eq!(
        document["servers"],
        json!([{ "url": "https://api.example.com" }])
    );
    assert_eq!(
        document["paths"]["/c"]["get"]["servers"],
        json!([{ "url": "https://files.example.com" }])
    );
    assert_eq!(document["paths"]["/a"]["get"].get("servers"), None);
}

#[test]
fn a_base_url_without_a_value_is_told_with_what_settles_it() {
    let file = requesting(&json!({ "url": "{{baseUrl}}/a" }));
    let generated = converted(file.to_string());
    assert_eq!(endpoints(&generated.document.tree()), ["get /a"]);
    tells(
        &generated,
        "$.item[0].request.url",
        "`{{baseUrl}}` has no value",
    );
}

#[test]
fn one_template_under_two_parameter_names_is_one_path() {
    let items = json!([
        { "name": "A", "request": { "method": "GET", "url": "https://x.io/things/:thingId/parts/:id" } },
        { "name": "B", "request": { "method": "DELETE", "url": "https://x.io/things/:id/parts/:partId" } },
    ]);
    let document = document(&collection(&items));
    assert_eq!(endpoints(&document).len(), 2);
    assert_eq!(document["paths"].as_object().unwrap().len(), 1);
    for (template, methods) in document["paths"].as_object().unwrap() {
        for operation in methods.as_object().unwrap().values() {
            for parameter in operation["parameters"].as_array().unwrap() {
                assert!(template.contains(&format!("{{{}}}", parameter["name"].as_str().unwrap())));
            }
        }
    }
}

#[test]
fn parameters_get_names_that_tools_find_and_that_occur_once() {
    let variables = json!([
        { "key": "user id", "value": "7", "description": "The user." },
        { "key": "id", "value": "x", "description": "A thing." },
    ]);
    let url = json!({ "host": ["https://x.io"], "path": ["{{user id}}", ":id", "to", ":id", "名前", "{名前}"], "variable": variables });
    let generated = converted(requesting(&json!({ "url": url })).to_string());
    let document = generated.document.tree();
    assert_eq!(
        endpoints(&document),
        ["get /{user_id}/{id}/to/{id2}/名前/{Ming_Qian}"]
    );
    let described = |name: &str| parameter(&document, name)["description"].clone();
    assert_eq!(described("user_id"), "The user.");
    assert_eq!(described("id"), "A thing.");
    assert_eq!(described("id2"), "A thing.", "Postman fills in the same");
    let place = "$.item[0].request.url";
    tells(&generated, place, "`user id` is called `user_id`");
    tells(&generated, place, "`id` is called `id2`");
}

#[test]
fn a_variable_of_the_path_that_is_described_is_not_told_twice() {
    let variables = json!([{ "key": "id", "value": "7", "description": "The thing." }]);
    let url = json!({ "raw": "https://x.io/things/:id/{{part}}", "variable": variables });
    let document = document(&requesting(&json!({ "url": url })));
    assert_eq!(endpoints(&document), ["get /things/{id}/{part}"]);
    assert_eq!(parameters(&document, "path"), ["id", "part"]);
    assert_eq!(parameter(&document, "id")["description"], "The thing.");
}

#[test]
fn what_a_url_says_of_its_variables_wins_over_the_collection() {
    let variables = json!([{ "key": "id", "value": "seven" }]);
    let url = json!({ "raw": "https://x.io/things/{{id}}/{{part}}", "variable": variables });
    let mut file = requesting(&json!({ "url": url }));
    file["variable"] = json!([
        { "key": "id", "value": "eight" },
        { "key": "part", "value": "nine" },
    ]);
    let document = document(&file);
    assert_eq!(parameter(&document, "id")["example"], "seven");
    assert_eq!(parameter(&document, "part")["example"], "nine");
}

#[test]
fn no_path_ends_with_a_slash() {
    for path in [json!(["a", "b/"]), json!(["a", "b", ""]), json!("a/b//")] {
        let url = json!({ "host": ["https://x.io"], "path": path });
        assert_eq!(place(&url).1, "/a/b", "{path}");
    }
}
