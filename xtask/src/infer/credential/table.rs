//! Tables in texts, one row a line: `user,password`.

use std::ops::Range;

use super::{MASK, name::is_credential, stand_in::is_stand_in};

/// How many columns a table may have.
const MAX_COLUMNS: usize = 256;

/// What stands between the cells of a row.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// The table in `text` with its credentials replaced; `None` where it has no column of that name, or is no table.
pub(super) fn masked(text: &str) -> Option<String> {
    let (head, rows) = text.split_once('\n')?;
    let named = |separator: &char| {
        let cells = cells(head, *separator);
        let names = cells
            .iter()
            .map(|cell| head.get(cell.clone()).unwrap_or_default().trim());
        let is_table =
            (2..=MAX_COLUMNS).contains(&cells.len()) && names.clone().all(is_name_of_column);
        let named = names.enumerate().filter(|(_, name)| is_credential(name));
        let columns: Vec<usize> = named.map(|(column, _)| column).collect();
        (is_table && !columns.is_empty()).then_some((*separator, cells.len(), columns))
    };
    let (separator, width, columns) = SEPARATORS.iter().find_map(named)?;
    let mut masked = head.to_owned();
    for row in rows.split('\n') {
        masked.push('\n');
        let cells = cells(row, separator);
        let mut from = 0;
        let columns = columns.iter().filter(|_| cells.len() == width);
        for cell in columns.filter_map(|column| cells.get(*column)) {
            if !is_stand_in(row.get(cell.clone()).unwrap_or_default()) {
                masked.push_str(row.get(from..cell.start).unwrap_or_default());
                masked.push_str(MASK);
                from = cell.end;
            }
        }
        masked.push_str(row.get(from..).unwrap_or_default());
    }
    Some(masked)
}

/// Whether a cell is no piece of a sentence or of some other notation.
fn is_name_of_column(cell: &str) -> bool {
    let is_sign = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.');
    !cell.is_empty() && cell.chars().all(is_sign) && cell.split_whitespace().count() <= 2
}

/// Where the cells of a row stand, without their quotes.
fn cells(row: &str, separator: char) -> Vec<Range<usize>> {
    let row = row.trim_end_matches('\r');
    let mut cells = Vec::new();
    let (mut start, mut is_quoted) = (0, false);
    let ends = row.char_indices().chain([(row.len(), separator)]);
    for (at, c) in ends {
        is_quoted ^= c == '"';
        if c == separator && (!is_quoted || at == row.len()) {
            let cell = row.get(start..at).unwrap_or_default();
            let inner = cell
                .strip_prefix('"')
                .and_then(|cell| cell.strip_suffix('"'));
            let quotes = usize::from(inner.is_some());
            cells.push(start + quotes..at - quotes);
            start = at + c.len_utf8();
        }
    }
    cells
}
