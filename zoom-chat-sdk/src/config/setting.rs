//! A setting that cannot be used.

/// A setting that [`build`](crate::ZoomChatBuilder::build), or a listing, refuses. It names the setting, never its value where that
/// may be a secret.
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

    /// The builder's method that set it.
    #[must_use]
    pub fn setting(&self) -> &'static str {
        self.setting
    }
}
