//! A value for each of Zoom's labels.

use zoom_chat_openapi::RateLimitLabel;

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct PerLabel<T> {
    pub(super) light: T,
    pub(super) medium: T,
    pub(super) heavy: T,
    pub(super) resource_intensive: T,
}

impl<T> PerLabel<T> {
    /// `None` for an unknown label.
    pub(super) fn get(&self, label: RateLimitLabel) -> Option<&T> {
        match label {
            RateLimitLabel::Light => Some(&self.light),
            RateLimitLabel::Medium => Some(&self.medium),
            RateLimitLabel::Heavy => Some(&self.heavy),
            RateLimitLabel::ResourceIntensive => Some(&self.resource_intensive),
            _ => None,
        }
    }

    pub(super) fn get_mut(&mut self, label: RateLimitLabel) -> Option<&mut T> {
        match label {
            RateLimitLabel::Light => Some(&mut self.light),
            RateLimitLabel::Medium => Some(&mut self.medium),
            RateLimitLabel::Heavy => Some(&mut self.heavy),
            RateLimitLabel::ResourceIntensive => Some(&mut self.resource_intensive),
            _ => None,
        }
    }

    pub(super) fn map<U>(self, map: impl Fn(T) -> U) -> PerLabel<U> {
        PerLabel {
            light: map(self.light),
            medium: map(self.medium),
            heavy: map(self.heavy),
            resource_intensive: map(self.resource_intensive),
        }
    }
}
