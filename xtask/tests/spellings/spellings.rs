//! Ways to write what a collection says already.

use serde_json::{Map, Value, json};

use super::node::{
    default, each_answer, each_field, each_folder, each_item, each_request, each_url, joined, list,
};

type Spelling = (&'static str, fn(&mut Value));

pub(crate) const SPELLINGS: [Spelling; 25] = [
    ("authorization as v2.0 has it", authorization_as_object),
    ("URLs from their parts alone", urls_from_parts),
    ("URLs as text alone", urls_as_text),
    ("hosts and paths as text", hosts_and_paths_as_text),
    ("segments as objects", segments_as_objects),
    ("URLs with fragments", |collection| {
        each_url(collection, &mut |url| extend(url, "raw", "#place"));
    }),
    ("letters of paths percent-encoded", paths_encoded),
    ("members that nobody knows", unknown_members),
    ("null for what is absent", |collection| {
        fill(collection, &Value::Null);
    }),
    ("empty lists for what is absent", |collection| {
        fill(collection, &json!([]));
    }),
    ("descriptions as objects", |collection| {
        descriptions(collection, &mut |text| {
            *text = json!({ "content": text.as_str(), "type": "text/markdown" });
        });
    }),
    ("descriptions with the line ends of Windows", |collection| {
        descriptions(collection, &mut |text| {
            *text = text.as_str().unwrap().replace('\n', "\r\n").into();
        });
    }),
    ("headers as text", headers_as_text),
    ("headers that are switched off", disabled_headers),
    ("fields without a name", fields_without_name),
    ("methods in lower case", |collection| {
        each_request(collection, &mut |request| {
            if let Some(method) = request["method"].as_str() {
                request["method"] = method.to_ascii_lowercase().into();
            }
        });
    }),
    ("bodies with other white space", spaced_bodies),
    ("statuses as text", |collection| {
        each_answer(collection, &mut |answer| {
            if let Some(code) = answer["code"].as_u64() {
                answer["code"] = code.to_string().into();
            }
        });
    }),
    ("answers saved twice", |collection| {
        each_item(collection, &mut |item| twice(item, "response"));
    }),
    (
        "answers with the request that they belong to",
        |collection| {
            each_item(collection, &mut |item| {
                let request = item["request"].clone();
                list(item, "response")
                    .for_each(|it| default(it, "originalRequest", request.clone()));
            });
        },
    ),
    ("items copied", |collection| {
        each_folder(collection, &mut |folder| {
            let is_folder = |item: &Value| item.get("item").is_some();
            if !list(folder, "item").any(|item| is_folder(item)) {
                twice(folder, "item");
            }
        });
    }),
    ("folders without items", |collection| {
        let items = collection["item"].as_array_mut().unwrap();
        items.insert(0, json!({ "name": "Nothing", "item": [] }));
    }),
    ("variables that nothing uses", |collection| {
        default(collection, "variable", json!([]));
        // Another form than a list can take no more of its own.
        if let Some(variables) = collection["variable"].as_array_mut() {
            let variable = json!({ "key": "nothingUsesIt", "value": "https://elsewhere.test" });
            variables.push(variable);
        }
    }),
    ("scripts", |collection| {
        let script =
            json!([{ "listen": "test", "script": { "exec": ["pm.test('x', () => {});"] } }]);
        each_folder(collection, &mut |folder| {
            default(folder, "event", script.clone());
        });
        each_item(collection, &mut |item| {
            default(item, "event", script.clone());
        });
    }),
    ("members in another order", |collection| {
        each_field(collection, &mut reverse);
        each_url(collection, &mut reverse);
        each_request(collection, &mut reverse);
        each_item(collection, &mut reverse);
    }),
];

fn authorization_as_object(collection: &mut Value) {
    let mut change = |holder: &mut Value| {
        let auth = holder.get_mut("auth").and_then(Value::as_object_mut);
        for member in auth.into_iter().flat_map(Map::values_mut) {
            if let Some(fields) = member.as_array() {
                let fields = fields.iter();
                let named = fields
                    .filter_map(|it| Some((it["key"].as_str()?.to_owned(), it["value"].clone())));
                *member = Value::Object(named.collect());
            }
        }
    };
    each_folder(collection, &mut change);
    each_request(collection, &mut change);
}

fn urls_from_parts(collection: &mut Value) {
    each_url(collection, &mut |url| {
        let has_query = |raw: &str| raw.contains('?');
        let is_told = url["query"].is_array() || !url["raw"].as_str().is_some_and(has_query);
        let has_host = joined(&url["host"], ".").is_some_and(|host| !host.is_empty());
        if has_host && url["path"].is_array() && is_told {
            url.as_object_mut().unwrap().shift_remove("raw");
        }
    });
}

fn urls_as_text(collection: &mut Value) {
    each_request(collection, &mut |request| {
        let Some(url) = request.get("url").and_then(Value::as_object) else {
            return;
        };
        let known = ["raw", "protocol", "host", "path"];
        let (Some(host), Some(path)) = (
            url.get("host").and_then(|host| joined(host, ".")),
            url.get("path").and_then(|path| joined(path, "/")),
        ) else {
            return;
        };
        let scheme = url.get("protocol").and_then(Value::as_str);
        let scheme = scheme.map_or_else(String::new, |scheme| format!("{scheme}://"));
        let text = Value::String(format!("{scheme}{host}/{path}"));
        if url.keys().all(|key| known.contains(&key.as_str())) && url.get("raw") == Some(&text) {
            request["url"] = text;
        }
    });
}

fn hosts_and_paths_as_text(collection: &mut Value) {
    each_url(collection, &mut |url| {
        for (part, separator) in [("host", "."), ("path", "/")] {
            if let Some(text) = url.get(part).and_then(|it| joined(it, separator))
                && !text.is_empty()
            {
                url[part] = text.into();
            }
        }
    });
}

fn segments_as_objects(collection: &mut Value) {
    each_url(collection, &mut |url| {
        for segment in list(url, "path").filter(|it| it.is_string()) {
            *segment = json!({ "type": "string", "value": segment.take() });
        }
    });
}

fn paths_encoded(collection: &mut Value) {
    each_url(collection, &mut |url| {
        for segment in list(url, "path") {
            let mut letters = segment.as_str().unwrap_or_default().chars();
            let is_word = letters.clone().all(|c| c.is_ascii_alphabetic());
            if let (true, Some(first)) = (is_word, letters.next()) {
                let encoded = format!("%{:02x}", u32::from(first));
                *segment = format!("{encoded}{}", letters.as_str()).into();
            }
        }
    });
}

fn unknown_members(collection: &mut Value) {
    let mut change = |value: &mut Value| {
        default(value, "id", "0b8e6c52-9c43-4d62-a25f-3d3f4f2f7c11".into());
        default(value, "x-unknown", json!({ "name": ["a", null] }));
    };
    change(&mut collection["info"]);
    each_folder(collection, &mut change);
    each_item(collection, &mut change);
    each_answer(collection, &mut change);
    each_request(collection, &mut change);
    each_url(collection, &mut |url| {
        default(url, "x-unknown", json!({ "name": 1 }));
    });
    each_field(collection, &mut |field| {
        default(field, "x-unknown", "a".into());
    });
}

/// Gives everything all its members.
fn fill(collection: &mut Value, with: &Value) {
    let members = |keys: &'static [&'static str]| {
        move |value: &mut Value| {
            keys.iter()
                .for_each(|key| default(value, key, with.clone()));
        }
    };
    each_folder(collection, &mut members(&["event", "variable"]));
    each_item(collection, &mut members(&["event", "response"]));
    each_answer(collection, &mut members(&["header", "cookie"]));
    each_request(collection, &mut members(&["header"]));
    each_url(collection, &mut members(&["query", "variable"]));
    if with.is_null() {
        each_folder(collection, &mut members(&["description", "auth"]));
        each_answer(
            collection,
            &mut members(&["body", "originalRequest", "status"]),
        );
        each_request(collection, &mut members(&["description", "auth", "body"]));
        each_url(collection, &mut members(&["protocol", "port", "hash"]));
        each_field(
            collection,
            &mut members(&["description", "disabled", "type"]),
        );
    }
}

fn descriptions(collection: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    let mut change = |holder: &mut Value| {
        let description = holder.get_mut("description");
        description
            .filter(|it| it.is_string())
            .into_iter()
            .for_each(&mut *change);
    };
    change(&mut collection["info"]);
    each_folder(collection, &mut change);
    each_item(collection, &mut change);
    each_request(collection, &mut change);
    each_field(collection, &mut change);
}

fn headers_as_text(collection: &mut Value) {
    let line = |header: &Value| {
        let (name, value) = (header["key"].as_str()?, header["value"].as_str()?);
        let is_plain = header
            .as_object()?
            .keys()
            .all(|key| matches!(key.as_str(), "key" | "value" | "type" | "name"));
        let is_told =
            is_plain && !name.contains(':') && !name.starts_with("//") && !value.contains('\n');
        is_told.then(|| format!("{name}: {value}\r\n"))
    };
    let mut change = |holder: &mut Value| {
        let headers = holder.get("header").and_then(Value::as_array);
        let Some(headers) = headers.filter(|headers| !headers.is_empty()) else {
            return;
        };
        if let Some(lines) = headers.iter().map(line).collect::<Option<String>>() {
            holder["header"] = lines.into();
        }
    };
    each_request(collection, &mut change);
    each_answer(collection, &mut change);
}

fn disabled_headers(collection: &mut Value) {
    each_request(collection, &mut |request| {
        for (name, value) in [
            ("Content-Type", "text/csv"),
            ("Authorization", "Basic Zm9vOmJhcg=="),
            ("Accept", "image/png"),
        ] {
            if let Some(headers) = request["header"].as_array_mut() {
                headers.insert(0, json!({ "key": name, "value": value, "disabled": true }));
            }
        }
    });
}

fn fields_without_name(collection: &mut Value) {
    each_request(collection, &mut |request| {
        for pointer in [
            "/header",
            "/url/query",
            "/body/urlencoded",
            "/body/formdata",
        ] {
            if let Some(Value::Array(fields)) = request.pointer_mut(pointer) {
                fields.push(json!({ "key": "", "value": "" }));
            }
        }
    });
}

fn spaced_bodies(collection: &mut Value) {
    each_request(collection, &mut |request| {
        // What is no JSON for those who sent it is a text, whose white space counts.
        if request["header"].to_string().contains("text/") {
            return;
        }
        let body = &mut request["body"];
        if body.pointer("/options/raw/language") == Some(&json!("json"))
            && let Some(text) = body["raw"].as_str()
            && let Some(rest) = text.strip_prefix('{')
        {
            body["raw"] = format!(" {{\r\n\t{rest}\n").into();
        }
    });
}

fn extend(value: &mut Value, key: &str, end: &str) {
    if let Some(text) = value.get(key).and_then(Value::as_str) {
        value[key] = format!("{text}{end}").into();
    }
}

fn twice(value: &mut Value, key: &str) {
    if let Some(Value::Array(items)) = value.get_mut(key) {
        *items = items
            .iter()
            .flat_map(|it| [it.clone(), it.clone()])
            .collect();
    }
}

fn reverse(value: &mut Value) {
    if let Some(members) = value.as_object_mut() {
        *members = std::mem::take(members).into_iter().rev().collect();
    }
}
