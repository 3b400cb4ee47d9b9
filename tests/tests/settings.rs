//! The settings of a client: what cannot work is refused by name, before anything is sent.

use std::time::Duration;

use zoom_chat_sdk::{Error, Recipient, ZoomChat, ZoomChatBuilder, reqwest};
use zoom_chat_tests::loopback::{Answer, Loopback};

fn refused(builder: ZoomChatBuilder) -> (&'static str, String) {
    match builder.build() {
        Err(Error::Setting(setting)) => (setting.setting(), setting.to_string()),
        other => panic!("{other:?}"),
    }
}

fn with_token() -> ZoomChatBuilder {
    ZoomChat::builder().access_token("t0ken")
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
        "attempt_timeout: leaves no time at all"
    );
    assert!(
        with_token()
            .total_timeout(Duration::MAX)
            .attempt_timeout(Duration::MAX)
            .build()
            .is_ok()
    );
    let own = || with_token().http_client(reqwest::Client::new());
    assert_eq!(
        refused(own().user_agent("x")).1,
        "user_agent: is a setting of the given HTTP client"
    );
    assert_eq!(
        refused(own().connect_timeout(Duration::from_secs(1))).0,
        "connect_timeout"
    );
    assert_eq!(
        refused(own().proxy(reqwest::Proxy::all("http://127.0.0.1:1").unwrap())).0,
        "proxy"
    );
}

#[tokio::test]
async fn user_agent_and_own_client() {
    let zoom = Loopback::answering([Answer::sent("m1"), Answer::sent("m2")]).await;
    let own = reqwest::Client::builder()
        .user_agent("own/1")
        .build()
        .unwrap();
    let base = || with_token().base_url(zoom.base_url() + "/");
    for client in [
        base().user_agent("mine/2").build().unwrap(),
        base().http_client(own).build().unwrap(),
    ] {
        client
            .send_message(Recipient::channel("c").unwrap(), "Hello")
            .await
            .unwrap();
    }
    let received = zoom.received();
    let agents: Vec<_> = received
        .iter()
        .map(|request| request.header("user-agent").unwrap())
        .collect();
    assert_eq!(agents, ["mine/2", "own/1"]);
    assert!(
        received
            .iter()
            .all(|request| request.target() == "POST /v2/chat/users/me/messages")
    );
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
    client
        .send_message(Recipient::channel("c").unwrap(), "Hello")
        .await
        .unwrap();
    assert_eq!(
        proxy.only_request().target(),
        "POST http://localhost:1/v2/chat/users/me/messages"
    );
}
