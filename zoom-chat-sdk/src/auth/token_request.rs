//! One request to the token endpoint, and what its answer says.
//!
//! Parameters go in the form body, never in the URL; a confidential client names itself with Basic authentication, a
//! public one with its id in the body. Servers have been seen to echo what they were sent, so every secret of the
//! request is cut out of what an error shows.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{
    AccessToken, TokenError, TokenRefused,
    app::{App, TOKEN_TIMEOUT},
    error::Refused,
};
use crate::{
    clock::later,
    retry::{RetryAfter, server_date},
};

/// How much of an answer is read. A token answer has a few kilobytes.
const MAX_ANSWER: usize = 256 * 1024;
/// What Zoom's tokens live, for an answer that does not say.
const USUAL_LIFETIME: Duration = Duration::from_secs(3600);

/// What the token endpoint gave out.
#[derive(Debug, Clone)]
pub struct IssuedTokens {
    pub(super) access: AccessToken,
    pub(super) refresh: Option<SecretString>,
}

impl IssuedTokens {
    /// Tokens that come from elsewhere, for example from a store that this program used before.
    #[must_use]
    pub fn new(access: AccessToken, refresh: Option<SecretString>) -> Self {
        Self { access, refresh }
    }

    /// The access token.
    #[must_use]
    pub fn access_token(&self) -> &AccessToken {
        &self.access
    }

    /// The refresh token, if there is one. It is used up by the first refresh.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&SecretString> {
        self.refresh.as_ref()
    }
}

/// A field of a form, and whether it is a secret.
#[derive(Clone, Copy)]
pub(super) enum Field<'a> {
    Open(&'static str, &'a str),
    Secret(&'static str, &'a SecretString),
}

impl<'a> Field<'a> {
    fn pair(self) -> (&'static str, &'a str) {
        match self {
            Self::Open(name, value) => (name, value),
            Self::Secret(name, value) => (name, value.expose_secret()),
        }
    }
}

/// A body with the status of success.
pub(super) struct Answer {
    body: Vec<u8>,
    /// Before the request was sent: a token that lives for an hour from its issue lives no longer than an hour from
    /// here.
    asked_at: SystemTime,
}

impl App {
    /// Asks for tokens.
    pub(super) async fn request_tokens(
        &self,
        fields: &[Field<'_>],
    ) -> Result<IssuedTokens, TokenError> {
        let answer = self.post(&self.endpoints.token, fields).await?;
        let tokens: TokenAnswer = answer.decode()?;
        let lifetime = tokens.expires_in.map_or(USUAL_LIFETIME, Seconds::duration);
        let scopes = tokens.scope.as_deref().unwrap_or_default();
        let mut access = AccessToken::new(tokens.access_token)?
            .valid(answer.asked_at, later(answer.asked_at, lifetime))
            .with_scopes(
                scopes
                    .split([' ', ','])
                    .filter(|scope| !scope.is_empty())
                    .map(str::to_owned),
            );
        if let Some(api_url) = tokens.api_url.filter(|url| !url.is_empty()) {
            access = access.with_api_url(api_url);
        }
        let refresh = tokens
            .refresh_token
            .filter(|token| !token.expose_secret().is_empty());
        Ok(IssuedTokens { access, refresh })
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
        let mut body = Vec::new();
        while body.len() <= MAX_ANSWER {
            match answer.chunk().await {
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) if status.is_success() => return Err(unreachable(error)),
                // The status says enough.
                Err(_) => break,
            }
        }
        if status.is_success() {
            return Ok(Answer { body, asked_at });
        }
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
        let answer: ErrorAnswer = serde_json::from_slice(body).unwrap_or_default();
        let secrets: Vec<&str> = fields
            .iter()
            .filter_map(|field| match field {
                Field::Secret(_, secret) => Some(secret.expose_secret()),
                Field::Open(..) => None,
            })
            .chain(self.client_secret.as_ref().map(ExposeSecret::expose_secret))
            .collect();
        let shown = |text: String| redact(text, &secrets);
        let tracking_id = headers.get(&crate::error::TRACKING_ID);
        let retry_after = RetryAfter::of(headers)
            .map(|after| after.delay(self.clock.now(), server_date(headers)));
        Refused {
            status,
            error: answer.error.map(shown),
            reason: answer
                .reason
                .or(answer.error_description)
                .filter(|reason| !reason.is_empty())
                .map(shown),
            tracking_id: tracking_id
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            retry_after,
        }
    }
}

impl Answer {
    /// The body as JSON. What cannot be read is not shown, since it may hold tokens.
    pub(super) fn decode<'a, T: Deserialize<'a>>(&'a self) -> Result<T, TokenError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            // Its Display quotes the value that was not expected; its category and place do not.
            let problem = format!(
                "the answer to a token request cannot be read ({:?} error in line {}, column {})",
                error.classify(),
                error.line(),
                error.column()
            );
            TokenError::unavailable(problem, true, None)
        })
    }

    pub(super) fn asked_at(&self) -> SystemTime {
        self.asked_at
    }
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: SecretString,
    #[serde(default)]
    expires_in: Option<Seconds>,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    refresh_token: Option<SecretString>,
    #[serde(default)]
    api_url: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ErrorAnswer {
    error: Option<String>,
    reason: Option<String>,
    error_description: Option<String>,
}

/// A number of seconds, which some servers write as text or with a fraction.
#[derive(Deserialize, Clone)]
#[serde(untagged)]
pub(super) enum Seconds {
    Whole(u64),
    Fraction(f64),
    Text(String),
}

impl Seconds {
    pub(super) fn duration(self) -> Duration {
        match self {
            Self::Whole(seconds) => Duration::from_secs(seconds),
            Self::Fraction(seconds) => Duration::try_from_secs_f64(seconds).unwrap_or_default(),
            Self::Text(text) => text
                .trim()
                .parse()
                .map_or(USUAL_LIFETIME, Duration::from_secs),
        }
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

fn redact(text: String, secrets: &[&str]) -> String {
    secrets
        .iter()
        .filter(|secret| !secret.is_empty())
        .fold(text, |text, secret| text.replace(secret, "[redacted]"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seconds(json: &str) -> Duration {
        serde_json::from_str::<Seconds>(json).unwrap().duration()
    }

    #[test]
    fn lifetimes_as_servers_write_them() {
        assert_eq!(seconds("3599"), Duration::from_secs(3599));
        assert_eq!(seconds("\"3599\""), Duration::from_secs(3599));
        assert_eq!(seconds("3599.5"), Duration::from_millis(3_599_500));
        assert_eq!(seconds("-1"), Duration::ZERO);
        assert_eq!(seconds("1e300"), Duration::ZERO);
        assert_eq!(seconds("\"an hour\""), USUAL_LIFETIME);
    }

    proptest! {
        #[test]
        fn any_number_is_a_lifetime(number: f64, whole: i128) {
            if number.is_finite() {
                let _ = seconds(&serde_json::to_string(&number).unwrap());
            }
            let _ = serde_json::from_str::<Seconds>(&whole.to_string()).map(Seconds::duration);
        }

        #[test]
        fn no_secret_survives_redaction(before in "[a-z ]*", secret in "[A-Z0-9]{1,20}", after in "[a-z ]*") {
            let shown = redact(format!("{before}{secret}{after}{secret}"), &["", &secret]);
            prop_assert!(!shown.contains(&secret));
        }
    }
}
