//! The hook of a caller that runs before each request.

use std::{error::Error, pin::Pin, sync::Arc};

/// Called for each request.
pub(crate) type Hook = dyn Fn() -> HookFuture + Send + Sync;

pub(crate) type HookFuture =
    Pin<Box<dyn Future<Output = Result<(), Box<dyn Error + Send + Sync>>> + Send>>;

/// A caller's function as a hook.
pub(crate) fn hook<H, F, E>(run: H) -> Arc<Hook>
where
    H: Fn() -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    Arc::new(move || -> HookFuture {
        let running = run();
        Box::pin(async move { running.await.map_err(Into::into) })
    })
}
