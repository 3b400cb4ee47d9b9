//! The service in front of an inbox, behind axum and behind a bare hyper server, and the extractor.

use std::{
    convert::Infallible,
    error::Error,
    future::pending,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll},
};

use axum::{
    Router,
    body::Body,
    extract::{FromRef, State},
    http::{HeaderMap, Request, Response},
    response::IntoResponse,
    routing::post,
};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::time::Instant;
use tower_service::Service;
use zoom_chat_sdk::{
    events::Event,
    receive::{Inbox, InboxError, MemoryInbox, Taken},
    webhook::{Received, Webhook, WebhookService},
};

use crate::{
    in_time,
    sender::{NOW, SECRET, posted, signed, webhook},
};

/// A body of chunks, which may declare a length, break off, or never end.
pub(crate) struct Chunks {
    pub(crate) chunks: Vec<Bytes>,
    pub(crate) declared: Option<u64>,
    pub(crate) end: End,
}

#[derive(Clone, Copy)]
pub(crate) enum End {
    Whole,
    BreaksOff,
    Never,
}

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        if !self.chunks.is_empty() {
            return Poll::Ready(Some(Ok(http_body::Frame::data(self.chunks.remove(0)))));
        }
        match self.end {
            End::Whole => Poll::Ready(None),
            End::BreaksOff => Poll::Ready(Some(Err("the connection broke".into()))),
            End::Never => Poll::Pending,
        }
    }

    fn size_hint(&self) -> http_body::SizeHint {
        let mut hint = http_body::SizeHint::new();
        if let Some(declared) = self.declared {
            hint.set_exact(declared);
        }
        hint
    }
}

/// The answer to a request.
pub(crate) async fn answer<S, B>(service: &S, headers: HeaderMap, body: B) -> (u16, String)
where
    S: Service<Request<B>, Response = Response<Body>, Error = Infallible> + Clone,
{
    let mut request = Request::new(body);
    *request.headers_mut() = headers;
    let answer = service
        .clone()
        .call(request)
        .await
        .unwrap_or_else(|never| match never {});
    let status = answer.status().as_u16();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn whole(body: &[u8]) -> Chunks {
    let middle = body.len() / 2;
    let (first, second) = body.split_at(middle);
    Chunks {
        chunks: vec![
            Bytes::copy_from_slice(first),
            Bytes::copy_from_slice(second),
        ],
        declared: None,
        end: End::Whole,
    }
}

#[tokio::test(start_paused = true)]
async fn each_request_gets_the_status_that_zoom_understands() {
    let inbox = MemoryInbox::new(2);
    let service = WebhookService::new(webhook().most_bytes(4096), inbox.clone());
    let body = posted("c", 1).to_string().into_bytes();
    let headers = |secret, seconds| signed(secret, seconds, Some("r"), &body);
    let right = headers(SECRET, NOW);
    let large = vec![b' '; 4097];
    let with = |chunks: &[u8], declared, end| Chunks {
        chunks: vec![Bytes::copy_from_slice(chunks)],
        declared,
        end,
    };
    let not_json = signed(SECRET, NOW, None, b"[]");
    let mut largest = body.clone();
    largest.resize(4096, b' ');
    let of_largest = signed(SECRET, NOW, Some("r"), &largest);
    let started = Instant::now();
    for (name, headers, chunks, status, held) in [
        ("genuine", right.clone(), whole(&body), 200, 1),
        ("forged", headers("another", NOW), whole(&body), 401, 1),
        ("unsigned", HeaderMap::new(), whole(&body), 401, 1),
        (
            "unsigned, never ends",
            HeaderMap::new(),
            with(b"{", None, End::Never),
            401,
            1,
        ),
        ("old", headers(SECRET, NOW - 301), whole(&body), 503, 1),
        ("future", headers(SECRET, NOW + 301), whole(&body), 503, 1),
        ("changed", right.clone(), whole(b"{}"), 401, 1),
        (
            "declared too large",
            right.clone(),
            with(b"", Some(4097), End::Never),
            413,
            1,
        ),
        (
            "too large",
            right.clone(),
            with(&large, None, End::Never),
            413,
            1,
        ),
        (
            "cut",
            right.clone(),
            with(&body[..9], None, End::BreaksOff),
            503,
            1,
        ),
        (
            "never ends",
            right.clone(),
            with(&body, None, End::Never),
            503,
            1,
        ),
        ("not an object", not_json, whole(b"[]"), 400, 1),
        (
            "as large as may be",
            of_largest,
            with(&largest, Some(4096), End::Whole),
            200,
            2,
        ),
        ("full", right.clone(), whole(&body), 503, 2),
    ] {
        assert_eq!(
            answer(&service, headers, chunks).await,
            (status, String::new()),
            "{name}"
        );
        assert_eq!(inbox.len(), held, "{name}");
    }
    // All of it is the one that never ends.
    assert_eq!(started.elapsed().as_secs(), 3);
    let challenge = br#"{"event":"endpoint.url_validation","payload":{"plainToken":"p"}}"#;
    let headers = signed(SECRET, NOW, None, challenge);
    let Ok(Received::Challenge(expected)) = webhook().receive(&headers, challenge) else {
        panic!("no challenge");
    };
    assert_eq!(
        answer(&service, headers, whole(challenge)).await,
        (200, expected.json())
    );
    let shown = format!("{service:?}");
    assert!(
        !shown.contains(SECRET) && shown.contains("MemoryInbox"),
        "{shown}"
    );
}

/// Never stores anything.
#[derive(Clone)]
struct Stuck;

impl Inbox for Stuck {
    type Receipt = ();

    async fn put(&self, _: Event) -> Result<(), InboxError> {
        pending().await
    }

    async fn take(&self) -> Result<Option<Taken<()>>, InboxError> {
        Ok(None)
    }

    async fn done(&self, (): &()) -> Result<(), InboxError> {
        Ok(())
    }

    fn close(&self) {}
}

#[tokio::test(start_paused = true)]
async fn nothing_is_confirmed_that_is_not_stored() {
    let service = WebhookService::new(webhook(), Stuck);
    let body = posted("c", 1).to_string().into_bytes();
    let started = Instant::now();
    let answered = answer(&service, signed(SECRET, NOW, None, &body), whole(&body)).await;
    assert_eq!(answered.0, 503);
    assert_eq!(started.elapsed().as_secs(), 3);
}

#[tokio::test]
async fn a_bare_hyper_server_serves_it() {
    let inbox = MemoryInbox::new(10);
    let service = TowerToHyperService::new(WebhookService::new(webhook(), inbox.clone()));
    let (near, far) = tokio::io::duplex(4096);
    tokio::spawn(
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(far), service),
    );
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(near))
        .await
        .unwrap();
    tokio::spawn(connection);
    for number in 1..=3 {
        let body = posted("c", number).to_string();
        let mut request = Request::post("/")
            .body(Full::<Bytes>::from(body.clone()))
            .unwrap();
        request
            .headers_mut()
            .extend(signed(SECRET, NOW, None, body.as_bytes()));
        request
            .headers_mut()
            .insert("host", "example.com".parse().unwrap());
        let answered = sender.send_request(request).await.unwrap();
        assert_eq!(answered.status(), 200);
        answered.into_body().collect().await.unwrap();
        let taken = in_time(inbox.take()).await.unwrap().unwrap();
        assert_eq!(taken.event.raw(), body);
    }
}

#[derive(Clone)]
struct App {
    webhook: Webhook,
    events: Arc<AtomicUsize>,
}

impl FromRef<App> for Webhook {
    fn from_ref(app: &App) -> Self {
        app.webhook.clone()
    }
}

#[tokio::test]
async fn a_router_has_it_as_a_route_and_as_an_extractor() {
    let events = Arc::new(AtomicUsize::new(0));
    let extracted = post(
        async |State(app): State<App>, received: Received| match received {
            Received::Challenge(answer) => answer.into_response(),
            Received::Event(_) => {
                app.events.fetch_add(1, Relaxed);
                ().into_response()
            }
        },
    );
    let app = App {
        webhook: webhook(),
        events: Arc::clone(&events),
    };
    let inbox = MemoryInbox::new(10);
    let router = Router::new()
        .route("/", extracted)
        .with_state(app)
        .route_service("/service", WebhookService::new(webhook(), inbox.clone()));
    let body = posted("c", 1).to_string();
    for path in ["/", "/service"] {
        for (secret, status) in [(SECRET, 200), ("another", 401)] {
            let mut request = Request::post(path).body(Body::from(body.clone())).unwrap();
            *request.headers_mut() = signed(secret, NOW, None, body.as_bytes());
            let answered = router.clone().call(request).await.unwrap();
            assert_eq!(answered.status(), status, "{path}");
        }
    }
    assert_eq!((events.load(Relaxed), inbox.len()), (1, 1));
}
