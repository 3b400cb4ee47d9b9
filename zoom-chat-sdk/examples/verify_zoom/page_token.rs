//! How a listing ends, and what page tokens bear.

use serde_json::Value;

use crate::{
    Findings,
    channel::{PLAIN, TestChannel, next_token},
    finding::Finding,
};

pub(crate) const FACTS: [&str; 3] = [
    "page token on the last page",
    "page token used twice",
    "page token that is not Zoom's",
];

/// So many pages are read in search of the last one.
const MOST_PAGES: usize = 20;

pub(crate) async fn verify(channel: &mut TestChannel) -> Findings {
    // More than one page of one message each.
    for text in ["first of two", "second of two"] {
        channel.send(text, PLAIN).await?;
    }
    let [last, twice, foreign] = FACTS;
    Ok(vec![
        last_page(channel, last).await?,
        used_twice(channel, twice).await?,
        not_zooms(channel, foreign).await?,
    ])
}

async fn last_page(
    channel: &TestChannel,
    fact: &'static str,
) -> Result<Finding, zoom_chat_sdk::Error> {
    let mut token = None;
    for _ in 0..MOST_PAGES {
        let page = match channel.page(50, token.as_deref()).await? {
            Ok(page) => page,
            Err(how) => return Ok(Finding::new(fact, how, "the listing is refused")),
        };
        token = next_token(&page).map(str::to_owned);
        if token.is_none() {
            return Ok(match page.get("next_page_token") {
                None => Finding::new(fact, "missing", "the last page has no token"),
                Some(Value::Null) => Finding::new(fact, "null", "the last page has no token"),
                Some(_) => Finding::new(fact, "empty", "the last page has an empty token"),
            });
        }
    }
    Ok(Finding::new(
        fact,
        "a token on each page",
        "too many messages today: no last page is shown",
    ))
}

async fn used_twice(
    channel: &TestChannel,
    fact: &'static str,
) -> Result<Finding, zoom_chat_sdk::Error> {
    let first = match channel.page(1, None).await? {
        Ok(page) => page,
        Err(how) => return Ok(Finding::new(fact, how, "the listing is refused")),
    };
    let Some(token) = next_token(&first) else {
        return Ok(Finding::new(
            fact,
            "no token after one of two messages",
            "the page size is not kept",
        ));
    };
    let (once, again) = (
        channel.page(1, Some(token)).await?,
        channel.page(1, Some(token)).await?,
    );
    Ok(match (once, again) {
        (Ok(once), Ok(again)) if once["messages"] == again["messages"] => {
            Finding::new(fact, "the same page", "a page may be asked for again")
        }
        (Ok(_), Ok(_)) => Finding::new(fact, "another page", "a page must not be asked for again"),
        (Ok(_), Err(how)) => Finding::new(fact, how, "a page must not be asked for again"),
        (Err(how), _) => Finding::new(fact, how, "page tokens are refused"),
    })
}

async fn not_zooms(
    channel: &TestChannel,
    fact: &'static str,
) -> Result<Finding, zoom_chat_sdk::Error> {
    Ok(
        match channel.page(1, Some("verify_zoom-no-such-token")).await? {
            Ok(_) => Finding::new(
                fact,
                "accepted",
                "an expired token may give the first page again",
            ),
            Err(how) => Finding::new(fact, how, "refused, as an expired one should be"),
        },
    )
}
