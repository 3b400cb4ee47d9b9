use super::*;
use crate::mine::to_markdown;

#[test]
fn reads_scopes_and_labels_in_every_spelling() {
    let url = "https://example.com/scopes/";
    for (text, scopes, granular, label, rest) in [
        (
            "Sends.\n\n**Scopes:** `chat_message:write`, `chat_message:write:admin`<br>**[Rate Limit Label](https://e.com/rate-limits#rate-limits):** `Medium`\n\n <p><b>Note:</b> Careful.</p>".to_owned(),
            &["chat_message:write", "chat_message:write:admin"][..], &[][..], Some(RateLimitLabel::Medium), "Sends.\n\n**Note:** Careful.",
        ),
        (
            format!("Lists.\n\n**[Scopes]({url}):** `a:read:admin`,`a:read`\n\n**[Granular Scopes]({url}):** `t:read:x`,`t:read:x:admin`\n\n**[Rate Limit Label]({url}):** `LIGHT`"),
            &["a:read:admin", "a:read"], &["t:read:x", "t:read:x:admin"], Some(RateLimitLabel::Light), "Lists.",
        ),
        (format!("X.\n\n**[Rate Limit Label]({url}):** `RESOURCE-INTENSIVE`"), &[], &[], Some(RateLimitLabel::ResourceIntensive), "X."),
        (format!("X.<p><a href=\"{url}\">Rate Limit Label</a>: Resource-intensive</p>"), &[], &[], Some(RateLimitLabel::ResourceIntensive), "X."),
        (format!("X.\n[**Rate Limit Label**]({url})**:** **Heavy**"), &[], &[], Some(RateLimitLabel::Heavy), "X."),
        ("X.\nScopes: a:read, b:write\nRate Limit Label: light\nMore.".to_owned(), &["a:read", "b:write"], &[], Some(RateLimitLabel::Light), "X.\n\nMore."),
        ("X.\n**Scopes:**\n* `a:read`\n* `b:write`\n\nMore.".to_owned(), &["a:read", "b:write"], &[], None, "X.\n\nMore."),
        ("**Prerequisites:**\n* Scopes: `imchat:bot`\n* A plan.".to_owned(), &["imchat:bot"], &[], None, "**Prerequisites:**\n\n* A plan."),
        ("<b>Scopes:</b> <code>a:read</code> or <code>b:write</code>".to_owned(), &["a:read", "b:write"], &[], None, ""),
        ("X.\n**Scopes:**\n* `a:read` — reads (and more): all of it.\n* `b:write`: writes\n\nMore.".to_owned(), &["a:read", "b:write"], &[], None, "X.\n**Scopes:**\n* `a:read` — reads (and more): all of it.\n* `b:write`: writes\n\nMore."),
        ("**Granular Scopes:**<ul><li><code>a:read</code> reads</li><li><code>b:write</code> writes</li></ul>".to_owned(), &[], &["a:read", "b:write"], None, "**Granular Scopes:**\n\n* `a:read` reads\n\n* `b:write` writes"),
        ("Rate limit: heavy use is not allowed.".to_owned(), &[], &[], None, "Rate limit: heavy use is not allowed."),
        ("**Rate Limit Label:** light but not always".to_owned(), &[], &[], None, "**Rate Limit Label:** light but not always"),
        ("**Rate Limit Label:** light. More.".to_owned(), &[], &[], Some(RateLimitLabel::Light), "More."),
        ("Scope: `project` or `user`".to_owned(), &[], &[], None, "Scope: `project` or `user`"),
        ("X.\n\n```\nScopes: a:read\nRate Limit Label: light\n```".to_owned(), &[], &[], None, "X.\n\n```\nScopes: a:read\nRate Limit Label: light\n```"),
        ("The scopes are many, and the rate limit label of it matters: heavy use.".to_owned(), &[], &[], None, "The scopes are many, and the rate limit label of it matters: heavy use."),
    ] {
        let facts = operation(&text);
        assert_eq!(facts.scopes.map(|found| found.fact).unwrap_or_default(), scopes, "{text}");
        assert_eq!(facts.granular_scopes.map(|found| found.fact).unwrap_or_default(), granular, "{text}");
        assert_eq!(facts.rate_limit_label.map(|found| found.fact), label, "{text}");
        assert_eq!(to_markdown(&facts.rest), rest, "{text}");
    }
}

#[test]
fn only_a_label_with_scopes_counts_and_the_first_of_its_kind() {
    let twice = "X.\n\n**Scopes:** `a:read`\n\n**Scopes:** `b:read`";
    let facts = operation(twice);
    assert_eq!(facts.scopes.unwrap().fact, ["a:read"]);
    assert!(facts.rest.contains("`b:read`"), "{}", facts.rest);
    for text in [
        "X.\n\n**Scopes:** those of the app.",
        "**Scopes** `a:read` and `b:read` are old.",
    ] {
        assert_eq!(operation(text).scopes, None, "{text}");
        assert_eq!(operation(text).rest, text);
    }
    // What is no label leaves room for the one that is.
    let facts = operation("**Scopes:** see below.\n\n**Scopes:** `a:read`");
    assert_eq!(facts.scopes.unwrap().fact, ["a:read"]);
}

#[test]
fn a_server_is_claimed_where_it_stands() {
    let text = "Uploads a file.\n\nBase URL: https://fileapi.zoom.us/v2/.";
    let server = operation(text).server.unwrap();
    assert_eq!(text.get(server.range), Some("https://fileapi.zoom.us/v2"));
}

#[test]
fn reads_an_own_server() {
    for (text, server) in [
        (
            "Uploads. \n\n **Note:** \n* The base URL for this API's is `https://file.zoom.us/v2/`. \n* More.",
            Some("https://file.zoom.us/v2"),
        ),
        (
            "Base URL: https://fileapi.zoom.us/v2.",
            Some("https://fileapi.zoom.us/v2"),
        ),
        (
            "The <b>base URL</b> of this API is <code>https://file.zoom.us/v2</code>.",
            Some("https://file.zoom.us/v2"),
        ),
        ("See https://zoom.us/docs for the base URL.", None),
    ] {
        assert_eq!(
            operation(text).server.map(|found| found.fact).as_deref(),
            server,
            "{text}"
        );
    }
}
