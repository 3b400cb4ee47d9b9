//! Title, description, servers and tags do not depend on a file's place in the alphabet.

use serde_json::{Value, json};
use xtask::{
    codegen::{Options, convert},
    source::Source,
    stored::Stored,
};

fn request(name: &str, path: &str, host: &str) -> Value {
    json!({ "name": name, "request": format!("https://{host}/{path}"), "response": [{ "code": 204 }] })
}

fn collection(title: &str, description: &str, items: &Value) -> Value {
    json!({ "info": { "name": title, "description": description }, "item": items })
}

fn document(files: &[(&str, &Value)], stored: Option<&Value>) -> Value {
    let mut files = files.to_vec();
    files.sort_by_key(|(name, _)| *name);
    let sources = files
        .into_iter()
        .map(|(name, file)| Source::new(name.to_owned(), file.to_string().into_bytes()).unwrap());
    let stored = stored.map(|document| Stored::read(&document.to_string()));
    let options = Options {
        stored: stored.as_ref(),
        ..Options::default()
    };
    let generated = convert(sources.collect(), &[], &options).unwrap();
    generated.document.tree().into_owned()
}

#[test]
fn the_largest_collection_says_what_the_document_is_about() {
    let things = collection(
        "Things",
        "All things.",
        &json!([request("A", "a", "x.io"), request("B", "b", "x.io")]),
    );
    let parts = collection("Parts", "Of things.", &json!([request("C", "c", "y.io")]));
    let lone = request("D", "d", "x.io");
    for names in [
        ["a.json", "b.json", "c.json"],
        ["c.json", "a.json", "b.json"],
        ["b.json", "c.json", "a.json"],
    ] {
        let document = document(
            &[(names[0], &things), (names[1], &parts), (names[2], &lone)],
            None,
        );
        assert_eq!(document["info"]["title"], "Things");
        assert_eq!(document["info"]["description"], "All things.");
        assert_eq!(document["servers"], json!([{ "url": "https://x.io" }]));
    }
}

#[test]
fn a_file_that_is_added_changes_neither_title_nor_server() {
    let parts = collection("Parts", "Of things.", &json!([request("C", "c", "y.io")]));
    let before = document(&[("m.json", &parts)], None);
    let things = collection(
        "Things",
        "All things.",
        &json!([request("A", "a", "x.io"), request("B", "b", "x.io")]),
    );
    for name in ["a.json", "z.json"] {
        let after = document(&[("m.json", &parts), (name, &things)], Some(&before));
        assert_eq!(after["info"], before["info"]);
        assert_eq!(after["servers"], before["servers"]);
        assert_eq!(after["paths"]["/c"]["get"]["servers"], Value::Null);
    }
}

#[test]
fn items_beside_an_item_do_not_take_its_title() {
    let (one, other) = (request("Send", "a", "x.io"), request("Get", "b", "x.io"));
    let alone = document(&[("m.json", &one)], None);
    assert_eq!(alone["info"]["title"], "Send");
    for name in ["a.json", "z.json"] {
        let both = document(&[("m.json", &one), (name, &other)], Some(&alone));
        assert_eq!(both["info"]["title"], "Send");
        let anew = document(&[("m.json", &one), (name, &other)], None);
        assert_eq!(anew["info"]["title"], "API");
    }
}

#[test]
fn tags_occur_once_and_keep_their_descriptions() {
    let folder = |description: &str, path: &str| {
        let item = request("Get", path, "x.io");
        json!({ "name": "Things", "description": description, "item": [item] })
    };
    let file = |folder: Value| collection("Things", "", &json!([folder]));
    let (short, long) = (
        file(folder("Things.", "a")),
        file(folder("All about things.", "a")),
    );
    let first = document(&[("m.json", &short)], None);
    for name in ["a.json", "z.json"] {
        let both = document(&[("m.json", &short), (name, &long)], None);
        let tags = json!([{ "name": "Things", "description": "All about things." }]);
        assert_eq!(both["tags"], tags);
        assert_eq!(both["paths"]["/a"]["get"]["tags"], json!(["Things"]));
        let kept = document(&[("m.json", &short), (name, &long)], Some(&first));
        assert_eq!(kept["tags"], first["tags"]);
    }
}

#[test]
fn a_request_in_several_folders_has_their_tags_in_the_order_of_names() {
    let folder = |name: &str| json!({ "name": name, "item": [request("Get", "a", "x.io")] });
    for folders in [["Users", "Rooms"], ["Rooms", "Users"]] {
        let items = json!([folder(folders[0]), folder(folders[1]), folder(folders[0])]);
        let document = document(&[("a.json", &collection("X", "", &items))], None);
        assert_eq!(
            document["paths"]["/a"]["get"]["tags"],
            json!(["Rooms", "Users"])
        );
    }
}
