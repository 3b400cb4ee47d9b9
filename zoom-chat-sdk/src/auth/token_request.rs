//! One request to the token endpoint, and what its answer says.
//!
//! Parameters go in the form body, never in the URL; a confidential client authenticates with Basic authentication, a
//! public one sends its id in the body. Some servers echo what they were sent, so every secret of the request is
//! removed from the texts of errors.

use std::time::SystemTime;

use http::HeaderMap;
use serde::Deserialize;

use super::{
    AccessToken, TokenError, TokenRefused,
    app::{App, TOKEN_TIMEOUT},
    error::Refused,
    token_answer::{Member, TokenAnswer, USUAL_LIFETIME},
};
use crate::{
    Secret,
    answer::{Redaction, TRACKING_ID},
    time::{RetryAfter, later, server_date},
};

/// How much of an answer is read. A token answer has a few kilobytes.
const MAX_ANSWER: usize = 256 * 1024;
/// How many characters of an explanation are kept.
const MAX_REASON: usize = 1000;

/// Tokens that the token endpoint issued.
///
/// ```
/// use zoom_chat_sdk::auth::{AccessToken, IssuedTokens};
///
/// // Tokens that another library has kept so far; `OAuthTokens::adopt` takes them.
/// let tokens = IssuedTokens::new(AccessToken::new("eyJhbGciOi")?, Some("eyJzdWIiOi".into()));
/// assert!(tokens.refresh_token().is_some());
/// assert_eq!(tokens.access_token().expires_at(), None);
/// # Ok::<(), zoom_chat_sdk::auth::TokenError>(())
/// ```
#[derive(Debug, Clone)]
pub struct IssuedTokens {
    pub(super) access: AccessToken,
    pub(super) refresh: Option<Secret>,
}

impl IssuedTokens {
    /// Tokens from elsewhere, for example from a store that the program used before.
    #[must_use]
    pub fn new(access: AccessToken, refresh: Option<Secret>) -> Self {
        Self { access, refresh }
    }

    /// The access token.
    #[must_use]
    pub fn access_token(&self) -> &AccessToken {
        &self.access
    }

    /// The refresh token, if there is one. It is used up by the first refresh.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&Secret> {
        self.refresh.as_ref()
    }
}

/// A field of a form, and whether it is a secret.
#[derive(Clone, Copy)]
pub(super) enum Field<'a> {
    Open(&'static str, &'a str),
    Secret(&'static str, &'a Secret),
}

impl<'a> Field<'a> {
    fn pair(self) -> (&'static str, &'a str) {
        match self {
            Self::Open(name, value) => (name, value),
            Self::Secret(name, value) => (name, value.expose_secret()),
        }
    }
}

/// The result of a successful answer of the token endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Granted {
    /// The access token, or why there is none.
    pub(crate) access: Result<AccessToken, TokenError>,
    pub(crate) refresh: Successor,
}

/// What happened to the refresh token that a request used.
#[derive(Debug, Clone)]
pub(crate) enum Successor {
    /// It stays valid: the answer is complete and has no other one.
    Same,
    /// It is used up, and this is the next one.
    New(Secret),
    /// It is used up, and the next one did not arrive.
    Lost,
}

impl Granted {
    /// The tokens, for a request with a code, which can be used once as well.
    pub(super) fn issued(self) -> Result<IssuedTokens, TokenError> {
        let refresh = match self.refresh {
            Successor::New(token) => Some(token),
            Successor::Same | Successor::Lost => None,
        };
        let access = self.access.map_err(|error| match error {
            TokenError::Refused(_) => error,
            _ => TokenError::needs_reauthorization(format!(
                "the code is used up, and the tokens did not arrive ({error})"
            )),
        })?;
        Ok(IssuedTokens { access, refresh })
    }
}

/// A body with the status of success.
pub(super) struct Answer {
    status: u16,
    body: Vec<u8>,
    /// Why the body is incomplete.
    broke_off: Option<reqwest::Error>,
    /// The time before the request was sent. The lifetime of a token is counted from here, which is not later than its
    /// issue.
    asked_at: SystemTime,
}

impl App {
    /// Requests tokens. An error means that none were issued: once the endpoint has answered with success, this does
    /// not fail.
    pub(super) async fn request_tokens(&self, fields: &[Field<'_>]) -> Result<Granted, TokenError> {
        let answer = self.post(&self.endpoints.token, fields).await?;
        let asked_at = answer.asked_at;
        let read = TokenAnswer::read(&answer.body);
        let access = match read.access_token {
            Some(token) => AccessToken::new(token),
            None if read.error.is_some() => {
                let secrets = self.secrets(fields);
                let shown = |text: String| redact(&text, &secrets);
                Err(TokenError::Refused(TokenRefused::new(Refused {
                    status: answer.status,
                    error: read.error.map(shown),
                    reason: read.reason.map(shown),
                    tracking_id: None,
                    retry_after: None,
                })))
            }
            None => Err(answer.unreadable("it holds no access token")),
        };
        let refresh = match read.refresh_token {
            Member::Present(token) => Successor::New(token),
            Member::Absent if read.is_whole && access.is_ok() => Successor::Same,
            Member::Absent | Member::Odd => Successor::Lost,
        };
        let lifetime = read.lifetime.unwrap_or(USUAL_LIFETIME);
        let access = access.map(|token| {
            let token = token
                .valid(asked_at, later(asked_at, lifetime))
                .with_scopes(read.scopes);
            match read.api_url {
                Some(api_url) => token.with_api_url(api_url),
                None => token,
            }
        });
        Ok(Granted { access, refresh })
    }

    pub(super) async fn post(&self, url: &str, fields: &[Field<'_>]) -> Result<Answer, TokenError> {
        let mut form: Vec<_> = fields.iter().map(|field| field.pair()).collect();
        let mut request = self.http.post(url).timeout(TOKEN_TIMEOUT);
        match &self.client_secret {
            Some(secret) => {
                request = request.basic_auth(&self.client_id, Some(secret.expose_secret()));
            }
            None => form.push(("client_id", &self.client_id)),
        }
        let asked_at = self.clock.now();
        let sent = request.form(&form).send().await;
        let mut answer = sent.map_err(unreachable)?;

        let status = answer.status();
        let headers = std::mem::take(answer.headers_mut());
        let (mut body, mut broke_off) = (Vec::new(), None);
        while body.len() <= MAX_ANSWER {
            match answer.chunk().await {
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) => {
                    broke_off = Some(error);
                    break;
                }
            }
        }
        if status.is_success() {
            return Ok(Answer {
                status: status.as_u16(),
                body,
                broke_off,
                asked_at,
            });
        }
        // What has arrived of the body and the status say enough.
        let refused = self.refused(status.as_u16(), &headers, &body, fields);
        Err(TokenError::Refused(TokenRefused::new(refused)))
    }

    fn refused(
        &self,
        status: u16,
        headers: &HeaderMap,
        body: &[u8],
        fields: &[Field<'_>],
    ) -> Refused {
        let answer = TokenAnswer::read(body);
        let secrets = self.secrets(fields);
        let shown = |text: String| redact(&text, &secrets);
        let tracking_id = headers.get(&TRACKING_ID);
        let retry_after = RetryAfter::of(headers)
            .map(|after| after.delay(self.clock.now(), server_date(headers)));
        Refused {
            status,
            error: answer.error.map(shown),
            reason: answer.reason.map(shown),
            tracking_id: tracking_id
                .and_then(|value| value.to_str().ok())
                .map(|id| redact(id, &secrets)),
            retry_after,
        }
    }

    /// The secrets of a request, which only the server may see.
    fn secrets<'a>(&'a self, fields: &[Field<'a>]) -> Vec<&'a str> {
        let secret = |field: &Field<'a>| match *field {
            Field::Secret(_, secret) => Some(secret.expose_secret()),
            Field::Open(..) => None,
        };
        let client_secret = self.client_secret.as_ref();
        fields
            .iter()
            .filter_map(secret)
            .chain(client_secret.map(Secret::expose_secret))
            .collect()
    }
}

impl Answer {
    /// The body as JSON. The error does not show an unreadable body, since it may hold tokens.
    pub(super) fn decode<'a, T: Deserialize<'a>>(&'a self) -> Result<T, TokenError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            // Its Display quotes the value that was not expected; its category and place do not.
            self.unreadable(&format!(
                "{:?} error in line {}, column {}",
                error.classify(),
                error.line(),
                error.column()
            ))
        })
    }

    /// The answer does not hold the requested value.
    fn unreadable(&self, problem: &str) -> TokenError {
        let what = "the answer to a token request cannot be read";
        match &self.broke_off {
            Some(error) if error.is_timeout() => {
                TokenError::unavailable(format!("{what}: it did not end in time"), true, None)
            }
            Some(_) => TokenError::unavailable(format!("{what}: it broke off"), true, None),
            None => TokenError::unavailable(format!("{what}: {problem}"), true, None),
        }
    }

    pub(super) fn asked_at(&self) -> SystemTime {
        self.asked_at
    }
}

fn unreachable(error: reqwest::Error) -> TokenError {
    let problem = match () {
        () if error.is_connect() => "no connection to the token endpoint",
        () if error.is_timeout() => "no answer from the token endpoint in time",
        () => "the connection to the token endpoint broke",
    };
    TokenError::unavailable(problem, true, Some(error.without_url().into()))
}

/// The text of a server without secrets that it may have echoed, shortened if it is long.
fn redact(text: &str, secrets: &[&str]) -> String {
    let clean = Redaction(secrets).of(text);
    match clean.char_indices().nth(MAX_REASON) {
        Some((end, _)) => clean.get(..end).unwrap_or_default().to_owned() + "…",
        None => clean.into_owned(),
    }
}

#[cfg(test)]
#[cfg(feature = "__test")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_secret_survives_redaction(before in "[a-z ]*", secret in "[A-Z0-9]{8,20}", after in "[a-z ]*") {
            let shown = redact(&format!("{before}{secret}{after}{secret}"), &["", &secret]);
            prop_assert!(!shown.contains(&secret));
        }

        #[test]
        fn explanations_are_bounded(text in "\\PC{0,40}", times in 0..60_usize) {
            let text = text.repeat(times);
            let shown = redact(&text, &["a secret"]);
            prop_assert!(shown.chars().count() <= MAX_REASON + 1);
            prop_assert_eq!(shown == text, text.chars().count() <= MAX_REASON);
        }
    }
}
