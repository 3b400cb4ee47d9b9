//! The cache against a model of what it promises, over random histories.
//!
//! Callers come, are dropped and are answered; time passes; tokens are refused; fetches succeed and fail, each when
//! the history says so. The model knows only the promises, not how they are kept.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use tokio::{runtime::Runtime, sync::oneshot, task::JoinHandle};
use zoom_chat_sdk::{
    auth::{AccessToken, BoxFuture, CachedTokens, FetchToken, TokenError, TokenSource},
    time::{Clock, TokioClock},
};

use crate::server::start;

/// What tokens live, and when of that they are renewed, and when they are not given out any more.
const LIFE: u64 = 1000;
const EARLY: u64 = LIFE - 200;
const LATE: u64 = LIFE - 10;

#[derive(Debug, Clone)]
enum Step {
    /// A caller asks for a token.
    Ask,
    /// The caller that has waited longest is dropped.
    Drop,
    /// So many seconds pass.
    Pass(u64),
    /// The fetch that is under way ends.
    Finish { works: bool },
    /// Zoom refuses the token with this number.
    Refuse(u32),
    /// All is forgotten, and what is being fetched with it.
    Reset,
}

/// What is promised.
#[derive(Debug, Clone, Default)]
struct Model {
    now: u64,
    /// Number and time of issue of the token that is held.
    token: Option<(u32, u64)>,
    issued: u32,
    /// When that was fetched.
    fetched: u64,
    /// Tokens that were refused in a row, all but the first while they were new.
    refusals: u32,
    /// When the fetch that is under way began.
    fetching: Option<u64>,
    /// Whether what it brings counts.
    superseded: bool,
    /// Failures in a row, and until when nothing is fetched.
    failures: u32,
    blocked_until: u64,
    waiting: u32,
    /// What the callers that were answered must have got, `None` for an error.
    answers: Vec<Option<u32>>,
    fetches: u32,
}

impl ReferenceStateMachine for Model {
    type State = Self;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self::default()).boxed()
    }

    fn transitions(model: &Self) -> BoxedStrategy<Step> {
        let issued = model.issued;
        prop_oneof![
            4 => Just(Step::Ask),
            1 => Just(Step::Drop),
            2 => (1..20_u64).prop_map(Step::Pass),
            2 => (1..LIFE).prop_map(Step::Pass),
            3 => prop::bool::weighted(0.7).prop_map(|works| Step::Finish { works }),
            1 => (issued.saturating_sub(1)..=issued + 1).prop_map(Step::Refuse),
            1 => Just(Step::Refuse(issued)),
            1 => Just(Step::Reset),
        ]
        .boxed()
    }

    fn apply(mut model: Self, step: &Step) -> Self {
        match *step {
            Step::Ask => model.ask(),
            Step::Drop => model.waiting = model.waiting.saturating_sub(1),
            Step::Pass(seconds) => model.now += seconds,
            Step::Finish { works } => model.finish(works),
            Step::Refuse(number) => model.refuse(number),
            Step::Reset => {
                model.token = None;
                model.refusals = 0;
                model.failures = 0;
                model.blocked_until = 0;
                model.superseded = model.fetching.is_some();
            }
        }
        model
    }
}

impl Model {
    fn ask(&mut self) {
        let valid = self.token.filter(|(_, issued)| self.now < issued + LATE);
        let due = valid.is_none_or(|(_, issued)| self.now >= issued + EARLY);
        let may_fetch = self.fetching.is_none() && self.now >= self.blocked_until;
        if due && may_fetch {
            self.fetching = Some(self.now);
            self.fetches += 1;
        }
        match valid {
            Some((number, _)) => self.answers.push(Some(number)),
            None if self.fetching.is_some() => self.waiting += 1,
            None => self.answers.push(None),
        }
    }

    fn refuse(&mut self, number: u32) {
        if self.token.take_if(|(held, _)| *held == number).is_none() {
            return;
        }
        let is_new = self.now < self.fetched + 60;
        self.refusals = if is_new { self.refusals + 1 } else { 1 };
        if self.refusals > 1 {
            let wait = 2_u64.saturating_pow(self.refusals - 2).min(60);
            self.blocked_until = self.blocked_until.max(self.now + wait);
        }
    }

    fn finish(&mut self, works: bool) {
        let Some(began) = self.fetching.take() else {
            return;
        };
        if std::mem::take(&mut self.superseded) {
            self.issued += u32::from(works);
            if self.waiting > 0 {
                self.fetching = Some(self.now);
                self.fetches += 1;
            }
            return;
        }
        let answer = if works {
            self.issued += 1;
            self.failures = 0;
            self.blocked_until = 0;
            self.token = Some((self.issued, began));
            self.fetched = self.now;
            Some(self.issued)
        } else {
            self.failures += 1;
            let wait = 2_u64.saturating_pow(self.failures - 1).min(60);
            self.blocked_until = self.now + wait;
            None
        };
        let waiting = std::mem::take(&mut self.waiting);
        self.answers.extend((0..waiting).map(|_| answer));
    }
}

/// A fetch ends when the history says so.
#[derive(Debug, Clone)]
struct Scripted {
    script: Arc<Mutex<Script>>,
    clock: TokioClock,
}

#[derive(Debug, Default)]
struct Script {
    fetches: u32,
    issued: u32,
    under_way: Option<oneshot::Sender<bool>>,
}

impl FetchToken for Scripted {
    fn fetch(&self, _stale: Option<AccessToken>) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(async {
            let began = self.clock.now();
            let (end, ended) = oneshot::channel();
            {
                let mut script = self.script.lock().unwrap();
                script.fetches += 1;
                assert!(script.under_way.is_none(), "two fetches at a time");
                script.under_way = Some(end);
            }
            let works = ended.await.unwrap();
            let mut script = self.script.lock().unwrap();
            if !works {
                return Err(TokenError::unavailable("no", true, None));
            }
            script.issued += 1;
            let token = AccessToken::new(script.issued.to_string())?;
            Ok(token.valid(began, began + Duration::from_secs(LIFE)))
        })
    }
}

type Answer = Result<AccessToken, TokenError>;

struct System {
    runtime: Runtime,
    source: Arc<CachedTokens<Scripted>>,
    script: Arc<Mutex<Script>>,
    callers: VecDeque<JoinHandle<Answer>>,
    answers: Vec<Option<u32>>,
}

impl System {
    /// Notes what the callers that are done got.
    fn collect(&mut self) {
        let Self {
            runtime,
            callers,
            answers,
            ..
        } = self;
        // There are no sockets: a few rounds through the scheduler are enough.
        runtime.block_on(async {
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
        });
        let (done, waiting) = callers
            .drain(..)
            .partition::<Vec<_>, _>(JoinHandle::is_finished);
        callers.extend(waiting);
        for caller in done {
            let answer = runtime.block_on(caller).unwrap();
            answers.push(
                answer
                    .ok()
                    .map(|token| token.expose_secret().parse().unwrap()),
            );
        }
    }
}

struct Cache;

impl StateMachineTest for Cache {
    type SystemUnderTest = System;
    type Reference = Model;

    fn init_test(_: &Model) -> System {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_time().start_paused(true).build().unwrap();
        let script: Arc<Mutex<Script>> = Arc::default();
        let guard = runtime.enter();
        let clock = TokioClock::starting_at(start());
        drop(guard);
        let fetch = Scripted {
            script: Arc::clone(&script),
            clock,
        };
        System {
            source: Arc::new(CachedTokens::new(fetch, clock)),
            runtime,
            script,
            callers: VecDeque::new(),
            answers: Vec::new(),
        }
    }

    fn apply(mut system: System, _: &Model, step: Step) -> System {
        match step {
            Step::Ask => {
                let source = Arc::clone(&system.source);
                let caller = async move { source.token().await };
                system.callers.push_back(system.runtime.spawn(caller));
            }
            Step::Drop => {
                if let Some(caller) = system.callers.pop_front() {
                    caller.abort();
                }
            }
            Step::Pass(seconds) => {
                let passing = tokio::time::advance(Duration::from_secs(seconds));
                system.runtime.block_on(passing);
            }
            Step::Finish { works } => {
                let under_way = system.script.lock().unwrap().under_way.take();
                if let Some(end) = under_way {
                    end.send(works).unwrap();
                }
            }
            Step::Refuse(number) => {
                let token = AccessToken::new(number.to_string()).unwrap();
                // For the clock.
                let _inside = system.runtime.enter();
                system.source.invalidate(&token);
            }
            Step::Reset => system.source.reset(),
        }
        system.collect();
        system
    }

    fn check_invariants(system: &System, model: &Model) {
        assert_eq!(system.answers, model.answers);
        assert_eq!(system.callers.len(), model.waiting as usize);
        let script = system.script.lock().unwrap();
        assert_eq!(script.fetches, model.fetches);
        assert_eq!(script.under_way.is_some(), model.fetching.is_some());
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_cache_keeps_its_promises(sequential 1..60 => Cache);
}
