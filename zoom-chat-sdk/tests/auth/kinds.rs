//! The token of a user and that of a chatbot are never mixed.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use zoom_chat_sdk::{
    CallEvent, Delivery, Error, TokenKind, ZoomChat,
    auth::{AccessToken, MemoryTokenStore, StaticToken, TokenSource},
    operations, requests,
};

use crate::server::{Reply, Request, Server, http_client, token};

fn client(server: &Server, tokens: impl TokenSource + 'static) -> ZoomChat {
    ZoomChat::builder()
        .base_url(server.base_url())
        .http_client(http_client)
        .token_source(tokens)
        .build()
        .unwrap()
}

async fn as_user(zoom: &ZoomChat) -> Result<(), Error> {
    let call = zoom.call(requests::LeaveChannel::new("channel"));
    call.await.map(drop).map_err(Into::into)
}

async fn as_chatbot(zoom: &ZoomChat) -> Result<(), Error> {
    let request = requests::DeleteChatbotMessage::new("message");
    let call = zoom.call(request.account_id("account").robot_jid("robot"));
    call.await.map(drop).map_err(Into::into)
}

fn is_of_chatbot(request: &Request) -> bool {
    request.target.contains("/im/chat/messages/")
}

#[tokio::test]
async fn the_token_of_the_other_kind_is_refused_before_anything_leaves() {
    let server = Server::start(|_| token("t", "")).await;
    let app = server.app();
    let fixed = |scopes: &[&str]| {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned());
        let token = AccessToken::new("t").unwrap().with_scopes(scopes);
        Box::new(StaticToken::from(token)) as Box<dyn TokenSource>
    };
    let user = Some(TokenKind::User);
    let chatbot = Some(TokenKind::Chatbot);
    let sources = [
        (Box::new(app.chatbot()) as Box<dyn TokenSource>, chatbot),
        (Box::new(app.server_to_server("account")), user),
        (Box::new(app.user(MemoryTokenStore::default())), user),
        (fixed(&["imchat:bot"]), chatbot),
        (fixed(&["chat_message:write", "chat_channel:read"]), user),
        (fixed(&["imchat:bot", "chat_message:write"]), None),
        (fixed(&[]), None),
    ];
    for (source, kind) in sources {
        assert_eq!(source.kind(), kind, "{source:?}");
        let what = format!("{source:?}");
        let zoom = client(&server, Arc::<dyn TokenSource>::from(source));
        let failed = match kind {
            Some(TokenKind::Chatbot) => as_user(&zoom).await.unwrap_err(),
            Some(_) => as_chatbot(&zoom).await.unwrap_err(),
            None => continue,
        };
        assert_eq!(
            (failed.attempts(), failed.delivery()),
            (0, Delivery::NotSent),
            "{what}"
        );
        let text = failed.to_string();
        assert!(text.contains("takes the token of a"), "{what}: {text}");
    }
    assert_eq!(server.requests().len(), 0, "not even a token was asked for");
}

#[tokio::test(start_paused = true)]
async fn any_401_of_a_chatbot_exchanges_its_token_once() {
    const BODIES: [&str; 4] = [
        r#"{"code":7010,"message":"The access token is missing or invalid.","result":false}"#,
        r#"{"code":7010}"#,
        r#"{"code":300,"message":"Something else."}"#,
        "",
    ];
    for body in BODIES {
        for helps in [true, false] {
            let issued = AtomicUsize::new(0);
            let server = Server::start(move |request| {
                let authorization = request.authorization.as_deref();
                match (is_of_chatbot(request), authorization) {
                    (false, _) => token(&format!("t{}", issued.fetch_add(1, Ordering::SeqCst)), ""),
                    (true, Some("Bearer t1")) if helps => Reply::Answer(200, "{}".to_owned()),
                    (true, _) => Reply::Answer(401, body.to_owned()),
                }
            })
            .await;
            let zoom = client(&server, server.app().chatbot());
            let called = as_chatbot(&zoom).await;
            assert_eq!(called.is_ok(), helps, "{body}: {called:?}");
            if let Err(failed) = called {
                assert_eq!((failed.status(), failed.attempts()), (Some(401), 2));
            }
            let requests = server.requests();
            let exchanges = requests.iter().filter(|request| !is_of_chatbot(request));
            assert_eq!((exchanges.count(), requests.len()), (2, 4), "{body}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_chatbot_is_not_repeated_where_no_other_token_can_help() {
    for (is_fixed, status) in [(true, 401), (false, 400), (false, 404), (false, 500)] {
        let server = Server::start(move |request| match is_of_chatbot(request) {
            true => Reply::Answer(status, r#"{"code":7010}"#.to_owned()),
            false => token("t", ""),
        })
        .await;
        let retries = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&retries);
        let builder = ZoomChat::builder()
            .base_url(server.base_url())
            .http_client(http_client)
            .on_event(move |event| {
                if matches!(event, CallEvent::Retry { .. }) {
                    count.fetch_add(1, Ordering::SeqCst);
                }
            });
        let zoom = match is_fixed {
            true => builder.access_token("t"),
            false => builder.token_source(server.app().chatbot()),
        };
        let failed = as_chatbot(&zoom.build().unwrap()).await.unwrap_err();
        assert_eq!((failed.status(), failed.attempts()), (Some(status), 1));
        assert_eq!(retries.load(Ordering::SeqCst), 0, "{status}");
        let asked = server.requests();
        let asked = asked.iter().filter(|request| is_of_chatbot(request));
        assert_eq!(asked.count(), 1);
    }
}

#[test]
fn each_operation_takes_one_kind() {
    let kinds = [TokenKind::User, TokenKind::Chatbot];
    let takes = |kind| operations::ALL.iter().filter(move |it| it.takes(kind));
    let [of_users, of_chatbots] = kinds.map(|kind| takes(kind).count());
    assert_eq!(of_users + of_chatbots, operations::ALL.len());
    let mut ids: Vec<_> = takes(TokenKind::Chatbot).map(|it| it.id).collect();
    ids.sort_unstable();
    let expected = [
        "deleteChatbotMessage",
        "editChatbotMessage",
        "linkUnfurls",
        "sendChatbotMessages",
    ];
    assert_eq!(ids, expected);
    assert!(kinds.iter().all(|kind| {
        let raw = requests::Raw::get("/users/me");
        zoom_chat_sdk::Request::operation(&raw).takes(*kind)
    }));
}
