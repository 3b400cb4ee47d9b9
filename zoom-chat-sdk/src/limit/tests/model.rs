//! The limiter against a reference of Zoom's rules that counts by brute force, millisecond by millisecond.
//!
//! Whatever happens in whatever order (arrivals, cancellations, permits used, given back or forgotten, answers, 429s),
//! each request must get its permit at the very millisecond at which the reference gives it: so nobody overtakes,
//! nobody waits while a permit is free, and nothing is lost with those who go. Independently of the reference, no
//! window may hold more than its quota, however long each request took to arrive.
//!
//! Runs differ in how many polls the store takes to answer, so that people come and go while it is being asked.

mod delayed;
mod reference;
mod subject;

use std::time::Duration;

use proptest::prelude::*;
use proptest_state_machine::{StateMachineTest, prop_state_machine};
use zoom_chat_openapi::{Operation, RateLimitLabel};

use super::{operation, upload};
use crate::limit::{
    Limits, Quota,
    label::PerLabel,
    plan::{DailyBudget, LabelLimits},
};
use reference::{Reference, Zoom};
use subject::Subject;

/// What kinds of requests there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::limit) enum Kind {
    Light,
    Heavy,
    ResourceIntensive,
    Medium,
    ToChannel(&'static str),
    Upload,
}

pub(in crate::limit) const KINDS: [Kind; 8] = [
    Kind::Light,
    Kind::Heavy,
    Kind::ResourceIntensive,
    Kind::Medium,
    Kind::ToChannel("general"),
    Kind::ToChannel("random"),
    Kind::ToChannel("quiet"),
    Kind::Upload,
];

impl Kind {
    fn label(self) -> RateLimitLabel {
        match self {
            Self::Light => RateLimitLabel::Light,
            Self::Heavy => RateLimitLabel::Heavy,
            Self::ResourceIntensive => RateLimitLabel::ResourceIntensive,
            Self::Medium | Self::ToChannel(_) | Self::Upload => RateLimitLabel::Medium,
        }
    }

    pub(in crate::limit) fn operation(self) -> Operation {
        match self {
            Self::Upload => upload(self.label()),
            _ => operation(self.label()),
        }
    }

    pub(in crate::limit) fn channel(self) -> Option<&'static str> {
        match self {
            Self::ToChannel(channel) => Some(channel),
            _ => None,
        }
    }
}

/// What a 429 says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Rate,
    Day,
    Nothing,
}

/// Requests are named by the order of their arrival.
#[derive(Debug, Clone, Copy)]
enum Transition {
    Arrive(Kind),
    Advance(u64),
    /// Whoever waits drops its future.
    Cancel(usize),
    Send(usize),
    Answer(usize),
    Refuse(usize, Told),
    GiveBack(usize),
    /// The permit is dropped, whether or not the request was sent.
    Drop(usize),
    /// Somebody comes, and goes again while the next thing happens. That must not change anything.
    Glimpse(Glimpse),
}

#[derive(Debug, Clone, Copy)]
struct Glimpse {
    kind: Kind,
    /// How often everybody is polled before the next thing happens.
    before: usize,
    /// How often between that and the going.
    after: usize,
}

const MILLISECOND: Duration = Duration::from_millis(1);

/// How long before midnight a run begins.
pub(in crate::limit) const BEFORE_MIDNIGHT: u64 = 3_000;

/// For how long a 429 about the day says to wait.
const TOLD: u64 = 1_200;

/// Small quotas, so that a short run meets all of them.
pub(in crate::limit) fn limits(arrival: u64) -> Limits {
    let quota = |permits, window: u32| Quota {
        permits,
        window: window * MILLISECOND,
    };
    let label = |rate, day: Option<(RateLimitLabel, u32)>| LabelLimits {
        rate: [rate],
        day: day.map(|(owner, permits)| DailyBudget {
            owner,
            quota: [quota(permits, 24 * 3600 * 1000)],
        }),
    };
    Limits {
        labels: PerLabel {
            light: label(quota(2, 300), Some((RateLimitLabel::Light, 9))),
            medium: label(quota(3, 500), None),
            heavy: label(quota(1, 200), Some((RateLimitLabel::Heavy, 5))),
            resource_intensive: label(quota(2, 900), Some((RateLimitLabel::Heavy, 5))),
        },
        upload: [quota(1, 400)],
        channel: [
            quota(2, 400),
            quota(3, 900),
            quota(4, 2_500),
            quota(6, 6_000),
        ],
        channel_blocks: [300, 900, 1_500, 2_500].map(Duration::from_millis),
        arrival: u32::try_from(arrival).unwrap() * MILLISECOND,
    }
}

struct Model;

impl StateMachineTest for Model {
    type SystemUnderTest = Subject;
    type Reference = Zoom;

    fn init_test(reference: &Reference) -> Subject {
        Subject::new(limits(reference.arrival), reference.delay)
    }

    fn apply(mut subject: Subject, reference: &Reference, transition: Transition) -> Subject {
        subject.apply(transition);
        if !matches!(transition, Transition::Glimpse(..)) {
            assert_eq!(subject.granted(), reference.granted());
        }
        subject
    }

    fn teardown(mut subject: Subject, reference: Reference) {
        reference.assert_every_window_is_kept();
        subject.cancel_everything();
        assert!(subject.has_nobody_waiting());
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig {
        cases: 128,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn permits_are_given_when_the_reference_gives_them(sequential 20..100 => Model);
}
