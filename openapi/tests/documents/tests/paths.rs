//! The path rule, held against every operation of the real document.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use zoom_chat_openapi::request::Problem;
use zoom_chat_openapi::{Client, InvalidRequest, Request, operations, requests};

include!(concat!(env!("GENERATED"), "/paths.rs"));

/// The request as it would be sent. Nothing in it waits.
fn preview<R: Request>(request: &R) -> Result<reqwest::Request, InvalidRequest> {
    static HTTP: std::sync::LazyLock<reqwest::Client> =
        std::sync::LazyLock::new(reqwest::Client::new);
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(Client::preview(
            "http://localhost/v2",
            HTTP.clone(),
            request,
        ))
}

/// What is left of a value when nothing can be decoded any more.
fn decoded(value: &str) -> Vec<u8> {
    let mut bytes = value.as_bytes().to_vec();
    let triplet = |bytes: &[u8]| {
        bytes
            .windows(3)
            .position(|it| it[0] == b'%' && it[1].is_ascii_hexdigit() && it[2].is_ascii_hexdigit())
    };
    while let Some(at) = triplet(&bytes) {
        let digits = String::from_utf8(bytes[at + 1..at + 3].to_vec()).unwrap();
        bytes.splice(at..at + 3, [u8::from_str_radix(&digits, 16).unwrap()]);
    }
    bytes
}

fn is_refused(value: &str) -> bool {
    let bytes = decoded(value);
    bytes.is_empty()
        || bytes
            .split(|it| *it == b'/')
            .any(|part| part == b"." || part == b"..")
        || bytes.iter().any(|it| *it == b'\\' || it.is_ascii_control())
        || bytes
            .windows(2)
            .any(|it| it[0] == 0xc2 && (0x80..0xa0).contains(&it[1]))
}

/// Every operation with a text in its path, with `value` in one place after the other.
fn hold(value: &str) -> Result<(), TestCaseError> {
    for (operation, template, wire, sent) in with(value) {
        match sent {
            Err(error) if is_refused(value) => {
                prop_assert_eq!(error.operation(), operation);
                prop_assert_eq!(error.name(), wire);
                let refused = matches!(
                    error.problem(),
                    Problem::EmptySegment | Problem::DotSegment | Problem::SegmentCharacter
                );
                prop_assert!(refused, "{error}");
            }
            // The rest of the request is of no interest here.
            Err(error) => prop_assert_eq!(error.problem(), &Problem::Missing),
            Ok(sent) => {
                prop_assert!(!is_refused(value), "{operation} sends {value:?}");
                let path = sent.url().path();
                prop_assert_eq!(
                    path.split('/').count(),
                    template.split('/').count() + 1,
                    "{}",
                    path
                );
                let segment = template
                    .split('/')
                    .position(|it| it == format!("{{{wire}}}"))
                    .unwrap();
                let segment = path.split('/').nth(segment + 1).unwrap();
                prop_assert_eq!(once(segment), value, "{}", path);
            }
        }
    }
    Ok(())
}

/// A segment as a server decodes it.
fn once(segment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = segment.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(&more[..2]).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
            rest = &more[2..];
        } else {
            bytes.push(*first);
            rest = more;
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_operation_with_a_path_parameter_is_held_to_it() {
    let expected = operations::ALL
        .iter()
        .filter(|it| it.path.contains('{'))
        .count();
    let mut seen: Vec<_> = with("x")
        .into_iter()
        .map(|(operation, ..)| operation)
        .collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), expected);
    assert!(with("x").iter().filter(|(.., sent)| sent.is_ok()).count() > expected / 2);
}

#[test]
fn what_would_address_another_resource_never_leaves() {
    for value in [
        "",
        ".",
        "..",
        "%2e",
        "%2E%2e",
        ".%2e",
        "%252e%252e",
        "a\\..\\b",
        "%5c",
        "a\nb",
        "\0",
        "%00",
        "\u{7f}",
        "\u{85}",
        "../x",
        "a/%2e%2e/b",
        "a/b==",
        "a b",
        "?",
        "#x",
        "50%",
        "%zz",
        "ä",
        "...",
        "a;b",
        "@",
        "/",
    ] {
        hold(value).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_value_is_one_segment_or_refused(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                ".", "..", "/", "\\", "%", "2e", "2E", "%2e", "%25", "5c", "%2f", "a", "==", "?", "#", " ", "\n", "\0",
                "\u{9f}", "é", ";", ":", "%c2", "%85",
            ]),
            0..7,
        ),
    ) {
        hold(&parts.concat())?;
    }
}
