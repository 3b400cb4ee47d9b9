//! Events of a document with odd webhooks.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use serde_json::json;
use zoom_chat_openapi_documents::webhooks::events::{Kind, OrderPaid};

fn paid(event: serde_json::Value) -> OrderPaid {
    match Kind::read("order.paid", event) {
        Kind::OrderPaid(paid) => *paid,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_webhook_is_a_kind_of_its_own() {
    assert_eq!(
        Kind::NAMES,
        ["order.paid", "order paid", "kind", "", "no.body"]
    );
    for name in Kind::NAMES {
        assert_eq!(Kind::read(name, json!({})).name(), Some(*name));
    }
    assert_eq!(Kind::read("order.lost", json!({})), Kind::Unknown);
    assert_eq!(Kind::Unknown.name(), None);
}

#[test]
fn members_have_their_types() {
    let paid = paid(json!({
        "id": "7", "total": 1.5, "is_gift": true, "type": "card", "token": "canary",
        "lines": [{ "sku": "a" }, 1, { "sku ": 2 }], "extra": [null],
    }));
    assert_eq!(
        (paid.id, paid.total, paid.is_gift),
        (Some(7), Some(1.5), Some(true))
    );
    assert_eq!(paid.type_.as_deref(), Some("card"));
    let lines = paid.lines.clone().unwrap();
    let skus: Vec<_> = lines.into_iter().map(|line| line.sku.unwrap()).collect();
    assert_eq!(skus, ["a", "2"]);
    assert_eq!(paid.extra, Some(json!([null])));
    assert!(!format!("{paid:?}").contains("canary"));
    assert_eq!(paid.token.unwrap().expose(), "canary");
}

#[test]
fn what_is_no_object_is_an_event_without_members() {
    for event in [json!(null), json!([1]), json!("text")] {
        assert_eq!(paid(event), OrderPaid::default());
    }
}

#[test]
fn members_with_one_name_in_rust_are_two() {
    let Kind::Kind2(kind) = Kind::read("kind", json!({ "accountId": "a", "account_id": "b" }))
    else {
        panic!("the event has another kind");
    };
    assert_eq!(kind.account_id.as_deref(), Some("a"));
    assert_eq!(kind.account_id_.as_deref(), Some("b"));
}
