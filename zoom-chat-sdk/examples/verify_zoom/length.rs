//! What the limit of 1024 for the length of a text counts.

use zoom_chat_sdk::Message;

use crate::{
    Findings,
    channel::{PLAIN, Taken, TestChannel},
    finding::Finding,
};

pub(crate) const FACTS: [&str; 1] = ["unit of the length of a message"];

pub(crate) async fn verify(channel: &mut TestChannel) -> Findings {
    // More than the limit in bytes, then in UTF-16 code units as well; never in code points.
    let room = Message::MAX_LENGTH - channel.prefix().len();
    let accents = channel.send(&"é".repeat(room), PLAIN).await?;
    let emoji = channel.send(&"🎉".repeat(room), PLAIN).await?;
    let means = match (&accents, &emoji) {
        (Taken::As(_), Taken::As(_)) => "set TextUnit::CodePoint, or Zoom's limit is larger",
        (Taken::As(_), Taken::Refused(_)) => "TextUnit::Utf16, the default",
        (Taken::Refused(_), _) => "bytes: the SDK cannot count so",
    };
    let name = |taken: &Taken| match taken {
        Taken::As(_) => "accepted".to_owned(),
        Taken::Refused(how) => how.clone(),
    };
    let saw = format!(
        "1024 characters with accents {}, with emoji {}",
        name(&accents),
        name(&emoji)
    );
    let [fact] = FACTS;
    Ok(vec![Finding::new(fact, saw, means)])
}
