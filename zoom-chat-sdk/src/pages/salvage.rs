//! Pages with unreadable parts.
//!
//! A page is decoded as a whole. If that fails, its items are decoded one by one: readable items stay on the page, and
//! each of the others becomes an error in its place. A page whose list or next token is unreadable is an error as a
//! whole, since the position after it is unknown.

use serde_json::{Map, Value};
use zoom_chat_openapi::{ResponseValue, lenient};

use super::Page;
use crate::{
    Error, Response,
    answer::Answer,
    error::{Cause, FailedCall, Unreadable},
};

const NEXT: &str = "next_page_token";

/// A page and its unreadable parts.
pub(super) struct Leaf<P> {
    pub(super) page: Response<P>,
    /// The items that could not be read, by their index, then the other members, which have none.
    pub(super) odd: Vec<(Option<usize>, Error)>,
}

impl<P> From<Response<P>> for Leaf<P> {
    fn from(page: Response<P>) -> Self {
        Self {
            page,
            odd: Vec::new(),
        }
    }
}

/// The readable parts of an answer that could not be read as a whole. `None` if there are none.
pub(super) fn leaf<P: Page>(error: &Error) -> Option<Leaf<P>> {
    match (error.cause(), error.call(), error.answer()) {
        (Cause::Answer(_), Some(call), Some(answer)) => Leaf::salvage(*call, answer),
        _ => None,
    }
}

impl<P: Page> Leaf<P> {
    fn salvage(call: FailedCall, answer: &Answer) -> Option<Self> {
        let mut members: Map<String, Value> = serde_json::from_slice(&answer.body).ok()?;
        let Some(Value::Array(list)) = members.remove(P::LIST) else {
            return None;
        };
        let mut odd = Vec::new();
        let mut good = Vec::with_capacity(list.len());
        for (index, item) in list.into_iter().enumerate() {
            match lenient::from_value::<P::Item>(&item, &format!("{}[{index}]", P::LIST)) {
                Ok(_) => good.push(item),
                Err(cause) => odd.push((Some(index), unreadable_part(call, answer, &cause))),
            }
        }
        members.retain(|name, value| {
            // Each alone, so that the time grows with the page and no faster.
            let alone = [(name.clone(), value.clone()), empty_list::<P>()];
            let alone = Value::Object(alone.into_iter().collect());
            let Err(cause) = lenient::from_value::<P>(&alone, "") else {
                return true;
            };
            odd.push((None, unreadable_part(call, answer, &cause)));
            name == NEXT
        });
        members.insert(P::LIST.to_owned(), Value::Array(good));
        let page = lenient::from_value(&Value::Object(members), "").ok()?;
        Some(Self {
            page: Response::new(
                ResponseValue::new(page, answer.status, answer.headers.clone()),
                call.operation,
                call.attempts,
            ),
            odd,
        })
    }
}

/// The error for one part of an answer whose other parts can be read.
fn unreadable_part(call: FailedCall, answer: &Answer, cause: &serde_json::Error) -> Error {
    let head = Answer::of_head(answer.status, answer.headers.clone());
    Error::answered(Cause::Answer(Unreadable::Part), call, head)
        .caused_by(answer.shown_cause(cause))
}

fn empty_list<P: Page>() -> (String, Value) {
    (P::LIST.to_owned(), Value::Array(Vec::new()))
}
