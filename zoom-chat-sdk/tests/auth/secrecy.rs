//! No secret in anything that can be printed.

use std::{error::Error, fmt::Debug, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use zoom_chat_sdk::auth::{
    AccessToken, AuthorizationRequest, IssuedTokens, MemoryTokenStore, OAuthApp, StaticToken,
    TokenSource, TokenStore,
};

use crate::server::{Reply, Server, clock, http_client, ok};

const CANARY: &str = "canary";

fn search(what: &dyn Debug) {
    for shown in [format!("{what:?}"), format!("{what:#?}")] {
        assert!(!shown.contains(CANARY), "{shown}");
        assert!(!shown.contains("Y2FuYXJ5"), "in base64: {shown}");
    }
}

fn search_error(error: &(dyn Error + 'static)) {
    let mut cause = Some(error);
    while let Some(error) = cause {
        search(&error);
        assert!(!error.to_string().contains(CANARY), "{error}");
        cause = error.source();
    }
}

fn app(server: &Server) -> OAuthApp {
    let builder = OAuthApp::builder("id")
        .client_secret("canary-secret")
        .endpoints(server.endpoints())
        .clock(clock())
        .http_client(http_client);
    search(&builder);
    builder.build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn values_do_not_show_their_secrets() {
    let server = Server::start(|_| {
        ok(
            r#"{"access_token":"canary-access","refresh_token":"canary-refresh","expires_in":3600,
            "device_code":"canary-device","user_code":"U","verification_uri":"https://zoom.us/d"}"#,
        )
    })
    .await;
    let app = app(&server);
    search(&app);
    let request = AuthorizationRequest::resume(
        "https://e.com",
        "canary-state".into(),
        Some("canary-verifier".into()),
    );
    search(&request);
    let tokens = app
        .exchange_code(&request, "?code=canary-code&state=canary-state")
        .await
        .unwrap();
    search(&tokens);
    search(tokens.access_token());
    search(&app.start_device_authorization().await.unwrap());
    let store = Arc::new(MemoryTokenStore::default());
    let source = app.user(Arc::clone(&store));
    source.adopt(tokens).await.unwrap();
    search(&source.token().await.unwrap());
    search(&source);
    search(&store);
    search(&store.load().await.unwrap());
    let token = StaticToken::new("canary-static").unwrap();
    search(&token);
    search(&token.token().await.unwrap().authorization());
    search_error(&StaticToken::new("canary\u{0}").unwrap_err());
}

#[tokio::test(start_paused = true)]
async fn errors_do_not_show_what_was_sent_even_if_the_server_echoes_it() {
    type Echo = fn(String) -> Reply;
    let echoes: [Echo; 6] = [
        |form| Reply::Answer(400, format!(r#"{{"error":"{form}","reason":"{form}"}}"#)),
        |form| Reply::Answer(401, format!(r#"{{"error_description":"{form}"}}"#)),
        |form| Reply::Answer(500, form),
        |form| ok(format!(r#"{{"access_token":["{form}"]}}"#)),
        |form| ok(format!(r#""{form}""#)),
        |form| ok(format!(r#"{{"access_token":"\n{form}"}}"#)),
    ];
    for echo in echoes {
        let server = Server::start(move |request| {
            let form: Vec<_> = request
                .form
                .iter()
                .map(|(_, value)| value.as_str())
                .collect();
            echo(format!("{} canary-secret", form.join(" ")).replace('"', ""))
        })
        .await;
        let app = app(&server);
        let request = AuthorizationRequest::resume(
            "https://e.com",
            "s".into(),
            Some("canary-verifier".into()),
        );
        let failed = app
            .exchange_code(&request, "?code=canary-code&state=s")
            .await;
        search_error(&failed.unwrap_err());
        let source = app.user(MemoryTokenStore::default());
        let now = crate::server::start();
        let access = AccessToken::new("canary-access").unwrap().valid(now, now);
        source
            .adopt(IssuedTokens::new(access, Some("canary-refresh".into())))
            .await
            .unwrap();
        search_error(&source.token().await.unwrap_err());
        search_error(
            &app.revoke(&"canary-revoked".into())
                .await
                .err()
                .unwrap_or_else(|| {
                    // A success says nothing about what was sent.
                    StaticToken::new("").unwrap_err()
                }),
        );
        search(&source);
    }
}

/// Ways in which a server may write back what it was sent.
fn forms(text: &str) -> [String; 4] {
    let bytes = text.as_bytes();
    let percent = bytes.iter().map(|byte| format!("%{byte:02x}"));
    let unicode = bytes.iter().map(|byte| format!("\\u{byte:04x}"));
    let escaped = unicode.clone().map(|escape| format!("\\{escape}"));
    [
        STANDARD.encode(text),
        percent.collect(),
        // As JSON writes it, and as JSON within JSON.
        unicode.collect(),
        escaped.collect(),
    ]
}

#[tokio::test(start_paused = true)]
async fn secrets_that_are_echoed_in_another_form_are_not_shown_either() {
    let secrets = ["canary-secret", "canary-code", "canary-verifier"];
    for number in 0..4 {
        let server = Server::start(move |_| {
            let echo = secrets
                .map(|secret| forms(secret)[number].clone())
                .join(" ");
            Reply::With(
                "x-zm-trackingid",
                "track canary-secret".into(),
                400,
                format!(r#"{{"error":"{echo}","reason":"Sent: {echo}."}}"#),
            )
        })
        .await;
        let request = AuthorizationRequest::resume(
            "https://e.com",
            "s".into(),
            Some("canary-verifier".into()),
        );
        let app = app(&server);
        let failed = app.exchange_code(&request, "?code=canary-code&state=s");
        let failed = failed.await.unwrap_err();
        search_error(&failed);
        assert!(failed.reason().unwrap().starts_with("Sent: [redacted]"));
        assert_eq!(failed.tracking_id(), Some("track [redacted]"));
        for form in secrets.iter().flat_map(|secret| forms(secret)) {
            for shown in [format!("{failed}"), format!("{failed:?}")] {
                assert!(!shown.contains(&form), "{form} in {shown}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_server_says_does_nothing_to_a_terminal_or_a_log() {
    let reason = r"no\u001b[2J\r\n2026-01-01 INFO fake\u202e";
    let body = format!(r#"{{"error":"invalid\u0007client","reason":"{reason}"}}"#);
    let server = Server::start(move |_| Reply::Answer(401, body.clone())).await;
    let failed = app(&server).chatbot().token().await.unwrap_err();
    let request = AuthorizationRequest::resume("https://e.com", "s".into(), None);
    let denied = app(&server)
        .exchange_code(&request, "?state=s&error=no%1b%5b2J%0d%0afake")
        .await
        .unwrap_err();
    for shown in [
        failed.to_string(),
        format!("{failed:?}"),
        denied.to_string(),
        format!("{denied:?}"),
    ] {
        let acts = |c: char| c.is_control() || c == '\u{202e}';
        assert!(!shown.contains(acts) && shown.contains("[2J"), "{shown:?}");
    }
    let long = format!("?state=s&error={}", "x".repeat(1_000_000));
    let denied = app(&server).exchange_code(&request, &long).await;
    assert!(denied.unwrap_err().to_string().len() < 300);
}
