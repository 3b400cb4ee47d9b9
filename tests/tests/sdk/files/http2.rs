//! The same over HTTP/2, which has its own way of ending a request: here without TLS, by prior knowledge.

use std::{
    convert::Infallible,
    io,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http2, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::{net::TcpListener, sync::Notify};
use zoom_chat_sdk::{Delivery, FileProblem, FileSource, UploadFile, ZoomChat, reqwest};

use super::{builder, large};
use zoom_chat_tests::file_host::Checksum;

/// Takes uploads at `/taken`; redirects those to other paths there, late or `/early`; refuses some `/refused` before
/// they were read.
#[derive(Default)]
struct Host {
    came: Mutex<Vec<Came>>,
    more: Notify,
}

#[derive(Clone, Debug)]
struct Came {
    path: String,
    authorization: Option<String>,
    /// Checksum and size of the form, if it came whole.
    form: Result<(u64, u64), String>,
}

impl Host {
    async fn start() -> (Arc<Self>, String) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let host = Arc::new(Self::default());
        let serving = Arc::clone(&host);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let host = Arc::clone(&serving);
                let service = service_fn(move |request| Arc::clone(&host).answer(request));
                let connection = http2::Builder::new(TokioExecutor::new());
                tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
            }
        });
        (host, url)
    }

    async fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Infallible> {
        let path = request.uri().path().to_owned();
        let answer = |status: u16, body: &'static str| {
            Response::builder()
                .status(status)
                .header("location", "/taken")
                .body(Full::from(body))
                .unwrap()
        };
        if path.starts_with("/refused") {
            // What is read no more is told to the client, which may go on all the same.
            tokio::spawn(self.read(request));
            return Ok(answer(
                413,
                r#"{"code":300,"message":"Maximum file size exceeded: 1 GB"}"#,
            ));
        }
        if path.starts_with("/early") {
            return Ok(answer(307, ""));
        }
        self.read(request).await;
        Ok(match path.as_str() {
            "/taken" => answer(201, r#"{"id":"f1"}"#),
            _ => answer(302, ""),
        })
    }

    async fn read(self: Arc<Self>, request: Request<Incoming>) {
        let header = request.headers().get("authorization");
        let mut came = Came {
            path: request.uri().path().to_owned(),
            authorization: header.map(|value| value.to_str().unwrap().to_owned()),
            form: Ok((0, 0)),
        };
        let mut body = request.into_body();
        let mut checksum = Checksum::default();
        came.form = loop {
            match body.frame().await {
                None => break Ok(checksum.finish()),
                Some(Err(error)) => break Err(error.to_string()),
                Some(Ok(frame)) => checksum.add(frame.data_ref().map_or(&[], |data| &data[..])),
            }
        };
        self.came.lock().unwrap().push(came);
        self.more.notify_one();
    }
}

fn client(base_url: String) -> ZoomChat {
    builder(base_url)
        .http_client(reqwest::ClientBuilder::http2_prior_knowledge)
        .build()
        .unwrap()
}

#[tokio::test]
async fn redirects_keep_method_body_and_token() {
    for way in ["/late", "/early"] {
        let (host, url) = Host::start().await;
        let content = large();
        let size = content.len() as u64;
        let uploaded = client(url + way)
            .upload_file(FileSource::bytes("a", content))
            .await;
        assert_eq!(uploaded.unwrap().id.as_str(), "f1");
        let came = host.came.lock().unwrap().clone();
        let last = came.last().unwrap();
        assert_eq!(
            (last.path.as_str(), last.authorization.as_deref()),
            ("/taken", Some("Bearer t0ken"))
        );
        assert!(last.form.as_ref().unwrap().1 > size);
        if way == "/late" {
            assert_eq!(
                came[0].form.as_ref().unwrap().1,
                last.form.as_ref().unwrap().1
            );
        }
    }
}

#[tokio::test]
async fn a_refusal_ends_the_upload() {
    let (host, url) = Host::start().await;
    let size = UploadFile::MAX_SIZE;
    let source = FileSource::factory("a", size, || async {
        Ok::<_, io::Error>(tokio::io::repeat(1))
    });
    let error = client(url + "/refused")
        .upload_file(source)
        .await
        .unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(413), Some(300)));
    assert_eq!(error.delivery(), Delivery::NotSent);
    host.more.notified().await;
    assert!(host.came.lock().unwrap()[0].form.is_err());
}

#[tokio::test]
async fn a_file_that_changes_is_no_upload() {
    for (announced, grown) in [(4_u64, true), (6, false)] {
        let (host, url) = Host::start().await;
        let source = FileSource::factory("a", announced, || async {
            Ok::<_, io::Error>(&b"12345"[..])
        });
        let client = client(url + "/taken");
        let error = client.upload_file(source).await.unwrap_err();
        assert_eq!(
            matches!(error.file_problem(), Some(FileProblem::Grown { .. })),
            grown,
            "{error}"
        );
        assert_eq!(error.delivery(), Delivery::NotSent);
        // It may have been told before the request began. A sound file comes whole, here and where it is redirected to.
        let sound = FileSource::bytes("sound", "12345");
        client.upload_file(sound).await.unwrap();
        let whole = |came: &&Came| came.form.is_ok();
        assert_eq!(host.came.lock().unwrap().iter().filter(whole).count(), 2);
    }
}
