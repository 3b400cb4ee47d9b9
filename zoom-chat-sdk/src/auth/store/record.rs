//! The record that a token store keeps.

use std::{
    fmt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use crate::{
    Secret,
    auth::{
        AccessToken, IssuedTokens, TokenStoreError,
        token_request::{Granted, Successor},
    },
    time::until,
};

/// The tokens of one authorization, at one point of its history.
///
/// ```
/// use zoom_chat_sdk::auth::{TokenRecord, TokenStoreError};
///
/// /// The row of a table: the revision to compare with, and the record.
/// fn to_row(record: &TokenRecord) -> (u64, String) {
///     (record.revision(), record.expose_json())
/// }
///
/// fn from_row(json: &str) -> Result<TokenRecord, TokenStoreError> {
///     TokenRecord::from_json(json.as_bytes())
/// }
///
/// let (revision, json) = to_row(&TokenRecord::default());
/// assert_eq!(from_row(&json)?.revision(), revision);
/// # Ok::<(), TokenStoreError>(())
/// ```
#[derive(Clone, Default)]
pub struct TokenRecord {
    revision: u64,
    pub(crate) access: Option<AccessToken>,
    pub(crate) refresh: Option<Secret>,
    pub(crate) claim: Option<Claim>,
}

/// A process that is refreshing the tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Claim {
    /// A random number that identifies it.
    pub(crate) by: u64,
    /// When the claim expires, unless it is released before.
    pub(crate) until: SystemTime,
}

impl TokenRecord {
    /// The number of this record: 1 for the first, 0 if there is none yet.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The successor of this record, with the same tokens and without a claim.
    pub(crate) fn next(&self) -> Self {
        Self {
            revision: self.revision.saturating_add(1),
            access: self.access.clone(),
            refresh: self.refresh.clone(),
            claim: None,
        }
    }

    /// The successor of this record with new tokens. Without a new access token, the old one is used until it expires.
    pub(crate) fn next_with(&self, granted: &Granted) -> Self {
        Self {
            access: granted
                .access
                .as_ref()
                .ok()
                .or(self.access.as_ref())
                .cloned(),
            refresh: match &granted.refresh {
                Successor::Same => self.refresh.clone(),
                Successor::New(token) => Some(token.clone()),
                Successor::Lost => None,
            },
            ..self.next()
        }
    }

    /// The successor of this record with these tokens and nothing else.
    pub(crate) fn replaced(&self, tokens: Option<IssuedTokens>) -> Self {
        let (access, refresh) = match tokens {
            Some(tokens) => (Some(tokens.access), tokens.refresh),
            None => (None, None),
        };
        Self {
            access,
            refresh,
            ..self.next()
        }
    }

    pub(crate) fn claimed(&self, claim: Claim) -> Self {
        Self {
            claim: Some(claim),
            ..self.next()
        }
    }

    /// The record as JSON, to be stored. **It contains the tokens in plain text.**
    #[must_use]
    pub fn expose_json(&self) -> String {
        let access = self.access.as_ref();
        let millis = |time: SystemTime| until(time, UNIX_EPOCH).as_millis().try_into().ok();
        let json = Json {
            revision: self.revision,
            access_token: access.map(|token| token.expose_secret().to_owned()),
            issued_at_ms: access.and_then(AccessToken::issued_at).and_then(millis),
            expires_at_ms: access.and_then(AccessToken::expires_at).and_then(millis),
            scopes: access.map_or_else(Vec::new, |token| token.scopes().to_vec()),
            api_url: access.and_then(AccessToken::api_url).map(str::to_owned),
            refresh_token: self
                .refresh
                .as_ref()
                .map(|token| token.expose_secret().to_owned()),
            claimed_by: self.claim.map(|claim| claim.by),
            claimed_until_ms: self.claim.and_then(|claim| millis(claim.until)),
        };
        // Only a map with keys other than text, or a Serialize of one's own, can fail.
        serde_json::to_string(&json).unwrap_or_default()
    }

    /// Reads what [`expose_json`](Self::expose_json) wrote.
    ///
    /// # Errors
    ///
    /// If the text is not such a record.
    pub fn from_json(json: &[u8]) -> Result<Self, TokenStoreError> {
        // The cause would quote what it found.
        let json: Json = serde_json::from_slice(json)
            .map_err(|_| TokenStoreError::new("what is stored is not a record of tokens", None))?;
        let time = |millis: Option<u64>| {
            millis.and_then(|millis| UNIX_EPOCH.checked_add(Duration::from_millis(millis)))
        };
        let access = match json.access_token {
            None => None,
            Some(token) => {
                let mut token = AccessToken::new(token)
                    .map_err(|error| TokenStoreError::new("a stored token", Some(error.into())))?
                    .with_scopes(json.scopes);
                if let (Some(issued_at), Some(expires_at)) =
                    (time(json.issued_at_ms), time(json.expires_at_ms))
                {
                    token = token.valid(issued_at, expires_at);
                }
                if let Some(api_url) = json.api_url {
                    token = token.with_api_url(api_url);
                }
                Some(token)
            }
        };
        let claim = json
            .claimed_by
            .zip(time(json.claimed_until_ms))
            .map(|(by, until)| Claim { by, until });
        Ok(Self {
            revision: json.revision,
            access,
            refresh: json.refresh_token.map(Into::into),
            claim,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Json {
    revision: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    access_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issued_at_ms: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at_ms: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    scopes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    api_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claimed_by: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claimed_until_ms: Option<u64>,
}

/// Without the tokens.
impl fmt::Debug for TokenRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenRecord")
            .field("revision", &self.revision)
            .field("access", &self.access)
            .field("has_refresh", &self.refresh.is_some())
            .field("claim", &self.claim)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "__test")]
    mod properties {
        use proptest::prelude::*;

        use super::*;

        proptest! {
            #[test]
            fn a_record_survives_being_written(
                revision: u64,
                access in proptest::option::of("[!-~]{1,40}"),
                life in proptest::option::of((0..4_000_000_000_000_u64, 0..4_000_000_000_000_u64)),
                scopes in proptest::collection::vec("[a-z:_]{1,9}", 0..3),
                refresh in proptest::option::of("\\PC{0,40}"),
                claim in proptest::option::of((any::<u64>(), 0..4_000_000_000_000_u64)),
            ) {
                let at = |millis| UNIX_EPOCH + Duration::from_millis(millis);
                let access = access.map(|token| {
                    let token = AccessToken::new(token).unwrap().with_scopes(scopes).with_api_url("https://api-eu.zoom.us");
                    match life {
                        Some((issued, expires)) => token.valid(at(issued), at(expires)),
                        None => token,
                    }
                });
                let claim = claim.map(|(by, until)| Claim { by, until: at(until) });
                let record = TokenRecord { revision, access, refresh: refresh.map(Into::into), claim };
                let json = record.expose_json();
                let read = TokenRecord::from_json(json.as_bytes()).unwrap();
                prop_assert_eq!(read.expose_json(), json);
                prop_assert_eq!(format!("{read:?}"), format!("{record:?}"));
            }
        }
    }

    #[test]
    fn what_is_no_record_is_refused_without_being_quoted() {
        let error = TokenRecord::from_json(br#"{"revision":"canary"}"#).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}
