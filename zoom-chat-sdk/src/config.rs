//! Settings, and the checks of their values.

mod base_url;
mod http;
mod secret;
mod setting;

pub(crate) use base_url::{BaseUrl, is_loopback, is_zooms};
pub(crate) use http::HttpSettings;
pub use secret::Secret;
pub use setting::InvalidSetting;
