//! Credentials from the environment.

use std::sync::Arc;

use super::{Endpoints, OAuthApp, StaticToken, TokenSource, TokenStore};
use crate::InvalidSetting;

/// The token source that the environment variables describe.
///
/// | variable | value |
/// |---|---|
/// | `ZOOM_ACCESS_TOKEN` | a fixed access token. If it is set, the others are ignored |
/// | `ZOOM_CLIENT_ID` | the client id of the app |
/// | `ZOOM_CLIENT_SECRET` | its secret; optional for a user's app |
/// | `ZOOM_ACCOUNT_ID` | the account of a server-to-server app |
/// | `ZOOM_TOKEN_FILE` | the file with the tokens ([`FileTokenStore`](super::FileTokenStore), feature `file-store`) |
/// | `ZOOM_TOKEN_URL` | the URL of the token endpoint; `https://zoom.us/oauth/token` if not set |
///
/// With an account id, the app is a server-to-server app; processes with the same token file share its token. With a
/// token file alone, it is a user's app, and with neither, a chatbot. An empty variable counts as not set.
///
/// ```
/// use zoom_chat_sdk::{ZoomChat, auth};
///
/// # fn example() -> Result<(), zoom_chat_sdk::Error> {
/// let zoom = ZoomChat::builder().token_source(auth::from_env()?).build()?;
/// # drop(zoom);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If a variable is missing or invalid; the error names it.
pub fn from_env() -> Result<Arc<dyn TokenSource>, InvalidSetting> {
    from_variables(|name| std::env::var(name).ok())
}

fn from_variables(
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Arc<dyn TokenSource>, InvalidSetting> {
    let variable = |name| variable(name).filter(|value| !value.trim().is_empty());
    if let Some(token) = variable("ZOOM_ACCESS_TOKEN") {
        let source = StaticToken::new(token)
            .map_err(|error| InvalidSetting::new("ZOOM_ACCESS_TOKEN", error.to_string()))?;
        return Ok(Arc::new(source));
    }
    let Some(client_id) = variable("ZOOM_CLIENT_ID") else {
        return Err(InvalidSetting::new(
            "ZOOM_CLIENT_ID",
            "is not set, and neither is ZOOM_ACCESS_TOKEN",
        ));
    };
    let account_id = variable("ZOOM_ACCOUNT_ID");
    let token_file = variable("ZOOM_TOKEN_FILE");
    let mut app = OAuthApp::builder(client_id);
    match variable("ZOOM_CLIENT_SECRET") {
        Some(secret) => app = app.client_secret(secret),
        None if token_file.is_none() || account_id.is_some() => {
            return Err(InvalidSetting::new("ZOOM_CLIENT_SECRET", "is not set"));
        }
        None => {}
    }
    if let Some(url) = variable("ZOOM_TOKEN_URL") {
        app = app.endpoints(Endpoints::at(&url)?);
    }
    let app = app.build()?;
    let store = token_file.as_deref().map(file_store).transpose()?;
    Ok(Arc::new(match (account_id, store) {
        (Some(account_id), None) => app.server_to_server(account_id),
        (Some(account_id), Some(store)) => app.server_to_server(account_id).shared_in(store),
        (None, Some(store)) => app.user(store),
        (None, None) => app.chatbot(),
    }))
}

#[cfg(feature = "file-store")]
#[expect(clippy::unnecessary_wraps, reason = "the other one fails")]
fn file_store(file: &str) -> Result<Arc<dyn TokenStore>, InvalidSetting> {
    Ok(Arc::new(super::FileTokenStore::new(file)))
}

#[cfg(not(feature = "file-store"))]
fn file_store(_file: &str) -> Result<Arc<dyn TokenStore>, InvalidSetting> {
    Err(InvalidSetting::new(
        "ZOOM_TOKEN_FILE",
        "needs the feature `file-store` of zoom-chat-sdk",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(pairs: &[(&str, &str)]) -> Result<String, String> {
        let variable = |name: &str| {
            let pair = pairs.iter().find(|(key, _)| *key == name);
            pair.map(|(_, value)| (*value).to_owned())
        };
        from_variables(variable)
            .map(|source| format!("{source:?}"))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_set_decides_which_it_is() {
        let app = [("ZOOM_CLIENT_ID", "id"), ("ZOOM_CLIENT_SECRET", "canary")];
        let with = |more: &[(&'static str, &'static str)]| from(&[&app[..], more].concat());
        let source = with(&[]).unwrap();
        assert!(source.contains("ClientCredentials") && !source.contains("canary"));
        let source = with(&[("ZOOM_ACCOUNT_ID", "the account")]).unwrap();
        assert!(source.contains("AccountCredentials") && source.contains("the account"));
        let source = with(&[("ZOOM_ACCESS_TOKEN", "canary")]).unwrap();
        assert!(source.contains("StaticToken") && !source.contains("canary"));
        let source = with(&[("ZOOM_TOKEN_URL", "http://127.0.0.1:9/oauth/token")]).unwrap();
        assert!(
            source.contains("http://127.0.0.1:9/oauth/revoke"),
            "{source}"
        );
        let user = from(&[("ZOOM_CLIENT_ID", "id"), ("ZOOM_TOKEN_FILE", "tokens.json")]);
        let shared = with(&[("ZOOM_ACCOUNT_ID", "a"), ("ZOOM_TOKEN_FILE", "tokens.json")]);
        for (from_file, grant) in [(user, "RefreshToken"), (shared, "AccountCredentials")] {
            match from_file {
                Ok(source) => {
                    assert!(
                        cfg!(feature = "file-store") && source.contains(grant),
                        "{source}"
                    );
                    assert!(source.contains("FileTokenStore") && source.contains("tokens.json"));
                }
                Err(error) => {
                    assert!(error.contains("file-store") && !cfg!(feature = "file-store"));
                }
            }
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        for (pairs, named) in [
            (&[][..], "ZOOM_ACCESS_TOKEN"),
            (&[("ZOOM_CLIENT_ID", " ")][..], "ZOOM_CLIENT_ID"),
            (&[("ZOOM_CLIENT_ID", "id")][..], "ZOOM_CLIENT_SECRET"),
            (
                &[
                    ("ZOOM_CLIENT_ID", "id"),
                    ("ZOOM_ACCOUNT_ID", "a"),
                    ("ZOOM_TOKEN_FILE", "f"),
                ][..],
                "ZOOM_CLIENT_SECRET",
            ),
            (
                &[
                    ("ZOOM_CLIENT_ID", "id"),
                    ("ZOOM_CLIENT_SECRET", "s"),
                    ("ZOOM_TOKEN_URL", "http://zoom.us/oauth/token"),
                ][..],
                "token_url",
            ),
            (&[("ZOOM_ACCESS_TOKEN", "a\nb")][..], "ZOOM_ACCESS_TOKEN"),
        ] {
            let error = from(pairs).unwrap_err();
            assert!(error.contains(named), "{error}");
        }
    }
}
