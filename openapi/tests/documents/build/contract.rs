//! Tests of the real client against its document, written out for the compiler.
//!
//! They are derived from the document alone, by the rules that its readers go by: a
//! component is the type of its name, an operation the request of its id, a further
//! media type an encoding of it. What the generator thinks is not asked.

use heck::{ToPascalCase, ToSnakeCase};
use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

/// The tests for a document.
pub(crate) fn tests(document: &str) -> Result<String, String> {
    let order: Ordered = serde_json::from_str(document).map_err(|error| error.to_string())?;
    let document: Value = serde_json::from_str(document).map_err(|error| error.to_string())?;
    let contract = Contract {
        schemas: &document["components"]["schemas"],
    };
    let mut signatures = Vec::new();
    let mut examples = Vec::new();
    for (path, item) in object(&document["paths"]) {
        for (method, operation) in object(item)
            .iter()
            .filter(|(method, _)| METHODS.contains(&method.as_str()))
        {
            let context = format!("{method} {path}");
            let media_types = order.keys(&["paths", path, method, "requestBody", "content"]);
            contract.operation(
                item,
                (path, operation),
                &context,
                &media_types,
                &mut signatures,
                &mut examples,
            );
        }
    }
    for (name, schema) in object(contract.schemas) {
        contract.component(name, schema, &mut examples);
    }
    let file = quote! {
        #[test]
        fn signatures() {
            #(#signatures)*
        }

        #[test]
        fn examples() {
            #(#examples)*
        }
    };
    Ok(prettyplease::unparse(
        &syn::parse2(file).map_err(|error| error.to_string())?,
    ))
}

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A function that makes the request of every operation with a text in one of its path parameters, one after the
/// other, and previews it: operation, path, name of the parameter, and what comes of it.
pub(crate) fn paths(document: &str) -> Result<String, String> {
    let document: Value = serde_json::from_str(document).map_err(|error| error.to_string())?;
    let mut made = Vec::new();
    for (path, item) in object(&document["paths"]) {
        for (_, operation) in object(item)
            .iter()
            .filter(|(method, _)| METHODS.contains(&method.as_str()))
        {
            let id = operation["operationId"].as_str().unwrap_or_default();
            let request = format_ident!("{}", id.to_pascal_case());
            let holes = path
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next());
            let holes: Vec<_> = holes
                .map(|hole| (hole, path_parameter(item, operation, hole)))
                .collect();
            for (wire, parameter) in &holes {
                if parameter["schema"]["type"] != "string" {
                    continue;
                }
                let given = holes
                    .iter()
                    .filter(|(_, parameter)| parameter["schema"]["default"].is_null())
                    .map(|(hole, parameter)| {
                        if hole == wire {
                            quote!(value)
                        } else {
                            placeholder(parameter)
                        }
                    });
                let setter = format_ident!("{}", wire.to_snake_case());
                let set =
                    (!parameter["schema"]["default"].is_null()).then(|| quote!(.#setter(value)));
                made.push(quote! {
                    (#id, #path, #wire, preview(&requests::#request::new(#(#given),*) #set)),
                });
            }
        }
    }
    let file = quote! {
        fn with(value: &str) -> Vec<(&'static str, &'static str, &'static str, Result<reqwest::Request, InvalidRequest>)> {
            vec![#(#made)*]
        }
    };
    Ok(prettyplease::unparse(
        &syn::parse2(file).map_err(|error| error.to_string())?,
    ))
}

/// What a JSON document says of a path parameter; null where nothing.
fn path_parameter<'a>(item: &'a Value, operation: &'a Value, name: &str) -> &'a Value {
    static NULL: Value = Value::Null;
    [&operation["parameters"], &item["parameters"]]
        .into_iter()
        .flat_map(|parameters| parameters.as_array().map(Vec::as_slice).unwrap_or_default())
        .find(|parameter| parameter["in"] == "path" && parameter["name"] == name)
        .unwrap_or(&NULL)
}

/// A value for a path parameter.
fn placeholder(parameter: &Value) -> TokenStream {
    match parameter["schema"]["type"].as_str() {
        Some("integer") => quote!(1),
        Some("number") => quote!(1.0),
        Some("boolean") => quote!(true),
        _ if parameter["schema"]["enum"].is_array() => quote!("x".into()),
        _ => quote!("x"),
    }
}

/// What of a JSON text a map of values forgets: the order of the keys.
#[derive(Deserialize)]
#[serde(untagged)]
enum Ordered {
    Object(IndexMap<String, Ordered>),
    Other(IgnoredAny),
}

impl Ordered {
    fn keys(&self, path: &[&str]) -> Vec<String> {
        match (self, path.split_first()) {
            (Self::Object(fields), Some((key, rest))) => fields
                .get(*key)
                .map(|value| value.keys(rest))
                .unwrap_or_default(),
            (Self::Object(fields), None) => fields.keys().cloned().collect(),
            (Self::Other(_), _) => Vec::new(),
        }
    }
}

struct Contract<'a> {
    schemas: &'a Value,
}

impl Contract<'_> {
    fn operation(
        &self,
        item: &Value,
        (path, operation): (&str, &Value),
        context: &str,
        media_types: &[String],
        signatures: &mut Vec<TokenStream>,
        examples: &mut Vec<TokenStream>,
    ) {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let success = object(&operation["responses"])
            .iter()
            .find(|(status, _)| status.starts_with('2'));
        let json = success.map(|(_, response)| &response["content"]["application/json"]);
        let answer = json.and_then(|json| self.rust_type(&json["schema"]));
        let request = format_ident!("{}", id.to_pascal_case());
        let given = path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next());
        let given = given
            .map(|hole| path_parameter(item, operation, hole))
            .filter(|parameter| parameter["schema"]["default"].is_null())
            .map(placeholder);
        let bodies = object(&operation["requestBody"]["content"]);
        let mut body = None;
        let mut encodings = Vec::new();
        for media_type in media_types {
            let shape = self.body(media_type, &bodies[media_type]["schema"]);
            if media_types.len() > 1 {
                encodings.push(format_ident!("as_{}", suffix(media_type)));
            }
            body = body.or(shape);
        }
        let body = body.map(
            |body| quote!(let _: fn(requests::#request, #body) -> _ = requests::#request::body;),
        );
        let encode = quote!(#(let request = request.#encodings();)*);
        let made = quote!(let request = requests::#request::new(#(#given),*); #encode);
        signatures.push(match &answer {
            Some(answer) => quote!({ #made yields::<_, #answer>(&request); #body }),
            None => quote!({ #made sends(&request); #body }),
        });
        for (json, answer) in json.into_iter().zip(&answer) {
            let named = object(&json["examples"])
                .values()
                .map(|example| &example["value"]);
            for example in json.get("example").into_iter().chain(named) {
                let example = example.to_string();
                examples.push(quote!(round_trip::<#answer>(#context, #example);));
            }
        }
    }

    /// The examples of the properties of a component, as one value of it.
    fn component(&self, name: &str, schema: &Value, examples: &mut Vec<TokenStream>) {
        let whole: Map<_, _> = object(&schema["properties"])
            .iter()
            .filter_map(|(key, property)| Some((key.clone(), property.get("example")?.clone())))
            .collect();
        let files = object(&schema["properties"]).values().any(is_file);
        let complete = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .all(|key| key.as_str().is_some_and(|key| whole.contains_key(key)));
        if !whole.is_empty() && complete && !files {
            let ty = self.component_type(name);
            let example = Value::from(whole).to_string();
            examples.push(quote!(round_trip::<#ty>(#name, #example);));
        }
    }

    fn body(&self, media_type: &str, schema: &Value) -> Option<TokenStream> {
        let reference = schema["$ref"]
            .as_str()
            .and_then(|reference| reference.rsplit('/').next());
        let named = reference.map_or(schema, |name| &self.schemas[name]);
        if media_type == "multipart/form-data" && object(&named["properties"]).values().any(is_file)
        {
            return Some(quote!(zoom_chat_openapi::multipart::Form));
        }
        self.rust_type(schema)
    }

    /// The type that a reader of the document expects, where there is no doubt.
    fn rust_type(&self, schema: &Value) -> Option<TokenStream> {
        if let Some(name) = schema["$ref"]
            .as_str()
            .and_then(|reference| reference.rsplit('/').next())
        {
            let target = &self.schemas[name];
            let object = target["type"] == "object" && target["properties"].is_object();
            return if object {
                Some(self.component_type(name))
            } else {
                self.rust_type(target)
            };
        }
        match schema["type"].as_str()? {
            "string" => Some(quote!(String)),
            "integer" => Some(quote!(i64)),
            "number" => Some(quote!(f64)),
            "boolean" => Some(quote!(bool)),
            "array" => {
                let items = self.rust_type(&schema["items"])?;
                Some(quote!(Vec<#items>))
            }
            _ => None,
        }
    }

    fn component_type(&self, name: &str) -> TokenStream {
        let name = format_ident!("{}", name.to_pascal_case());
        quote!(types::#name)
    }
}

fn object(value: &Value) -> &Map<String, Value> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&NONE)
}

fn is_file(schema: &Value) -> bool {
    schema["format"] == "binary" || schema.get("items").is_some_and(is_file)
}

fn suffix(media_type: &str) -> &str {
    match media_type {
        "application/json" => "json",
        "multipart/form-data" => "multipart",
        "application/x-www-form-urlencoded" => "urlencoded",
        _ => media_type,
    }
}
