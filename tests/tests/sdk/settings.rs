//! The settings of a client: what cannot work is refused by name, before anything is sent.

use std::time::Duration;

use zoom_chat_sdk::{
    Error, Recipient, Sent, ZoomChat, ZoomChatBuilder,
    auth::{Endpoints, OAuthApp, TokenSource},
    reqwest,
};
use zoom_chat_tests::loopback::{Answer, Loopback, Received};

fn refused(builder: ZoomChatBuilder) -> (&'static str, String) {
    let error = builder.build().unwrap_err();
    let setting = error.invalid_setting().expect("an invalid setting");
    assert_eq!(setting.to_string(), error.to_string());
    (setting.setting(), error.to_string())
}

fn with_token() -> ZoomChatBuilder {
    ZoomChat::builder().access_token("t0ken")
}

async fn send(client: &ZoomChat) -> Result<Sent, Error> {
    client
        .send_message(Recipient::channel("c")?, "Hello")
        .await
        .map_err(Error::from)
}

#[test]
fn a_setting_that_cannot_work_is_refused() {
    assert_eq!(
        refused(ZoomChat::builder()).1,
        "access_token: is missing, and so is a source of tokens"
    );
    assert_eq!(
        refused(ZoomChat::builder().access_token("")).1,
        "access_token: the access token is empty"
    );
    assert_eq!(
        refused(ZoomChat::builder().access_token("a\nb")).0,
        "access_token"
    );
    assert_eq!(
        refused(with_token().base_url("http://api.zoom.us/v2")).1,
        "base_url: must be https: plain http is for loopback addresses only"
    );
    assert_eq!(refused(with_token().base_url("zoom")).0, "base_url");
    assert_eq!(refused(with_token().user_agent("a\nb")).0, "user_agent");
    assert_eq!(
        refused(with_token().attempt_timeout(Duration::ZERO)).1,
        "attempt_timeout: must not be zero"
    );
    assert!(
        with_token()
            .total_timeout(Duration::MAX)
            .attempt_timeout(Duration::MAX)
            .build()
            .is_ok()
    );
    let no_crypto = with_token().http_client(|http| http.tls_backend_preconfigured("no TLS"));
    assert_eq!(refused(no_crypto).0, "http_client");
}

#[tokio::test]
async fn user_agent_and_configured_client() {
    let zoom =
        Loopback::answering([Answer::sent("m1"), Answer::sent("m2"), Answer::sent("m3")]).await;
    let base = || with_token().base_url(zoom.base_url() + "/");
    for client in [
        base().build().unwrap(),
        base().user_agent("mine/2").build().unwrap(),
        base()
            .http_client(|http| http.user_agent("own/1"))
            .build()
            .unwrap(),
    ] {
        send(&client).await.unwrap();
    }
    let received = zoom.received();
    let agents: Vec<_> = received
        .iter()
        .map(|request| request.header("user-agent").unwrap())
        .collect();
    assert!(agents[0].starts_with("zoom-chat-sdk/"), "{agents:?}");
    assert_eq!(agents[1..], ["mine/2", "own/1"]);
    let targets: Vec<_> = received.iter().map(Received::target).collect();
    assert_eq!(targets, ["POST /v2/chat/users/me/messages"; 3]);
}

/// Everything that reqwest can be told to do with a redirect or a failure.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the type of the answer cannot be named"
)]
fn reckless(http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    let again = reqwest::retry::for_host("127.0.0.1")
        .no_budget()
        .classify_fn(|answer| answer.retryable());
    http.redirect(reqwest::redirect::Policy::limited(10))
        .retry(again)
}

#[tokio::test]
async fn a_configured_client_neither_redirects_nor_replays() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Loopback::answering([Answer::sent("foreign")]).await;
        let location = format!("Location: {}/chat\r\n", elsewhere.base_url());
        let redirect = Answer::with(status, &location, "");
        let zoom = Loopback::answering([redirect.clone(), redirect]).await;
        let client = with_token().base_url(zoom.base_url()).http_client(reckless);
        let error = send(&client.build().unwrap()).await.unwrap_err();
        assert_eq!((error.status(), error.attempts()), (Some(status), 1));
        let app = OAuthApp::builder("id")
            .client_secret("s3cret")
            .endpoints(Endpoints::at(&zoom.base_url()).unwrap())
            .http_client(reckless);
        let tokens = app.build().unwrap().server_to_server("account");
        let error = tokens.token().await.unwrap_err();
        assert_eq!(error.status(), Some(status));
        assert_eq!(zoom.received().len(), 2, "{status}");
        assert!(elsewhere.received().is_empty(), "{status}");
    }
}

#[tokio::test]
async fn an_idle_connection_is_not_kept_longer_than_set() {
    for (limit, connections) in [(Duration::from_secs(3600), 1), (Duration::ZERO, 3)] {
        let zoom = Loopback::answering((0..3).map(|_| Answer::sent("m"))).await;
        let client = with_token()
            .base_url(zoom.base_url())
            .pool_idle_timeout(limit);
        let client = client.build().unwrap();
        for _ in 0..3 {
            send(&client).await.unwrap();
        }
        assert_eq!(zoom.connections(), connections, "{limit:?}");
    }
}

/// Calls servers on this machine: with a token that is there, and with one that is fetched first.
#[tokio::test]
async fn a_server_on_this_machine_is_called_directly() {
    let zoom = Loopback::answering([
        Answer::sent("m1"),
        Answer::json(200, r#"{"access_token":"fetched","expires_in":3600}"#),
        Answer::sent("m2"),
    ])
    .await;
    for host in ["127.0.0.1", "localhost"] {
        let url = zoom.base_url().replace("127.0.0.1", host);
        let client = with_token().base_url(&url);
        let client = match host {
            "localhost" => {
                let app = OAuthApp::builder("id")
                    .client_secret("s3cret")
                    .endpoints(Endpoints::at(&url).unwrap())
                    // One that does not start from what it is given.
                    .http_client(|_| reqwest::Client::builder());
                let tokens = app.build().unwrap().server_to_server("account");
                ZoomChat::builder().base_url(&url).token_source(tokens)
            }
            _ => client,
        };
        send(&client.build().unwrap()).await.unwrap();
    }
    assert_eq!(zoom.received().len(), 3);
    for request in zoom.received() {
        assert!(request.target().starts_with("POST /v2"), "{request:?}");
    }
}

#[tokio::test]
async fn proxies_of_the_environment_see_nothing_that_goes_to_this_machine() {
    let proxy = Loopback::answering([]).await;
    let url = proxy.base_url();
    let url = url.trim_end_matches("/v2");
    let mut itself = tokio::process::Command::new(std::env::current_exe().unwrap());
    itself.args([
        "--exact",
        "settings::a_server_on_this_machine_is_called_directly",
    ]);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        itself.env(name, url).env(name.to_lowercase(), url);
    }
    for name in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
        itself.env_remove(name);
    }
    let output = itself.output().await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}"
    );
    assert!(proxy.received().is_empty(), "{:#?}", proxy.received());
}

#[tokio::test]
async fn a_proxy_is_gone_through() {
    let proxy = Loopback::answering([Answer::sent("m1")]).await;
    let proxy_url = proxy.base_url();
    let client = with_token()
        .base_url("http://localhost:1/v2")
        .proxy(reqwest::Proxy::all(proxy_url.trim_end_matches("/v2")).unwrap())
        .build()
        .unwrap();
    send(&client).await.unwrap();
    assert_eq!(
        proxy.only_request().target(),
        "POST http://localhost:1/v2/chat/users/me/messages"
    );
}
