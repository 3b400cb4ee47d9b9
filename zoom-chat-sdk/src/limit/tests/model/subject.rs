//! The limiter itself, with a task for each request.

use std::{
    future::pending,
    sync::{Arc, Mutex, atomic::AtomicUsize},
    time::Duration,
};

use http::{HeaderMap, StatusCode};
use tokio::{
    runtime::Runtime,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::{JoinHandle, yield_now},
    time::{Instant, sleep},
};

use super::{BEFORE_MIDNIGHT, Glimpse, Kind, TOLD, Told, Transition, delayed::Delayed};
use crate::{
    limit::{Limiter, Limits, MemoryLimitStore, Permit, tests::before_midnight},
    time::TokioClock,
};

pub(super) struct Subject {
    runtime: Runtime,
    start: Instant,
    limiter: Limiter,
    requests: Vec<Request>,
    granted: Granted,
    /// Somebody who is about to go.
    glimpsed: Option<(JoinHandle<()>, usize)>,
}

/// When each request got its permit.
type Granted = Arc<Mutex<Vec<Option<u64>>>>;

struct Request {
    task: JoinHandle<()>,
    orders: UnboundedSender<Order>,
}

const FAR: Duration = Duration::from_secs(7 * 24 * 3600);

enum Order {
    Send,
    Answer(Option<Told>),
    GiveBack,
    Drop,
}

impl Subject {
    pub(super) fn new(limits: Limits, polls: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        let left = Duration::from_millis(BEFORE_MIDNIGHT);
        let (start, limiter) = {
            let _inside = runtime.enter();
            let clock = TokioClock::starting_at(before_midnight(left));
            let store = MemoryLimitStore::new(clock);
            let store = Delayed {
                store,
                polls,
                asked: AtomicUsize::new(0),
            };
            let limiter = Limiter::with_store_and_clock(limits, store, clock);
            (Instant::now(), limiter)
        };
        Self {
            runtime,
            start,
            limiter,
            requests: Vec::new(),
            granted: Granted::default(),
            glimpsed: None,
        }
    }

    pub(super) fn granted(&self) -> Vec<Option<u64>> {
        self.granted.lock().unwrap().clone()
    }

    pub(super) fn has_nobody_waiting(&self) -> bool {
        self.limiter.has_nobody_waiting()
    }

    pub(super) fn apply(&mut self, transition: Transition) {
        match transition {
            Transition::Arrive(kind) => self.arrive(kind),
            Transition::Advance(milliseconds) => {
                self.end_glimpse();
                self.let_everybody_run();
                let duration = Duration::from_millis(milliseconds);
                self.runtime.block_on(async { sleep(duration).await });
            }
            Transition::Cancel(index) => self.requests[index].task.abort(),
            Transition::Send(index) => self.order(index, Order::Send),
            Transition::Answer(index) => self.order(index, Order::Answer(None)),
            Transition::Refuse(index, told) => self.order(index, Order::Answer(Some(told))),
            Transition::GiveBack(index) => self.order(index, Order::GiveBack),
            Transition::Drop(index) => self.order(index, Order::Drop),
            Transition::Glimpse(glimpse) => {
                self.end_glimpse();
                return self.glimpse(glimpse);
            }
        }
        self.end_glimpse();
        self.let_everybody_run();
    }

    pub(super) fn cancel_everything(&mut self) {
        self.end_glimpse();
        for request in &self.requests {
            request.task.abort();
        }
        self.let_everybody_run();
    }

    fn order(&self, index: usize, order: Order) {
        assert!(self.requests[index].orders.send(order).is_ok());
    }

    fn arrive(&mut self, kind: Kind) {
        let (orders, receiver) = unbounded_channel();
        let index = self.requests.len();
        self.granted.lock().unwrap().push(None);
        let (limiter, granted, start) = (self.limiter.clone(), self.granted.clone(), self.start);
        let task = self.runtime.spawn(async move {
            let operation = kind.operation();
            let deadline = start + FAR;
            let permit = limiter.acquire(&operation, kind.channel(), deadline);
            let permit = permit.await.unwrap();
            let now = u64::try_from(start.elapsed().as_millis()).unwrap();
            granted.lock().unwrap()[index] = Some(now);
            obey(receiver, permit).await;
            pending::<()>().await;
        });
        self.requests.push(Request { task, orders });
    }

    fn glimpse(&mut self, glimpse: Glimpse) {
        let limiter = self.limiter.clone();
        let task = self.runtime.spawn(async move {
            let operation = glimpse.kind.operation();
            let deadline = Instant::now() + FAR;
            let permit = limiter.acquire(&operation, glimpse.kind.channel(), deadline);
            let _permit = permit.await.unwrap();
            pending::<()>().await;
        });
        self.pass(glimpse.before);
        self.glimpsed = Some((task, glimpse.after));
    }

    fn end_glimpse(&mut self) {
        if let Some((task, after)) = self.glimpsed.take() {
            self.pass(after);
            task.abort();
        }
    }

    /// Without letting time pass. Each pass lets everybody who can run do so once, and may wake one more.
    fn let_everybody_run(&self) {
        self.pass(64 + 24 * self.requests.len());
    }

    fn pass(&self, passes: usize) {
        self.runtime.block_on(async {
            for _ in 0..passes {
                yield_now().await;
            }
        });
    }
}

async fn obey(mut orders: UnboundedReceiver<Order>, mut permit: Permit<'_>) {
    while let Some(order) = orders.recv().await {
        match order {
            Order::Send => permit.sending(),
            Order::Answer(None) => {
                return permit.answered(StatusCode::CREATED, &HeaderMap::new(), "", None);
            }
            Order::Answer(Some(told)) => {
                let (kind, retry_after) = match told {
                    Told::Rate => (Some("QPS"), None),
                    Told::Day => (Some("Daily-limit"), Some(Duration::from_millis(TOLD))),
                    Told::Nothing => (None, None),
                };
                let kind = kind.map(|kind| ("x-ratelimit-type", kind));
                let headers =
                    kind.map(|(name, kind)| (name.parse().unwrap(), kind.parse().unwrap()));
                let headers = headers.into_iter().collect();
                return permit.answered(StatusCode::TOO_MANY_REQUESTS, &headers, "", retry_after);
            }
            Order::GiveBack => return permit.give_back(),
            Order::Drop => return drop(permit),
        }
    }
}
