use super::*;
use crate::mine;

fn pairs(expected: &[(i64, &str)]) -> Vec<(i64, String)> {
    expected
        .iter()
        .map(|(code, text)| (*code, (*text).to_owned()))
        .collect()
}

#[test]
fn reads_the_names_of_the_seed_responses() {
    let name = "**HTTP Status Code:** `400`<br>\nBad request.<br>\n**Error Code:** `5301`<br>\nMessage sending failed.<br>\n**Error Code:** `5402`<br>\nThis only supports replies to a main message.";
    let refused = response(name);
    let rest = mine::response(&refused.rest);
    assert_eq!(rest.status.map(|found| found.fact), Some(400));
    assert_eq!(rest.description, "Bad request.");
    assert_eq!(refused.errors[0].range.start, name.find("**Error").unwrap());
    assert_eq!(
        errors(name),
        pairs(&[
            (5301, "Message sending failed."),
            (5402, "This only supports replies to a main message.")
        ])
    );

    let name = "**HTTP Status Code:** `404`<br>\n**Error Code**: `1001`<br>\nUser does not exist: $to_contact.<br>\n**Error Code**: `4130`<br>\nChannel does not exist: $to_channel.";
    assert_eq!(described(name), "");
    assert_eq!(
        errors(name),
        pairs(&[
            (1001, "User does not exist: $to_contact."),
            (4130, "Channel does not exist: $to_channel.")
        ])
    );
}

#[test]
fn reads_error_codes_in_every_spelling() {
    for (name, expected) in [
        (
            "**Error Code:** `300` <br>\n  <br> Must provide either. <br> <br>",
            &[(300, "Must provide either.")][..],
        ),
        (
            "**Error Code:** `300` <br>\n Message does not exist: $messageId. <br> Must provide either.<br> <br>\n**Error Code:** `300` <br>\n Other. <br>",
            &[
                (300, "Message does not exist: $messageId."),
                (300, "Must provide either."),
                (300, "Other."),
            ],
        ),
        (
            "**Error Code:** `200` <br>\n* The contact is invalid. \n* Only the sender can.\n\n**Error Code:** `300`",
            &[
                (200, "The contact is invalid."),
                (200, "Only the sender can."),
                (300, ""),
            ],
        ),
        (
            "**Error Code:** `5306`<br/>\n**Error Code:** `5307`<br/>Text",
            &[(5306, ""), (5307, "Text")],
        ),
        (
            "**Error Codes:**<br>\n* `300` - First.\n* `5301`: Second,\n  continued.\n",
            &[(300, "First."), (5301, "Second, continued.")],
        ),
        (
            "**Error Codes:** `300`, `301` <br> Both.",
            &[(300, "Both."), (301, "Both.")],
        ),
        (
            "Bad Request **Error Code:** 300 Plain number.",
            &[(300, "Plain number.")],
        ),
        (
            "Bad Request\nError code: 300 - Plain label.",
            &[(300, "Plain label.")],
        ),
        (
            "<b>Error Code:</b> 300<br>In HTML: &quot;x&quot;.",
            &[(300, "In HTML: \"x\".")],
        ),
        (
            "**Error Code:** `300` <br>\n Invalid parameter, the possible reasons:\n1. Allowed: letters\n2. At most 256KB. <br>",
            &[(
                300,
                "Invalid parameter, the possible reasons: 1. Allowed: letters 2. At most 256KB.",
            )],
        ),
        (
            "**Error Code:** `404` <br>\n Does not exist: '${fileId}' or `$x` or {0}.",
            &[(404, "Does not exist: '${fileId}' or `$x` or {0}.")],
        ),
        ("The error code: see the guide", &[]),
        ("**Error Codes:** are listed elsewhere", &[]),
        ("**Error Code:** `99999999999999999999`", &[]),
    ] {
        assert_eq!(errors(name), pairs(expected), "{name}");
    }
}

#[test]
fn errors_of_a_list_are_claimed_line_by_line() {
    let name = "Bad.<br>\n**Error Codes:**<br>\n* `300` - First.\n* `5301`: Second.";
    let facts = response(name);
    assert_eq!(described(name), "Bad.");
    let claimed: Vec<_> = facts
        .errors
        .iter()
        .map(|error| name.get(error.range.clone()).unwrap())
        .collect();
    assert_eq!(
        claimed,
        ["**Error Codes:**<br>\n* `300` - First.", "`5301`: Second."]
    );
}

#[test]
fn names_without_facts_stay_whole() {
    assert_eq!(
        described("**Error Codes:** are listed elsewhere"),
        "**Error Codes:** are listed elsewhere"
    );
}

#[test]
fn bullets_within_a_line_part_texts() {
    assert_eq!(
        errors(
            "**Error Code:** `7010`<br>No header. * Invalid token. * Width * height is too much."
        ),
        pairs(&[
            (7010, "No header."),
            (7010, "Invalid token."),
            (7010, "Width * height is too much."),
        ])
    );
}
