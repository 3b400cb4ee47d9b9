//! Zoom's rules, as plainly as they can be written.

use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;
use zoom_chat_openapi::RateLimitLabel;

use super::{BEFORE_MIDNIGHT, Glimpse, KINDS, Kind, TOLD, Told, Transition, limits};
use crate::limit::{Demand, LimitScope};

pub(super) struct Zoom;

#[derive(Debug, Clone)]
pub(super) struct Reference {
    pub(super) arrival: u64,
    /// How many polls the store takes, before it decides and after.
    pub(super) delay: usize,
    /// What kinds come, so that some runs are about few of them.
    kinds: Vec<Kind>,
    now: u64,
    requests: Vec<Request>,
    holds: Vec<(LimitScope<'static>, Hold)>,
}

#[derive(Debug, Clone)]
struct Request {
    kind: Kind,
    scopes: Vec<LimitScope<'static>>,
    granted: Option<u64>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Granted,
    Sent,
    Answered(u64),
    /// Cancelled, or given back.
    Gone,
    /// Sent, and its permit dropped.
    Forgotten,
}

#[derive(Debug, Clone, Copy)]
struct Hold {
    until: u64,
    length: u64,
    step: usize,
}

impl Request {
    /// From when to when Zoom may have counted it.
    fn counted(&self, arrival: u64) -> Option<(u64, u64)> {
        let granted = self.granted?;
        match self.state {
            State::Waiting | State::Gone => None,
            State::Granted | State::Sent | State::Forgotten => Some((granted, granted + arrival)),
            State::Answered(at) => Some((granted, at.min(granted + arrival))),
        }
    }
}

fn day(time: u64) -> bool {
    time >= BEFORE_MIDNIGHT
}

fn scopes(kind: Kind) -> Vec<LimitScope<'static>> {
    let limits = limits(0);
    let demand: Demand<'_> = limits.demand(&kind.operation(), kind.channel());
    let scopes = demand.rules().map(|rule| match rule.scope {
        LimitScope::Label(label) => LimitScope::Label(label),
        LimitScope::Day(owner) => LimitScope::Day(owner),
        LimitScope::Upload(_) => LimitScope::Upload("upload"),
        LimitScope::Channel(_) => LimitScope::Channel(kind.channel().unwrap()),
    });
    scopes.collect()
}

/// Permits, and the window in milliseconds.
fn quotas(scope: LimitScope<'_>) -> &'static [(usize, u64)] {
    match scope {
        LimitScope::Label(RateLimitLabel::Light) => &[(2, 300)],
        LimitScope::Label(RateLimitLabel::Medium) => &[(3, 500)],
        LimitScope::Label(RateLimitLabel::Heavy) => &[(1, 200)],
        LimitScope::Label(_) => &[(2, 900)],
        LimitScope::Day(_) => &[],
        LimitScope::Upload(_) => &[(1, 400)],
        LimitScope::Channel(_) => &[(2, 400), (3, 900), (4, 2_500), (6, 6_000)],
    }
}

fn per_day(owner: RateLimitLabel) -> usize {
    if owner == RateLimitLabel::Light { 9 } else { 5 }
}

impl Reference {
    fn in_scope(&self, scope: LimitScope<'static>) -> impl Iterator<Item = &Request> {
        let requests = self.requests.iter();
        requests.filter(move |request| request.scopes.contains(&scope))
    }

    fn is_free(&self, scope: LimitScope<'static>) -> bool {
        let held = self
            .holds
            .iter()
            .any(|(held, hold)| *held == scope && hold.until > self.now);
        let windows_are_free = quotas(scope).iter().all(|(permits, window)| {
            let counted = self.in_scope(scope).filter(|request| {
                let counted = request.counted(self.arrival);
                counted.is_some_and(|(_, latest)| latest + window > self.now)
            });
            counted.count() < *permits
        });
        let day_is_free = match scope {
            LimitScope::Day(owner) => {
                let today = self.in_scope(scope).filter(|request| {
                    let counted = request.counted(self.arrival);
                    counted.is_some_and(|(granted, _)| day(granted) == day(self.now))
                });
                today.count() < per_day(owner)
            }
            _ => true,
        };
        !held && windows_are_free && day_is_free
    }

    /// Everybody who can go now goes, in the order of arrival.
    fn grant(&mut self) {
        let mut denied = Vec::new();
        for index in 0..self.requests.len() {
            let Request {
                kind,
                state,
                scopes,
                ..
            } = &self.requests[index];
            if *state != State::Waiting || denied.contains(kind) {
                continue;
            }
            if scopes.iter().all(|scope| self.is_free(*scope)) {
                self.requests[index].state = State::Granted;
                self.requests[index].granted = Some(self.now);
            } else {
                denied.push(*kind);
            }
        }
    }

    fn hold(&mut self, kind: Kind, told: Told) {
        let label = LimitScope::Label(kind.label());
        let (_, window) = quotas(label)[0];
        let (scope, steps): (_, &[u64]) = match (told, kind) {
            (Told::Day, Kind::Light) => (LimitScope::Day(RateLimitLabel::Light), &[TOLD]),
            (Told::Day, Kind::Heavy | Kind::ResourceIntensive) => {
                (LimitScope::Day(RateLimitLabel::Heavy), &[TOLD])
            }
            (Told::Day, _) => (label, &[TOLD]),
            (Told::Nothing, Kind::ToChannel(channel)) => {
                (LimitScope::Channel(channel), &[300, 900, 1_500, 2_500])
            }
            (Told::Rate | Told::Nothing, _) => (label, &[window]),
        };
        if kind == Kind::Upload && told != Told::Day {
            let upload = LimitScope::Upload("upload");
            let (_, window) = quotas(upload)[0];
            self.hold_scope(upload, &[window]);
        }
        self.hold_scope(scope, steps);
    }

    fn hold_scope(&mut self, scope: LimitScope<'static>, steps: &[u64]) {
        let before = self.holds.iter().position(|(held, _)| *held == scope);
        let before = before.map(|index| self.holds.remove(index).1);
        let step = match before {
            Some(hold) if self.now < hold.until => {
                self.holds.push((scope, hold));
                return;
            }
            Some(hold) if self.now < hold.until + hold.length => {
                (hold.step + 1).min(steps.len() - 1)
            }
            _ => 0,
        };
        let length = steps[step];
        let until = self.now + length;
        self.holds.push((
            scope,
            Hold {
                until,
                length,
                step,
            },
        ));
    }

    pub(super) fn granted(&self) -> Vec<Option<u64>> {
        self.requests
            .iter()
            .map(|request| request.granted)
            .collect()
    }

    /// Supposes the worst: each request was counted when it makes the window fullest. The fullest windows begin where
    /// some request is counted last.
    pub(super) fn assert_every_window_is_kept(&self) {
        for scope in KINDS.into_iter().flat_map(scopes) {
            let counted: Vec<_> = self
                .in_scope(scope)
                .filter_map(|request| request.counted(self.arrival))
                .collect();
            for (permits, window) in quotas(scope) {
                for (_, start) in &counted {
                    let inside = counted
                        .iter()
                        .filter(|(first, last)| *first < start + window && last >= start);
                    assert!(inside.count() <= *permits, "{scope:?} in {window} ms");
                }
            }
        }
    }

    fn pick(&self, state: impl Fn(State) -> bool) -> Option<BoxedStrategy<usize>> {
        let fitting: Vec<_> = (0..self.requests.len())
            .filter(|index| state(self.requests[*index].state))
            .collect();
        (!fitting.is_empty()).then(|| prop::sample::select(fitting).boxed())
    }

    fn is(&self, index: usize, states: &[State]) -> bool {
        self.requests
            .get(index)
            .is_some_and(|request| states.contains(&request.state))
    }
}

impl ReferenceStateMachine for Zoom {
    type State = Reference;
    type Transition = Transition;

    fn init_state() -> BoxedStrategy<Reference> {
        let arrival = prop_oneof![Just(0), Just(70), Just(250)];
        let kinds = prop::sample::subsequence(&KINDS[..], 1..=KINDS.len());
        (arrival, 0..3_usize, kinds)
            .prop_map(|(arrival, delay, kinds)| Reference {
                arrival,
                delay,
                kinds,
                now: 0,
                requests: Vec::new(),
                holds: Vec::new(),
            })
            .boxed()
    }

    fn transitions(state: &Reference) -> BoxedStrategy<Transition> {
        let mut all = vec![
            (
                10,
                prop::sample::select(state.kinds.clone())
                    .prop_map(Transition::Arrive)
                    .boxed(),
            ),
            (
                3,
                (
                    prop::sample::select(state.kinds.clone()),
                    0..6_usize,
                    0..16_usize,
                )
                    .prop_map(|(kind, before, after)| Glimpse {
                        kind,
                        before,
                        after,
                    })
                    .prop_map(Transition::Glimpse)
                    .boxed(),
            ),
            (4, (1..150_u64).prop_map(Transition::Advance).boxed()),
            (1, (150..900_u64).prop_map(Transition::Advance).boxed()),
        ];
        if let Some(waiting) = state.pick(|state| state == State::Waiting) {
            all.push((2, waiting.prop_map(Transition::Cancel).boxed()));
        }
        if let Some(granted) = state.pick(|state| state == State::Granted) {
            all.push((5, granted.clone().prop_map(Transition::Send).boxed()));
            all.push((1, granted.prop_map(Transition::Drop).boxed()));
        }
        if let Some(sent) = state.pick(|state| state == State::Sent) {
            let told = prop::sample::select(&[Told::Rate, Told::Day, Told::Nothing][..]);
            all.push((5, sent.clone().prop_map(Transition::Answer).boxed()));
            all.push((1, sent.clone().prop_map(Transition::GiveBack).boxed()));
            all.push((1, sent.clone().prop_map(Transition::Drop).boxed()));
            let refused = (sent, told);
            let refused = refused.prop_map(|(index, told)| Transition::Refuse(index, told));
            all.push((1, refused.boxed()));
        }
        prop::strategy::Union::new_weighted(all).boxed()
    }

    fn preconditions(state: &Reference, transition: &Transition) -> bool {
        match transition {
            Transition::Arrive(_) | Transition::Advance(_) | Transition::Glimpse(..) => true,
            Transition::Cancel(index) => state.is(*index, &[State::Waiting]),
            Transition::Send(index) => state.is(*index, &[State::Granted]),
            Transition::Drop(index) => state.is(*index, &[State::Granted, State::Sent]),
            Transition::Answer(index)
            | Transition::Refuse(index, _)
            | Transition::GiveBack(index) => state.is(*index, &[State::Sent]),
        }
    }

    fn apply(mut state: Reference, transition: &Transition) -> Reference {
        let now = state.now;
        match *transition {
            Transition::Arrive(kind) => state.requests.push(Request {
                kind,
                scopes: scopes(kind),
                granted: None,
                state: State::Waiting,
            }),
            Transition::Advance(milliseconds) => {
                for _ in 0..milliseconds {
                    state.now += 1;
                    state.grant();
                }
            }
            Transition::Glimpse(..) => {}
            Transition::Cancel(index) | Transition::GiveBack(index) => {
                state.requests[index].state = State::Gone;
            }
            Transition::Send(index) => state.requests[index].state = State::Sent,
            Transition::Answer(index) => state.requests[index].state = State::Answered(now),
            Transition::Refuse(index, told) => {
                state.hold(state.requests[index].kind, told);
                state.requests[index].state = State::Answered(now);
            }
            Transition::Drop(index) => {
                let request = &mut state.requests[index];
                request.state = match request.state {
                    State::Sent => State::Forgotten,
                    _ => State::Gone,
                };
            }
        }
        state.grant();
        state
    }
}
