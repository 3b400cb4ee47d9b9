use super::super::*;

#[test]
fn reads_statuses_in_every_spelling() {
    for (name, status, description) in [
        (
            "**Status Code:** `201`<br>\nMessage sent.",
            Some(201),
            "Message sent.",
        ),
        (
            "Bad.<br>**Error Code:** `12`",
            None,
            "Bad.  \n**Error Code:** `12`",
        ),
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
