//! The channel for tests: sends to it, reads it, and removes what was sent.

use std::{
    collections::BTreeSet,
    time::{Duration, UNIX_EPOCH},
};

use serde_json::{Value, json};
use zoom_chat_sdk::{
    ChannelId, Encoding, Error, Message, Recipient, UserId, ZoomChat, requests,
    time::{Clock, SystemClock},
    types,
};

use crate::finding::refusal;

/// No further properties of a message.
pub(crate) const PLAIN: Value = Value::Null;

/// So many pages of the channel's messages are searched for what is to be removed.
const MOST_PAGES: usize = 20;

pub(crate) struct TestChannel {
    zoom: ZoomChat,
    channel: ChannelId,
    user: UserId,
    pause: Duration,
    prefix: String,
    sent: BTreeSet<String>,
}

/// How Zoom took a message.
#[derive(Debug)]
pub(crate) enum Taken {
    /// With the id of the message.
    As(String),
    /// With how it was refused.
    Refused(String),
}

/// What became of the messages.
#[derive(Debug)]
pub(crate) struct Removed {
    pub(crate) removed: usize,
    pub(crate) left: usize,
    /// Whether the channel could be searched for messages whose sending ended without an answer.
    pub(crate) listed: bool,
    /// How the texts begin.
    pub(crate) prefix: String,
}

impl TestChannel {
    pub(crate) fn new(zoom: &ZoomChat, channel: ChannelId, user: UserId, pause: Duration) -> Self {
        // Tells this run from others.
        let now = SystemClock.now().duration_since(UNIX_EPOCH);
        Self {
            zoom: zoom.clone(),
            channel,
            user,
            pause,
            prefix: format!("[verify_zoom {:x}] ", now.unwrap_or_default().as_millis()),
            sent: BTreeSet::new(),
        }
    }

    /// How every text begins, so that messages can be found whose sending ended without an answer. It is ASCII.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Sends a text behind the prefix as JSON, with further properties.
    pub(crate) async fn send(&mut self, text: &str, more: Value) -> Result<Taken, Error> {
        tokio::time::sleep(self.pause).await;
        let mut body = json!({
            "message": format!("{}{text}", self.prefix),
            "to_channel": self.channel.as_str(),
        });
        if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
            body.extend(more);
        }
        let path = format!("/chat/users/{}/messages", self.user.as_str());
        match self.zoom.call(requests::Raw::post(path).json(&body)).await {
            Ok(answer) => Ok(match answer["id"].as_str() {
                Some(id) => self.taken(id),
                // The search for the prefix finds it if it was sent.
                None => Taken::Refused("answered without an id".to_owned()),
            }),
            Err(error) => refusal(error.into()).map(Taken::Refused),
        }
    }

    /// Sends a text behind the prefix in an encoding, and mentions everyone behind it.
    pub(crate) async fn send_as(&mut self, encoding: Encoding, text: &str) -> Result<Taken, Error> {
        tokio::time::sleep(self.pause).await;
        let message = Message::new(format!("{}{text} ", self.prefix)).mention_everyone();
        let send = self.zoom.send_message(self.recipient(), message);
        match send.as_user(self.user.clone()).encoding(encoding).await {
            Ok(sent) => Ok(self.taken(sent.id.as_str())),
            Err(error) => refusal(error.into()).map(Taken::Refused),
        }
    }

    fn taken(&mut self, id: &str) -> Taken {
        self.sent.insert(id.to_owned());
        Taken::As(id.to_owned())
    }

    pub(crate) async fn read(&self, id: &str) -> Result<types::GetMessageResponse, Error> {
        let request = requests::GetMessage::new(id)
            .user_id(self.user.as_str())
            .to_channel(self.channel.as_str());
        Ok(self.zoom.call(request).await?.into_inner())
    }

    pub(crate) async fn edit(&self, id: &str, text: &str) -> Result<(), Error> {
        let message = self.zoom.message(self.recipient(), id);
        let text = format!("{}{text}", self.prefix);
        message.as_user(self.user.clone()).edit(text).await?;
        Ok(())
    }

    /// A page of today's messages as Zoom sends it, or how the request was refused.
    pub(crate) async fn page(
        &self,
        size: u32,
        token: Option<&str>,
    ) -> Result<Result<Value, String>, Error> {
        let path = format!("/chat/users/{}/messages", self.user.as_str());
        let mut request = requests::Raw::get(path)
            .query("to_channel", self.channel.as_str())
            .query("page_size", size);
        if let Some(token) = token {
            request = request.query("next_page_token", token);
        }
        match self.zoom.call(request).await {
            Ok(page) => Ok(Ok(page.into_inner())),
            Err(error) => refusal(error.into()).map(Err),
        }
    }

    /// Removes what was sent, and what the channel lists with the prefix.
    pub(crate) async fn remove_all(&mut self) -> Removed {
        let listed = self.find_sent().await;
        let mut removed = 0;
        for id in &self.sent {
            let message = self.zoom.message(self.recipient(), id.as_str());
            match message.as_user(self.user.clone()).delete().await {
                Ok(_) => removed += 1,
                Err(error) => eprintln!(
                    "a message was not removed: {}",
                    self.redact(&error.to_string())
                ),
            }
        }
        Removed {
            removed,
            left: self.sent.len() - removed,
            listed: listed.is_ok_and(|all| all),
            prefix: self.prefix.clone(),
        }
    }

    /// Adds the messages with the prefix; whether every page could be read.
    async fn find_sent(&mut self) -> Result<bool, Error> {
        let mut token = None;
        for _ in 0..MOST_PAGES {
            let Ok(page) = self.page(50, token.as_deref()).await? else {
                return Ok(false);
            };
            for message in page["messages"].as_array().into_iter().flatten() {
                let ours = message["message"]
                    .as_str()
                    .is_some_and(|text| text.starts_with(&self.prefix));
                if let (true, Some(id)) = (ours, message["id"].as_str()) {
                    self.sent.insert(id.to_owned());
                }
            }
            token = next_token(&page).map(str::to_owned);
            if token.is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A text without the channel and the user.
    pub(crate) fn redact(&self, text: &str) -> String {
        let text = text.replace(self.channel.as_str(), "<channel>");
        match self.user.as_str() {
            "me" => text,
            user => text.replace(user, "<user>"),
        }
    }

    fn recipient(&self) -> Recipient {
        self.channel.clone().into()
    }
}

/// The token of the page after this one.
pub(crate) fn next_token(page: &Value) -> Option<&str> {
    page["next_page_token"]
        .as_str()
        .filter(|token| !token.is_empty())
}
