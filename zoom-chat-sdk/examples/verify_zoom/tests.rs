//! The trial against a stand-in, with each answer to what is disputed.

use crate::{
    Table, against,
    channel::Removed,
    stand_in::{self, Answers, CHANNEL, End, LastToken, Misplaced, TOKEN, Unit},
};

async fn tried(answers: Answers) -> (Table, Removed) {
    let stand_in = stand_in::start(answers).await.unwrap();
    let (table, removed) = against(&stand_in).await.unwrap();
    let (sent, left) = stand_in.counts();
    assert_eq!((removed.removed, removed.left, left), (sent, 0, 0));
    assert!(removed.listed && sent > 0);
    let shown = table.to_string();
    assert!(!shown.contains(TOKEN) && !shown.contains(CHANNEL) && !shown.contains("stand-in-"));
    (table, removed)
}

fn with(change: impl FnOnce(&mut Answers)) -> Answers {
    let mut answers = Answers::default();
    change(&mut answers);
    answers
}

#[tokio::test]
async fn each_answer_to_each_dispute_is_told() {
    let encoding = "encoding of a message";
    let (mentions, rich_text) = (
        "unit of positions of mentions",
        "unit of positions of rich text",
    );
    let end = "end of a formatted range";
    let unchecked = "Zoom does not check positions: use --pause and look";
    let cases = [
        (
            Answers::default(),
            vec![
                (encoding, "both are accepted: no setting is needed"),
                ("mentions in form data", "form data carries mentions"),
                (mentions, "TextUnit::Utf16, the default"),
                (rich_text, "TextUnit::Utf16, the default"),
                (end, "RangeEnd::Inclusive, the default"),
                (
                    "unknown property",
                    "ignored: a property that is misspelt is lost silently",
                ),
                (
                    "rich text without format_attr",
                    "required, and missed silently; the SDK always sends it",
                ),
                (
                    "unit of the length of a message",
                    "TextUnit::Utf16, the default",
                ),
                ("formatting after an edit", "an edit removes formatting"),
                (
                    "page token on the last page",
                    "the last page has an empty token",
                ),
                ("page token used twice", "a page may be asked for again"),
                (
                    "page token that is not Zoom's",
                    "refused, as an expired one should be",
                ),
            ],
        ),
        (
            with(|it| it.takes_form_data = false),
            vec![
                (encoding, "set Encoding::Json"),
                ("mentions in form data", "mentions need JSON"),
            ],
        ),
        (
            with(|it| it.takes_json = false),
            vec![(encoding, "set Encoding::Multipart")],
        ),
        (
            with(|it| it.form_data_carries_mentions = false),
            vec![("mentions in form data", "set Encoding::Json for mentions")],
        ),
        (
            with(|it| it.mention_unit = Unit::CodePoints),
            vec![
                (mentions, "set TextUnit::CodePoint"),
                (rich_text, "TextUnit::Utf16, the default"),
            ],
        ),
        (
            with(|it| it.rich_text_unit = Unit::CodePoints),
            vec![
                (mentions, "TextUnit::Utf16, the default"),
                (rich_text, "set TextUnit::CodePoint"),
            ],
        ),
        (
            with(|it| it.rich_text_unit = Unit::Bytes),
            vec![(rich_text, "bytes: the SDK cannot count so")],
        ),
        (
            with(|it| it.misplaced = Misplaced::Refused),
            vec![
                (mentions, "TextUnit::Utf16, the default"),
                (end, "RangeEnd::Inclusive, the default"),
            ],
        ),
        (
            with(|it| it.misplaced = Misplaced::Kept),
            vec![
                (mentions, unchecked),
                (rich_text, unchecked),
                (end, unchecked),
            ],
        ),
        (
            with(|it| it.rich_text_end = End::Exclusive),
            vec![
                (end, "set RangeEnd::Exclusive"),
                (rich_text, "TextUnit::Utf16, the default"),
            ],
        ),
        (
            with(|it| it.refuses_unknown = true),
            vec![("unknown property", "refused: nothing is lost silently")],
        ),
        (
            with(|it| it.needs_format_attr = false),
            vec![("rich text without format_attr", "optional")],
        ),
        (
            with(|it| it.length_unit = Unit::CodePoints),
            vec![(
                "unit of the length of a message",
                "set TextUnit::CodePoint, or Zoom's limit is larger",
            )],
        ),
        (
            with(|it| it.length_unit = Unit::Bytes),
            vec![(
                "unit of the length of a message",
                "bytes: the SDK cannot count so",
            )],
        ),
        (
            with(|it| it.edit_keeps_rich_text = true),
            vec![(
                "formatting after an edit",
                "an edit keeps formatting, at the old positions",
            )],
        ),
        (
            with(|it| it.last_token = LastToken::Missing),
            vec![("page token on the last page", "the last page has no token")],
        ),
        (
            with(|it| it.last_token = LastToken::Null),
            vec![("page token on the last page", "the last page has no token")],
        ),
        (
            with(|it| it.tokens_once = true),
            vec![(
                "page token used twice",
                "a page must not be asked for again",
            )],
        ),
        (
            with(|it| it.refuses_foreign_token = false),
            vec![(
                "page token that is not Zoom's",
                "an expired token may give the first page again",
            )],
        ),
    ];
    for (answers, told) in cases {
        let (table, _) = tried(answers).await;
        for (fact, means) in told {
            assert_eq!(table.means(fact), Some(means), "{answers:?}\n{table}");
        }
        assert!(table.is_complete(), "{table}");
    }
}

#[tokio::test]
async fn a_failure_costs_its_own_facts_and_leaves_no_message() {
    // Each message in turn is kept by the stand-in and answered with 500: its id is never known.
    let (whole, _) = tried(Answers::default()).await;
    let mut at = 1;
    loop {
        let (table, removed) = tried(with(|it| it.breaks_at = Some(at))).await;
        assert_eq!(table.len(), whole.len(), "{table}");
        if table.is_complete() {
            assert!(at > removed.removed, "message {at} did not fail");
            break;
        }
        assert!(table.len() - table.seen() <= 3, "{table}");
        assert!(
            table.to_string().contains("<channel> is out of order"),
            "{table}"
        );
        at += 1;
    }
    assert!(at > 15);
}

#[tokio::test]
async fn a_table_has_a_line_for_each_fact() {
    let (table, _) = tried(Answers::default()).await;
    let lines: Vec<_> = table.to_string().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 1 + table.len());
    let column = lines[0].find("means").unwrap();
    for line in &lines[1..] {
        assert_eq!(line.chars().nth(column - 1), Some(' '), "{line}");
        assert!(line.chars().count() > column, "{line}");
    }
}
