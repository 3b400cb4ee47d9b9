//! Zoom's challenge to a webhook URL.

use hmac_sha256::HMAC;
use serde::Deserialize;
use serde_json::json;

use super::signature::hex;
use crate::{Secret, events::Envelope};

const EVENT: &str = "endpoint.url_validation";

/// The answer to Zoom's challenge to a webhook URL. Zoom waits three seconds for it, and asks again every 72 hours.
///
/// ```
/// use zoom_chat_sdk::webhook::Challenge;
///
/// /// The response of a server without the feature `axum`.
/// fn respond(challenge: &Challenge) -> (u16, &'static str, String) {
///     (200, "application/json", challenge.json())
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    plain_token: String,
    encrypted_token: String,
}

impl Challenge {
    /// The answer, if `envelope` is a challenge.
    pub(super) fn of(envelope: &Envelope, secret: &Secret) -> Option<Self> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Payload {
            plain_token: String,
        }
        if envelope.name() != EVENT {
            return None;
        }
        let Payload { plain_token } = envelope.payload()?;
        let encrypted_token = hex(HMAC::mac(&plain_token, secret.expose_secret()));
        Some(Self {
            plain_token,
            encrypted_token,
        })
    }

    /// The body of the answer, of type `application/json`.
    #[must_use]
    pub fn json(&self) -> String {
        json!({ "plainToken": self.plain_token, "encryptedToken": self.encrypted_token })
            .to_string()
    }
}
