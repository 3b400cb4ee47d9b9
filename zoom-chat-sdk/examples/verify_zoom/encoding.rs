//! How the body of a message is encoded: Zoom's Postman item says multipart form data, its reference JSON.

use zoom_chat_sdk::{Encoding, Error};

use crate::{
    Findings,
    channel::{Taken, TestChannel},
    finding::Finding,
};

pub(crate) const FACTS: [&str; 2] = ["encoding of a message", "mentions in form data"];

pub(crate) async fn verify(channel: &mut TestChannel) -> Findings {
    let json = channel.send_as(Encoding::Json, "as JSON").await?;
    let multipart = channel.send_as(Encoding::Multipart, "as form data").await?;
    let means = match (&json, &multipart) {
        (Taken::As(_), Taken::As(_)) => "both are accepted: no setting is needed",
        (Taken::As(_), Taken::Refused(_)) => "set Encoding::Json",
        (Taken::Refused(_), Taken::As(_)) => "set Encoding::Multipart",
        (Taken::Refused(_), Taken::Refused(_)) => {
            "neither is accepted: the message is refused for another reason"
        }
    };
    let saw = format!("JSON {}, form data {}", name(&json), name(&multipart));
    let (saw_mention, means_mention) = mention(channel, &multipart).await?;
    let [encoding, mentions] = FACTS;
    Ok(vec![
        Finding::new(encoding, saw, means),
        Finding::new(mentions, saw_mention, means_mention),
    ])
}

fn name(taken: &Taken) -> &str {
    match taken {
        Taken::As(_) => "accepted",
        Taken::Refused(how) => how,
    }
}

/// Whether a mention, which is JSON within a field of a form, arrived.
async fn mention(
    channel: &TestChannel,
    multipart: &Taken,
) -> Result<(&'static str, &'static str), Error> {
    let Taken::As(id) = multipart else {
        return Ok(("form data is refused", "mentions need JSON"));
    };
    let read = channel.read(id).await?;
    Ok(if read.at_items.is_some_and(|items| !items.is_empty()) {
        ("the mention is there", "form data carries mentions")
    } else {
        ("the mention is gone", "set Encoding::Json for mentions")
    })
}
