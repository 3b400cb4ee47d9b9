//! Tokens that the processes of many machines share.

use std::{fmt, sync::LazyLock, time::Duration};

use ::redis::{
    Script,
    aio::{ConnectionManager, ConnectionManagerConfig},
};

use super::{TokenRecord, TokenStore};
use crate::auth::{BoxFuture, TokenStoreError};

const RESPONSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Compares and swaps. Revisions are compared as text, since Lua's numbers do not hold all of them.
static SWAP: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "local stored = redis.call('HGET', KEYS[1], 'revision') or '0'\n\
         if stored ~= ARGV[1] then return 0 end\n\
         redis.call('HSET', KEYS[1], 'revision', ARGV[2], 'record', ARGV[3])\n\
         return 1",
    )
});

/// Keeps tokens in Redis (version 4 or later).
///
/// The tokens are stored in plain text: anyone who can read the database can use them. A user's refresh token exists
/// nowhere else, so for users' tokens Redis must write to disk before it answers (`appendonly yes`, `appendfsync
/// always`). Otherwise, a crash of Redis may lose the authorization.
///
/// ```no_run
/// use zoom_chat_sdk::auth::{OAuthApp, RedisTokenStore};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let app = OAuthApp::builder("client id").client_secret("client secret").build()?;
/// let store = RedisTokenStore::connect("redis://127.0.0.1/", "our-account").await?;
/// let tokens = app.server_to_server("account id").shared_in(store);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisTokenStore {
    connection: ConnectionManager,
    key: String,
}

impl RedisTokenStore {
    /// Connects to the server, as in `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. A broken
    /// connection is reestablished. Call this inside a Tokio runtime.
    ///
    /// The name identifies one authorization: all processes with the same name share its tokens.
    ///
    /// # Errors
    ///
    /// If the URL is invalid, or no connection can be established.
    pub async fn connect(url: &str, name: &str) -> Result<Self, TokenStoreError> {
        let client = ::redis::Client::open(url).map_err(|error| failed("connecting", error))?;
        let config = ConnectionManagerConfig::new().set_response_timeout(Some(RESPONSE_TIMEOUT));
        let connection = client
            .get_connection_manager_with_config(config)
            .await
            .map_err(|error| failed("connecting", error))?;
        Ok(Self {
            connection,
            key: format!("zoom-chat:{{{name}}}:tokens"),
        })
    }
}

impl TokenStore for RedisTokenStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<TokenRecord>, TokenStoreError>> {
        Box::pin(async {
            let mut connection = self.connection.clone();
            let record: Option<Vec<u8>> = ::redis::cmd("HGET")
                .arg(&self.key)
                .arg("record")
                .query_async(&mut connection)
                .await
                .map_err(|error| failed("reading", error))?;
            record
                .map(|record| TokenRecord::from_json(&record))
                .transpose()
        })
    }

    fn compare_and_swap(
        &self,
        expected: u64,
        record: TokenRecord,
    ) -> BoxFuture<'_, Result<bool, TokenStoreError>> {
        Box::pin(async move {
            let mut connection = self.connection.clone();
            SWAP.key(&self.key)
                .arg(expected.to_string())
                .arg(record.revision().to_string())
                .arg(record.expose_json())
                .invoke_async(&mut connection)
                .await
                .map_err(|error| failed("writing", error))
        })
    }
}

fn failed(doing: &str, error: ::redis::RedisError) -> TokenStoreError {
    TokenStoreError::new(format!("{doing} in Redis"), Some(error.into()))
}

impl fmt::Debug for RedisTokenStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The connection knows the password.
        f.debug_struct("RedisTokenStore")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
