//! Zoom's headers.

use reqwest::header::HeaderName;

/// The header by which Zoom's support finds a call.
pub(crate) static TRACKING_ID: HeaderName = HeaderName::from_static("x-zm-trackingid");
