//! Any requests.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use xtask::codegen::Generated;

use crate::made::{asking, files, parameters, warnings};

/// The values and words of one parameter in one request.
fn field() -> impl Strategy<Value = Value> {
    let value = prop::sample::select(vec![
        json!(null),
        json!(""),
        json!("<string>"),
        json!("{{x}}"),
        json!("<boolean>"),
        json!("<integer>"),
        json!("<long>"),
        json!("<email>"),
        json!("<uuid>"),
        json!("true"),
        json!("7"),
        json!("3000000000"),
        json!("1.5"),
        json!("abc"),
        json!("a@b.co"),
        json!("[1]"),
        json!("{\"a\": true}"),
    ]);
    let description = prop::sample::select(vec![
        "",
        "(Required) It.",
        "One of `abc`, `7`.",
        "One of `7`, `8`.",
        "Default: `7`.",
        "Default: `abc`.",
        "Maximum: 50.",
        "Maximum: 9.",
    ]);
    (value, description)
        .prop_map(|(value, description)| json!({ "value": value, "description": description }))
}

/// One request: some of three query parameters and a header, each perhaps twice.
fn request() -> impl Strategy<Value = Value> {
    let named = |names: Vec<&'static str>| {
        prop::collection::vec((prop::sample::select(names), field()), 0..4).prop_map(|fields| {
            let fields = fields.into_iter().map(|(name, mut field)| {
                field["key"] = name.into();
                field
            });
            Value::Array(fields.collect())
        })
    };
    (named(vec!["a", "b", "c"]), named(vec!["X-Head", "x-head"])).prop_map(|(query, header)| {
        let mut asking = asking(&query);
        asking["request"]["header"] = header;
        asking
    })
}

/// What is told without where, each with the place in the document that settles it.
fn told(generated: &Generated) -> BTreeSet<(String, String)> {
    let told = generated.warnings.iter().map(|warning| {
        let text = warning
            .text
            .split(" (")
            .next()
            .unwrap_or_default()
            .to_owned();
        let target = warning
            .target
            .as_ref()
            .map(|target| target.path.to_ascii_lowercase());
        (text, target.unwrap_or_default())
    });
    told.collect()
}

fn all_parameters(generated: &Generated) -> BTreeMap<String, (Value, bool)> {
    let document = generated.document.tree();
    let operation = &document["paths"]["/things"]["get"];
    if operation.get("parameters").is_some() {
        parameters(generated)
    } else {
        BTreeMap::new()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_order_of_requests_and_files_changes_nothing(
        (requests, shuffled) in prop::collection::vec(request(), 1..5).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        cut in 0_usize..5,
    ) {
        let one = files(&[("a.json", &requests)]);
        let other = files(&[("a.json", &shuffled)]);
        prop_assert_eq!(all_parameters(&one), all_parameters(&other));
        prop_assert_eq!(told(&one), told(&other));

        let (first, second) = requests.split_at(cut.min(requests.len()));
        let split = files(&[("a.json", first), ("b.json", second)]);
        prop_assert_eq!(all_parameters(&one), all_parameters(&split));
        prop_assert_eq!(told(&one), told(&split));

        // Whichever is read first, even the places are the same.
        let swapped = files(&[("b.json", second), ("a.json", first)]);
        prop_assert_eq!(all_parameters(&one), all_parameters(&swapped));
        let conflicts = |generated: &Generated| -> Vec<String> {
            warnings(generated).into_iter().filter(|it| it.contains(" here")).collect()
        };
        prop_assert_eq!(conflicts(&split), conflicts(&swapped));
    }

    #[test]
    fn a_request_of_placeholders_is_neutral(requests in prop::collection::vec(request(), 1..4), nothing in prop::sample::select(vec!["<string>", "{{x}}", ""]), at in 0_usize..4) {
        let known = files(&[("a.json", &requests)]);
        let all = all_parameters(&known);
        let fields = |location: &str| -> Value {
            let document = known.document.tree();
            let parameters = document["paths"]["/things"]["get"]["parameters"].as_array().cloned().unwrap_or_default();
            parameters.iter().filter(|it| it["in"] == location).map(|it| json!({ "key": it["name"], "value": nothing })).collect()
        };
        let mut neutral = asking(&fields("query"));
        neutral["request"]["header"] = fields("header");
        let mut more = requests.clone();
        more.insert(at.min(requests.len()), neutral);
        let with = files(&[("a.json", &more)]);
        prop_assert_eq!(all_parameters(&with), all);
        prop_assert_eq!(told(&with), told(&known));
    }
}
