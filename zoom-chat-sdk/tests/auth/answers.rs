//! Answers of the token endpoint that are not as Zoom writes them.

use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::time::advance;
use zoom_chat_sdk::auth::{
    AuthorizationRequest, Endpoints, MemoryTokenStore, OAuthApp, TokenSource,
};

use crate::{
    server::{Reply, Server, error, http_client, ok, token},
    user::{authorized, stored},
};

const HOUR: Duration = Duration::from_secs(3600);

/// The refresh tokens that were shown, in order.
fn shown(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let refresh = requests
        .iter()
        .map(|request| request.field("refresh_token").unwrap().to_owned());
    refresh.collect()
}

#[tokio::test(start_paused = true)]
async fn whatever_else_an_answer_holds_the_next_refresh_token_is_kept() {
    let odd = [
        "null",
        "7",
        "-1e999",
        "true",
        r#"["a","b"]"#,
        "{}",
        r#""""#,
        r#""http://example.com""#,
        r#""not a URL""#,
    ];
    for member in [
        "scope",
        "api_url",
        "expires_in",
        "token_type",
        "error",
        "unknown",
    ] {
        for value in odd {
            let server = Server::start(move |request| {
                let shown = request.field("refresh_token").unwrap();
                let number: u32 = shown.trim_start_matches("refresh-").parse().unwrap();
                ok(format!(
                    r#"{{"{member}":{value},"access_token":"access-{number}","refresh_token":"refresh-{}"}}"#,
                    number + 1
                ))
            })
            .await;
            let source = authorized(&server, Arc::new(MemoryTokenStore::default())).await;
            for number in 1..=3 {
                let token = source.token().await.unwrap();
                assert_eq!(token.expose_secret(), format!("access-{number}"));
                advance(24 * HOUR).await;
            }
            assert_eq!(shown(&server), ["refresh-1", "refresh-2", "refresh-3"]);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_success_the_same_refresh_token_is_never_shown_again() {
    let unusable = [
        "",
        "<html>maintenance</html>",
        "null",
        "[]",
        "{}",
        r#"{"access_token":7,"refresh_token":8}"#,
        r#"{"access_token":null,"scope":"a"}"#,
        r#"{"access_token":"two words"}"#,
        r#"{"access_token":"cut"#,
        r#"{"error":"invalid_client","reason":"Because."}"#,
    ];
    let replies = unusable.into_iter().flat_map(|body| {
        let body = body.to_owned();
        [
            ok(body.clone()),
            Reply::Answer(201, body.clone()),
            Reply::BreakOff(200, body),
        ]
    });
    for reply in replies {
        let answer = reply.clone();
        let server = Server::start(move |_| answer.clone()).await;
        let store = Arc::new(MemoryTokenStore::default());
        let source = authorized(&server, Arc::clone(&store) as _).await;
        for _ in 0..3 {
            let failed = source.token().await.unwrap_err();
            assert!(failed.is_needs_reauthorization(), "{reply:?}: {failed:?}");
            advance(HOUR).await;
        }
        // A process that comes later does not show it either.
        let later = server.app().user(Arc::clone(&store));
        assert!(later.token().await.unwrap_err().is_needs_reauthorization());
        assert_eq!(shown(&server), ["refresh-1"], "{reply:?}");
        assert!(!stored(&*store).await.contains("refresh-1"));
    }
}

#[tokio::test(start_paused = true)]
async fn tokens_that_arrived_are_used_though_the_answer_broke_off() {
    let server = Server::start(|request| {
        let body = r#"{"access_token":"new","refresh_token":"refresh-2","scope":"chat_mess"#;
        match request.field("refresh_token") {
            Some("refresh-1") => Reply::BreakOff(200, body.into()),
            _ => token("newer", r#","refresh_token":"refresh-3""#),
        }
    })
    .await;
    let source = authorized(&server, Arc::new(MemoryTokenStore::default())).await;
    for (expected, after) in [("new", HOUR), ("newer", HOUR)] {
        assert_eq!(source.token().await.unwrap().expose_secret(), expected);
        advance(after).await;
    }
    // Only the access token arrived: it is used to its end.
    let server = Server::start(|_| Reply::BreakOff(200, r#"{"access_token":"new","#.into())).await;
    let source = authorized(&server, Arc::new(MemoryTokenStore::default())).await;
    assert_eq!(source.token().await.unwrap().expose_secret(), "new");
    advance(HOUR).await;
    assert!(source.token().await.unwrap_err().is_needs_reauthorization());
    assert_eq!(shown(&server), ["refresh-1"]);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_that_arrives_alone_is_shown_next() {
    let server = Server::start(|request| match request.field("refresh_token") {
        Some("refresh-1") => ok(r#"{"refresh_token":"refresh-2","access_token":[]}"#),
        _ => token("new", r#","refresh_token":"refresh-3""#),
    })
    .await;
    let source = authorized(&server, Arc::new(MemoryTokenStore::default())).await;
    let failed = source.token().await.unwrap_err();
    assert!(failed.is_transient(), "{failed:?}");
    advance(failed.retry_after().unwrap()).await;
    assert_eq!(source.token().await.unwrap().expose_secret(), "new");
    assert_eq!(shown(&server), ["refresh-1", "refresh-2"]);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_rotate_gives_no_refresh_token() {
    for more in ["", r#","refresh_token":null"#, r#","refresh_token":"""#] {
        let server = Server::start(move |_| token("new", more)).await;
        let source = authorized(&server, Arc::new(MemoryTokenStore::default())).await;
        for _ in 0..2 {
            assert_eq!(source.token().await.unwrap().expose_secret(), "new");
            advance(HOUR).await;
        }
        assert_eq!(shown(&server), ["refresh-1", "refresh-1"]);
    }
}

#[tokio::test(start_paused = true)]
async fn whatever_lifetime_is_claimed_there_is_neither_one_request_per_call_nor_none_for_ever() {
    for lifetime in [
        "1e300",
        "1e999",
        "0",
        "-7",
        "0.0001",
        r#""soon""#,
        "null",
        "[]",
    ] {
        let body = format!(r#"{{"access_token":"t","expires_in":{lifetime}}}"#);
        let server = Server::start(move |_| ok(body.clone())).await;
        let source = server.app().server_to_server("a");
        for _ in 0..100 {
            source.token().await.unwrap();
        }
        assert_eq!(server.requests().len(), 1, "{lifetime}");
        advance(24 * HOUR).await;
        source.token().await.unwrap();
        assert_eq!(server.requests().len(), 2, "{lifetime}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_unreadable_success_passes_where_nothing_was_used_up() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => ok("<html>"),
        1 => Reply::BreakOff(200, r#"{"access_tok"#.into()),
        2 => Reply::Stall(200, r#"{"access_tok"#.into()),
        _ => token("t", ""),
    })
    .await;
    let source = server.app().server_to_server("a");
    for problem in [
        "it holds no access token",
        "it broke off",
        "it did not end in time",
    ] {
        let failed = source.token().await.unwrap_err();
        assert!(failed.is_transient());
        let expected = format!("the answer to a token request cannot be read: {problem}");
        assert_eq!(failed.to_string(), expected);
        advance(failed.retry_after().unwrap()).await;
    }
    source.token().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_error_is_told_apart_whatever_the_types_of_its_members() {
    for more in [
        r#""reason":["x"]"#,
        r#""reason":null,"error_description":7"#,
        r#""status":1e999"#,
    ] {
        let body = format!(r#"{{"error":"invalid_grant",{more}}}"#);
        let server = Server::start(move |_| Reply::Answer(400, body.clone())).await;
        let source = authorized(&server, Arc::new(MemoryTokenStore::default())).await;
        for _ in 0..2 {
            assert!(source.token().await.unwrap_err().is_needs_reauthorization());
            advance(HOUR).await;
        }
        assert_eq!(server.requests().len(), 1);
    }
    // What has arrived of an error counts.
    let cut = r#"{"error":"invalid_grant","reason":"Beca"#;
    let server = Server::start(|_| Reply::BreakOff(400, cut.into())).await;
    let source = authorized(&server, Arc::new(MemoryTokenStore::default())).await;
    let failed = source.token().await.unwrap_err();
    assert_eq!(
        (failed.status(), failed.error()),
        (Some(400), Some("invalid_grant"))
    );
}

#[tokio::test(start_paused = true)]
async fn why_no_answer_came_is_told() {
    let problem = async |app: OAuthApp| {
        let failed = app.chatbot().token().await.unwrap_err();
        assert!(failed.is_transient() && failed.source().is_some());
        failed.to_string()
    };
    let silent = Server::start(|_| Reply::Silence).await;
    assert_eq!(
        problem(silent.app()).await,
        "no answer from the token endpoint in time"
    );
    let closing = Server::start(|_| Reply::Close).await;
    assert_eq!(
        problem(closing.app()).await,
        "the connection to the token endpoint broke"
    );
    let nobody = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/oauth/token", nobody.local_addr().unwrap());
    drop(nobody);
    let app = OAuthApp::builder("id")
        .client_secret("a secret")
        .endpoints(Endpoints::at(&url).unwrap())
        .http_client(http_client);
    assert_eq!(
        problem(app.build().unwrap()).await,
        "no connection to the token endpoint"
    );
}

#[tokio::test(start_paused = true)]
async fn a_code_brings_a_refresh_token_or_none() {
    for (more, refresh) in [("", None), (r#","refresh_token":"r""#, Some("r"))] {
        let server = Server::start(move |_| token("t", more)).await;
        let request = AuthorizationRequest::resume("https://e.com", "s".into(), Some("v".into()));
        let tokens = server
            .app()
            .exchange_code(&request, "?code=c&state=s")
            .await;
        let tokens = tokens.unwrap();
        let issued = tokens
            .refresh_token()
            .map(zoom_chat_sdk::Secret::expose_secret);
        assert_eq!(issued, refresh);
    }
    // A code can be used once, so a second try would not help.
    let server = Server::start(|_| ok("{}")).await;
    let request = AuthorizationRequest::resume("https://e.com", "s".into(), Some("v".into()));
    let failed = server
        .app()
        .exchange_code(&request, "?code=c&state=s")
        .await;
    let failed = failed.unwrap_err();
    assert!(failed.is_needs_reauthorization(), "{failed:?}");
    let server = Server::start(|_| error(503, "oops")).await;
    let failed = server
        .app()
        .exchange_code(&request, "?code=c&state=s")
        .await;
    assert!(failed.unwrap_err().is_transient());
}
