//! Listing the messages of a chat: Zoom's operation `listUsersChatMessages`.

use std::time::SystemTime;

use zoom_chat_openapi::{operations, types::ListUsersChatMessagesSearchType};

use crate::{
    Error, InvalidId, InvalidSetting, Recipient, UserId, ZoomChat,
    call::{CallOptions, call_options},
    message::addressed,
    pages::{Items, PageSize, Pages, Position},
    requests,
    time::timestamp,
};

/// What a search looks through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SearchIn {
    /// In the texts of messages.
    Messages,
    /// In files.
    Files,
}

/// A listing of the messages of a chat, made by [`ZoomChat::list_messages`]. Without [`from`](Self::from) and
/// [`to`](Self::to), Zoom chooses a day and returns it in the answer. Messages of the last six months are available.
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
    page_size: PageSize,
    position: Position,
    user: UserId,
    from: Option<SystemTime>,
    to: Option<SystemTime>,
    deleted_and_edited: bool,
    without_replies: bool,
    search: Option<(SearchIn, String)>,
    options: CallOptions,
}

impl ZoomChat {
    /// Lists the messages of a chat with a contact, or of a channel (Zoom's operation `listUsersChatMessages`). See
    /// [`ListMessages`] for what can be set.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut messages = zoom.list_messages(channel).items()?;
    /// while let Some(message) = messages.next().await {
    ///     println!("{:?}", message?.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_messages(&self, chat: Recipient) -> ListMessages {
        ListMessages::new(self.clone(), chat)
    }
}

impl ListMessages {
    /// The maximum length of a search text, in characters.
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
            options: CallOptions::default(),
        }
    }

    /// Lists a chat of this user instead of the token's user. This requires an account-level app and a role with the
    /// permission.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut messages = zoom.list_messages(channel).as_user("jchill@example.com").items()?;
    /// while let Some(message) = messages.next().await {
    ///     println!("{:?}", message?.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn as_user(mut self, user: impl TryInto<UserId, Error: Into<InvalidId>>) -> Self {
        if let Some(user) = self.options.id(user) {
            self.user = user;
        }
        self
    }

    /// Only messages that were sent at this time or later, to the second.
    ///
    /// ```
    /// use std::time::SystemTime;
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, start: SystemTime) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut messages = zoom.list_messages(channel).from(start).items()?;
    /// while let Some(message) = messages.next().await {
    ///     println!("{:?}", message?.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn from(mut self, time: SystemTime) -> Self {
        self.from = Some(time);
        self
    }

    /// Only messages that were sent at this time or earlier, to the second.
    ///
    /// ```
    /// use std::time::SystemTime;
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, end: SystemTime) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut messages = zoom.list_messages(channel).to(end).items()?;
    /// while let Some(message) = messages.next().await {
    ///     println!("{:?}", message?.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn to(mut self, time: SystemTime) -> Self {
        self.to = Some(time);
        self
    }

    /// Includes edited and deleted messages. Not possible in a search.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut messages = zoom.list_messages(channel).deleted_and_edited().items()?;
    /// while let Some(message) = messages.next().await {
    ///     println!("{:?}", message?.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn deleted_and_edited(mut self) -> Self {
        self.deleted_and_edited = true;
        self
    }

    /// Excludes replies.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut messages = zoom.list_messages(channel).without_replies().items()?;
    /// while let Some(message) = messages.next().await {
    ///     println!("{:?}", message?.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn without_replies(mut self) -> Self {
        self.without_replies = true;
        self
    }

    /// Only messages that contain `words`, of 1 to [`MAX_SEARCH`](Self::MAX_SEARCH) characters.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, SearchIn, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut messages = zoom.list_messages(channel).search(SearchIn::Messages, "release").items()?;
    /// while let Some(message) = messages.next().await {
    ///     println!("{:?}", message?.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn search(mut self, place: SearchIn, words: impl Into<String>) -> Self {
        self.search = Some((place, words.into()));
        self
    }

    /// The number of items on a page: 1 to 50, which is also the default.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut messages = zoom.list_messages(channel).page_size(20).items()?;
    /// while let Some(message) = messages.next().await {
    ///     println!("{:?}", message?.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn page_size(mut self, items: u32) -> Self {
        self.page_size = PageSize::new(items);
        self
    }

    /// Resumes at the position of another stream of the same listing.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat, pages::Position};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient, position: Position) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut messages = zoom.list_messages(channel).resume(position).items()?;
    /// while let Some(message) = messages.next().await {
    ///     println!("{:?}", message?.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn resume(mut self, position: Position) -> Self {
        self.position = position;
        self
    }

    call_options!(options);

    /// The messages, one by one.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut messages = zoom.list_messages(channel).items()?;
    /// while let Some(message) = messages.next().await {
    ///     println!("{:?}", message?.message);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Before anything is sent, as [`pages`](Self::pages). The errors of the calls, and
    /// [`ErrorKind::Paging`](crate::ErrorKind::Paging) if the listing cannot continue, are items of the stream: see
    /// [`Items::next`].
    pub fn items(self) -> Result<Items<requests::ListUsersChatMessages>, Error> {
        Ok(self.pages()?.items())
    }

    /// The pages.
    ///
    /// ```
    /// use zoom_chat_sdk::{Recipient, ZoomChat};
    ///
    /// # async fn example(zoom: ZoomChat, channel: Recipient) -> Result<(), zoom_chat_sdk::Error> {
    /// let mut pages = zoom.list_messages(channel).pages()?;
    /// while let Some(page) = pages.next().await {
    ///     println!("{:?}", page?.messages);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Before anything is sent: [`ErrorKind::Setting`](crate::ErrorKind::Setting) for a page size or a search that Zoom
    /// does not accept and for a timeout of zero, [`ErrorKind::Id`](crate::ErrorKind::Id) for an invalid user id, and
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) for an invalid header. The errors of the calls are items of the
    /// stream: see [`Pages::next`].
    pub fn pages(self) -> Result<Pages<requests::ListUsersChatMessages>, Error> {
        self.options.check(&operations::LIST_USERS_CHAT_MESSAGES)?;
        let mut request = requests::ListUsersChatMessages::new()
            .user_id(&self.user)
            .page_size(self.page_size.check()?);
        request = addressed!(request, self.chat);
        if let Some(from) = self.from {
            request = request.from(timestamp::utc(timestamp::seconds(from)));
        }
        if let Some(to) = self.to {
            request = request.to(timestamp::utc(timestamp::seconds(to)));
        }
        if self.deleted_and_edited {
            request = request.include_deleted_and_edited_message(true);
        }
        if self.without_replies {
            request = request.exclude_child_message(true);
        }
        if let Some((place, words)) = self.search {
            let place = match place {
                SearchIn::Messages => ListUsersChatMessagesSearchType::Message,
                SearchIn::Files => ListUsersChatMessagesSearchType::File,
            };
            check_search(&words)?;
            request = request.search_type(place).search_key(words);
        }
        Ok(Pages::new(self.zoom, request, self.options).resume(self.position))
    }
}

fn check_search(words: &str) -> Result<(), InvalidSetting> {
    match words.chars().count() {
        1..=ListMessages::MAX_SEARCH => Ok(()),
        length => {
            let longest = ListMessages::MAX_SEARCH;
            let problem = format!("must have 1 to {longest} characters, not {length}");
            Err(InvalidSetting::new("search", problem))
        }
    }
}
