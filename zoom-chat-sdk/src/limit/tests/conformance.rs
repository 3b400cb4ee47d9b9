//! What every store has to do.

use std::{future::Future, time::Duration};

use futures_util::FutureExt;
use zoom_chat_openapi::RateLimitLabel;

use super::model::{BEFORE_MIDNIGHT, Kind, limits};
use crate::limit::{Demand, Grant, LimitScope, LimitStore, Limited, Limits, Settlement, Verdict};

/// A store under test, at a time of its own, which begins [`BEFORE_MIDNIGHT`] milliseconds before a day does.
pub(in crate::limit) trait Subject: Sync {
    fn store(&self) -> &dyn LimitStore;

    fn advance(&self, milliseconds: u64) -> impl Future<Output = ()>;

    /// Waits until everything that was told to the store has arrived.
    fn arrived(&self) -> impl Future<Output = ()>;
}

/// A verdict that can be compared among stores.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::limit) enum Seen {
    Granted,
    Denied(Limited, u128),
}

/// One store, and what is asked of it.
pub(in crate::limit) struct Session<'a, S> {
    subject: &'a S,
    limits: &'a Limits,
}

impl<'a, S: Subject> Session<'a, S> {
    pub(in crate::limit) fn new(subject: &'a S, limits: &'a Limits) -> Self {
        Self { subject, limits }
    }

    pub(in crate::limit) fn demand(&self, kind: Kind) -> Demand<'a> {
        self.limits.demand(&kind.operation(), kind.channel())
    }

    pub(in crate::limit) async fn take(&self, kind: Kind) -> (Seen, Option<Grant>) {
        let verdict = self.subject.store().take(&self.demand(kind)).await;
        match verdict.unwrap() {
            Verdict::Granted(grant) => (Seen::Granted, Some(grant)),
            Verdict::Denied { scope, wait } => (Seen::Denied(scope.into(), wait.as_micros()), None),
        }
    }

    pub(in crate::limit) async fn settle(&self, kind: Kind, grant: Grant, outcome: Settlement) {
        let demand = self.demand(kind);
        self.subject.store().settle(&demand, grant, outcome);
        self.subject.arrived().await;
    }

    pub(in crate::limit) async fn hold(&self, scope: LimitScope<'_>, steps: &[Duration]) {
        self.subject.store().hold(scope, steps);
        self.subject.arrived().await;
    }

    pub(in crate::limit) async fn advance(&self, milliseconds: u64) {
        self.subject.advance(milliseconds).await;
    }

    async fn granted(&self, kind: Kind) -> Grant {
        let (seen, grant) = self.take(kind).await;
        grant.unwrap_or_else(|| panic!("{kind:?}: {seen:?}"))
    }

    async fn denied(&self, kind: Kind, limit: Limited, milliseconds: u128) {
        let (seen, _) = self.take(kind).await;
        assert_eq!(seen, Seen::Denied(limit, milliseconds * 1000));
    }
}

const LIGHT: Limited = Limited::Rate(RateLimitLabel::Light);
const MEDIUM: Limited = Limited::Rate(RateLimitLabel::Medium);
const HEAVY: Limited = Limited::Rate(RateLimitLabel::Heavy);
const HEAVY_DAY: Limited = Limited::Day(RateLimitLabel::Heavy);

/// Runs every check against a store of its own, which the function makes.
pub(in crate::limit) async fn check<S: Subject, F: Future<Output = S>>(new: impl Fn() -> F) {
    let limits = &limits(100);
    requests_under_way_count_as_late_as_they_can_arrive(&Session::new(&new().await, limits)).await;
    an_answer_tells_that_it_arrived(&Session::new(&new().await, limits)).await;
    unused_permits_are_free_at_once(&Session::new(&new().await, limits)).await;
    a_denied_request_takes_nothing(&Session::new(&new().await, limits)).await;
    a_channel_has_four_windows(&Session::new(&new().await, limits)).await;
    a_day_is_shared_and_ends_at_midnight(&Session::new(&new().await, limits)).await;
    yesterdays_permits_do_not_come_back_today(&Session::new(&new().await, limits)).await;
    holds_grow_while_they_do_not_help(&Session::new(&new().await, limits)).await;
    an_answer_that_nobody_waits_for_takes_nothing(&Session::new(&new().await, limits)).await;
}

async fn requests_under_way_count_as_late_as_they_can_arrive<S: Subject>(session: &Session<'_, S>) {
    session.granted(Kind::Light).await;
    session.granted(Kind::Light).await;
    session.denied(Kind::Light, LIGHT, 400).await;
    session.advance(399).await;
    session.denied(Kind::Light, LIGHT, 1).await;
    session.advance(1).await;
    session.granted(Kind::Light).await;
}

async fn an_answer_tells_that_it_arrived<S: Subject>(session: &Session<'_, S>) {
    let early = session.granted(Kind::Light).await;
    let late = session.granted(Kind::Light).await;
    session.advance(30).await;
    session
        .settle(Kind::Light, early, Settlement::Answered)
        .await;
    session.denied(Kind::Light, LIGHT, 300).await;
    session.advance(100).await;
    session
        .settle(Kind::Light, late, Settlement::Answered)
        .await;
    session.denied(Kind::Light, LIGHT, 200).await;
    session.advance(200).await;
    session.granted(Kind::Light).await;
    session.denied(Kind::Light, LIGHT, 70).await;
}

async fn unused_permits_are_free_at_once<S: Subject>(session: &Session<'_, S>) {
    for _ in 0..10 {
        for kind in [Kind::Heavy, Kind::Upload, Kind::ToChannel("general")] {
            let grant = session.granted(kind).await;
            session.settle(kind, grant, Settlement::Unused).await;
        }
    }
}

async fn a_denied_request_takes_nothing<S: Subject>(session: &Session<'_, S>) {
    session.granted(Kind::ToChannel("general")).await;
    session.granted(Kind::ToChannel("general")).await;
    let full = Limited::Channel("general".into());
    for _ in 0..5 {
        session
            .denied(Kind::ToChannel("general"), full.clone(), 500)
            .await;
    }
    session.granted(Kind::Medium).await;
    session.denied(Kind::Medium, MEDIUM, 600).await;
}

async fn a_channel_has_four_windows<S: Subject>(session: &Session<'_, S>) {
    let kind = Kind::ToChannel("general");
    let full = || Limited::Channel("general".into());
    session.granted(kind).await; // at 0, counts at 100
    session.granted(kind).await; // at 0, counts at 100
    session.denied(kind, full(), 500).await; // 2 in 400
    session.advance(500).await;
    session.granted(kind).await; // at 500, counts at 600
    session.denied(kind, full(), 500).await; // 3 in 900
    session.advance(500).await;
    session.granted(kind).await; // at 1000, counts at 1100
    session.denied(kind, full(), 1600).await; // 4 in 2500
    session.advance(1600).await;
    session.granted(kind).await; // at 2600
    session.granted(kind).await; // at 2600
    session.denied(kind, full(), 3500).await; // 6 in 6000
    session.granted(Kind::ToChannel("random")).await;
}

async fn a_day_is_shared_and_ends_at_midnight<S: Subject>(session: &Session<'_, S>) {
    for _ in 0..4 {
        session.granted(Kind::Heavy).await;
        session.advance(300).await;
    }
    session.granted(Kind::ResourceIntensive).await;
    let left = u128::from(BEFORE_MIDNIGHT - 1200);
    session
        .denied(Kind::ResourceIntensive, HEAVY_DAY, left)
        .await;
    session.denied(Kind::Heavy, HEAVY_DAY, left).await;
    session.advance(BEFORE_MIDNIGHT - 1200).await;
    session.granted(Kind::Heavy).await;
}

async fn yesterdays_permits_do_not_come_back_today<S: Subject>(session: &Session<'_, S>) {
    let yesterday = session.granted(Kind::Heavy).await;
    session.advance(BEFORE_MIDNIGHT).await;
    for _ in 0..5 {
        session.granted(Kind::Heavy).await;
        session.advance(300).await;
    }
    session
        .settle(Kind::Heavy, yesterday, Settlement::Unused)
        .await;
    let (seen, _) = session.take(Kind::Heavy).await;
    assert!(matches!(seen, Seen::Denied(HEAVY_DAY, _)), "{seen:?}");
}

async fn holds_grow_while_they_do_not_help<S: Subject>(session: &Session<'_, S>) {
    let steps = [100, 300].map(Duration::from_millis);
    let scope = LimitScope::Label(RateLimitLabel::Heavy);
    for milliseconds in [100, 300, 300] {
        session.hold(scope, &steps).await;
        session.hold(scope, &steps).await;
        session.denied(Kind::Heavy, HEAVY, milliseconds).await;
        session.advance(u64::try_from(milliseconds).unwrap()).await;
    }
    session.advance(300).await;
    session.hold(scope, &steps).await;
    session.denied(Kind::Heavy, HEAVY, 100).await;
}

async fn an_answer_that_nobody_waits_for_takes_nothing<S: Subject>(session: &Session<'_, S>) {
    for polls in 1..40 {
        let demand = session.demand(Kind::Heavy);
        let mut answer = session.subject.store().take(&demand);
        for _ in 0..polls {
            if let Some(verdict) = (&mut answer).now_or_never() {
                let Verdict::Granted(grant) = verdict.unwrap() else {
                    panic!("denied after {polls} polls");
                };
                session.settle(Kind::Heavy, grant, Settlement::Unused).await;
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(answer);
        session.subject.arrived().await;
    }
    // The whole day is left.
    for _ in 0..5 {
        session.granted(Kind::Heavy).await;
        session.advance(300).await;
    }
}

mod memory {
    use super::*;
    use crate::{
        limit::{MemoryLimitStore, tests::before_midnight},
        time::TokioClock,
    };

    impl Subject for MemoryLimitStore {
        fn store(&self) -> &dyn LimitStore {
            self
        }

        async fn advance(&self, milliseconds: u64) {
            tokio::time::advance(Duration::from_millis(milliseconds)).await;
        }

        async fn arrived(&self) {}
    }

    #[tokio::test(start_paused = true)]
    async fn conforms() {
        let start = before_midnight(Duration::from_millis(BEFORE_MIDNIGHT));
        check(|| async move { MemoryLimitStore::new(TokioClock::starting_at(start)) }).await;
    }
}
