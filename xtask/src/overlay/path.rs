//! Scans the text of a JSONPath before it is parsed.

use std::fmt::Write as _;

/// How a path's text is read: what stands in a quoted name has no meaning.
fn unquoted(path: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    let mut is_escaped = false;
    path.char_indices().filter(move |(_, character)| {
        if std::mem::take(&mut is_escaped) {
            return false;
        }
        match (quote, character) {
            (Some(_), '\\') => is_escaped = true,
            (Some(open), c) if open == *c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(*character),
            (None, _) => return true,
        }
        false
    })
}

/// `.x-name` as `['x-name']`: RFC 9535 has no hyphens in names without brackets, but overlays in use do, and a hyphen
/// behind a letter has no other meaning.
pub(super) fn with_hyphens_quoted(path: &str) -> String {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-') || !c.is_ascii();
    let mut quoted = String::with_capacity(path.len());
    let mut done = 0;
    for (at, _) in unquoted(path).filter(|(_, character)| *character == '.') {
        let name = path.get(at + 1..).unwrap_or_default();
        let name = name.get(..name.find(|c| !is_name(c)).unwrap_or(name.len()));
        let Some(name) = name.filter(|name| {
            name.contains('-') && name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        }) else {
            continue;
        };
        let before = path.get(done..at).unwrap_or_default();
        quoted.push_str(before);
        if before.ends_with('.') {
            quoted.push('.');
        }
        // Writing to a text cannot fail.
        let _ = write!(quoted, "['{name}']");
        done = at + 1 + name.len();
    }
    quoted.push_str(path.get(done..).unwrap_or_default());
    quoted
}

/// How deep brackets nest in a JSONPath.
pub(super) fn nesting(path: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (_, character) in unquoted(path) {
        match character {
            '[' | '(' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The texts of the segments of a valid path, from behind the `$` on.
pub(super) fn segments(path: &str) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut depth = 0_usize;
    let mut last = ' ';
    for (at, character) in unquoted(path) {
        match character {
            // `..name` and `..[…]` are one segment.
            '.' if depth == 0 && last != '.' => starts.push(at),
            '[' if depth == 0 && last != '.' => starts.push(at),
            _ => {}
        }
        match character {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        last = character;
    }
    let ends = starts.iter().skip(1).copied().chain([path.len()]);
    let part = |(start, end): (&usize, usize)| path.get(*start..end).map(str::trim);
    starts.iter().zip(ends).filter_map(part).collect()
}

/// Whether a segment looks at all descendants.
pub(super) fn is_descendant(segment: &str) -> bool {
    segment.starts_with("..")
}

/// How many searches through all descendants stand in the filters of a segment.
pub(super) fn searches(segment: &str) -> usize {
    let filter = segment.strip_prefix("..").unwrap_or(segment);
    let mut last = ' ';
    unquoted(filter)
        .filter(|(_, character)| {
            std::mem::replace(&mut last, *character) == '.' && *character == '.'
        })
        .count()
}

/// Whether a filter in a segment looks at the document's root.
pub(super) fn asks_root(segment: &str) -> bool {
    unquoted(segment).any(|(_, character)| character == '$')
}

/// Whether a query of the root in a segment's filter can select several nodes.
pub(super) fn searches_root(segment: &str) -> bool {
    let mut rest = unquoted(segment).map(|(_, character)| character).peekable();
    while let Some(character) = rest.next() {
        let mut depth = 0_usize;
        let mut last = character;
        while character == '$'
            && let Some(next) = rest.peek().copied()
        {
            match next {
                '*' | '?' | ':' => return true,
                '.' if last == '.' => return true,
                '[' => depth += 1,
                ']' if depth > 0 => depth -= 1,
                ',' if depth > 0 => return true,
                '.' | '_' => {}
                next if next.is_alphanumeric()
                    || (next.is_whitespace() || next == '-') && depth > 0 => {}
                _ => break,
            }
            last = next;
            rest.next();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{searches_root, segments};

    #[test]
    fn a_query_of_the_root_that_leads_to_one_node_is_no_search() {
        for (segment, expected) in [
            ("[?@.a == $.b]", false),
            ("[?@.a == $['b'][-1].c && @.*]", false),
            ("[?$.a, *]", false),
            ("['$.*'][?@.a]", false),
            ("[?$]", false),
            ("[?count($.*) > 1]", true),
            ("[?$..b]", true),
            ("[?$.a[1:2]]", true),
            ("[?$['a', 'b']]", true),
            ("[?@.a == $.b || $.c[?@.d]]", true),
        ] {
            assert_eq!(searches_root(segment), expected, "{segment}");
        }
    }

    #[test]
    fn a_path_is_split_at_its_segments() {
        for (path, expected) in [
            ("$", vec![]),
            ("$.a.b", vec![".a", ".b"]),
            ("$ .a ['b']", vec![".a", "['b']"]),
            (
                "$..a..['b', \"c]\"]..*",
                vec!["..a", "..['b', \"c]\"]", "..*"],
            ),
            (
                "$.a[?@.b[?(@.c == '].d')]][0]",
                vec![".a", "[?@.b[?(@.c == '].d')]]", "[0]"],
            ),
            ("$['it\\'s.x'].y", vec!["['it\\'s.x']", ".y"]),
        ] {
            assert_eq!(segments(path), expected, "{path}");
        }
    }
}
