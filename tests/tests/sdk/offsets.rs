//! Positions of mentions, against a reference that is too slow to be wrong.

use std::sync::LazyLock;

use proptest::prelude::*;
use tokio::runtime::Runtime;
use zoom_chat_sdk::{Encoding, Message, Recipient, TextUnit, ZoomChat};
use zoom_chat_tests::loopback::{Answer, Loopback};

#[derive(Debug, Clone)]
enum Piece {
    Text(String),
    Mention(String),
    Everyone,
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let piece = prop_oneof![
        "[a-z @👍é\u{1F3FD}\u{200D}]{0,6}".prop_map(Piece::Text),
        "[A-Z👩ß日]{1,4}".prop_map(Piece::Mention),
        Just(Piece::Everyone),
    ];
    prop::collection::vec(piece, 1..8)
}

fn message(pieces: &[Piece]) -> Message {
    pieces
        .iter()
        .fold(Message::new(""), |message, piece| match piece {
            Piece::Text(text) => message.text(text),
            Piece::Mention(name) => message.mention("jill@example.com", name),
            Piece::Everyone => message.mention_everyone(),
        })
}

/// One runtime for all cases.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// Sends the message and gives what arrived: its text and the positions of its mentions.
fn sent(message: Message, unit: TextUnit) -> (String, Vec<(usize, usize)>) {
    RUNTIME.block_on(async {
        let zoom = Loopback::answering([Answer::sent("m1")]).await;
        let client = ZoomChat::builder()
            .access_token("t0ken")
            .base_url(zoom.base_url())
            .encoding(Encoding::Json)
            .text_unit(unit)
            .build()
            .unwrap();
        client
            .send_message(Recipient::channel("c").unwrap(), message)
            .await
            .unwrap();
        let body: serde_json::Value = serde_json::from_slice(&zoom.only_request().body).unwrap();
        let position = |item: &serde_json::Value, key: &str| item[key].as_u64().unwrap() as usize;
        let items = body["at_items"].as_array().cloned().unwrap_or_default();
        let positions = items.iter().map(|item| {
            (
                position(item, "start_position"),
                position(item, "end_position"),
            )
        });
        (
            body["message"].as_str().unwrap().to_owned(),
            positions.collect(),
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mention_covers_exactly_its_name(pieces in pieces()) {
        let names: Vec<_> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(_) => None,
                Piece::Mention(name) => Some(format!("@{name}")),
                Piece::Everyone => Some("@all".to_owned()),
            })
            .collect();
        prop_assume!(!message(&pieces).as_str().is_empty());

        let (text, positions) = sent(message(&pieces), TextUnit::Utf16);
        let units: Vec<u16> = text.encode_utf16().collect();
        let covered: Vec<_> =
            positions.iter().map(|&(start, end)| String::from_utf16(&units[start..=end]).unwrap()).collect();
        prop_assert_eq!(&covered, &names);

        let (text, positions) = sent(message(&pieces), TextUnit::CodePoint);
        let points: Vec<char> = text.chars().collect();
        let covered: Vec<String> = positions.iter().map(|&(start, end)| points[start..=end].iter().collect()).collect();
        prop_assert_eq!(&covered, &names);
    }

    #[test]
    fn marking_a_whole_text_gives_what_building_it_gives(pieces in pieces()) {
        let built = pieces.iter().filter(|piece| !matches!(piece, Piece::Everyone)).cloned().collect::<Vec<_>>();
        // With an `@` of its own the text may hold the name before the mention does.
        prop_assume!(!built.iter().any(|piece| matches!(piece, Piece::Text(text) if text.contains('@'))));
        let built_message = message(&built);
        prop_assume!(!built_message.as_str().is_empty());
        let marked = built.iter().fold(Message::new(built_message.as_str()), |message, piece| match piece {
            Piece::Mention(name) => message.mark_mention("jill@example.com", name),
            _ => message,
        });
        // One name may begin with another, so that marking finds it earlier; as many are marked, and all of them.
        if let Ok(()) = marked.check(TextUnit::Utf16) {
            let (text, positions) = sent(marked, TextUnit::Utf16);
            let (same, expected) = sent(built_message, TextUnit::Utf16);
            prop_assert_eq!(text, same);
            prop_assert_eq!(positions.len(), expected.len());
            prop_assert!(positions.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
    }
}
