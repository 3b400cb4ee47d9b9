//! The Postman items, and what Newman sends for each: computed here from the items alone.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::{Map, Value, json};
use zoom_chat_sdk::Operation;

use crate::given::FILE;

/// What stands for variables that no collection defines.
const BASE_URL: &str = "https://api.zoom.us/v2";

/// A request of a collection, with the variables of the collection.
#[derive(Debug, Clone)]
pub struct Item {
    item: Value,
    variables: BTreeMap<String, String>,
}

/// A saved answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}

/// A request as it is sent.
#[derive(Debug, PartialEq)]
pub struct Wire {
    pub method: String,
    /// Without the query.
    pub url: String,
    /// In the order of the names.
    pub query: Vec<(String, String)>,
    /// Those that the item sets: media types without their parameters.
    pub headers: BTreeMap<String, String>,
    pub body: Body,
}

#[derive(Debug, PartialEq)]
pub enum Body {
    None,
    Json(Value),
    /// In the order of the names; a file has its file name.
    Form(Vec<(String, Option<String>, String)>),
}

/// All items, by method and path template.
pub fn all() -> BTreeMap<String, Item> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/postman");
    let mut items = BTreeMap::new();
    for file in fs::read_dir(directory).unwrap() {
        let path = file.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            let variables: BTreeMap<_, _> = list(&file["variable"])
                .map(|it| (text(&it["key"]).to_owned(), text(&it["value"]).to_owned()))
                .collect();
            collect(&file, &variables, &mut items);
        }
    }
    items
}

/// The key of an operation in [`all`].
pub fn key(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

fn collect(item: &Value, variables: &BTreeMap<String, String>, items: &mut BTreeMap<String, Item>) {
    if item.get("request").is_some() {
        let item = Item {
            item: item.clone(),
            variables: variables.clone(),
        };
        let key = item.key();
        assert!(
            items.insert(key.clone(), item).is_none(),
            "{key} is there twice"
        );
    }
    for inner in list(&item["item"]) {
        collect(inner, variables, items);
    }
}

impl Item {
    fn request(&self) -> &Value {
        &self.item["request"]
    }

    fn key(&self) -> String {
        let segments = list(&self.request()["url"]["path"]).map(|segment| {
            let segment = text(segment);
            match segment.strip_prefix(':') {
                Some(name) => format!("/{{{name}}}"),
                None => format!("/{segment}"),
            }
        });
        let method = text(&self.request()["method"]);
        format!("{method} {}", segments.collect::<String>())
    }

    /// The names of the parameters and parts that Newman does not send, because they are ticked off.
    pub fn disabled(&self) -> impl Iterator<Item = &str> {
        let request = self.request();
        list(&request["url"]["query"])
            .chain(list(&request["body"]["formdata"]))
            .filter(|it| it["disabled"] == true)
            .map(|it| text(&it["key"]))
    }

    /// The name of the file that is sent.
    pub fn file_name(&self) -> String {
        list(&self.request()["body"]["formdata"])
            .find_map(|part| part["src"].as_str())
            .map(|path| path.rsplit('/').next().unwrap_or(path).to_owned())
            .unwrap_or_default()
    }

    /// The saved answers.
    pub fn answers(&self) -> Vec<Answer> {
        list(&self.item["response"])
            .map(|answer| Answer {
                status: answer["code"].as_u64().unwrap().try_into().unwrap(),
                body: answer["body"].as_str().unwrap_or_default().to_owned(),
            })
            .collect()
    }

    /// The URLs of the item and of its saved answers: each as its text, and as its parts make it.
    pub fn urls(&self) -> Vec<(String, String)> {
        let saved = list(&self.item["response"]).map(|answer| &answer["originalRequest"]["url"]);
        let urls = [&self.request()["url"]].into_iter().chain(saved);
        urls.map(|url| {
            let segments = list(&url["host"]).chain(list(&url["path"])).map(text);
            let query = list(&url["query"])
                .filter(|it| it["disabled"] != true)
                .map(|it| format!("{}={}", text(&it["key"]), text(&it["value"])));
            let query = query.collect::<Vec<_>>().join("&");
            let mark = if query.is_empty() { "" } else { "?" };
            let parts = segments.collect::<Vec<_>>().join("/") + mark + &query;
            (text(&url["raw"]).to_owned(), parts)
        })
        .collect()
    }

    /// What is sent for it; `with_disabled` as if everything were ticked.
    pub fn wire(&self, with_disabled: bool) -> Wire {
        let request = self.request();
        let is_sent = |it: &&Value| with_disabled || it["disabled"] != true;
        let mut query: Vec<_> = list(&request["url"]["query"])
            .filter(is_sent)
            // Nothing is no example: a request leaves such a parameter out.
            .filter(|it| !text(&it["value"]).is_empty())
            .map(|it| (text(&it["key"]).to_owned(), text(&it["value"]).to_owned()))
            .collect();
        query.sort();
        let headers = list(&request["header"])
            .map(|it| {
                (
                    text(&it["key"]).to_lowercase(),
                    text(&it["value"]).to_owned(),
                )
            })
            .collect();
        Wire {
            method: text(&request["method"]).to_owned(),
            url: self.url(),
            query,
            headers,
            body: body(&request["body"], is_sent),
        }
    }

    fn url(&self) -> String {
        let url = &self.request()["url"];
        let host: String = list(&url["host"]).map(text).collect();
        let variable = host.trim_start_matches("{{").trim_end_matches("}}");
        let mut address = self
            .variables
            .get(variable)
            .map_or(BASE_URL, String::as_str)
            .to_owned();
        for segment in list(&url["path"]).map(text) {
            let value = segment.strip_prefix(':').map(|name| {
                let variable = list(&url["variable"]).find(|it| it["key"] == name);
                // The one variable without a value is `userId`, which stands for the user of the token.
                variable.and_then(|it| it["value"].as_str()).unwrap_or("me")
            });
            address.push('/');
            address.push_str(value.unwrap_or(segment));
        }
        address
    }
}

fn body(body: &Value, is_sent: impl Fn(&&Value) -> bool) -> Body {
    match body["mode"].as_str() {
        Some("raw") => Body::Json(serde_json::from_str(text(&body["raw"])).unwrap()),
        Some("formdata") => {
            let mut parts: Vec<_> = list(&body["formdata"])
                .filter(is_sent)
                .map(|part| {
                    let file = part["src"].as_str().map(|path| {
                        let name = path.rsplit('/').next().unwrap_or(path);
                        name.to_owned()
                    });
                    let content = if file.is_some() {
                        FILE
                    } else {
                        text(&part["value"])
                    };
                    (text(&part["key"]).to_owned(), file, content.to_owned())
                })
                .collect();
            parts.sort();
            Body::Form(parts)
        }
        _ => Body::None,
    }
}

impl Body {
    /// The texts of a form as members of an object.
    pub fn into_json(self) -> Value {
        let Self::Form(parts) = self else {
            panic!("{self:?} is no form")
        };
        let members: Map<_, _> = parts
            .into_iter()
            .map(|(name, _, text)| {
                let value = serde_json::from_str(&text).ok().filter(Value::is_array);
                (name, value.unwrap_or(json!(text)))
            })
            .collect();
        Value::Object(members)
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
