//! Users who authorize the app on another device: the device authorization grant.

use std::time::{Duration, SystemTime};

use serde::Deserialize;

use super::{
    IssuedTokens, OAuthApp, TokenError,
    token_answer::{lenient_seconds, lenient_text},
    token_request::Field,
};
use crate::Secret;
use crate::time::{later, until};

/// The polling interval if the server gives none.
const USUAL_INTERVAL: Duration = Duration::from_secs(5);
/// How much `slow_down` adds to the interval.
const SLOWER: Duration = Duration::from_secs(5);
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);
const LONGEST_INTERVAL: Duration = Duration::from_secs(60);
const USUAL_LIFETIME: Duration = Duration::from_secs(15 * 60);
const LONGEST_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// A pending request to a user, who opens [`verification_uri`](Self::verification_uri) on another device and enters
/// [`user_code`](Self::user_code) there.
///
/// ```
/// use zoom_chat_sdk::auth::{IssuedTokens, OAuthApp, TokenError};
///
/// async fn log_in(app: &OAuthApp) -> Result<IssuedTokens, TokenError> {
///     let device = app.start_device_authorization().await?;
///     match device.verification_uri_complete() {
///         Some(url) => println!("Open {url}"),
///         None => println!("Open {} and enter {}", device.verification_uri(), device.user_code()),
///     }
///     println!("until {:?}", device.expires_at());
///     app.finish_device_authorization(&device).await
/// }
/// ```
#[derive(Debug, Clone)]
pub struct DeviceAuthorization {
    device_code: Secret,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: Option<String>,
    interval: Duration,
    expires_at: SystemTime,
}

impl DeviceAuthorization {
    /// The code that the user enters.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.user_code
    }

    /// The URL where the user enters the code.
    #[must_use]
    pub fn verification_uri(&self) -> &str {
        &self.verification_uri
    }

    /// A URL that contains the code, for a link or a QR code.
    #[must_use]
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.verification_uri_complete.as_deref()
    }

    /// When the code expires.
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }
}

#[derive(Deserialize)]
struct DeviceAnswer {
    device_code: Secret,
    user_code: String,
    #[serde(alias = "verification_url")]
    verification_uri: String,
    #[serde(
        default,
        alias = "verification_url_complete",
        deserialize_with = "lenient_text"
    )]
    verification_uri_complete: Option<String>,
    #[serde(default, deserialize_with = "lenient_seconds")]
    interval: Option<Duration>,
    #[serde(default, deserialize_with = "lenient_seconds")]
    expires_in: Option<Duration>,
}

impl OAuthApp {
    /// Requests a device code.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::{OAuthApp, OAuthTokens, TokenError};
    ///
    /// # async fn example(app: OAuthApp, tokens: OAuthTokens) -> Result<(), TokenError> {
    /// let authorization = app.start_device_authorization().await?;
    /// println!("enter {} at {}", authorization.user_code(), authorization.verification_uri());
    /// tokens.adopt(app.finish_device_authorization(&authorization).await?).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`TokenError::Refused`] if the app may not use this grant.
    pub async fn start_device_authorization(&self) -> Result<DeviceAuthorization, TokenError> {
        let mut fields = Vec::new();
        if self.0.client_secret.is_some() {
            fields.push(Field::Open("client_id", &self.0.client_id));
        }
        let answer = self.0.post(&self.0.endpoints.device, &fields).await?;
        let asked_at = answer.asked_at();
        let answer: DeviceAnswer = answer.decode()?;
        let lifetime = answer.expires_in.unwrap_or(USUAL_LIFETIME);
        Ok(DeviceAuthorization {
            device_code: answer.device_code,
            user_code: answer.user_code,
            verification_uri: answer.verification_uri,
            verification_uri_complete: answer.verification_uri_complete,
            interval: answer
                .interval
                .unwrap_or(USUAL_INTERVAL)
                .clamp(SHORTEST_INTERVAL, LONGEST_INTERVAL),
            expires_at: later(asked_at, lifetime.min(LONGEST_LIFETIME)),
        })
    }

    /// Waits until the user has authorized the app, and gets the tokens. It polls as often as the server allows, and
    /// tolerates transient failures. If the future is dropped while it waits, this can be called again until the code
    /// expires; if it is dropped during a request, the tokens of that request are lost.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::{OAuthApp, OAuthTokens, TokenError};
    ///
    /// # async fn example(app: OAuthApp, tokens: OAuthTokens) -> Result<(), TokenError> {
    /// let authorization = app.start_device_authorization().await?;
    /// println!("enter {} at {}", authorization.user_code(), authorization.verification_uri());
    /// tokens.adopt(app.finish_device_authorization(&authorization).await?).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`TokenError::NeedsReauthorization`] if the user refused or the code expired; [`TokenError::Refused`] for any
    /// other error answer.
    pub async fn finish_device_authorization(
        &self,
        authorization: &DeviceAuthorization,
    ) -> Result<IssuedTokens, TokenError> {
        let mut interval = authorization.interval;
        loop {
            let left = until(authorization.expires_at, self.0.clock.now());
            tokio::time::sleep(interval.min(left)).await;
            if left <= interval {
                let problem = "the device code expired before the user entered it";
                return Err(TokenError::needs_reauthorization(problem));
            }
            let fields = [
                Field::Open("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                Field::Secret("device_code", &authorization.device_code),
            ];
            let issued = match self.0.request_tokens(&fields).await {
                Ok(granted) => granted.issued(),
                Err(error) => Err(error),
            };
            let error = match issued {
                Ok(tokens) => return Ok(tokens),
                Err(error) => error,
            };
            match error.error() {
                Some("authorization_pending") => {}
                Some("slow_down") => interval += SLOWER,
                Some(code @ ("expired_token" | "access_denied")) => {
                    return Err(TokenError::needs_reauthorization(format!(
                        "the authorization was not given: {code}"
                    )));
                }
                _ if error.is_transient() => {
                    // RFC 8628 asks for exponential back-off here.
                    interval = interval
                        .saturating_mul(2)
                        .min(LONGEST_INTERVAL)
                        .max(error.retry_after().unwrap_or_default());
                }
                _ => return Err(error),
            }
        }
    }
}
