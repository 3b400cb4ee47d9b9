//! Users who authorize the app in a browser: the authorization code grant, with or without PKCE.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Url;
use zoom_chat_openapi::Shown;

use super::{IssuedTokens, OAuthApp, TokenError, token_request::Field};
use crate::Secret;

/// A pending request to a user to authorize the app.
///
/// Keep it until the user's browser is redirected back, for example in the user's session
/// ([`AuthorizationRequest::resume`]). It holds the values that tie the answer to the request.
///
/// ```
/// use zoom_chat_sdk::{Secret, auth::AuthorizationRequest};
///
/// /// What the user's session keeps until the browser is redirected back.
/// struct Session {
///     state: Secret,
///     code_verifier: Option<Secret>,
/// }
///
/// fn keep(request: &AuthorizationRequest) -> Session {
///     Session { state: request.state().clone(), code_verifier: request.code_verifier().cloned() }
/// }
///
/// fn resume(session: Session) -> AuthorizationRequest {
///     AuthorizationRequest::resume("https://bot.example.com/authorized", session.state, session.code_verifier)
/// }
/// ```
#[derive(Debug, Clone)]
pub struct AuthorizationRequest {
    redirect_uri: String,
    state: Secret,
    code_verifier: Option<Secret>,
}

impl AuthorizationRequest {
    /// A request with PKCE, which every app should use and an app without a secret must use. The user's browser will be
    /// sent to `redirect_uri`, which must be one that the app is registered with.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::AuthorizationRequest;
    ///
    /// let request = AuthorizationRequest::new("https://bot.example.com/authorized")?;
    /// assert!(request.code_verifier().is_some());
    /// # Ok::<(), zoom_chat_sdk::auth::TokenError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`TokenError::Unavailable`] if the operating system has no random numbers.
    pub fn new(redirect_uri: impl Into<String>) -> Result<Self, TokenError> {
        Ok(Self {
            redirect_uri: redirect_uri.into(),
            state: random_text()?,
            code_verifier: Some(random_text()?),
        })
    }

    /// Turns PKCE off, for an authorization server that does not support it.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::AuthorizationRequest;
    ///
    /// let request = AuthorizationRequest::new("https://bot.example.com/authorized")?.without_pkce();
    /// assert!(request.code_verifier().is_none());
    /// # Ok::<(), zoom_chat_sdk::auth::TokenError>(())
    /// ```
    #[must_use]
    pub fn without_pkce(mut self) -> Self {
        self.code_verifier = None;
        self
    }

    /// Restores a request from its stored values.
    #[must_use]
    pub fn resume(
        redirect_uri: impl Into<String>,
        state: Secret,
        code_verifier: Option<Secret>,
    ) -> Self {
        Self {
            redirect_uri: redirect_uri.into(),
            state,
            code_verifier,
        }
    }

    /// The `state` value, which the redirect repeats and which ties it to this request.
    #[must_use]
    pub fn state(&self) -> &Secret {
        &self.state
    }

    /// The code verifier of PKCE, which only the token request contains.
    #[must_use]
    pub fn code_verifier(&self) -> Option<&Secret> {
        self.code_verifier.as_ref()
    }

    /// The code in the URL that the user's browser was sent to.
    fn code(&self, redirected_to: &str) -> Result<Secret, TokenError> {
        // Servers often know only the path and the query of what they were asked for.
        let base = Url::parse(&self.redirect_uri).ok();
        let Ok(url) = Url::options().base_url(base.as_ref()).parse(redirected_to) else {
            return Err(TokenError::unusable("the URL of the redirect is not one"));
        };
        let parameter = |name: &str| {
            let mut pairs = url.query_pairs();
            pairs
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        // First of all: an answer that belongs to another request says nothing about this one.
        if parameter("state").as_deref() != Some(self.state.expose_secret()) {
            return Err(TokenError::unusable(
                "the redirect belongs to another authorization request: its `state` differs",
            ));
        }
        if let Some(error) = parameter("error") {
            // It comes from whoever made the URL.
            let error: String = error.chars().take(100).collect();
            return Err(TokenError::needs_reauthorization(format!(
                "the authorization was not given: {}",
                Shown(&error)
            )));
        }
        match parameter("code").filter(|code| !code.is_empty()) {
            Some(code) => Ok(code.into()),
            None => Err(TokenError::unusable("the redirect has no `code`")),
        }
    }
}

impl OAuthApp {
    /// The URL that the user's browser is sent to.
    ///
    /// # Errors
    ///
    /// [`TokenError::Unavailable`] if the app is a public one and the request has no PKCE.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::{AuthorizationRequest, OAuthApp};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let app = OAuthApp::builder("client id").build()?;
    /// let request = AuthorizationRequest::new("https://example.com/zoom")?;
    /// assert!(app.authorize_url(&request)?.starts_with("https://zoom.us/oauth/authorize?response_type=code&"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn authorize_url(&self, request: &AuthorizationRequest) -> Result<String, TokenError> {
        if self.0.client_secret.is_none() && request.code_verifier.is_none() {
            return Err(TokenError::unusable(
                "an app without a secret cannot do without PKCE",
            ));
        }
        let mut url = Url::parse(&self.0.endpoints.authorize).map_err(|error| {
            TokenError::unavailable("no authorize URL", false, Some(error.into()))
        })?;
        let mut query = url.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.0.client_id)
            .append_pair("redirect_uri", &request.redirect_uri)
            .append_pair("state", request.state.expose_secret());
        if let Some(verifier) = &request.code_verifier {
            query
                .append_pair("code_challenge", &code_challenge(verifier))
                .append_pair("code_challenge_method", "S256");
        }
        drop(query);
        Ok(url.into())
    }

    /// Exchanges the code from the redirect for tokens. `redirected_to` is the URL that the browser was redirected to,
    /// or its path and query. A code is valid for 5 minutes and works once, so this future should not be dropped
    /// half-way.
    ///
    /// ```
    /// use zoom_chat_sdk::auth::{AuthorizationRequest, OAuthApp, TokenError};
    ///
    /// # async fn example(app: OAuthApp, request: AuthorizationRequest) -> Result<(), TokenError> {
    /// // The path and query of the request that the browser makes to the redirect URI.
    /// let tokens = app.exchange_code(&request, "/authorized?code=…&state=…").await?;
    /// # drop(tokens);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`TokenError::NeedsReauthorization`] if the user refused, [`TokenError::Unavailable`] if the redirect belongs to
    /// another request, [`TokenError::Refused`] if Zoom rejects the code.
    pub async fn exchange_code(
        &self,
        request: &AuthorizationRequest,
        redirected_to: &str,
    ) -> Result<IssuedTokens, TokenError> {
        let code = request.code(redirected_to)?;
        let mut fields = vec![
            Field::Open("grant_type", "authorization_code"),
            Field::Secret("code", &code),
            Field::Open("redirect_uri", &request.redirect_uri),
        ];
        if let Some(verifier) = &request.code_verifier {
            fields.push(Field::Secret("code_verifier", verifier));
        }
        self.0.request_tokens(&fields).await?.issued()
    }
}

/// RFC 7636, method S256.
fn code_challenge(verifier: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(hmac_sha256::Hash::hash(verifier.expose_secret().as_bytes()))
}

/// 256 random bits in 43 characters, as RFC 7636 recommends for a code verifier.
fn random_text() -> Result<Secret, TokenError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        TokenError::unavailable("there are no random numbers", false, Some(error.into()))
    })?;
    Ok(URL_SAFE_NO_PAD.encode(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7636() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".into();
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert_eq!(code_challenge(&verifier), challenge);
    }

    #[test]
    fn the_answer_must_belong_to_the_request() {
        let request =
            AuthorizationRequest::resume("https://example.com/zoom", "the-state".into(), None);
        for good in [
            "https://example.com/zoom?code=c%2F1&state=the-state",
            "/zoom?state=the-state&code=c%2F1",
            "?state=the-state&code=c/1",
        ] {
            assert_eq!(request.code(good).unwrap().expose_secret(), "c/1");
        }
        for (bad, problem) in [
            ("?code=c&state=another", "another"),
            ("?code=c", "another"),
            ("?state=the-state", "no `code`"),
            ("?state=the-state&code=", "no `code`"),
            ("?error=access_denied&state=another", "another"),
        ] {
            let error = request.code(bad).unwrap_err().to_string();
            assert!(error.contains(problem), "{bad}: {error}");
        }
        let denied = request
            .code("?error=access_denied&state=the-state")
            .unwrap_err();
        assert!(denied.is_needs_reauthorization());
        assert!(denied.to_string().contains("access_denied"));
    }

    #[test]
    fn requests_are_not_alike() {
        let new = || AuthorizationRequest::new("https://example.com").unwrap();
        let (one, other) = (new(), new());
        assert_ne!(one.state().expose_secret(), other.state().expose_secret());
        assert_ne!(
            one.state().expose_secret(),
            one.code_verifier().unwrap().expose_secret()
        );
        assert_eq!(one.state().expose_secret().len(), 43);
    }

    #[test]
    fn the_url_has_everything_and_escapes_it() {
        let request = AuthorizationRequest::resume(
            "https://example.com/a?b=c&d",
            "s".into(),
            Some("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".into()),
        );
        let app = OAuthApp::builder("the id").build().unwrap();
        let expected = "https://zoom.us/oauth/authorize?response_type=code&client_id=the+id\
            &redirect_uri=https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc%26d&state=s\
            &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
        assert_eq!(app.authorize_url(&request).unwrap(), expected);
        assert!(app.authorize_url(&request.without_pkce()).is_err());
    }
}
