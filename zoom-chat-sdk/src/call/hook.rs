//! What a caller wants done before each request.

use std::{error::Error, pin::Pin};

/// Asked anew for each request.
pub(crate) type Hook = dyn Fn() -> HookFuture + Send + Sync;

pub(crate) type HookFuture =
    Pin<Box<dyn Future<Output = Result<(), Box<dyn Error + Send + Sync>>> + Send>>;
