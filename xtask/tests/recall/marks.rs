//! Puts a word of its own into every place of a collection that says something, so that what becomes of each can be seen.

use serde_json::{Map, Value};

/// A word that stands nowhere else, and where it was put.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub word: String,
    /// The JSON path.
    pub path: String,
}

/// Headers that are something else than parameters of the API.
const OTHER_HEADERS: [&str; 27] = [
    "accept",
    "accept-encoding",
    "authorization",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "date",
    "dnt",
    "host",
    "keep-alive",
    "origin",
    "postman-token",
    "pragma",
    "priority",
    "proxy-authorization",
    "referer",
    "sec-ch-ua",
    "sec-fetch-mode",
    "sec-fetch-site",
    "te",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "user-agent",
];

impl Mark {
    /// Whether it is in the name of an item or a folder.
    pub(crate) fn is_item(&self) -> bool {
        self.path.ends_with("].name") && !self.path.contains(".response[")
    }
}

#[derive(Debug, Default)]
pub(crate) struct Marker {
    /// Whether the names of fields stay as they are, so that what is said of one name in several places meets.
    pub keeps_names: bool,
    pub marks: Vec<Mark>,
}

impl Marker {
    fn word(&mut self, path: &str) -> String {
        let word = format!("zq{}x", self.marks.len());
        self.marks.push(Mark {
            word: word.clone(),
            path: path.to_owned(),
        });
        word
    }

    /// Marks a collection, a folder or an item.
    pub(crate) fn node(&mut self, node: &mut Value, path: &str) {
        if let Some(info) = node.get_mut("info") {
            self.text(info, "name", path);
            self.description(info, path);
        } else {
            self.text(node, "name", path);
            self.description(node, path);
        }
        if let Some(Value::Array(items)) = node.get_mut("item") {
            for (index, item) in items.iter_mut().enumerate() {
                self.node(item, &format!("{path}.item[{index}]"));
            }
            return;
        }
        if let Some(request) = node.get_mut("request").filter(|it| it.is_object()) {
            // The request's own description takes the place of the item's.
            self.request(request, &format!("{path}.request"));
        }
        if let Some(Value::Array(answers)) = node.get_mut("response") {
            for (index, answer) in answers.iter_mut().enumerate() {
                self.answer(answer, &format!("{path}.response[{index}]"));
            }
        }
    }

    fn request(&mut self, request: &mut Value, path: &str) {
        self.description(request, path);
        if let Some(url) = request.get_mut("url") {
            let path = format!("{path}.url");
            self.fields(url, "query", &path, is_plain);
            self.described(url, "variable", &path);
        }
        self.fields(request, "header", path, is_of_request);
        if let Some(body) = request.get_mut("body") {
            self.body(body, &format!("{path}.body"));
        }
    }

    fn body(&mut self, body: &mut Value, path: &str) {
        match body["mode"].as_str() {
            Some("raw") => self.json(body, "raw", path),
            Some("urlencoded") => self.fields(body, "urlencoded", path, is_plain),
            Some("formdata") => self.fields(body, "formdata", path, is_plain),
            _ => {}
        }
    }

    fn answer(&mut self, answer: &mut Value, path: &str) {
        self.text(answer, "name", path);
        self.json(answer, "body", path);
        // No answer came with a header that is switched off.
        let headers = answer.get("header").and_then(Value::as_array);
        let off = headers.into_iter().flatten();
        let off: Vec<String> = off
            .filter(|header| header["disabled"] == true)
            .filter_map(|header| Some(header["key"].as_str()?.to_owned()))
            .collect();
        let is_sent = |name: &str| is_of_api(name) && !off.iter().any(|off| off == name);
        self.fields(answer, "header", path, is_sent);
        // What it says of fields that the request has as well is an older state of the same words.
        if let (false, Some(request)) = (self.keeps_names, answer.get_mut("originalRequest")) {
            let path = format!("{path}.originalRequest");
            if let Some(url) = request.get_mut("url") {
                self.fields(url, "query", &format!("{path}.url"), is_plain);
            }
            self.fields(request, "header", &path, is_of_request);
            if let Some(body) = request.get_mut("body") {
                self.body(body, &format!("{path}.body"));
            }
        }
    }

    /// Marks the keys of the JSON in a text, if it is JSON.
    fn json(&mut self, holder: &mut Value, member: &str, path: &str) {
        let text = holder.get(member).and_then(Value::as_str);
        let Some(Ok(mut value)) = text.map(serde_json::from_str) else {
            return;
        };
        self.keys(&mut value, &format!("{path}.{member}"));
        holder[member] = value.to_string().into();
    }

    fn keys(&mut self, value: &mut Value, path: &str) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.keys(item, path)),
            Value::Object(members) => {
                let marked = std::mem::take(members)
                    .into_iter()
                    .map(|(key, mut member)| {
                        self.keys(&mut member, path);
                        // Other names would make these something else: a map, a placeholder, an error.
                        match is_plain(&key)
                            && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                        {
                            true => (format!("{key}_{}", self.word(path)), member),
                            false => (key, member),
                        }
                    });
                *members = marked.collect::<Map<_, _>>();
            }
            _ => {}
        }
    }

    /// Marks the names and descriptions of fields.
    fn fields(
        &mut self,
        holder: &mut Value,
        list: &str,
        path: &str,
        is_marked: impl Fn(&str) -> bool,
    ) {
        let Some(Value::Array(fields)) = holder.get_mut(list) else {
            return;
        };
        for (index, field) in fields.iter_mut().enumerate() {
            let path = format!("{path}.{list}[{index}]");
            // What Postman's importer adds for a security scheme says nothing else.
            let words = field["description"].as_str().unwrap_or_default();
            let is_made = words.starts_with("Added as a part of security scheme");
            let name = field["key"].as_str();
            let Some(name) = name.filter(|name| !is_made && is_marked(name)) else {
                continue;
            };
            if !self.keeps_names {
                field["key"] = format!("{name}-{}", self.word(&path)).into();
            }
            self.description(field, &path);
        }
    }

    /// Marks the descriptions of fields.
    fn described(&mut self, holder: &mut Value, list: &str, path: &str) {
        let Some(Value::Array(fields)) = holder.get_mut(list) else {
            return;
        };
        for (index, field) in fields.iter_mut().enumerate() {
            self.description(field, &format!("{path}.{list}[{index}]"));
        }
    }

    fn description(&mut self, holder: &mut Value, path: &str) {
        match holder.get("description") {
            Some(Value::String(_)) => self.text(holder, "description", path),
            Some(Value::Object(_)) => self.text(&mut holder["description"], "content", path),
            _ => {}
        }
    }

    fn text(&mut self, holder: &mut Value, member: &str, path: &str) {
        let Some(text) = holder.get(member).and_then(Value::as_str) else {
            return;
        };
        if !text.trim().is_empty() {
            holder[member] = format!("{text} {}", self.word(&format!("{path}.{member}"))).into();
        }
    }
}

/// Whether a header of a request is a parameter of the API.
fn is_of_request(name: &str) -> bool {
    is_plain(name) && !OTHER_HEADERS.contains(&name.to_ascii_lowercase().as_str())
}

/// Whether a header of an answer says something about the API, rather than about the servers on the way.
fn is_of_api(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    is_plain(&name)
        && ["x-rate", "x-total", "x-page", "location", "link"]
            .iter()
            .any(|start| name.starts_with(start))
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}
