//! Whom to send to: a CSV file with a column `to_contact`, `to_channel`, or both.
//!
//! Every row is looked at before anything is sent, and every problem is told at once, with the line, the column and
//! what to do about it.

use std::{collections::HashMap, fmt, io, path::Path};

use csv::{ByteRecord, ErrorKind, Trim};
use serde::{Deserialize, Serialize};
use zoom_chat_sdk::{InvalidId, Recipient};

const COLUMNS: [&str; 2] = ["to_contact", "to_channel"];

/// A recipient as file and journal name it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum To {
    #[serde(rename = "to_contact")]
    Contact(String),
    #[serde(rename = "to_channel")]
    Channel(String),
}

impl To {
    pub(crate) fn recipient(&self) -> Result<Recipient, InvalidId> {
        match self {
            Self::Contact(contact) => Recipient::contact(contact.as_str()),
            Self::Channel(channel) => Recipient::channel(channel.as_str()),
        }
    }

    /// The same for all that are the same recipient: nobody has two mailboxes that differ in case only, but ids may.
    pub(crate) fn key(&self) -> Self {
        match self {
            Self::Contact(email) if email.contains('@') => Self::Contact(email.to_lowercase()),
            other => other.clone(),
        }
    }
}

impl fmt::Display for To {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contact(contact) => write!(f, "contact {contact}"),
            Self::Channel(channel) => write!(f, "channel {channel}"),
        }
    }
}

/// The recipients of a file, each once, in its order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Recipients {
    pub(crate) listed: Vec<To>,
    pub(crate) repeated: Vec<Repeated>,
}

/// A recipient that a line above names already.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Repeated {
    pub(crate) to: To,
    pub(crate) line: u64,
    pub(crate) first: u64,
}

/// Why a file cannot be used.
#[derive(Debug)]
pub(crate) enum Unusable {
    Unreadable(io::Error),
    /// Where and what, problem by problem.
    Invalid(Vec<Problem>),
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    line: u64,
    column: Option<&'static str>,
    what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if let Some(column) = self.column {
            write!(f, "column `{column}`: ")?;
        }
        f.write_str(&self.what)
    }
}

/// Reads and checks the file.
pub(crate) fn read(path: &Path) -> Result<Recipients, Unusable> {
    let text = std::fs::read(path).map_err(Unusable::Unreadable)?;
    parse(&text).map_err(Unusable::Invalid)
}

fn parse(text: &[u8]) -> Result<Recipients, Vec<Problem>> {
    if is_utf16(text) {
        return Err(vec![Problem {
            line: 1,
            column: None,
            what: "the file is in UTF-16: save it as CSV in UTF-8".to_owned(),
        }]);
    }
    // Spreadsheets begin a file with a byte order mark.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().trim(Trim::All).from_reader(text);
    let mut lines = Lines::of(text);
    let header = match reader.byte_headers() {
        Ok(header) => header.clone(),
        Err(error) => return Err(vec![lines.problem(&error)]),
    };
    let columns = columns(&header).map_err(|problem| vec![problem])?;
    let mut recipients = Recipients {
        listed: Vec::new(),
        repeated: Vec::new(),
    };
    let mut first_lines = HashMap::new();
    let mut problems = Vec::new();
    for row in reader.byte_records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                problems.push(lines.problem(&error));
                continue;
            }
        };
        let line = lines.line(row.position());
        match recipient(&row, columns) {
            Err((column, what)) => problems.push(Problem { line, column, what }),
            Ok(to) => match first_lines.get(&to.key()) {
                Some(&first) => recipients.repeated.push(Repeated { to, line, first }),
                None => {
                    first_lines.insert(to.key(), line);
                    recipients.listed.push(to);
                }
            },
        }
    }
    if problems.is_empty() && recipients.listed.is_empty() {
        problems.push(Problem {
            line: 1,
            column: None,
            what: "no row follows the header: add a row for each recipient".to_owned(),
        });
    }
    if problems.is_empty() {
        Ok(recipients)
    } else {
        Err(problems)
    }
}

/// Whether a file begins as one in UTF-16 does: with its byte order mark, or with ASCII of which every other byte is
/// zero.
fn is_utf16(text: &[u8]) -> bool {
    matches!(text, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
        || matches!(text, [0, first, 0, second, ..] | [first, 0, second, 0, ..] if *first != 0 && *second != 0)
}

/// The lines of a text, counted as its records are read. The reader counts them too, but for it a record begins before
/// the line feed of the record that ended with CR LF, and before empty lines.
struct Lines<'a> {
    left: &'a [u8],
    passed: u64,
    line: u64,
}

impl<'a> Lines<'a> {
    fn of(text: &'a [u8]) -> Self {
        Self {
            left: text,
            passed: 0,
            line: 1,
        }
    }

    /// The line of the record at this position, which is not before the last one.
    fn line(&mut self, position: Option<&csv::Position>) -> u64 {
        let start = position.map_or(self.passed, csv::Position::byte);
        while let [byte, left @ ..] = self.left
            && (self.passed < start || matches!(byte, b'\r' | b'\n'))
        {
            self.line += u64::from(*byte == b'\n');
            self.passed += 1;
            self.left = left;
        }
        self.line
    }

    fn problem(&mut self, error: &csv::Error) -> Problem {
        let what = match error.kind() {
            ErrorKind::UnequalLengths {
                expected_len, len, ..
            } => format!(
                "{len} fields where the header has {expected_len}: put a field that holds a comma in quotes"
            ),
            _ => error.to_string(),
        };
        Problem {
            line: self.line(error.position()),
            column: None,
            what,
        }
    }
}

/// Where the columns of [`COLUMNS`] are.
fn columns(header: &ByteRecord) -> Result<[Option<usize>; 2], Problem> {
    let problem = |column, what| Problem {
        line: 1,
        column,
        what,
    };
    let mut found = [None; 2];
    for (name, place) in COLUMNS.into_iter().zip(&mut found) {
        let mut places = header
            .iter()
            .enumerate()
            .filter(|(_, field)| *field == name.as_bytes());
        *place = places.next().map(|(index, _)| index);
        if places.next().is_some() {
            let what = "stands in the header twice: keep one".to_owned();
            return Err(problem(Some(name), what));
        }
    }
    if found == [None; 2] {
        let names: Vec<_> = header.iter().map(String::from_utf8_lossy).collect();
        let names = names.join("`, `");
        let remedy = if header.len() == 1 && names.contains([';', '\t']) {
            "separate the columns with commas"
        } else {
            "give the first row with the names of the columns one of these"
        };
        let what = format!("no column `to_contact` or `to_channel` in `{names}`: {remedy}");
        return Err(problem(None, what));
    }
    Ok(found)
}

fn recipient(
    row: &ByteRecord,
    columns: [Option<usize>; 2],
) -> Result<To, (Option<&'static str>, String)> {
    let mut fields = [None; 2];
    for ((name, place), field) in COLUMNS.into_iter().zip(columns).zip(&mut fields) {
        let bytes = place.and_then(|index| row.get(index)).unwrap_or_default();
        let text = str::from_utf8(bytes).map_err(|_| {
            let what = "is not UTF-8: save the file with that encoding".to_owned();
            (Some(name), what)
        })?;
        *field = Some(text).filter(|text| !text.is_empty());
    }
    let [contact_column, channel_column] = COLUMNS;
    let (to, column) = match fields {
        [Some(contact), None] => (To::Contact(contact.to_owned()), contact_column),
        [None, Some(channel)] => (To::Channel(channel.to_owned()), channel_column),
        [Some(_), Some(_)] => {
            let what = "both `to_contact` and `to_channel` are filled: leave one empty, or make two rows of it";
            return Err((None, what.to_owned()));
        }
        [None, None] => {
            let what = "no recipient: fill `to_contact` or `to_channel`, or remove the row";
            return Err((None, what.to_owned()));
        }
    };
    match to.recipient() {
        Ok(_) => Ok(to),
        Err(error) => Err((Some(column), format!("{error}: correct it"))),
    }
}

#[cfg(test)]
#[cfg(feature = "__test")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn contact(name: &str) -> To {
        To::Contact(name.to_owned())
    }

    fn channel(id: &str) -> To {
        To::Channel(id.to_owned())
    }

    fn listed(text: &str) -> Vec<To> {
        parse(text.as_bytes()).unwrap().listed
    }

    fn problems(text: &[u8]) -> Vec<String> {
        let problems = parse(text).unwrap_err();
        problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_may_have_either_column_or_both_and_others() {
        assert_eq!(listed("to_contact\na@b\n"), [contact("a@b")]);
        assert_eq!(listed("name,to_channel\nTeam,825c\n"), [channel("825c")]);
        let both = "to_channel,name,to_contact\n,Jill,j@b\n825c,Team,\n";
        assert_eq!(listed(both), [contact("j@b"), channel("825c")]);
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        let text = "\u{feff}\"to_contact\",name\r\n\"j@b\",\"Chill, Jill\"\r\n\r\n  k@b  ,\"two\nlines\"\r\nl@b,";
        assert_eq!(
            listed(text),
            [contact("j@b"), contact("k@b"), contact("l@b")]
        );
    }

    #[test]
    fn utf_16_is_named() {
        let text = "\u{feff}to_contact\na@b\n";
        let little: Vec<_> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<_> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        // With and without its byte order mark.
        for text in [&little[..], &big, &little[2..], &big[2..]] {
            let problems = parse(text).unwrap_err();
            assert_eq!(problems.len(), 1);
            let told = problems[0].to_string();
            assert!(
                told.contains("UTF-16") && told.contains("save it as CSV in UTF-8"),
                "{told}"
            );
        }
    }

    #[test]
    fn a_recipient_listed_again_is_told_and_left_out() {
        let text = "to_contact,to_channel\nJ@b.com,\n,x\nj@B.com,\n,X\nx,\n,x\n";
        let recipients = parse(text.as_bytes()).unwrap();
        assert_eq!(
            recipients.listed,
            [contact("J@b.com"), channel("x"), channel("X"), contact("x")]
        );
        let repeated = |to, line, first| Repeated { to, line, first };
        assert_eq!(
            recipients.repeated,
            [
                repeated(contact("j@B.com"), 4, 2),
                repeated(channel("x"), 7, 3)
            ]
        );
    }

    #[test]
    fn every_problem_is_told_with_line_column_and_remedy() {
        let text =
            b"to_contact,to_channel\na,b\n,\n\"two\nlines\",\n..,\na,b,c\n\xff,\n,825c\n, a\\b\n";
        assert_eq!(
            problems(text),
            [
                "line 2: both `to_contact` and `to_channel` are filled: leave one empty, or make two rows of it",
                "line 3: no recipient: fill `to_contact` or `to_channel`, or remove the row",
                "line 4: column `to_contact`: contact holds a control character at byte 3: correct it",
                "line 6: column `to_contact`: contact is `.` or `..`, which would address another resource: correct it",
                "line 7: 3 fields where the header has 2: put a field that holds a comma in quotes",
                "line 8: column `to_contact`: is not UTF-8: save the file with that encoding",
                "line 10: column `to_channel`: channel id holds a backslash, which URLs read as a slash: correct it",
            ]
        );
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        let text = "\u{feff}to_contact\r\na\r\n\r\n\r\n..\r\n\"b\r\nc\"\r\n.\r\na,b";
        let problems = problems(text.as_bytes());
        let lines: Vec<_> = problems.iter().map(|problem| &problem[..7]).collect();
        assert_eq!(lines, ["line 5:", "line 6:", "line 8:", "line 9:"]);
    }

    #[test]
    fn a_file_without_its_header_or_its_rows_is_refused() {
        for (text, says) in [
            ("", "no column `to_contact` or `to_channel` in ``"),
            (
                "a@b\nc@d\n",
                "in `a@b`: give the first row with the names of the columns",
            ),
            (
                "name;to_contact\nJill;a@b\n",
                "separate the columns with commas",
            ),
            ("to_contact\n", "no row follows the header"),
            (
                "to_contact,to_contact\na,b\n",
                "column `to_contact`: stands in the header twice",
            ),
        ] {
            let problems = problems(text.as_bytes());
            assert!(
                problems.len() == 1 && problems[0].contains(says),
                "{problems:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&[b"to_contact,to_channel\n", &text[..]].concat());
            let _ = parse(&text);
        }

        #[test]
        fn what_was_written_as_csv_is_read_as_it_was(ids in proptest::collection::hash_set("[a-zA-Z0-9{}+/=,\"][a-zA-Z0-9{}+/=,\"#]{0,9}[a-z]", 1..20)) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(COLUMNS).unwrap();
            let ids: Vec<_> = ids.into_iter().collect();
            for id in &ids {
                writer.write_record(["", id.as_str()]).unwrap();
            }
            let text = writer.into_inner().unwrap();
            let expected: Vec<_> = ids.into_iter().map(To::Channel).collect();
            prop_assert_eq!(parse(&text).unwrap().listed, expected);
        }
    }
}
