//! The position of a JSON path in a text, which is searched only for messages, so that reading stays fast.

use std::ops::Range;

use super::{
    scan::{Scan, Step, Wanted, steps},
    yaml,
};

/// The bytes of the value at `path` (`$.item[2].request.url`), or of the innermost value around it that is there.
#[must_use]
pub fn locate(text: &str, path: &str) -> Range<usize> {
    if is_json(text) {
        return in_json(text, path).0;
    }
    let found = yaml::locate_all(text, &[path]).into_iter().flatten().next();
    found.unwrap_or_else(|| in_json(text, path).0)
}

/// The value at `path` in a text of JSON, as it is written; `None` if there is none.
#[must_use]
pub fn value_at<'t>(text: &'t str, path: &str) -> Option<&'t str> {
    let (range, is_there) = in_json(text, path);
    text.get(range).filter(|_| is_there)
}

/// The innermost value on the way, and whether it is the one that the path leads to.
fn in_json(text: &str, path: &str) -> (Range<usize>, bool) {
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
    };
    scan.skip_blanks();
    let mut is_there = true;
    for step in steps(path) {
        let start = scan.at;
        is_there = match step {
            Step::Key(key) => scan.enter_member(key),
            Step::Index(index) => scan.enter_item(index),
        };
        if !is_there {
            scan.at = start;
            break;
        }
    }
    let start = scan.at;
    scan.skip_value();
    (start..scan.at.max(start), is_there)
}

fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with(['{', '['])
}

/// The same for many paths, in their order, in one pass over the text.
#[must_use]
pub fn locate_all(text: &str, paths: &[&str]) -> Vec<Range<usize>> {
    if !is_json(text) {
        let found = yaml::locate_all(text, paths).into_iter().zip(paths);
        return found
            .map(|(found, path)| found.unwrap_or_else(|| in_json(text, path).0))
            .collect();
    }
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
    };
    scan.skip_blanks();
    let mut found = vec![0..0; paths.len()];
    scan.find(Wanted::of(paths), &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::{locate, locate_all, value_at};

    fn found<'t>(text: &'t str, path: &str) -> &'t str {
        text.get(locate(text, path)).unwrap()
    }

    #[test]
    fn a_path_leads_to_its_value() {
        let text = "\u{feff}{\"a\\u0062\": [1, {\"c\": \"]}\\\"\"}, [2]], \"d\": -5 }";
        for (path, value) in [
            ("$.ab[0]", "1"),
            ("$.ab[1].c", "\"]}\\\"\""),
            ("$.ab[2]", "[2]"),
            ("$.d", "-5"),
        ] {
            assert_eq!(found(text, path), value, "{path}");
        }
        assert_eq!(value_at(text, "$.ab[0]"), Some("1"));
        assert_eq!(value_at(text, "$.ab[1].missing"), None);
        assert_eq!(found(text, "$.ab[1].missing"), "{\"c\": \"]}\\\"\"}");
        assert_eq!(found(text, "$.ab[7]"), found(text, "$.ab"));
    }

    #[test]
    fn many_paths_are_found_as_each_of_them_is() {
        let texts = [
            "{\"item\": [{\"a\": [1, {\"b\": 2}]}, 3], \"a\": {\"item\": [[4]]}, \"a\": 5}",
            "[[1, 2], {\"a\": \"]\"}]",
            "{\"item\": [{\"a\": [",
            "item:\n  - a: [1, {b: 2}]\na: x\n",
            "7",
            "",
        ];
        let paths = [
            "$",
            "$.item",
            "$.item[0]",
            "$.item[0].a[1].b",
            "$.item[0].a[9].b",
            "$.item[1]",
            "$.a.item[0][0]",
            "$.a",
            "$[0][1]",
            "$[1].a",
            "$.missing.inner",
            "$.item[0]",
        ];
        for text in texts {
            let each: Vec<_> = paths.iter().map(|path| locate(text, path)).collect();
            assert_eq!(locate_all(text, &paths), each, "{text}");
        }
    }

    #[test]
    fn a_path_leads_to_its_value_in_yaml() {
        let text = "# é\n$kind: x\nheaders:\n  - key: A\n    value: 'é1'\n  - {key: B}\nbody:\n  content: |-\n    a\n  type: *x\n";
        let text = &text.replace("$kind: x", "$kind: &x x");
        for (path, value) in [
            ("$.headers[0].value", "'é1'"),
            ("$.headers[1].key", "B"),
            ("$.headers[1]", "{key: B}"),
            ("$.body.type", "*x"),
            ("$.headers[1].missing", "{key: B}"),
        ] {
            assert_eq!(found(text, path), value, "{path}");
        }
        assert!(found(text, "$.body").starts_with("content: |-"));
        assert!(found(text, "$.headers[7]").starts_with("- key: A"));
        assert!(found(text, "$").starts_with("$kind"));
    }

    #[test]
    fn no_text_makes_it_stumble() {
        for text in [
            "",
            "{",
            "[",
            "\"",
            "{\"a",
            "{\"a\":",
            "[1,",
            "]",
            "\\",
            "a: [",
            "- a: 1\n b",
        ] {
            for path in ["$", "$.a", "$[1]", "$.a[0].b"] {
                let found = locate(text, path);
                assert!(found.start <= found.end);
            }
        }
    }
}
