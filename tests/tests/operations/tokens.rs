//! Each operation takes the token of a user or that of a chatbot, and any 401 exchanges it once.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use zoom_chat_sdk::{
    Delivery, TokenKind, ZoomChat,
    auth::{AccessToken, BoxFuture, StaticToken, TokenError, TokenSource},
};
use zoom_chat_tests::loopback::{Answer, Loopback};

use crate::{document, given::Given, problems::Problems, subjects};

/// Gives another token after each that is refused.
#[derive(Debug, Clone, Default)]
struct Numbered(Arc<AtomicUsize>);

impl TokenSource for Numbered {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(async { AccessToken::new(format!("t{}", self.0.load(Ordering::SeqCst))) })
    }

    fn invalidate(&self, _: &AccessToken) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn client(server: &Loopback, tokens: impl TokenSource + 'static) -> ZoomChat {
    let builder = ZoomChat::builder().base_url(server.base_url());
    builder.token_source(tokens).build().unwrap()
}

#[tokio::test]
async fn each_operation_refuses_the_token_of_the_other_kind_before_anything_leaves() {
    let server = Loopback::answering([]).await;
    let of_scope = |scope: &str| {
        let token = AccessToken::new("t0ken").unwrap();
        let token = token.with_scopes([scope.to_owned()]);
        client(&server, StaticToken::from(token))
    };
    let (of_user, of_chatbot) = (of_scope("chat_message:write"), of_scope("imchat:bot"));
    let mut problems = Problems::default();
    for subject in subjects() {
        // What the document says, not what was generated from it.
        let scopes = &document::of(subject.operation)["x-zoom-scopes"];
        let takes_chatbot = *scopes == serde_json::json!(["imchat:bot"]);
        let takes = |kind| subject.operation.takes(kind);
        let kinds = (takes(TokenKind::User), takes(TokenKind::Chatbot));
        problems.check(&subject, kinds == (!takes_chatbot, takes_chatbot), || {
            format!("takes {kinds:?} with the scopes {scopes}")
        });
        let other = if takes_chatbot { &of_user } else { &of_chatbot };
        let called = (subject.call)(other.clone(), &Given::default()).await;
        let is_refused = called.as_ref().is_err_and(|failed| {
            failed.error.is_auth()
                && failed.error.attempts() == 0
                && failed.error.delivery() == Delivery::NotSent
                && failed.error.to_string().contains("takes the token of a")
        });
        problems.check(&subject, is_refused, || format!("{called:?}"));
    }
    problems.assert_none();
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn each_operation_exchanges_its_token_once_after_a_401() {
    let refusals = [
        Answer::json(401, r#"{"code":7010,"message":"Invalid.","result":false}"#),
        Answer::json(401, r#"{"code":124,"message":"Access token is expired."}"#),
        Answer::with(401, "", ""),
    ];
    let mut problems = Problems::default();
    for subject in subjects() {
        let (status, answer) = document::answers(subject.operation).remove(0);
        for refusal in &refusals {
            for helps in [true, false] {
                let second = match helps {
                    true => Answer::json(status, &answer.to_string()),
                    false => refusal.clone(),
                };
                let server = Loopback::answering([refusal.clone(), second]).await;
                let zoom = client(&server, Numbered::default());
                let called = (subject.call_with_retries)(zoom, &Given::default()).await;
                let is_final = called.as_ref().err().is_none_or(|failed| {
                    (failed.error.status(), failed.error.attempts()) == (Some(401), 2)
                });
                problems.check(&subject, called.is_ok() == helps && is_final, || {
                    format!("{called:?}")
                });
                let received = server.received();
                let tokens: Vec<_> = received
                    .iter()
                    .map(|request| request.header("authorization").unwrap_or_default())
                    .collect();
                problems.check(&subject, tokens == ["Bearer t0", "Bearer t1"], || {
                    format!("sent {tokens:?}")
                });
            }
        }
    }
    problems.assert_none();
}
