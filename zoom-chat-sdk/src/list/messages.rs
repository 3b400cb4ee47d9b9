//! Listing the messages of a chat: Zoom's operation `listUsersChatMessages`.

use std::{sync::Arc, time::SystemTime};

use zoom_chat_openapi::{operations, types::ListUsersChatMessagesResponse};

use super::listing;
use crate::{
    Error, InvalidId, InvalidSetting, Recipient, UserId, ZoomChat,
    pages::{PageSize, Pages, Position},
    timestamp,
};

/// Where a search looks for its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SearchIn {
    /// In the texts of messages.
    Messages,
    /// In files.
    Files,
}

/// A listing of the messages of a chat, made by [`ZoomChat::list_messages`]. Without [`from`](Self::from) and
/// [`to`](Self::to) Zoom chooses a day, and names it in its answer. It goes back six months.
///
/// ```no_run
/// use std::time::{Duration, SystemTime};
/// use zoom_chat_sdk::{Recipient, ZoomChat};
///
/// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
/// let a_week_ago = SystemTime::now() - Duration::from_secs(7 * 24 * 60 * 60);
/// let team = Recipient::channel("825c8d2b")?;
/// let mut messages = zoom.list_messages(team).from(a_week_ago).to(SystemTime::now()).items()?;
/// while let Some(message) = messages.next().await {
///     println!("{}", message?.message.unwrap_or_default());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is asked for until the stream is polled"]
pub struct ListMessages {
    zoom: ZoomChat,
    chat: Recipient,
    pub(super) page_size: PageSize,
    pub(super) position: Position,
    user: UserId,
    from: Option<SystemTime>,
    to: Option<SystemTime>,
    deleted_and_edited: bool,
    without_replies: bool,
    search: Option<(SearchIn, String)>,
    invalid: Option<InvalidId>,
}

listing!(ListMessages of ListUsersChatMessagesResponse);

impl ListMessages {
    /// The longest text that Zoom searches for, in characters.
    pub const MAX_SEARCH: usize = 256;

    pub(crate) fn new(zoom: ZoomChat, chat: Recipient) -> Self {
        Self {
            zoom,
            chat,
            page_size: PageSize::default(),
            position: Position::default(),
            user: UserId::ME,
            from: None,
            to: None,
            deleted_and_edited: false,
            without_replies: false,
            search: None,
            invalid: None,
        }
    }

    /// Lists a chat of this user instead of the token's own. Takes an account-level app and a role that may.
    pub fn as_user<U>(mut self, user: U) -> Self
    where
        U: TryInto<UserId>,
        U::Error: Into<InvalidId>,
    {
        match user.try_into() {
            Ok(user) => self.user = user,
            Err(error) => self.invalid = Some(error.into()),
        }
        self
    }

    /// Only messages that were sent then or later, to the second.
    pub fn from(mut self, time: SystemTime) -> Self {
        self.from = Some(time);
        self
    }

    /// Only messages that were sent up to then, to the second.
    pub fn to(mut self, time: SystemTime) -> Self {
        self.to = Some(time);
        self
    }

    /// Messages that were edited or deleted as well. Not possible in a search.
    pub fn deleted_and_edited(mut self) -> Self {
        self.deleted_and_edited = true;
        self
    }

    /// Main messages only.
    pub fn without_replies(mut self) -> Self {
        self.without_replies = true;
        self
    }

    /// Only what a search for `words` finds, of 1 to [`MAX_SEARCH`](Self::MAX_SEARCH) characters.
    pub fn search(mut self, place: SearchIn, words: impl Into<String>) -> Self {
        self.search = Some((place, words.into()));
        self
    }

    /// The pages.
    ///
    /// # Errors
    ///
    /// [`Error::Setting`] for a page size or a search that Zoom does not take, [`Error::Id`] for a user that cannot be
    /// one, before anything is asked for.
    pub fn pages(self) -> Result<Pages<ListUsersChatMessagesResponse>, Error> {
        if let Some(error) = self.invalid {
            return Err(error.into());
        }
        let page_size = self.page_size.check()?;
        if let Some((_, words)) = &self.search {
            let length = words.chars().count();
            if length == 0 || length > Self::MAX_SEARCH {
                let problem = format!(
                    "must have 1 to {} characters, not {length}",
                    Self::MAX_SEARCH
                );
                return Err(InvalidSetting::new("search", problem).into());
            }
        }
        let time =
            |time: Option<SystemTime>| time.map(|time| timestamp::utc(timestamp::seconds(time)));
        let (from, to) = (time(self.from), time(self.to));
        let query = Arc::new((self.user, self.chat, self.search, from, to));
        let (deleted_and_edited, without_replies) = (self.deleted_and_edited, self.without_replies);
        Ok(self.zoom.pages(
            &operations::LIST_USERS_CHAT_MESSAGES,
            self.position,
            move |api, page_token| {
                let query = Arc::clone(&query);
                async move {
                    let (user, chat, search, from, to) = &*query;
                    let mut request = api
                        .list_users_chat_messages()
                        .user_id(user.as_str())
                        .page_size(page_size);
                    if let Some(contact) = chat.as_contact() {
                        request = request.to_contact(contact.as_str());
                    }
                    if let Some(channel) = chat.as_channel() {
                        request = request.to_channel(channel.as_str());
                    }
                    if let Some(from) = from {
                        request = request.from(from.as_str());
                    }
                    if let Some(to) = to {
                        request = request.to(to.as_str());
                    }
                    if deleted_and_edited {
                        request = request.include_deleted_and_edited_message(true);
                    }
                    if without_replies {
                        request = request.exclude_child_message(true);
                    }
                    if let Some((place, words)) = search {
                        let place = match place {
                            SearchIn::Messages => "message",
                            SearchIn::Files => "file",
                        };
                        request = request.search_type(place).search_key(words.as_str());
                    }
                    if let Some(token) = page_token {
                        request = request.next_page_token(token);
                    }
                    request.send().await
                }
            },
        ))
    }
}
