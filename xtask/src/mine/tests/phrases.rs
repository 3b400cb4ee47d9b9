//! What each phrase must give, and what it must not. A failing phrase does not hide another.

use super::super::*;

/// All facts of a text in one line: `required; enum a|b; default a; length 1..2`.
fn told(text: &str) -> String {
    let facts = field(text);
    let span = |low: Option<String>, high: Option<String>| {
        let span = format!("{}..{}", low.unwrap_or_default(), high.unwrap_or_default());
        (span != "..").then_some(span)
    };
    let count = |found: &Option<Found<u64>>| found.as_ref().map(|found| found.fact.to_string());
    let number = |found: &Option<Found<i64>>| found.as_ref().map(|found| found.fact.to_string());
    [
        facts.required.map(|_| "required".to_owned()),
        facts.deprecated.map(|_| "deprecated".to_owned()),
        facts
            .enumeration
            .map(|found| format!("enum {}", found.fact.join("|"))),
        facts.default.map(|found| format!("default {}", found.fact)),
        span(count(&facts.min_length), count(&facts.max_length)).map(|it| format!("length {it}")),
        span(number(&facts.minimum), number(&facts.maximum)).map(|it| format!("value {it}")),
        span(count(&facts.min_items), count(&facts.max_items)).map(|it| format!("items {it}")),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join("; ")
}

fn hold(phrases: &[(&str, &str)]) {
    let wrong: Vec<String> = phrases
        .iter()
        .map(|(text, expected)| (text, expected, told(text)))
        .filter(|(_, expected, told)| told != *expected)
        .map(|(text, expected, told)| {
            format!("{text:?}\n  must give {expected:?}\n  but gives {told:?}")
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_phrase_of_the_table() {
    let tables = [include_str!("phrases.txt"), include_str!("references.txt")];
    let lines = tables
        .iter()
        .flat_map(|table| table.lines())
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    let phrases: Vec<(String, &str)> = lines
        .map(|line| {
            let (text, facts) = line.rsplit_once(" =>").unwrap();
            (text.replace("\\n", "\n"), facts.trim())
        })
        .collect();
    assert!(phrases.len() > 1_900);
    let phrases: Vec<_> = phrases
        .iter()
        .map(|(text, facts)| (&**text, *facts))
        .collect();
    hold(&phrases);
}

#[test]
fn enumerations() {
    hold(&[
        ("Allowed values: red, green.", "enum red|green"),
        ("Allowed values: red, green, etc.", ""),
        ("Allowed values: `red`, `green`, etc.", ""),
        ("Allowed values: `red`, `green` and more.", ""),
        ("Allowed values: `red`, `green`, ...", ""),
        ("Allowed values: `red`, `green`, …", ""),
        ("Allowed values: red, green, custom.", ""),
        ("Allowed values: red, green, other.", ""),
        ("Allowed values: `red`, `custom`.", "enum red|custom"),
        (
            "Allowed values: `red`, `other`, `any`.",
            "enum red|other|any",
        ),
        ("Allowed values: `red`, `green` or a custom colour.", ""),
        (
            "Allowed values: `red`, `green`. Custom values are possible.",
            "",
        ),
        (
            "Allowed values: `red`, `green`. Any other value is ignored.",
            "",
        ),
        ("Allowed values: `red`, `green`. Others are ignored.", ""),
        (
            "Allowed values: `red`, `green`; any other value is ignored.",
            "",
        ),
        (
            "Allowed values: `red`, `green`. More values may be added.",
            "",
        ),
        ("Allowed values: `red`, `green` (not limited to these).", ""),
        ("Comma separated list. Allowed values: `red`, `green`.", ""),
        (
            "Comma-separated list of colours. Allowed values: red, green.",
            "",
        ),
        ("Allowed values: `red`, `green`. Separated by commas.", ""),
        (
            "Allowed values: `red`, `green`. Multiple values can be given.",
            "",
        ),
        (
            "One or more of the colours. Allowed values: `red`, `green`.",
            "",
        ),
        ("Can be combined. Allowed values: `red`, `green`.", ""),
        (
            "A list of colours. Allowed values: `red`, `green`.",
            "enum red|green",
        ),
        ("If the plan is paid, allowed values: `red`, `green`.", ""),
        ("Allowed values: `red`, `green` if the plan is paid.", ""),
        ("Allowed values: `red`, `green`\nif the plan is paid.", ""),
        ("Allowed values: `red`, `green`, when paid.", ""),
        ("Allowed values: `red`, `green` unless it is free.", ""),
        ("Allowed values: `red`, `green`. Unless it is free.", ""),
        ("Allowed values: `red`, `green` for admins.", ""),
        ("Allowed values for admins: `red`, `green`.", ""),
        ("For admins, allowed values: `red`, `green`.", ""),
        ("For example, one of `red`, `green`.", ""),
        ("Cannot be one of `red`, `green`.", ""),
        ("It must not be one of `red`, `green`.", ""),
        ("It isn't one of `red`, `green`.", ""),
        ("No longer supported: `red`, `green`.", ""),
        ("Not allowed: `red`, `green`.", ""),
        ("Supported: photos, videos.", ""),
        ("Available: weekdays, weekends.", ""),
        ("Supported: `photo`, `video`.", "enum photo|video"),
        ("Supported values: photo, video.", "enum photo|video"),
        ("Allowed: letters, digits, underscores.", ""),
        ("Allowed values: strings, numbers.", ""),
        ("Allowed values: 1-10, 20-30.", ""),
        ("Allowed values: 1, 2, 3.", "enum 1|2|3"),
        ("Allowed values: -1, 0, 1.", "enum -1|0|1"),
        ("Allowed values: `red`, green.", ""),
        ("Allowed values: `red`, null.", ""),
        ("Allowed values: red, green by name.", ""),
        (
            "Allowed values: `red` (default), `green`.",
            "enum red|green; default red",
        ),
        ("Must be one of `red` or `green`.", "enum red|green"),
        ("Must be one of `red` or `green`, depending on x.", ""),
        ("The colour is either `red` or `green`.", "enum red|green"),
        (
            "The colour is either `red` or `green` except on Sundays.",
            "",
        ),
        ("One of: `red`, `green`", "enum red|green"),
        (
            "Allowed values: `red`, `green`. Default: red.",
            "enum red|green; default red",
        ),
        (
            "The colour:\n* `red` — hot\n* `green` — cool",
            "enum red|green",
        ),
        (
            "The colour:\n* `red` (default) — hot\n* `green` — cool",
            "enum red|green; default red",
        ),
        (
            "The colour:\n* `red` — hot\n* `green` — cool\n* any other colour name",
            "",
        ),
        (
            "The colour:\n* `red` — hot\n* `green` — cool\n\nOther values are ignored.",
            "",
        ),
        ("The colour:\n* `red` — hot\n* `green` — cool\n* ...", ""),
        (
            "The colour:\n* `red` — if it is hot\n* `green` — otherwise",
            "enum red|green",
        ),
        (
            "If it is paid, the colour:\n* `red` — hot\n* `green` — cool",
            "",
        ),
        (
            "Some of the colours, such as:\n* `red` — hot\n* `green` — cool",
            "",
        ),
        ("The following are ignored:\n* `red`\n* `green`", ""),
        ("Returns an object:\n* `red` — hot\n* `green` — cool", ""),
        (
            "Set it like this:\n\n```\nAllowed values: `red`, `green`.\n```",
            "",
        ),
        (
            "Example:\n\n    Allowed values: red, green.\n    Default: 10.",
            "",
        ),
        ("<pre>Allowed values: red, green. Default: 10.</pre>", ""),
        ("~~~\nDefault: 10.\n~~~", ""),
        ("(This can only be one of slack)", "enum slack"),
        ("X (This can only be one of slack).", "enum slack"),
        ("X (This can only be one of slack) Y.", "enum slack"),
        ("(This can only be one of other,any)", "enum other|any"),
        ("This can only be one of a kind.", ""),
    ]);
}

#[test]
fn defaults() {
    hold(&[
        ("Defaults to true.", "default true"),
        ("Defaults to true, unless the plan is free.", ""),
        ("Defaults to `a` if b is set.", ""),
        ("Defaults to 10 if it is not set.", "default 10"),
        ("If omitted, defaults to 10.", "default 10"),
        ("If not specified, the default is `a`.", "default a"),
        ("If `b` is not set, defaults to 10.", ""),
        ("When paid, defaults to 10.", ""),
        ("Defaults to 10 for admins.", ""),
        ("For admins, the default is 10.", ""),
        ("The default is 10, or 20 with a plan.", ""),
        ("Default: 10, otherwise 20.", ""),
        ("Defaults to true. Unless it is free.", ""),
        ("Defaults to true; when it is free, to false.", ""),
        ("Defaults to true\nunless it is free.", ""),
        ("Default: `a` or `b`.", ""),
        ("Default: `a`, `b`.", ""),
        ("Default: true, false.", ""),
        ("The default is 10,000.", "default 10000"),
        ("The default is 1.5.", "default 1.5"),
        ("The default is 10%.", ""),
        ("The default is 30 seconds.", ""),
        ("Default: 1-5.", ""),
        ("Default: none.", ""),
        ("Default: `null`.", ""),
        ("It does not default to `a`.", ""),
        ("It no longer defaults to `a`.", ""),
        ("There is no default: `a` is just usual.", ""),
        ("Usually defaults to 10.", ""),
        ("The size (default: 10).", "default 10"),
        ("The size, in rows or pages (default 10).", "default 10"),
        (
            "Whether to send it when it is done (default: true).",
            "default true",
        ),
        ("The size (default: 10) if it is paid.", ""),
        ("The size (default: 10, or 20).", ""),
        ("The size [default: 10]", "default 10"),
        ("**Default**: `a`", "default a"),
        ("**Default:** `a`", "default a"),
        ("*Default:* `a`", "default a"),
        ("<b>Default:</b> <code>a</code>", "default a"),
        ("Default = 5", "default 5"),
        ("Default: asc.", ""),
        ("With a default of 10.", "default 10"),
        ("The default of `page_size` is 10.", ""),
        (
            "The size. Default: 10. For each admin there is one more.",
            "default 10",
        ),
    ]);
}

#[test]
fn limits() {
    hold(&[
        ("Up to 80 characters.", "length ..80"),
        ("The name, up to 80 characters long.", "length ..80"),
        ("lines of up to 80 characters each", ""),
        ("Lines of up to 80 characters.", ""),
        ("Up to 80 characters each.", ""),
        ("Up to 80 characters per line.", ""),
        ("Up to 80 characters are shown.", ""),
        ("Up to 80 characters, the rest is cut off.", ""),
        ("Up to 80 characters for admins.", ""),
        ("If it is free, up to 80 characters.", ""),
        ("Up to 80 characters if it is free.", ""),
        ("Up to 80 characters or 20 words.", ""),
        (
            "The text for messages or files, up to 256 characters.",
            "length ..256",
        ),
        ("Must not exceed 64 characters.", "length ..64"),
        ("No longer than 64 characters.", "length ..64"),
        ("Between 3 and 50 characters.", "length 3..50"),
        ("The name, 3-50 characters.", "length 3..50"),
        ("3 to 50 characters per word.", ""),
        ("The maximum length is 1,000 characters.", "length ..1000"),
        (
            "The maximum length is 80 characters, unless it is free.",
            "",
        ),
        ("The maximum length is 256 bytes.", ""),
        ("At most 256 characters, at least 300 characters.", ""),
        ("The maximum value is 10,000.", "value ..10000"),
        ("The maximum value is 1.5.", ""),
        ("The maximum value is 100 for admins.", ""),
        ("Maximum: 100 MB", ""),
        ("Minimum: 1, maximum: 100.", "value 1..100"),
        (
            "The minimum value is 1 and the maximum value is 100.",
            "value 1..100",
        ),
        ("The minimum value is 1 when x is set.", ""),
        ("Results per page (max 100).", "value ..100"),
        ("Must be between 1 and 100.", "value 1..100"),
        ("Must be between 1 and 100 when paid.", ""),
        ("The delay is between 1 and 2 hours.", ""),
        ("At most 6 items.", "items ..6"),
        ("Up to 6 items are returned.", ""),
        ("At most 6 items per page.", ""),
        ("At least 2 items, at most 6 items.", "items 2..6"),
        ("At most 6 items, or 10 items with a plan.", ""),
    ]);
}

#[test]
fn marks() {
    hold(&[
        ("(Required) The user's ID, if any.", "required"),
        ("(Required) If it is true, it is sent.", "required"),
        ("(Required) if x is set.", ""),
        ("(Required, string) The name.", "required"),
        ("(string, required) The name.", "required"),
        ("[required; integer] The size.", "required"),
        ("(Required if x) The name.", ""),
        ("(required, if x) The name.", ""),
        ("(optional) The name.", ""),
        ("(not required) The name.", ""),
        ("**Required** The name.", "required"),
        ("**Required** if x is set.", ""),
        ("**Required** If x is set.", ""),
        ("**Required** when x is set.", ""),
        ("**Required** for admins.", ""),
        ("**Required** unless x is set.", ""),
        ("**Required**, if x is set.", ""),
        ("**Required.** The name.", "required"),
        ("**(Required)** The name.", "required"),
        ("*Required* The name.", "required"),
        ("__Required__ The name.", "required"),
        ("<b>Required</b> The name.", "required"),
        ("<strong>Required:</strong> The name.", "required"),
        ("<b>Required</b> only for admins.", ""),
        ("`required` The name.", "required"),
        ("Required. The name.", "required"),
        ("Required. If x is set.", ""),
        ("required", "required"),
        ("Required: yes", "required"),
        ("Required: no", ""),
        ("Required: false. The name.", ""),
        ("Required: the name.", "required"),
        ("Required - the name.", "required"),
        ("Required if x is set.", ""),
        ("Required for confidential clients.", ""),
        ("Required fields are marked.", ""),
        ("mandatory: The name.", "required"),
        ("Mandatory. The name.", "required"),
        ("(mandatory) The name.", "required"),
        ("Not required.", ""),
        ("The name. Required.", "required"),
        ("The name. Required. Only for admins.", ""),
        ("The name. This field is required.", "required"),
        ("The name. This field is required if x is set.", ""),
        ("The name (required)", "required"),
        ("The name, if any other is missing (required)", ""),
        ("The name (required) of x", ""),
        ("**Deprecated**", "deprecated"),
        ("**Deprecated** - Use `next`.", "deprecated"),
        ("**DEPRECATED:** Use `next`.", "deprecated"),
        ("<b>Deprecated</b> Use `next`.", "deprecated"),
        ("*Deprecated* Use `next`.", "deprecated"),
        ("[DEPRECATED] The name.", "deprecated"),
        ("(deprecated, use `next`) The name.", "deprecated"),
        ("[Deprecated since 2.0] The name.", "deprecated"),
        ("Deprecated: use `next`.", "deprecated"),
        ("Deprecated: yes", "deprecated"),
        ("Deprecated: no", ""),
        ("**Deprecated:** no", ""),
        ("**Deprecated**: false", ""),
        ("Deprecated - false", ""),
        ("(Deprecated: no) The name.", ""),
        ("Deprecated if x is set.", ""),
        ("**Deprecated** for admins.", ""),
        ("**Deprecated** values are ignored.", ""),
        ("**Required** fields are marked.", ""),
        ("In paid plans, the default is 10.", ""),
        ("Deprecated values are ignored.", ""),
        ("Not deprecated.", ""),
        ("Deprecated since 2.0.", "deprecated"),
        ("Deprecated in favor of `next`.", "deprecated"),
        ("The name. **Deprecated**", "deprecated"),
        ("The name. Deprecated, use `next`.", "deprecated"),
        ("The name.\n\n**Deprecated.** Use `next`.", "deprecated"),
        ("The name. This field is deprecated.", "deprecated"),
        (
            "The name. This parameter is now deprecated, use `next`.",
            "deprecated",
        ),
        ("This parameter is deprecated for admins.", ""),
        ("This parameter is not deprecated.", ""),
        ("The kind:\n* `a` — x.\n* `b` — deprecated.", "enum a|b"),
        ("```\nDeprecated: x\n```", ""),
    ]);
}

#[test]
fn names_of_requests() {
    for (name, is_deprecated) in [
        ("[DEPRECATED] Get a thing", true),
        ("Get a thing (deprecated)", true),
        ("Deprecated: get a thing", true),
        ("DEPRECATED - Get a thing", true),
        ("Get a thing - deprecated", true),
        ("⚠️ Deprecated: Get a thing", true),
        ("Deprecated", true),
        ("List deprecated things", false),
        ("Deprecated things", false),
        ("Mark as deprecated", false),
        ("Get a thing", false),
    ] {
        assert_eq!(deprecated_name(name).is_some(), is_deprecated, "{name}");
    }
}
