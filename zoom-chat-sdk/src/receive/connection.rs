//! The connection to a Redis that holds events or their keys.

use std::time::Duration;

use ::redis::{
    Client,
    aio::{ConnectionManager, ConnectionManagerConfig},
};

use super::InboxError;

const RESPONSE_TIMEOUT: Duration = Duration::from_secs(2);

pub(super) async fn open(url: &str) -> Result<ConnectionManager, InboxError> {
    let client = Client::open(url).map_err(InboxError::store)?;
    let config = ConnectionManagerConfig::new()
        .set_response_timeout(Some(RESPONSE_TIMEOUT))
        // The caller retries: the worker after a while, and Zoom.
        .set_number_of_retries(0);
    client
        .get_connection_manager_with_config(config)
        .await
        .map_err(InboxError::store)
}
