//! What an action's target selects.
//!
//! A JSONPath with several descendant segments visits a node once for every way that leads to it, which can take longer
//! than anybody waits: `$..*..*..*` on a few kilobytes. So a path is evaluated one segment at a time, each node is taken
//! once, and a descendant segment starts only at nodes that do not lie in one another. What remains is refused: filters
//! that search the whole document for each node that they judge.

use std::{collections::BTreeSet, fmt::Write as _};

use serde_json::Value;
use serde_json_path::{JsonPath, NormalizedPath, PathElement};

use super::error::Refusal;
use super::path::{
    asks_root, is_descendant, nesting, searches, searches_root, segments, with_hyphens_quoted,
};

/// How deep brackets may nest in a target: the time to parse one grows exponentially with it.
const MAX_NESTING: usize = 10;

/// A JSONPath (RFC 9535), ready to be evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// As written.
    pub text: String,
    segments: Vec<Segment>,
}

/// One step of a path, as a path that starts at a node.
#[derive(Clone, Debug, PartialEq)]
struct Segment {
    path: JsonPath,
    is_descendant: bool,
}

/// A member's name or an item's index; in the order of a document whose keys are sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Index(usize),
    Name(String),
}

/// The way from the root to a node.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Location(Vec<Step>);

impl Target {
    /// Reads a JSONPath.
    pub(super) fn parse(text: &str) -> Result<Self, Refusal> {
        if nesting(text) > MAX_NESTING {
            return Err((
                format!("the target nests brackets more than {MAX_NESTING} deep"),
                "write it as several actions with simpler targets",
            ));
        }
        let path = with_hyphens_quoted(text);
        let whole = json_path(&path)?;
        let parts = segments(&path);
        let descendants = parts.iter().filter(|part| is_descendant(part)).count();
        let searches = parts.iter().map(|part| searches(part));
        let asks_root = parts.iter().any(|part| asks_root(part));
        let searches_root = parts.iter().any(|part| searches_root(part));
        if searches.max().unwrap_or_default() > 1 || searches_root || (asks_root && descendants > 1)
        {
            return Err((
                "the target searches the whole document for each node that it tests".to_owned(),
                "write it as several actions with simpler targets",
            ));
        }
        // A filter that looks at the root needs the path as a whole.
        let segments = if asks_root {
            vec![Segment {
                path: whole,
                is_descendant: false,
            }]
        } else {
            parts
                .into_iter()
                .map(Segment::parse)
                .collect::<Result<_, _>>()?
        };
        Ok(Self {
            text: text.to_owned(),
            segments,
        })
    }

    /// Whether the values in a document can decide what it selects.
    pub(super) fn has_filter(&self) -> bool {
        self.text.contains('?')
    }

    /// The nodes that it selects in `document`, each once, in the order of their locations.
    pub(super) fn select(&self, document: &Value) -> BTreeSet<Location> {
        let mut selected = BTreeSet::from([Location::default()]);
        for segment in &self.segments {
            let starts = match segment.is_descendant {
                true => outermost(selected),
                false => selected.into_iter().collect(),
            };
            selected = BTreeSet::new();
            for start in starts {
                let Some(node) = start.find(document) else {
                    continue;
                };
                for found in segment.path.query_located(node).locations() {
                    selected.insert(start.join(found));
                }
            }
        }
        selected
    }

    /// The JSON pointers of what it selects.
    pub(super) fn pointers(&self, document: &Value) -> Vec<String> {
        self.select(document)
            .iter()
            .map(Location::pointer)
            .collect()
    }
}

impl Segment {
    fn parse(text: &str) -> Result<Self, Refusal> {
        Ok(Self {
            path: json_path(&format!("${text}"))?,
            is_descendant: is_descendant(text),
        })
    }
}

fn json_path(text: &str) -> Result<JsonPath, Refusal> {
    JsonPath::parse(text).map_err(|error| {
        (
            format!(
                "the target is not a JSONPath (RFC 9535): {} at character {}",
                error.message(),
                error.position()
            ),
            "correct the path; names with other characters than letters, digits and _ go in brackets: $.paths['/a']",
        )
    })
}

/// Those that do not lie in another one, which in this order stands before what lies in it.
fn outermost(locations: BTreeSet<Location>) -> Vec<Location> {
    let mut outer: Vec<Location> = Vec::new();
    for location in locations {
        if !outer
            .last()
            .is_some_and(|last| location.0.starts_with(&last.0))
        {
            outer.push(location);
        }
    }
    outer
}

impl Location {
    fn join(&self, below: &NormalizedPath<'_>) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + below.len());
        steps.extend_from_slice(&self.0);
        steps.extend(below.iter().map(|element| match element {
            PathElement::Name(name) => Step::Name((*name).to_owned()),
            PathElement::Index(index) => Step::Index(*index),
        }));
        Self(steps)
    }

    fn find<'d>(&self, document: &'d Value) -> Option<&'d Value> {
        self.0.iter().try_fold(document, |node, step| match step {
            Step::Name(name) => node.get(name),
            Step::Index(index) => node.get(index),
        })
    }

    /// As JSON pointer.
    pub(super) fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.0 {
            // Writing to a text cannot fail.
            let _ = match step {
                Step::Name(name) => {
                    write!(pointer, "/{}", name.replace('~', "~0").replace('/', "~1"))
                }
                Step::Index(index) => write!(pointer, "/{index}"),
            };
        }
        pointer
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use serde_json_path::JsonPath;

    use super::Target;

    #[test]
    fn names_with_hyphens_need_no_brackets() {
        for (path, pointer) in [
            ("$.x-a.x-b", "/x-a/x-b"),
            ("$..x-b", "/x-a/x-b"),
            ("$[?@.x-b == -1]", "/x-a"),
            ("$['x-a'][?@ > -2]", "/x-a/x-b"),
        ] {
            let document = json!({"x-a": {"x-b": -1}});
            assert_eq!(
                Target::parse(path).unwrap().pointers(&document),
                [pointer],
                "{path}"
            );
        }
        for path in ["$.-a", "$.a-[0]-", "x-a", "$[?@.a - 1]"] {
            Target::parse(path).unwrap_err();
        }
    }

    /// A step at a time selects what the path as a whole selects.
    #[test]
    fn a_target_selects_what_its_path_selects() {
        let document = json!({
            "a": {"a": {"b": [1, {"a": 2, "x": {"a": 3}}]}, "c": "a"},
            "list": [[{"a": 1}], {"b": {"a": {"a": null}}}, 10, 11],
            "a.b": {"a/b~": 1}, "x": 2,
        });
        for path in [
            "$",
            "$.*",
            "$..*",
            "$..a",
            "$..a..a",
            "$..*..*",
            "$..a.*",
            "$..[?@.a]",
            "$..[?@.a == 2]",
            "$..['a', 'b']..a",
            "$.list[-1]",
            "$.list[1:3]",
            "$..[0]..a",
            "$['a.b']['a/b~']",
            "$..[?@..x].a",
            "$..[?@.a == $.x]",
            "$.a..[?length(@) == 2]",
            "$ .list [0]",
            "$..a[?@]..*",
        ] {
            let whole = JsonPath::parse(path).unwrap();
            let located = whole.query_located(&document);
            let mut expected: Vec<String> = located
                .locations()
                .map(serde_json_path::NormalizedPath::to_json_pointer)
                .collect();
            let mut selected = Target::parse(path).unwrap().pointers(&document);
            expected.sort();
            expected.dedup();
            selected.sort();
            assert_eq!(selected, expected, "{path}");
        }
    }

    /// The same for any path and any document: names in quotes may hold what has a meaning outside of them.
    #[test]
    fn any_target_selects_what_its_path_selects() {
        let name = prop::sample::select(vec![
            "a", "b", "a.b", "a]b", "it's", "[0]", "..", "$", "é", "\\",
        ]);
        let leaf = prop_oneof![
            Just(json!(null)),
            Just(json!(1)),
            Just(json!("a..b")),
            Just(json!(true))
        ];
        let documents = leaf.prop_recursive(4, 40, 4, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((name.clone(), inner), 0..5).prop_map(|members| {
                    let members = members.into_iter();
                    members
                        .map(|(key, value)| (key.to_owned(), value))
                        .collect()
                }),
            ]
        });
        let segments = prop::sample::select(vec![
            ".a",
            ".b",
            "..a",
            ".*",
            "..*",
            "[0]",
            "[-1]",
            "[1:]",
            "[::-1]",
            "[*]",
            "..[*]",
            "[0, 'a']",
            "['a.b']",
            "['a]b']",
            "[\"it's\"]",
            "['it\\'s']",
            "['[0]']",
            "['..']",
            "['$']",
            "['é']",
            "['\\\\']",
            "..['a', 'a.b']",
            "[ 'a' , 'b' ]",
            "[?@.a]",
            "[?@['a]b']]",
            "[?@ == 'a..b']",
            "[?(@.a || @.b)]",
            "[?!@.a]",
            "[?length(@) > 1]",
            "[?match(@, '.*b')]",
            "..[?@.a == 1]",
            " .a",
            " [0]",
        ]);
        let paths =
            prop::collection::vec(segments, 0..4).prop_map(|parts| format!("${}", parts.concat()));
        proptest!(|(path in paths, document in documents)| {
            let whole = JsonPath::parse(&path).unwrap();
            let mut expected: Vec<String> = whole
                .query_located(&document)
                .locations()
                .map(serde_json_path::NormalizedPath::to_json_pointer)
                .collect();
            expected.sort();
            expected.dedup();
            let mut selected = Target::parse(&path).unwrap().pointers(&document);
            selected.sort();
            prop_assert_eq!(selected, expected, "{}", path);
        });
    }

    #[test]
    fn searches_of_searches_end() {
        let mut document = Value::Null;
        for _ in 0..100 {
            document = json!({"a": document, "b": [1, 2, 3]});
        }
        let path = "$".to_owned() + &"..*".repeat(40);
        assert!(Target::parse(&path).unwrap().pointers(&document).len() > 100);
        for path in [
            "$..[?@..[?@..a]]",
            "$..a..[?@ == $.b]",
            "$[?@..a && @..b]",
            "$.a.*[?count($.*) > 1]",
        ] {
            let (reason, _) = Target::parse(path).unwrap_err();
            assert!(
                reason.contains("searches the whole document"),
                "{path}: {reason}"
            );
        }
    }
}
