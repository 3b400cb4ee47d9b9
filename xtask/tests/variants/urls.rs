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
            "/a/b/",
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
        (json!("api.example.com/a"), "http://api.example.com", "/a"),
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
        // An opening bracket or brace that begins no name hides no query, wherever a later one closes.
        (
            json!("https://api.example.com/a<?text=<br>"),
            "https://api.example.com",
            "/a%3C",
        ),
        (
            json!("https://api.example.com/<a?b>/c"),
            "https://api.example.com",
            "/{a_b}/c",
        ),
        (
            json!("https://api.example.com/{{a<b?c}}/d#e"),
            "https://api.example.com",
            "/%7B%7Ba%3Cb%3Fc%7D%7D/d",
        ),
        (
            json!("https://api.example.com/a/:id.:format"),
            "https://api.example.com",
            "/a/{id}.{format}",
        ),
        (
            json!("https://api.example.com/a/:from-:to"),
            "https://api.example.com",
            "/a/{from}-{to}",
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
            "http://api.example.com",
            "/a/b",
        ),
        (
            json!({ "host": "api.example.com", "path": "/a/b" }),
            "http://api.example.com",
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
            "http://api.example.com",
            "/a/",
        ),
        (
            json!({ "host": host, "path": ["a", { "type": "string", "value": ":id" }] }),
            "http://api.example.com",
            "/a/{id}",
        ),
        (
            json!({ "host": host, "path": ["a"], "hash": "part" }),
            "http://api.example.com",
            "/a",
        ),
        // Parts that know less than the text.
        (
            json!({ "raw": "https://api.example.com/a", "host": null, "path": null }),
            "https://api.example.com",
            "/a",
        ),
        (
            json!({ "raw": "https://api.example.com/a", "protocol": "https", "path": ["a"] }),
            "https://api.example.com",
            "/a",
        ),
        (
            json!({ "raw": "a/b", "path": ["a", "b"] }),
            "https://{host}",
            "/a/b",
        ),
        (
            json!({ "protocol": "https:", "host": host, "path": ["a"] }),
            "https://api.example.com",
            "/a",
        ),
        (json!("//api.example.com/a"), "http://api.example.com", "/a"),
        (
            json!("HTTPS://api.example.com\\a\\b?q=\\"),
            "https://api.example.com",
            "/a/b",
        ),
        (
            json!("https://user:word@api.example.com/a"),
            "https://api.example.com",
            "/a",
        ),
        (json!("https://[::1]:8443/a"), "https://[::1]:8443", "/a"),
        (
            json!("https://api.example.com/a/:id:cancel"),
            "https://api.example.com",
            "/a/{id}:cancel",
        ),
        (
            json!("https://api.example.com/a/{id}:cancel"),
            "https://api.example.com",
            "/a/{id}:cancel",
        ),
        (
            json!("https://api.example.com/a/<id>/b"),
            "https://api.example.com",
            "/a/{id}/b",
        ),
        (
            json!("https://api.example.com/a/{{b/c?d#e}}/f"),
            "https://api.example.com",
            "/a/{b_c_d_e}/f",
        ),
        (
            json!({ "host": ["https://api.example.com/a/{id}?q=1"] }),
            "https://api.example.com",
            "/a/{id}",
        ),
        (
            json!({ "host": ["https://api.example.com"], "path": ["a?q=1"] }),
            "https://api.example.com",
            "/a",
        ),
        (json!("{{base}}/a"), "https://{base}", "/a"),
        (json!("{{base}}"), "https://{base}", "/"),
        (json!("/a"), "https://{host}", "/a"),
        (
            json!("{{protocol}}://{{host}}:{{port}}/{{version}}/a"),
            "{protocol}://{host}:{port}",
            "/{version}/a",
        ),
        (
            json!("https://<your app>.example.com/a"),
            "https://{your_app}.example.com",
            "/a",
        ),
        (
            json!("https://{{a}}-{{b}}.{{a}}.example.com/a"),
            "https://{a}-{b}.{a}.example.com",
            "/a",
        ),
        (json!("localhost:PORT/a"), "http://localhost:{port}", "/a"),
        (
            json!("https://API.{{Zone}}.Example.com/A"),
            "https://api.{Zone}.example.com",
            "/A",
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
        ("https://x.io/a/{ }/b", "/a/%7B%20%7D/b"),
        ("https://x.io/a/b c", "/a/b%20c"),
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
fn a_slash_at_the_end_of_a_path_is_kept() {
    for (path, template) in [
        (json!(["a", "b/"]), "/a/b/"),
        (json!(["a", "b", ""]), "/a/b/"),
        (json!("a/b/"), "/a/b/"),
        (json!([""]), "/"),
        (json!("/"), "/"),
    ] {
        let url = json!({ "host": ["https://x.io"], "path": path });
        assert_eq!(place(&url).1, template, "{path}");
    }
    // Servers tell the two apart.
    let items = json!([
        { "name": "A", "request": "https://x.io/a" },
        { "name": "B", "request": "https://x.io/a/" },
    ]);
    let document = document(&collection(&items));
    assert_eq!(endpoints(&document), ["get /a", "get /a/"]);
}

#[test]
fn a_host_that_is_not_known_is_a_variable_that_leads_nowhere() {
    for (url, defaults) in [
        ("{{baseUrl}}/a", &[("baseUrl", "baseurl.invalid")][..]),
        (
            "https://{{auth_url}}/a",
            &[("auth_url", "auth-url.invalid")],
        ),
        ("https://api.{{domain}}/a", &[("domain", "domain.invalid")]),
        (
            "https://{{tenant}}.example.com/a",
            &[("tenant", "tenant.invalid")],
        ),
        (
            "https://api-{{region}}.example.com/a",
            &[("region", "region.invalid")],
        ),
        ("http://localhost:{{port}}/a", &[("port", "80")]),
        ("https://localhost:{{port}}/a", &[("port", "443")]),
        (
            "{{scheme}}://{{host}}/a",
            &[("host", "host.invalid"), ("scheme", "https")],
        ),
        ("/a", &[("host", "host.invalid")]),
        ("{{名前}}/a", &[("Ming_Qian", "ming-qian.invalid")]),
    ] {
        let document = document(&requesting(&json!({ "url": url })));
        let variables = document["servers"][0]["variables"].as_object().unwrap();
        let found: Vec<(&str, &str)> = variables
            .iter()
            .map(|(name, it)| (name.as_str(), it["default"].as_str().unwrap()))
            .collect();
        assert_eq!(found, defaults, "{url}");
    }
}

#[test]
fn what_has_no_host_or_another_protocol_is_left_out_and_told() {
    let ws = json!([{ "key": "ws", "value": "wss://api.example.com" }]);
    for (url, text) in [
        (json!("about:blank"), "has no URL"),
        (
            json!({ "raw": "about:blank", "host": ["about"], "port": "blank" }),
            "has no URL",
        ),
        (json!("mailto:someone"), "has no URL"),
        (json!("<insert the URL here>"), "has no URL"),
        (json!("?a=1"), "has no URL"),
        (json!("{{ws}}/feed"), "uses WebSocket"),
        (json!("grpcs://api.example.com"), "uses gRPC"),
        (json!("mqtt://api.example.com"), "uses mqtt"),
    ] {
        let mut file = requesting(&json!({ "url": url }));
        file["variable"] = ws.clone();
        let generated = converted(file.to_string());
        assert_eq!(endpoints(&generated.document.tree()), [""; 0], "{url}");
        tells(&generated, "$.item[0].request.url", text);
    }
}

#[test]
fn one_request_written_in_two_ways_is_one_operation() {
    let base = json!([
        { "key": "host", "value": "https://api.example.com" },
        { "key": "base", "value": "https://api.example.com/v2/" },
        { "key": "http", "value": "http://api.example.com/v2" },
    ]);
    for (url, is_same) in [
        ("https://api.example.com/v2/users", true),
        ("{{host}}/v2/users", true),
        ("https://api.example.com/v2/users?page=1", true),
        ("https://api.example.com/v20/users", false),
        ("https://api.example.com/users", false),
        ("https://other.example.com/v2/users", false),
        ("{{http}}/users", false),
    ] {
        let mut file = collection(&json!([
            { "name": "A", "request": "{{base}}/users" },
            { "name": "B", "request": url },
        ]));
        file["variable"] = base.clone();
        let document = document(&file);
        let is_one = endpoints(&document) == ["get /users"]
            && document["paths"]["/users"]["get"].get("servers").is_none();
        assert_eq!(is_one, is_same, "{url}: {document:#}");
        if is_one {
            let server = json!([{ "url": "https://api.example.com/v2" }]);
            assert_eq!(document["servers"], server);
        }
    }
}

#[test]
fn requests_to_several_servers_are_not_taken_together_in_silence() {
    for (one, other) in [
        ("https://a.example.com/x", "https://b.example.com/x"),
        ("{{a}}/x", "{{b}}/x"),
        ("{{a}}/x", "https://b.example.com/x"),
    ] {
        let file = collection(&json!([
            { "name": "A", "request": one },
            { "name": "B", "request": other },
        ]));
        let generated = converted(file.to_string());
        tells(
            &generated,
            "$.item[0].request.url",
            "one operation with several servers",
        );
        let document = generated.document.tree();
        let servers = &document["paths"]["/x"]["get"]["servers"];
        assert_eq!(servers.as_array().unwrap().len(), 2, "{document:#}");
    }
}
