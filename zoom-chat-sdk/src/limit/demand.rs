//! The limits that a request counts against.

use std::time::Duration;

use zoom_chat_openapi::RateLimitLabel;

use super::plan::{Limits, Quota};

/// The requests that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LimitScope<'a> {
    /// All requests with this label.
    Label(RateLimitLabel),
    /// All requests of this day, from midnight to midnight UTC, that use the daily budget named after this label.
    Day(RateLimitLabel),
    /// All uploads by this operation.
    Upload(&'a str),
    /// All messages to this channel.
    Channel(&'a str),
}

/// The quotas of one scope. All of them apply at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule<'a> {
    /// The requests that they count.
    pub scope: LimitScope<'a>,
    /// The quotas. Windows slide, except for [`LimitScope::Day`], which has one quota for the calendar day.
    pub quotas: &'a [Quota],
}

/// One request, as a [`LimitStore`](super::LimitStore) sees it: the rules that it has to satisfy. Unless all of them
/// permit it, it waits.
///
/// ```
/// use std::time::{Duration, Instant};
/// use zoom_chat_sdk::limit::{Demand, LimitScope};
///
/// /// What a store outside of this process counts: a key and the longest window of each rule, and until when the request
/// /// may arrive.
/// fn counters(demand: &Demand<'_>) -> (Vec<(String, Option<Duration>)>, Instant) {
///     let key = |scope| match scope {
///         LimitScope::Channel(channel) => format!("channel:{channel}"),
///         other => format!("{other:?}"),
///     };
///     let longest = |rule: &zoom_chat_sdk::limit::Rule<'_>| rule.quotas.iter().map(|quota| quota.window).max();
///     let rules = demand.rules().map(|rule| (key(rule.scope), longest(&rule))).collect();
///     (rules, Instant::now() + demand.arrival())
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Demand<'a> {
    pub(super) limits: &'a Limits,
    pub(super) label: Option<RateLimitLabel>,
    pub(super) upload: Option<&'static str>,
    pub(super) channel: Option<&'a str>,
}

impl<'a> Demand<'a> {
    /// The rules, at most four, each with a different scope.
    pub fn rules(&self) -> impl Iterator<Item = Rule<'a>> + use<'a> {
        let Self {
            limits,
            label,
            upload,
            channel,
        } = *self;
        let labelled = label.and_then(|label| Some((label, limits.labels.get(label)?)));
        let rate = labelled.map(|(label, limits)| Rule {
            scope: LimitScope::Label(label),
            quotas: &limits.rate,
        });
        let day = labelled
            .and_then(|(_, limits)| limits.day.as_ref())
            .map(|day| Rule {
                scope: LimitScope::Day(day.owner),
                quotas: &day.quota,
            });
        let upload = upload.map(|operation| Rule {
            scope: LimitScope::Upload(operation),
            quotas: &limits.upload,
        });
        let channel = channel.map(|channel| Rule {
            scope: LimitScope::Channel(channel),
            quotas: &limits.channel,
        });
        [rate, day, upload, channel].into_iter().flatten()
    }

    /// The longest time from the permit until Zoom counts the request.
    #[must_use]
    pub fn arrival(&self) -> Duration {
        self.limits.arrival
    }

    /// The minimum delay of a request with this number of equal requests ahead.
    pub(super) fn wait_behind(&self, ahead: usize) -> Duration {
        let ahead = u32::try_from(ahead).unwrap_or(u32::MAX);
        self.rules()
            .filter(|rule| !matches!(rule.scope, LimitScope::Day(_)))
            .flat_map(|rule| rule.quotas)
            .map(|quota| {
                quota
                    .window
                    .saturating_mul(ahead.checked_div(quota.permits).unwrap_or(0))
            })
            .max()
            .unwrap_or_default()
    }
}
