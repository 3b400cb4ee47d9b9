//! The state that the calls of a client share.

use std::sync::Arc;

use zoom_chat_openapi::Attempt;

use super::{Hosts, Observer, Timeouts};
use crate::{
    auth::{AccessToken, TokenSource},
    config::BaseUrl,
    limit::Limiter,
    message::{EncodingChoice, RangeEnd, Recent, TextUnit},
    retry::Retries,
    time::Clock,
};

/// The state that all clones of a client, and all its calls, share.
pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: BaseUrl,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) tokens: Arc<dyn TokenSource>,
    pub(crate) timeouts: Timeouts,
    pub(crate) encoding: EncodingChoice,
    pub(crate) follow_api_url: bool,
    pub(crate) limiter: Option<Limiter>,
    pub(crate) max_answer_size: usize,
    pub(crate) redirect_hosts: Hosts,
    pub(crate) observer: Option<Arc<Observer>>,
    /// The messages that were sent recently.
    pub(crate) recent: Recent,
    pub(crate) retries: Retries,
    pub(crate) text_unit: TextUnit,
    pub(crate) rich_text_end: RangeEnd,
}

impl Shared {
    /// One request with `token`.
    pub(crate) fn attempt(&self, token: &AccessToken) -> Attempt {
        Attempt::new(Some(token.authorization())).limited_to(self.max_answer_size)
    }

    pub(crate) fn api(&self, base_url: &str, attempt: Attempt) -> zoom_chat_openapi::Client {
        zoom_chat_openapi::Client::new_with_client(base_url, self.http.clone(), attempt)
    }
}
