//! The servers.

use std::{
    convert::Infallible,
    net::{Ipv4Addr, TcpListener},
    thread,
};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use cpu_time::ThreadTime;
use hmac_sha256::HMAC;
use tokio::{sync::oneshot, time::Instant};
use zoom_chat_sdk::{
    events::Event,
    receive::{Inbox, InboxError, MemoryInbox, Taken, serve},
    webhook::{Webhook, WebhookService},
};

use crate::{
    Run,
    load::{Load, SECRET},
};

#[derive(Clone, Copy)]
pub(crate) enum Contender {
    BareAxum,
    Service,
    ServiceAndWorker,
}

impl Contender {
    pub(crate) const ALL: [Self; 3] = [Self::BareAxum, Self::Service, Self::ServiceAndWorker];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::BareAxum => "bare axum",
            Self::Service => "service",
            Self::ServiceAndWorker => "service and worker",
        }
    }
}

/// Serves the load on this thread.
pub(crate) fn run(contender: Contender, load: Load) -> Run {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = listener.local_addr().expect("a bound listener");
    listener.set_nonblocking(true).expect("a listener of tokio");
    let (done, is_done) = oneshot::channel();
    let events = u32::try_from(load.events()).expect("few events");
    let client = thread::spawn(move || {
        let latencies = load.run(address);
        let _ = done.send(());
        latencies
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let (started, cpu) = (Instant::now(), ThreadTime::now());
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
        let end = async { drop(is_done.await) };
        match contender {
            Contender::BareAxum => until(listener, Router::new().route("/", post(bare)), end).await,
            Contender::Service => {
                let service = WebhookService::new(webhook(), Nowhere);
                until(listener, Router::new().route_service("/", service), end).await;
            }
            Contender::ServiceAndWorker => {
                let inbox = MemoryInbox::new(100_000);
                let handle = |_: Event| async { Ok::<_, Infallible>(()) };
                let worker = serve(inbox.clone(), handle).start();
                let service = WebhookService::new(webhook(), inbox);
                until(listener, Router::new().route_service("/", service), end).await;
                assert_eq!(worker.shutdown().await.handled, u64::from(events));
            }
        }
    });
    let cpu = cpu.elapsed() / events;
    Run {
        cpu,
        events_per_second: f64::from(events) / started.elapsed().as_secs_f64(),
        latencies: client.join().expect("the client"),
    }
}

async fn until(listener: tokio::net::TcpListener, router: Router, end: impl Future<Output = ()>) {
    let server = axum::serve(listener, router);
    tokio::select! {
        _ = server => {}
        () = end => {}
    }
}

fn webhook() -> Webhook {
    Webhook::new(SECRET).expect("a secret")
}

/// What a handler must do at least.
async fn bare(headers: HeaderMap, body: Bytes) -> StatusCode {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(timestamp), Some(signature)) =
        (text("x-zm-request-timestamp"), text("x-zm-signature"))
    else {
        return StatusCode::UNAUTHORIZED;
    };
    let mut mac = HMAC::new(SECRET);
    mac.update("v0:");
    mac.update(timestamp);
    mac.update(":");
    mac.update(&body);
    let hex: String = mac
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if signature.strip_prefix("v0=") == Some(&hex) {
        StatusCode::OK
    } else {
        StatusCode::UNAUTHORIZED
    }
}

/// An inbox that forgets.
#[derive(Clone)]
struct Nowhere;

impl Inbox for Nowhere {
    type Receipt = ();

    async fn put(&self, _: Event) -> Result<(), InboxError> {
        Ok(())
    }

    async fn take(&self) -> Result<Option<Taken<()>>, InboxError> {
        Ok(None)
    }

    async fn done(&self, (): &()) -> Result<(), InboxError> {
        Ok(())
    }

    fn close(&self) {}
}
