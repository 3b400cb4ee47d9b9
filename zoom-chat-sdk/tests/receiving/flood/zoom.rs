//! Zoom's side: what it delivers, in what order, and what it repeats.

use std::{
    collections::{HashMap, VecDeque},
    convert::Infallible,
    time::Duration,
};

use axum::{body::Body, http::Response};
use tower_service::Service;

use super::{Bad, TOKEN, bad::whole};
use crate::{
    sender::{NOW, SECRET, posted, signed},
    service::{Chunks, answer},
};

const CONVERSATIONS: u64 = 60;

/// The numbers of bad deliveries begin here.
const BAD: u64 = 1_000_000;

/// Deliveries that wait to be made.
pub(super) struct Zoom {
    waiting: VecDeque<Delivery>,
    /// How long it waits before it repeats a delivery.
    patience: Duration,
    /// How many genuine deliveries were repeated after a 503.
    pub(super) repeated: u64,
    /// The genuine events that were confirmed, by conversation, in order.
    pub(super) confirmed: HashMap<String, Vec<u64>>,
}

struct Delivery {
    number: u64,
    seconds: u64,
    request_id: Option<String>,
    bad: Option<Bad>,
}

impl Zoom {
    /// So many events, each delivered once or more, and bad deliveries among them.
    pub(super) fn new(events: u64, patience: Duration) -> Self {
        let mut dice = Dice(0x5eed);
        let mut waiting = Vec::new();
        for number in 1..=events {
            let id = format!("r{number}");
            let mut deliver = |seconds, id: Option<&str>, bad| {
                waiting.push(Delivery {
                    number,
                    seconds,
                    request_id: id.map(str::to_owned),
                    bad,
                });
            };
            let id = (!dice.one_in(10)).then_some(id.as_str());
            deliver(NOW, id, None);
            if dice.one_in(5) {
                deliver(NOW, id, None); // a duplicate
            }
            if dice.one_in(10) {
                deliver(NOW + dice.below(300), id, None); // a retry, signed anew
            }
            if dice.one_in(20) {
                deliver(NOW, Some(&format!("x{number}")), None); // a replay: the id is not signed
                deliver(NOW, None, None);
            }
            if dice.one_in(10) {
                let bad = Bad::ALL[usize::try_from(dice.below(8)).unwrap()];
                deliver(NOW, id, Some(bad));
            }
        }
        // Reordered: near ones change places.
        for at in 1..waiting.len() {
            let other = at.saturating_sub(usize::try_from(dice.below(30)).unwrap());
            waiting.swap(at, other);
        }
        Self {
            waiting: waiting.into(),
            patience,
            repeated: 0,
            confirmed: HashMap::new(),
        }
    }

    /// How many deliveries are not made.
    pub(super) fn left(&self) -> usize {
        self.waiting.len()
    }

    /// Makes so many deliveries, or all that are left.
    pub(super) async fn deliver<S>(
        &mut self,
        many: u64,
        service: &S,
        refused: &mut HashMap<Bad, u64>,
    ) where
        S: Service<http::Request<Chunks>, Response = Response<Body>, Error = Infallible> + Clone,
    {
        for _ in 0..many {
            let Some(delivery) = self.waiting.pop_front() else {
                return;
            };
            let channel = format!("c{}", delivery.number % CONVERSATIONS);
            // What is bad is not an event that comes in another way, too.
            let number = delivery.number + if delivery.bad.is_some() { BAD } else { 0 };
            let mut body = posted(&channel, number);
            body["callback_token"] = TOKEN.into();
            let body = body.to_string().into_bytes();
            let (headers, chunks) = match delivery.bad {
                Some(bad) => bad.request(&body),
                None => {
                    let id = delivery.request_id.as_deref();
                    (signed(SECRET, delivery.seconds, id, &body), whole(&body))
                }
            };
            let (status, answered) = answer(service, headers, chunks).await;
            assert_eq!(answered, "");
            match (delivery.bad, status) {
                (Some(bad), status) => {
                    assert_eq!(status, bad.status(), "{bad:?}");
                    *refused.entry(bad).or_default() += 1;
                }
                (None, 200) => {
                    let confirmed = self
                        .confirmed
                        .entry(format!("channel:{channel}"))
                        .or_default();
                    if !confirmed.contains(&number) {
                        confirmed.push(number);
                    }
                }
                (None, 503) => {
                    self.repeated += 1;
                    self.waiting.push_back(delivery);
                    if self.patience.is_zero() {
                        tokio::task::yield_now().await;
                    } else {
                        tokio::time::sleep(self.patience).await;
                    }
                }
                (None, status) => panic!("a genuine delivery is answered with {status}"),
            }
        }
    }
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}
