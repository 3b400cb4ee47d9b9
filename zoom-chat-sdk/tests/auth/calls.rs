//! Whole calls whose token comes from here.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use zoom_chat_sdk::{
    ChannelId, Delivery, Error, ErrorKind, Message, ZoomChat,
    auth::{OAuthTokens, TokenSource},
    retry::GiveUp,
};

use crate::server::{Reply, Request, Server, error, http_client, token};

fn is_send(request: &Request) -> bool {
    request.target.ends_with("/chat/users/me/messages")
}

fn sent() -> Reply {
    Reply::Answer(201, r#"{"id":"m1"}"#.into())
}

async fn send(server: &Server, tokens: OAuthTokens) -> Result<zoom_chat_sdk::Sent, Error> {
    let client = ZoomChat::builder()
        .base_url(server.base_url())
        .http_client(http_client)
        .token_source(tokens)
        .build()
        .unwrap();
    let to = ChannelId::new("channel").unwrap();
    client
        .send_message(to.into(), Message::new("Hi"))
        .await
        .map_err(Error::from)
}

#[tokio::test(start_paused = true)]
async fn trouble_of_the_token_server_that_passes_is_waited_out() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |request| {
        if is_send(request) {
            return sent();
        }
        match asked.fetch_add(1, Ordering::SeqCst) {
            0 => error(503, "oops"),
            1 => Reply::Close,
            2 => Reply::With("retry-after", "20".into(), 429, String::new()),
            _ => token("t", ""),
        }
    })
    .await;
    let began = tokio::time::Instant::now();
    let sent = send(&server, server.app().server_to_server("a"))
        .await
        .unwrap();
    assert_eq!((sent.id.as_str(), sent.attempts), ("m1", 1));
    assert_eq!(server.requests().len(), 5);
    let took = began.elapsed();
    assert!(
        took > Duration::from_secs(23) && took < Duration::from_secs(26),
        "{took:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn trouble_that_does_not_pass_ends_the_call_without_a_message() {
    for (reply, reason, requests) in [
        (error(503, "oops"), GiveUp::Attempts, 5),
        (error(401, "invalid_client"), GiveUp::Final, 1),
    ] {
        let server = Server::start(move |_| reply.clone()).await;
        let failed = send(&server, server.app().server_to_server("a"))
            .await
            .unwrap_err();
        assert_eq!(failed.kind(), ErrorKind::Token, "{failed:?}");
        assert_eq!(failed.gave_up(), Some(reason));
        assert_eq!(
            (failed.attempts(), failed.delivery()),
            (0, Delivery::NotSent)
        );
        assert_eq!(server.requests().len(), requests);
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_zoom_refuses_is_renewed_by_the_first_who_hears_of_it() {
    let issued = AtomicUsize::new(0);
    let server = Server::start(move |request| {
        let authorization = request.authorization.as_deref();
        match (is_send(request), authorization) {
            (false, _) => token(&format!("t{}", issued.fetch_add(1, Ordering::SeqCst)), ""),
            (true, Some("Bearer t1")) => sent(),
            (true, _) => Reply::Answer(
                401,
                r#"{"code":124,"message":"Invalid access token."}"#.into(),
            ),
        }
    })
    .await;
    let tokens = Arc::new(server.app().server_to_server("a"));
    tokens.token().await.unwrap();
    let client = ZoomChat::builder()
        .base_url(server.base_url())
        .http_client(http_client)
        .token_source(tokens)
        .build()
        .unwrap();
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                let to = ChannelId::new("channel").unwrap();
                client.send_message(to.into(), Message::new("Hi")).await
            })
        })
        .collect();
    for call in calls {
        assert!(call.await.unwrap().unwrap().attempts <= 2);
    }
    let renewals = server
        .requests()
        .into_iter()
        .filter(|request| !is_send(request));
    assert_eq!(renewals.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_the_token_server_says_is_told_by_the_call() {
    let server = Server::start(|_| {
        let body =
            r#"{"reason":"Invalid client_id or client_secret\u001b[2J","error":"invalid_client"}"#;
        Reply::With("x-zm-trackingid", "track".into(), 401, body.into())
    })
    .await;
    let failed = send(&server, server.app().server_to_server("a"))
        .await
        .unwrap_err();
    assert_eq!(failed.status(), Some(401));
    assert_eq!(failed.tracking_id(), Some("track"));
    let said = "Invalid client_id or client_secret\u{1b}[2J";
    assert_eq!(failed.message(), Some(said));
    assert!(failed.is_auth() && !failed.is_not_found() && !failed.is_server_error());
    assert_eq!(
        failed.to_string(),
        "no access token for sendChatMessage: Zoom gave no token (status 401, invalid_client): Invalid client_id or \
         client_secret\\u{1b}[2J; nothing was sent"
    );
    let slow = || Reply::With("retry-after", "600".into(), 429, "slow".into());
    let server = Server::start(move |_| slow()).await;
    let failed = send(&server, server.app().server_to_server("a"))
        .await
        .unwrap_err();
    assert!(failed.is_rate_limited());
    let wait = Duration::from_secs(600);
    assert_eq!(
        failed.retry_after(),
        Some(zoom_chat_sdk::retry::RetryAfter::Delay(wait))
    );
}

#[tokio::test(start_paused = true)]
async fn a_deauthorized_app_asks_for_tokens_less_and_less() {
    let issued = AtomicUsize::new(0);
    let server = Server::start(move |request| {
        if is_send(request) {
            return Reply::Answer(
                401,
                r#"{"code":124,"message":"Invalid access token."}"#.into(),
            );
        }
        token(&format!("t{}", issued.fetch_add(1, Ordering::SeqCst)), "")
    })
    .await;
    let client = ZoomChat::builder()
        .base_url(server.base_url())
        .http_client(http_client)
        .token_source(server.app().server_to_server("a"))
        .build()
        .unwrap();
    let began = tokio::time::Instant::now();
    for _ in 0..20 {
        let to = ChannelId::new("channel").unwrap();
        let failed = client.send_message(to.into(), Message::new("Hi")).await;
        let failed = failed.unwrap_err();
        assert_eq!((failed.status(), failed.code()), (Some(401), Some(124)));
        assert_eq!(failed.gave_up(), Some(GiveUp::Final));
        assert_eq!(failed.delivery(), Delivery::NotSent);
    }
    let requests = server.requests();
    let messages = requests.iter().filter(|request| is_send(request)).count();
    // The first call tries two tokens at once, each further one another token, after a wait.
    assert_eq!((messages, requests.len() - messages), (21, 21));
    let waited = 1 + 2 + 4 + 8 + 16 + 32 + 13 * 60;
    assert!(
        began.elapsed() >= Duration::from_secs(waited),
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn tokens_that_were_accepted_are_exchanged_at_once_however_soon_they_are_refused() {
    let (issued, calls) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let server = Server::start(move |request| {
        if !is_send(request) {
            return token(&format!("t{}", issued.fetch_add(1, Ordering::SeqCst)), "");
        }
        // Each token is good for one message.
        match calls.fetch_add(1, Ordering::SeqCst) % 2 {
            0 => sent(),
            _ => Reply::Answer(
                401,
                r#"{"code":124,"message":"Access token is expired."}"#.into(),
            ),
        }
    })
    .await;
    let client = ZoomChat::builder()
        .base_url(server.base_url())
        .http_client(http_client)
        .token_source(server.app().server_to_server("a"))
        .build()
        .unwrap();
    let began = tokio::time::Instant::now();
    for call in 0..20 {
        let to = ChannelId::new("channel").unwrap();
        let sent = client.send_message(to.into(), Message::new("Hi")).await;
        assert_eq!(sent.unwrap().attempts, if call == 0 { 1 } else { 2 });
    }
    assert!(began.elapsed() < Duration::from_secs(1));
}
