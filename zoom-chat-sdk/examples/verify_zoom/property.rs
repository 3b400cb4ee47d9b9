//! What a property gives that Zoom does not know, and rich text that lacks a property without meaning.

use serde_json::json;

use crate::{
    Findings,
    channel::{Taken, TestChannel},
    finding::Finding,
};

pub(crate) const FACTS: [&str; 2] = ["unknown property", "rich text without format_attr"];

pub(crate) async fn verify(channel: &mut TestChannel) -> Findings {
    let [unknown, without_attribute] = FACTS;
    let property = json!({"verify_zoom_unknown": true});
    let unknown = match channel.send("unknown property", property).await? {
        Taken::As(_) => Finding::new(
            unknown,
            "accepted",
            "ignored: a property that is misspelt is lost silently",
        ),
        Taken::Refused(how) => Finding::new(unknown, how, "refused: nothing is lost silently"),
    };
    let start = channel.prefix().len();
    let rich_text = json!({"rich_text": [
        {"format_type": "Bold", "start_position": start, "end_position": start + 1},
    ]});
    let without_attribute = match channel.send("bold", rich_text).await? {
        Taken::Refused(how) => Finding::new(without_attribute, how, "required"),
        Taken::As(id) => match channel.read(&id).await?.rich_text.as_deref() {
            None | Some([]) => Finding::new(
                without_attribute,
                "dropped",
                "required, and missed silently; the SDK always sends it",
            ),
            Some(_) => Finding::new(without_attribute, "kept", "optional"),
        },
    };
    Ok(vec![unknown, without_attribute])
}
