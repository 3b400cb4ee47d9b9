//! Generates a client from every document in `documents/`, as `zoom-chat-openapi` does
//! from its own. That this crate compiles is the test that they do.
//!
//! The variable `FURTHER_DOCUMENTS` names a folder with more of them, whose file names are names of modules.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;
use serde_json::Value;

#[path = "build/contract.rs"]
#[allow(
    clippy::indexing_slicing,
    reason = "a JSON value yields null for what it does not have"
)]
mod contract;
#[path = "build/derived.rs"]
mod derived;
#[path = "../../generator/mod.rs"]
#[allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "as in the build script that it belongs to"
)]
mod generator;

fn main() -> Result<(), String> {
    for path in [
        "build.rs",
        "build",
        "documents",
        "hostile",
        "names",
        "refused",
        "rejected",
        "semver",
        "../../generator",
        "../../zoom-chat.json",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    let output = env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .ok_or("cargo did not set OUT_DIR")?;
    println!("cargo::rustc-env=GENERATED={}", output.display());

    println!("cargo::rerun-if-env-changed=FURTHER_DOCUMENTS");
    let further = match env::var("FURTHER_DOCUMENTS") {
        Ok(folder) => {
            println!("cargo::rerun-if-changed={folder}");
            documents(&folder)?
        }
        Err(_) => Vec::new(),
    };
    let mut modules = String::new();
    let own = documents("documents")?.into_iter();
    for (name, text) in own.chain(growth()?).chain(further) {
        generate(&text, &name, &output.join(&name)).map_err(|error| format!("{name}: {error}"))?;
        modules.push_str(&format!("document!({name:?}, {name});\n"));
    }
    write(&output.join("documents.rs"), &modules)?;

    write(&output.join("rejected.txt"), &rejected()?)?;
    write(&output.join("refused.json"), &refused()?)?;
    write(&output.join("coverage.md"), &coverage())?;

    hostile(&output.join("hostile"))?;
    for (name, text) in documents("names")? {
        let names = names(&text).map_err(|error| format!("{name}: {error}"))?;
        write(&output.join(format!("{name}.txt")), &names)?;
    }

    let document = fs::read_to_string("../../zoom-chat.json").map_err(|error| error.to_string())?;
    write(&output.join("paths.rs"), &contract::paths(&document)?)?;
    write(&output.join("contract.rs"), &contract::tests(&document)?)?;
    write(&output.join("derived.rs"), &derived()?)
}

/// Why each of the documents that are to be rejected is.
fn rejected() -> Result<String, String> {
    let line = |(name, text): (String, String)| {
        let error = generator::generate(&text, "", true).err();
        let error = error.unwrap_or("accepted".to_owned());
        format!("{name}\t{}\n", error.replace('\n', " | "))
    };
    Ok(documents("rejected")?.into_iter().map(line).collect())
}

/// The names of the errors that a document gives.
fn names(text: &str) -> Result<String, String> {
    let files = generator::generate(text, "", false)?;
    files
        .iter()
        .filter(|(file, _)| *file == "errors.rs")
        .map(|(_, code)| error_names(code))
        .collect()
}

/// Copies of the records of the documents in which every kind of field occurs.
fn derived() -> Result<String, String> {
    let mut modules = String::new();
    for (name, text) in documents("documents")? {
        if !["schemas", "requests"].contains(&name.as_str()) {
            continue;
        }
        let files = generator::generate(&text, "", false)?;
        let client = files.iter().find(|(file, _)| *file == "client.rs");
        let (_, client) = client.ok_or("a document without a client")?;
        let root = format!("zoom_chat_openapi_documents::{name}");
        let client = client.replace("crate::", &format!("{root}::"));
        modules.push_str(&derived::module(&name, &client, &format!("{root}::types"))?);
    }
    Ok(modules)
}

/// The JSON files of a folder by name, in the order of their names.
fn documents(folder: &str) -> Result<Vec<(String, String)>, String> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(|error: std::io::Error| error.to_string())?;
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path
                .file_stem()
                .and_then(|name| name.to_str())
                .ok_or("a document without a name")?;
            Ok((
                name.to_owned(),
                fs::read_to_string(path).map_err(|error| error.to_string())?,
            ))
        })
        .collect()
}

/// Generates a client from `hostile/document.json` for each form of hostile text, with that text in every place
/// that holds one, and then in the places of names as well, which may be refused.
fn hostile(output: &Path) -> Result<(), String> {
    let read = |name: &str| {
        fs::read_to_string(Path::new("hostile").join(name)).map_err(|error| error.to_string())
    };
    let document: Value =
        serde_json::from_str(&read("document.json")?).map_err(|error| error.to_string())?;
    let forms: Vec<String> =
        serde_json::from_str(&read("forms.json")?).map_err(|error| error.to_string())?;
    for (index, form) in forms.iter().enumerate() {
        for (places, name) in [("texts", "name"), ("names", form.as_str())] {
            let text = filled(&document, form, name).to_string();
            let folder = output.join(format!("{index}-{places}"));
            fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
            match generator::generate(&text, "", true) {
                Ok(files) => {
                    for (file, code) in files {
                        write(&folder.join(file), &code)?;
                    }
                }
                Err(error) => write(&folder.join("refused.txt"), &error)?,
            }
        }
    }
    Ok(())
}

/// `value` with `text` for each `@`, and `name` for each `%`, in keys as well.
fn filled(value: &Value, text: &str, name: &str) -> Value {
    let fill = |place: &str| place.replace('@', text).replace('%', name);
    match value {
        Value::String(place) => fill(place).into(),
        Value::Array(items) => items.iter().map(|item| filled(item, text, name)).collect(),
        Value::Object(members) => {
            let members = members.iter();
            Value::Object(
                members
                    .map(|(key, value)| (fill(key), filled(value, text, name)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// A document, and changes to it.
#[derive(Deserialize)]
struct Table {
    document: Value,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    /// Values by JSON pointer.
    put: BTreeMap<String, Value>,
}

impl Table {
    fn read(path: &str) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
        serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))
    }
}

impl Case {
    fn change(&self, document: &mut Value) {
        for (pointer, value) in &self.put {
            put(document, pointer, value);
        }
    }
}

/// The document in `semver/growth.json` before and after all of its changes, of which none is a breaking one.
fn growth() -> Result<[(String, String); 2], String> {
    let table = Table::read("semver/growth.json")?;
    let mut after = table.document.clone();
    for case in &table.cases {
        case.change(&mut after);
    }
    Ok([("before_growth", table.document), ("after_growth", after)]
        .map(|(name, document)| (name.to_owned(), document.to_string())))
}

/// What the generator says to each of the changed documents in `refused/cases.json`, line by line.
fn refused() -> Result<String, String> {
    let table = Table::read("refused/cases.json")?;
    let mut refused = Vec::new();
    for case in table.cases {
        let mut document = table.document.clone();
        case.change(&mut document);
        let error = generator::generate(&document.to_string(), "", true).err();
        let error = error.unwrap_or_default();
        refused.push(error.lines().map(Value::from).collect::<Vec<_>>());
    }
    serde_json::to_string(&refused).map_err(|error| error.to_string())
}

/// Puts a value where a JSON pointer leads, into objects that are made as needed. `-` is a new item of an array.
fn put(document: &mut Value, pointer: &str, value: &Value) {
    let mut at = document;
    for key in pointer.split('/').skip(1) {
        let key = key.replace("~1", "/").replace("~0", "~");
        let index = at
            .as_array()
            .map(|items| key.parse().unwrap_or(items.len()));
        if key == "-"
            && let Some(items) = at.as_array_mut()
        {
            items.push(Value::Null);
        }
        at = match index {
            Some(index) => &mut at[index],
            None => &mut at[key],
        };
    }
    *at = value.clone();
}

/// The tables of what becomes of every field of OpenAPI, as the documentation shows them.
fn coverage() -> String {
    use generator::audit::coverage::{Kind, fields};

    let tables = Kind::ALL.iter().map(|(kind, name)| {
        let rows = fields(*kind)
            .iter()
            .map(|field| format!("| `{}` | {} |\n", field.name, field.text));
        format!(
            "### {name}\n\n| field | |\n|---|---|\n{}",
            rows.collect::<String>()
        )
    });
    tables.collect::<Vec<_>>().join("\n")
}

fn generate(text: &str, name: &str, output: &Path) -> Result<(), String> {
    fs::create_dir_all(output).map_err(|error| error.to_string())?;
    // Few documents have an index of their requests.
    let index = Path::new("documents").join(name).with_extension("md");
    let index = fs::read_to_string(index).unwrap_or_default();
    for (file, code) in generator::generate(text, &index, true)? {
        // Each document stands for a crate of its own, and is a module of this one.
        let code = code.replace("crate::", &format!("crate::{name}::"));
        let code = code.replace(
            "# use zoom_chat_openapi::",
            &format!("# use zoom_chat_openapi_documents::{name}::"),
        );
        write(&output.join(file), &code)?;
    }
    Ok(())
}

/// The error enums in generated code with their variants and fields.
fn error_names(code: &str) -> Result<String, String> {
    let file = syn::parse_file(code).map_err(|error| error.to_string())?;
    let mut names = String::new();
    for item in file.items {
        let syn::Item::Enum(item) = item else {
            continue;
        };
        let known = item
            .variants
            .iter()
            .filter(|variant| variant.ident != "Unknown");
        let known: Vec<_> = known.collect();
        if known.is_empty() {
            continue;
        }
        names.push_str(&format!("# {}\n", item.ident));
        for variant in known {
            let fields: Vec<_> = variant
                .fields
                .iter()
                .filter_map(|field| Some(field.ident.as_ref()?.to_string()))
                .collect();
            let fields = match fields.as_slice() {
                [] => String::new(),
                fields => format!(" {{ {} }}", fields.join(", ")),
            };
            names.push_str(&format!("{}{fields}\n", variant.ident));
        }
    }
    Ok(names)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}
