//! Postman's v1 exports: a flat list of requests, and folders that name them. They become the items of a v2.1 collection.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::origin::{Converted, Origins};

/// How deep folders may nest.
const MAX_FOLDERS: usize = 64;

/// What is called otherwise in v2.1.
const NAMES: [(&str, &str); 8] = [
    (".request.url.query", ".queryParams"),
    (".request.url.variable", ".pathVariableData"),
    (".request.url", ".url"),
    (".request.header", ".headerData"),
    (".request.body.raw", ".rawModeData"),
    (".request.body", ".data"),
    (".request", ""),
    (".body", ".text"),
];

/// Whether a file's root is a v1 collection, or a v1 request alone.
pub(super) fn is_v1(root: &Value) -> bool {
    let is_collection = root.get("requests").is_some_and(Value::is_array)
        && ["order", "folders", "folders_order", "info", "id", "name"]
            .iter()
            .any(|key| root.get(key).is_some());
    is_collection || is_request(root)
}

fn is_request(root: &Value) -> bool {
    root.get("url").is_some()
        && (root.get("dataMode").is_some() || root.get("headerData").is_some())
}

/// Reads it. `path` is where the root stands in the file, and `base` where it stands in the converted form.
pub(super) fn read(root: &Value, base: &str, path: &str) -> Converted {
    if is_request(root) {
        let mut origins = Origins::new(&NAMES);
        origins.add(base.to_owned(), None, path.to_owned());
        return Converted {
            root: item(root),
            origins,
            notes: Vec::new(),
        };
    }
    let mut reader = Reader {
        path,
        requests: by_id(root, "requests"),
        folders: by_id(root, "folders"),
        placed_requests: HashSet::new(),
        placed_folders: HashSet::new(),
        origins: Origins::new(&NAMES),
    };
    let mut items = reader.items(root, base, 0);
    // Folders and requests that no order names.
    for (index, folder) in list(root, "folders").enumerate() {
        let at = format!("{base}.item[{}]", items.len());
        items.extend(reader.folder(index, folder, &at, 0));
    }
    for (index, request) in list(root, "requests").enumerate() {
        let at = format!("{base}.item[{}]", items.len());
        items.extend(reader.request(index, request, &at));
    }
    let mut collection = holder(root);
    collection.insert(
        "info".to_owned(),
        json!({ "name": root.get("name"), "description": root.get("description") }),
    );
    collection.insert("item".to_owned(), items.into());
    Converted {
        root: Value::Object(collection),
        origins: reader.origins,
        notes: Vec::new(),
    }
}

struct Reader<'v> {
    path: &'v str,
    /// By id, with the index in the file.
    requests: HashMap<&'v str, (usize, &'v Value)>,
    folders: HashMap<&'v str, (usize, &'v Value)>,
    /// Those that have their place, by their indices.
    placed_requests: HashSet<usize>,
    placed_folders: HashSet<usize>,
    origins: Origins,
}

fn by_id<'v>(root: &'v Value, key: &str) -> HashMap<&'v str, (usize, &'v Value)> {
    let entries = list(root, key).enumerate();
    entries
        .filter_map(|(index, entry)| Some((text(entry, "id")?, (index, entry))))
        .collect()
}

impl<'v> Reader<'v> {
    /// What the orders of a collection or a folder name: folders first, as Postman shows them.
    fn items(&mut self, holder: &'v Value, at: &str, depth: usize) -> Vec<Value> {
        let mut items = Vec::new();
        for id in list(holder, "folders_order").filter_map(Value::as_str) {
            if let Some((index, folder)) = self.folders.get(id).copied() {
                let at = format!("{at}.item[{}]", items.len());
                items.extend(self.folder(index, folder, &at, depth));
            }
        }
        for id in list(holder, "order").filter_map(Value::as_str) {
            if let Some((index, request)) = self.requests.get(id).copied() {
                let at = format!("{at}.item[{}]", items.len());
                items.extend(self.request(index, request, &at));
            }
        }
        items
    }

    /// A folder, unless it has its place already.
    fn folder(&mut self, index: usize, folder: &'v Value, at: &str, depth: usize) -> Option<Value> {
        // What is nested too deep comes after all others, at the root.
        if depth == MAX_FOLDERS || !self.placed_folders.insert(index) {
            return None;
        }
        self.origin(at, &format!("folders[{index}]"));
        let mut written = holder(folder);
        copy(folder, &mut written, &["name", "description"]);
        let items = self.items(folder, at, depth + 1);
        written.insert("item".to_owned(), items.into());
        Some(Value::Object(written))
    }

    /// A request, unless it has its place already.
    fn request(&mut self, index: usize, request: &Value, at: &str) -> Option<Value> {
        if !self.placed_requests.insert(index) {
            return None;
        }
        self.origin(at, &format!("requests[{index}]"));
        for answer in 0..list(request, "responses").count() {
            let path = format!("requests[{index}].responses[{answer}]");
            self.origin(&format!("{at}.response[{answer}]"), &path);
        }
        Some(item(request))
    }

    fn origin(&mut self, at: &str, path: &str) {
        let path = format!("{}.{path}", self.path);
        self.origins.add(at.to_owned(), None, path);
    }
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str()
}

fn copy(from: &Value, to: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        if let Some(value) = from.get(key) {
            to.insert((*key).to_owned(), value.clone());
        }
    }
}

/// Variables and authorization.
fn holder(value: &Value) -> Map<String, Value> {
    let mut holder = Map::new();
    let variables = value.get("variables").filter(|it| it.is_array());
    if let Some(variables) = variables {
        holder.insert("variable".to_owned(), fields(variables));
    }
    if let Some(auth) = auth(value) {
        holder.insert("auth".to_owned(), auth);
    }
    holder
}

/// `enabled: false` is `disabled` since v2.
fn fields(list: &Value) -> Value {
    let entries = list.as_array().into_iter().flatten();
    entries
        .map(|entry| {
            let mut entry = entry.clone();
            if let Some(members) = entry.as_object_mut()
                && members.shift_remove("enabled") == Some(Value::Bool(false))
            {
                members.insert("disabled".to_owned(), Value::Bool(true));
            }
            entry
        })
        .collect()
}

fn item(request: &Value) -> Value {
    let mut inner = self::request(request);
    copy(request, &mut inner, &["description"]);
    if let Some(auth) = auth(request) {
        inner.insert("auth".to_owned(), auth);
    }
    json!({
        "name": request.get("name"),
        "request": inner,
        "response": list(request, "responses").map(response).collect::<Vec<_>>(),
        "protocolProfileBehavior": request.get("protocolProfileBehavior"),
    })
}

/// Method, URL, headers and body.
fn request(request: &Value) -> Map<String, Value> {
    let mut written = Map::new();
    copy(request, &mut written, &["method"]);
    let mut url = Map::new();
    for (from, to) in [("queryParams", "query"), ("pathVariableData", "variable")] {
        if let Some(list) = request
            .get(from)
            .filter(|list| list.as_array().is_some_and(|it| !it.is_empty()))
        {
            url.insert(to.to_owned(), fields(list));
        }
    }
    if let (None, Some(Value::Object(values))) = (url.get("variable"), request.get("pathVariables"))
        && !values.is_empty()
    {
        let list = values
            .iter()
            .map(|(key, value)| json!({ "key": key, "value": value }));
        url.insert("variable".to_owned(), list.collect());
    }
    let raw = request.get("url").cloned().unwrap_or_default();
    if url.is_empty() {
        written.insert("url".to_owned(), raw);
    } else {
        url.insert("raw".to_owned(), raw);
        written.insert("url".to_owned(), url.into());
    }
    let headers = match request.get("headerData").filter(|list| list.is_array()) {
        Some(list) => fields(list),
        None => headers(text(request, "headers").unwrap_or_default()),
    };
    written.insert("header".to_owned(), headers);
    if let Some(body) = body(request) {
        written.insert("body".to_owned(), body);
    }
    written
}

/// A block of headers; two slashes switch one off.
fn headers(block: &str) -> Value {
    let lines = block.lines().filter_map(|line| line.split_once(':'));
    lines
        .map(|(name, value)| {
            let (name, is_off) = match name.trim().strip_prefix("//") {
                Some(name) => (name.trim(), true),
                None => (name.trim(), false),
            };
            json!({ "key": name, "value": value.trim(), "disabled": is_off })
        })
        .collect()
}

fn body(request: &Value) -> Option<Value> {
    let data = request.get("data").unwrap_or(&Value::Null);
    match text(request, "dataMode")? {
        "raw" => {
            let raw = match request.get("rawModeData").filter(|raw| !raw.is_null()) {
                Some(Value::Array(parts)) => parts.first().cloned(),
                Some(raw) => Some(raw.clone()),
                None => data.is_string().then(|| data.clone()),
            };
            let language = request.pointer("/dataOptions/raw/language");
            Some(
                json!({ "mode": "raw", "raw": raw?, "options": { "raw": { "language": language } } }),
            )
        }
        "params" => Some(json!({ "mode": "formdata", "formdata": fields(data) })),
        "urlencoded" => Some(json!({ "mode": "urlencoded", "urlencoded": fields(data) })),
        "binary" => Some(json!({ "mode": "file", "file": { "src": request.get("rawModeData") } })),
        "graphql" => Some(json!({ "mode": "graphql", "graphql": request.get("graphqlModeData") })),
        _ => None,
    }
}

/// A saved answer. Its request is an object, or the JSON text of one.
fn response(response: &Value) -> Value {
    let original = match response
        .get("requestObject")
        .or_else(|| response.get("request"))
    {
        Some(Value::String(text)) => serde_json::from_str(text).ok(),
        Some(object @ Value::Object(_)) => Some(object.clone()),
        _ => None,
    };
    let original = original.filter(|original| original.get("url").is_some());
    let code = response.get("responseCode");
    json!({
        "name": response.get("name"),
        "code": code.and_then(|code| code.get("code")),
        "status": code.and_then(|code| code.get("name")).or_else(|| response.get("status")),
        "header": response.get("headers"),
        "body": response.get("text"),
        "_postman_previewlanguage": response.get("language"),
        "originalRequest": original.map(|original| request(&original)),
    })
}

/// What v1 called the types of authorization before it had `auth`.
const HELPERS: [(&str, &str); 9] = [
    ("basicAuth", "basic"),
    ("bearerAuth", "bearer"),
    ("digestAuth", "digest"),
    ("oAuth1", "oauth1"),
    ("oAuth2", "oauth2"),
    ("hawkAuth", "hawk"),
    ("awsSigV4", "awsv4"),
    ("ntlmAuth", "ntlm"),
    ("apikeyAuth", "apikey"),
];

fn auth(holder: &Value) -> Option<Value> {
    if let Some(auth) = holder.get("auth").filter(|auth| auth.is_object()) {
        return Some(auth.clone());
    }
    let helper = text(holder, "currentHelper")?;
    let (_, kind) = HELPERS.iter().find(|(name, _)| *name == helper)?;
    let attributes = match holder.get("helperAttributes") {
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
        attributes => attributes.cloned().unwrap_or_default(),
    };
    Some(json!({ "type": kind, *kind: attributes }))
}
