use super::super::*;
use super::errors;

fn pairs(expected: &[(i64, &str)]) -> Vec<(i64, String)> {
    expected
        .iter()
        .map(|(code, text)| (*code, (*text).to_owned()))
        .collect()
}

#[test]
fn reads_the_names_of_the_seed_responses() {
    let sent = response("**Status Code:** `201`<br>\nMessage sent.");
    assert_eq!(sent.status.map(|found| found.fact), Some(201));
    assert_eq!(sent.description, "Message sent.");

    let name = "**HTTP Status Code:** `400`<br>\nBad request.<br>\n**Error Code:** `5301`<br>\nMessage sending failed.<br>\n**Error Code:** `5402`<br>\nThis only supports replies to a main message.";
    let refused = response(name);
    assert_eq!(refused.description, "Bad request.");
    assert_eq!(refused.errors[0].range.start, name.find("**Error").unwrap());
    assert_eq!(
        errors(name),
        pairs(&[
            (5301, "Message sending failed."),
            (5402, "This only supports replies to a main message.")
        ])
    );

    let name = "**HTTP Status Code:** `404`<br>\n**Error Code**: `1001`<br>\nUser does not exist: $to_contact.<br>\n**Error Code**: `4130`<br>\nChannel does not exist: $to_channel.";
    assert_eq!(response(name).description, "");
    assert_eq!(
        errors(name),
        pairs(&[
            (1001, "User does not exist: $to_contact."),
            (4130, "Channel does not exist: $to_channel.")
        ])
    );
}

#[test]
fn reads_statuses_in_every_spelling() {
    for (name, status, description) in [
        (
            "**HTTP Status Code:**`200`   The list of emojis returned.",
            Some(200),
            "The list of emojis returned.",
        ),
        (
            "**HTTP Status Code:** `204`: file deleted.",
            Some(204),
            "file deleted.",
        ),
        (
            "**Status Code:** `201`   \n \nFile successfully uploaded.",
            Some(201),
            "File successfully uploaded.",
        ),
        (
            "<b>Status code:</b> 409<br/>Conflict",
            Some(409),
            "Conflict",
        ),
        (
            "HTTP Status Code: 429\nToo many requests",
            Some(429),
            "Too many requests",
        ),
        ("Returns the file.", None, "Returns the file."),
        (
            "The status code: see below",
            None,
            "The status code: see below",
        ),
        (
            "**Status Code:** `99999` odd",
            None,
            "**Status Code:** `99999` odd",
        ),
    ] {
        let facts = response(name);
        assert_eq!(facts.status.map(|found| found.fact), status, "{name}");
        assert_eq!(facts.description, description, "{name}");
    }
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
    assert_eq!(facts.description, "Bad.");
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
        response("**Error Codes:** are listed elsewhere").description,
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
