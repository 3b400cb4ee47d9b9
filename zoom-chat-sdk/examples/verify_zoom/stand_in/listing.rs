//! The messages page by page, the newest first.

use axum::http::{StatusCode, Uri};
use serde_json::json;

use super::{Answer, Answers, LastToken, Messages, refusal};

pub(super) fn page(answers: &Answers, messages: &mut Messages, uri: &Uri) -> Answer {
    let query = uri.query().unwrap_or_default();
    let parameter = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let start = match parameter("next_page_token").map(|token| (token, offset(token))) {
        None => 0,
        Some((token, Some(_))) if messages.used_tokens.iter().any(|used| used == token) => {
            return refusal("The next page token is invalid or expired.");
        }
        Some((token, Some(offset))) => {
            if answers.tokens_once {
                messages.used_tokens.push(token.to_owned());
            }
            offset
        }
        Some((_, None)) if answers.refuses_foreign_token => {
            return refusal("The next page token is invalid or expired.");
        }
        Some((_, None)) => 0,
    };
    let size = parameter("page_size")
        .and_then(|size| size.parse().ok())
        .unwrap_or(10);
    let listed: Vec<_> = messages.kept.iter().rev().skip(start).take(size).collect();
    let mut page = json!({"messages": listed});
    let next = start + size;
    if next < messages.kept.len() {
        page["next_page_token"] = json!(format!("after-{next}"));
    } else {
        match answers.last_token {
            LastToken::Empty => page["next_page_token"] = json!(""),
            LastToken::Missing => {}
            LastToken::Null => page["next_page_token"] = serde_json::Value::Null,
        }
    }
    (StatusCode::OK, page)
}

fn offset(token: &str) -> Option<usize> {
    token.strip_prefix("after-")?.parse().ok()
}
