//! Whether an edit, which cannot carry formatting, keeps the formatting of the message.

use serde_json::json;

use crate::{
    Findings,
    channel::{Taken, TestChannel},
    finding::Finding,
};

pub(crate) const FACTS: [&str; 1] = ["formatting after an edit"];

pub(crate) async fn verify(channel: &mut TestChannel) -> Findings {
    let [fact] = FACTS;
    let start = channel.prefix().len();
    let rich_text = json!({"rich_text": [
        {"format_type": "Bold", "format_attr": "", "start_position": start, "end_position": start + 1},
    ]});
    let id = match channel.send("before the edit", rich_text).await? {
        Taken::As(id) => id,
        Taken::Refused(how) => return Ok(vec![Finding::new(fact, how, "rich text is refused")]),
    };
    channel.edit(&id, "after the edit").await?;
    let finding = match channel.read(&id).await?.rich_text.as_deref() {
        None | Some([]) => Finding::new(fact, "dropped", "an edit removes formatting"),
        Some(_) => Finding::new(
            fact,
            "kept",
            "an edit keeps formatting, at the old positions",
        ),
    };
    Ok(vec![finding])
}
