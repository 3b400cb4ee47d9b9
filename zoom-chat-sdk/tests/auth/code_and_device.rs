//! Users who authorize the app: in a browser, and on another device.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::time::Instant;
use zoom_chat_sdk::auth::{
    AuthorizationRequest, MemoryTokenStore, OAuthApp, TokenError, TokenSource,
};

use crate::server::{Reply, Request, Server, clock, error, http_client, ok, start, token};

/// Knows the code `the-code` and the refresh token `refresh-1`.
fn zoom(request: &Request) -> Reply {
    match (request.field("grant_type"), request.field("code")) {
        (Some("authorization_code"), Some("the-code")) => {
            token("access-1", r#","refresh_token":"refresh-1""#)
        }
        (Some("refresh_token"), _) => token("access-2", r#","refresh_token":"refresh-2""#),
        _ => error(400, "invalid_grant"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_code_becomes_tokens_that_are_refreshed_with_the_latest_refresh_token() {
    let server = Server::start(zoom).await;
    let app = server.app();
    let request = AuthorizationRequest::resume("https://example.com/zoom", "s".into(), None);
    let tokens = app
        .exchange_code(&request, "?code=the-code&state=s")
        .await
        .unwrap();
    let source = app.user(MemoryTokenStore::default());
    source.adopt(tokens).await.unwrap();
    for (access, refresh_token) in [
        ("access-1", None),
        ("access-2", Some("refresh-1")),
        ("access-2", Some("refresh-2")),
    ] {
        let token = source.token().await.unwrap();
        assert_eq!(token.expose_secret(), access);
        assert_eq!(
            server.requests().last().unwrap().field("refresh_token"),
            refresh_token
        );
        tokio::time::advance(Duration::from_secs(3600)).await;
    }
    let exchange = &server.requests()[0];
    assert!(exchange.authorization.is_some());
    assert_eq!(exchange.target, "/oauth/token");
    assert_eq!(
        exchange.field("redirect_uri"),
        Some("https://example.com/zoom")
    );
    assert_eq!(exchange.field("code_verifier"), None);
    assert_eq!(exchange.field("client_id"), None);
}

#[tokio::test(start_paused = true)]
async fn an_app_without_a_secret_proves_itself_with_pkce() {
    let server = Server::start(zoom).await;
    let app = OAuthApp::builder("public")
        .endpoints(server.endpoints())
        .clock(clock())
        .http_client(http_client)
        .build()
        .unwrap();
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let request = AuthorizationRequest::resume(
        "https://example.com/zoom",
        "s".into(),
        Some(verifier.into()),
    );
    let tokens = app
        .exchange_code(&request, "?code=the-code&state=s")
        .await
        .unwrap();
    assert!(tokens.refresh_token().is_some());
    let exchange = &server.requests()[0];
    assert_eq!(exchange.authorization, None);
    assert_eq!(exchange.field("client_id"), Some("public"));
    assert_eq!(exchange.field("code_verifier"), Some(verifier));
}

#[tokio::test(start_paused = true)]
async fn a_redirect_of_another_request_never_reaches_zoom() {
    let server = Server::start(zoom).await;
    let request = AuthorizationRequest::new("https://example.com/zoom").unwrap();
    let failed = server
        .app()
        .exchange_code(&request, "?code=the-code&state=s")
        .await;
    assert!(matches!(failed, Err(TokenError::Unavailable(_))));
    assert!(server.requests().is_empty());
    let request = AuthorizationRequest::resume("https://example.com/zoom", "s".into(), None);
    let failed = server
        .app()
        .exchange_code(&request, "?code=late&state=s")
        .await
        .unwrap_err();
    assert_eq!(failed.error(), Some("invalid_grant"));
}

const DEVICE: &str = r#"{"device_code":"the-device","user_code":"ABCD-EFGH",
    "verification_uri":"https://zoom.us/oauth_device","verification_uri_complete":"https://zoom.us/oauth_device/complete/x",
    "expires_in":600,"interval":5}"#;

/// Answers polls with these, and remembers when they came.
async fn device(replies: Vec<Reply>) -> (Server, Arc<Mutex<Vec<u64>>>) {
    let times = Arc::new(Mutex::new(Vec::new()));
    let (seen, began) = (Arc::clone(&times), Instant::now());
    let replies = Mutex::new(replies.into_iter());
    let server = Server::start(move |request| {
        if request.target == "/oauth/devicecode" {
            return ok(DEVICE);
        }
        assert_eq!(request.field("device_code"), Some("the-device"));
        seen.lock().unwrap().push(began.elapsed().as_secs());
        let next = replies.lock().unwrap().next();
        next.unwrap_or_else(|| error(400, "authorization_pending"))
    })
    .await;
    (server, times)
}

#[tokio::test(start_paused = true)]
async fn polling_waits_as_it_is_told() {
    let (server, times) = device(vec![
        error(400, "authorization_pending"),
        error(400, "slow_down"),
        error(400, "authorization_pending"),
        error(500, "oops"),
        token("t", r#","refresh_token":"r""#),
    ])
    .await;
    let app = server.app();
    let asked = app.start_device_authorization().await.unwrap();
    assert_eq!(asked.user_code(), "ABCD-EFGH");
    assert_eq!(asked.verification_uri(), "https://zoom.us/oauth_device");
    assert!(asked.verification_uri_complete().is_some());
    assert_eq!(asked.expires_at(), start() + Duration::from_secs(600));
    let tokens = app.finish_device_authorization(&asked).await.unwrap();
    assert_eq!(tokens.access_token().expose_secret(), "t");
    assert_eq!(*times.lock().unwrap(), [5, 10, 20, 30, 50]);
    assert_eq!(
        server.requests()[1].field("grant_type"),
        Some("urn:ietf:params:oauth:grant-type:device_code")
    );
}

#[tokio::test(start_paused = true)]
async fn polling_ends() {
    for (replies, problem) in [
        (vec![error(400, "expired_token")], "expired_token"),
        (vec![error(400, "access_denied")], "access_denied"),
        (vec![], "expired before"),
    ] {
        let (server, times) = device(replies).await;
        let app = server.app();
        let asked = app.start_device_authorization().await.unwrap();
        let failed = app.finish_device_authorization(&asked).await.unwrap_err();
        assert!(failed.is_needs_reauthorization());
        assert!(failed.to_string().contains(problem), "{failed}");
        assert!(times.lock().unwrap().len() < 120);
    }
    let (server, _) = device(vec![error(401, "invalid_client")]).await;
    let app = server.app();
    let asked = app.start_device_authorization().await.unwrap();
    let failed = app.finish_device_authorization(&asked).await.unwrap_err();
    assert_eq!(failed.error(), Some("invalid_client"));
}
