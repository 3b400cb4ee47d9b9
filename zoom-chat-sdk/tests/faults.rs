//! The table of faults is a promise: each row names tests, and those assert what the row says.
//!
//! That a test asserts the right thing cannot be told by its text. But a row that promises "not sent" without a test
//! that looks at the delivery, or `GiveUp::Budget` without one that names it, promises what nothing holds. So every
//! claim of a row has to be found in one of its tests, helpers of the same file included.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// What must stand in a test that holds a claim. A claim is a phrase of a cell between commas, colons and semicolons,
/// found by what it begins or ends with.
const DELIVERIES: [(&str, &[&str]); 3] = [
    ("not sent", &["NotSent"]),
    ("may have been sent", &["Unknown", "may_have_been_sent"]),
    ("accepted", &["Accepted"]),
];

/// Words of what the SDK does that speak of the number of requests, and what counts them in a test.
const REPEATING: [&str; 5] = [
    "retries",
    "does not retry",
    "gives up",
    "nothing is sent",
    "one request",
];
const COUNTING: [&str; 11] = [
    "attempts",
    "received()",
    "requests()",
    ".len()",
    "uploads",
    "came",
    "opened",
    "waits",
    "is_empty()",
    "asked",
    "decide(",
];

/// A row: what is claimed, and the tests that show it.
struct Row {
    fault: String,
    does: String,
    gets: String,
    tests: Vec<(String, String)>,
}

fn table() -> String {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(package.join("docs/faults.md")).unwrap()
}

/// What stands between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The tests that a text names, each after its file.
fn tests(text: &str) -> Vec<(String, String)> {
    let mut file = String::new();
    let mut tests = Vec::new();
    for name in quoted(text) {
        if name.ends_with(".rs") {
            name.clone_into(&mut file);
        } else if !file.is_empty() {
            tests.push((file.clone(), name.to_owned()));
        }
    }
    tests
}

fn rows(table: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in table.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let (fault, does, gets, shown) = match cells[..] {
            ["fault", ..] => continue,
            [fault, does, gets, shown] => (fault, does, gets, shown),
            [fault, does, shown] => (fault, does, "", shown),
            _ => panic!("a row of other cells: {line}"),
        };
        rows.push(Row {
            fault: fault.to_owned(),
            does: does.to_owned(),
            gets: gets.to_owned(),
            tests: tests(shown),
        });
    }
    rows
}

/// The functions of a file by name: whether each is a test that runs, and its text. Formatted code ends a function with
/// a brace in the column of its first line.
fn functions(file: &str) -> BTreeMap<String, (bool, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .join(file);
    let source = fs::read_to_string(path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let lines: Vec<&str> = source.lines().collect();
    let mut functions = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let Some((before, after)) = code.split_once("fn ").filter(|(before, _)| {
            let mut words = before.split_whitespace();
            words.all(|word| matches!(word, "async" | "const") || word.starts_with("pub"))
        }) else {
            continue;
        };
        let name = after.split(['(', '<']).next().unwrap();
        let indent = &line[..line.len() - code.len()];
        let end = format!("{indent}}}");
        let text: Vec<&str> = lines[at..]
            .iter()
            .copied()
            .take_while(|line| *line != end)
            .collect();
        let attributes: Vec<&str> = lines[..at]
            .iter()
            .rev()
            .map(|line| line.trim())
            .take_while(|line| !line.is_empty() && *line != "}" && !line.ends_with('{'))
            .collect();
        let is_test = attributes
            .iter()
            .any(|it| it.contains("test]") || it.contains("test("));
        let runs = is_test && !attributes.iter().any(|it| it.starts_with("#[ignore"));
        let text = format!("{before}{}", text.join("\n"));
        functions.insert(name.to_owned(), (runs, text));
    }
    functions
}

/// The text of a test, and of what it calls in its file.
fn text(functions: &BTreeMap<String, (bool, String)>, test: &str) -> String {
    let mut todo = vec![test.to_owned()];
    let mut met = BTreeSet::new();
    let mut whole = String::new();
    while let Some(name) = todo.pop() {
        let Some((_, text)) = functions.get(&name).filter(|_| met.insert(name.clone())) else {
            continue;
        };
        whole += text;
        let called = |other: &&String| text.contains(&format!("{other}("));
        todo.extend(functions.keys().filter(called).cloned());
    }
    whole
}

/// What names tests, and how many at least: a file before its tests, in the same line or last paragraph.
const DOCUMENTS: [(&str, usize); 2] = [("zoom-chat-sdk/docs/faults.md", 100), ("SECURITY.md", 40)];

#[test]
fn every_test_that_is_named_is_one_that_runs_and_asserts() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for (document, least) in DOCUMENTS {
        let document = fs::read_to_string(workspace.join(document)).unwrap();
        let mut named = tests(document.rsplit("\n\n").next().unwrap());
        named.extend(document.lines().flat_map(tests));
        assert!(named.len() > least, "only {}", named.len());
        for (file, test) in named {
            runs_and_asserts(&file, &test);
        }
    }
}

fn runs_and_asserts(file: &str, test: &str) {
    let functions = functions(file);
    let found = functions.get(test);
    let (runs, _) = found.unwrap_or_else(|| panic!("no {test} in {file}"));
    assert!(runs, "{test} of {file} is no test, or ignored");
    let text = text(&functions, test);
    let asserting = ["assert", "unwrap_err()", "panic!", "check(", "sequential "];
    assert!(
        asserting.iter().any(|it| text.contains(it)),
        "{test} of {file} asserts nothing"
    );
}

/// How many claims a row makes, and those that none of its tests looks at.
fn claims(row: &Row) -> (usize, Vec<String>) {
    let held: String = row
        .tests
        .iter()
        .map(|(file, test)| text(&functions(file), test))
        .collect();
    let mut made = 0;
    let mut broken = Vec::new();
    let mut claim = |claim: &str, shown_by: &[&str]| {
        made += 1;
        if !shown_by.iter().any(|it| held.contains(it)) {
            let by = shown_by.join("`, `");
            broken.push(format!(
                "{}: no test looks at `{claim}`: none holds `{by}`",
                row.fault
            ));
        }
    };
    if row.tests.is_empty() {
        claim("anything", &[]);
    }
    // An item by its own name: a test may have imported it, or ask for it.
    for item in quoted(&row.gets) {
        claim(item, &[item.rsplit("::").next().unwrap()]);
    }
    for phrase in row.gets.split([',', ';', ':']) {
        for (words, shown_by) in DELIVERIES {
            if phrase.trim() == words || phrase.contains(&format!("{words} if")) {
                claim(words, shown_by);
            }
        }
    }
    if let Some(words) = REPEATING.iter().find(|words| row.does.contains(**words)) {
        claim(words, &COUNTING);
    }
    (made, broken)
}

#[test]
fn every_claim_of_a_row_is_in_one_of_its_tests() {
    let rows = rows(&table());
    assert!(rows.len() > 50, "only {}", rows.len());
    let (made, broken): (Vec<_>, Vec<_>) = rows.iter().map(claims).unzip();
    let broken = broken.concat();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    let made: usize = made.iter().sum();
    assert!(made > 80, "only {made}");
}

#[test]
fn a_claim_that_no_test_looks_at_is_found() {
    let row = |line: &str| rows(line).remove(0);
    let shown = "`tests/tests/spans.rs` `every_request_is_a_span_without_secrets`";
    let (made, broken) = claims(&row(&format!(
        "| a fault | gives up at once | `GiveUp::Unheard`, accepted | {shown} |"
    )));
    assert_eq!(made, 3);
    assert!(
        broken.len() > 1 && broken[0].contains("`GiveUp::Unheard`"),
        "{broken:?}"
    );
    assert!(
        broken.iter().any(|it| it.contains("looks at `accepted`")),
        "{broken:?}"
    );
    let (made, broken) = claims(&row("| a fault | nothing | | |"));
    assert_eq!((made, broken.len()), (1, 1));
}
