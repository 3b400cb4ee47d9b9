//! Invalid settings.

/// An invalid setting of a client, a call or a listing. It names the setting, but not a value that may be a secret.
///
/// ```
/// use zoom_chat_sdk::auth::Endpoints;
///
/// let invalid = Endpoints::at("http://zoom.us/oauth/token").unwrap_err();
/// assert_eq!(invalid.setting(), "token_url");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct InvalidSetting {
    setting: &'static str,
    problem: String,
}

impl InvalidSetting {
    pub(crate) fn new(setting: &'static str, problem: impl Into<String>) -> Self {
        Self {
            setting,
            problem: problem.into(),
        }
    }

    /// The name of the method that sets it.
    #[must_use]
    pub fn setting(&self) -> &'static str {
        self.setting
    }
}
