//! Counting by the rules: windows that slide, blocks, and days.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

use super::rules::{Rules, Window};

/// Why a message does not get through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Too many of the account at once.
    Rate,
    /// Too many of the account today.
    Day,
    /// Too many to the channel, or it is blocked because there were.
    Channel,
}

/// What has got through lately. What is refused does not count, as nothing says that it does.
#[derive(Debug)]
pub(super) struct Counts {
    rules: Rules,
    account: VecDeque<Instant>,
    channels: HashMap<String, Channel>,
    day: u64,
    today: usize,
}

#[derive(Debug, Default)]
struct Channel {
    messages: VecDeque<Instant>,
    blocked_until: Option<Instant>,
}

impl Counts {
    pub(super) fn new(rules: Rules) -> Self {
        Self {
            rules,
            account: VecDeque::new(),
            channels: HashMap::new(),
            day: 0,
            today: 0,
        }
    }

    /// Lets a message through that arrives now, on the day of this number, or tells why not.
    pub(super) fn admit(
        &mut self,
        now: Instant,
        day: u64,
        channel: Option<&str>,
    ) -> Result<(), Limit> {
        if self.day != day {
            (self.day, self.today) = (day, 0);
        }
        if self.rules.a_day.is_some_and(|most| self.today >= most) {
            return Err(Limit::Day);
        }
        if is_full(&mut self.account, &[self.rules.rate], now).is_some() {
            return Err(Limit::Rate);
        }
        if let Some(channel) = channel {
            let channel = self.channels.entry(channel.to_owned()).or_default();
            if channel.blocked_until.is_some_and(|until| now < until) {
                return Err(Limit::Channel);
            }
            if let Some(block) = is_full(&mut channel.messages, &self.rules.channel, now) {
                channel.blocked_until = Some(now + block);
                return Err(Limit::Channel);
            }
            channel.messages.push_back(now);
        }
        self.account.push_back(now);
        self.today += 1;
        Ok(())
    }
}

/// The longest block of the windows that another message would overfill.
fn is_full(messages: &mut VecDeque<Instant>, windows: &[Window], now: Instant) -> Option<Duration> {
    let recent = |at: Instant, window: &Window| now.duration_since(at) < window.length;
    while let Some(oldest) = messages.front()
        && !windows.iter().any(|window| recent(*oldest, window))
    {
        messages.pop_front();
    }
    let full = windows.iter().filter(|window| {
        let within = messages.iter().rev().take_while(|at| recent(**at, window));
        within.count() >= window.most
    });
    full.map(|window| window.block).max()
}

#[cfg(test)]
mod tests {
    use zoom_chat_sdk::limit::Plan;

    use super::*;

    fn after(start: Instant, millis: u64) -> Instant {
        start + Duration::from_millis(millis)
    }

    #[test]
    fn no_second_has_more_than_the_plan_allows() {
        let start = Instant::now();
        let mut counts = Counts::new(Rules::of(Plan::Free));
        let arrivals = [
            (0, Ok(())),
            (999, Ok(())),
            (999, Err(Limit::Rate)),
            (1_000, Ok(())),
            (1_998, Err(Limit::Rate)),
            (1_999, Ok(())),
        ];
        for (at, expected) in arrivals {
            assert_eq!(
                counts.admit(after(start, at), 1, None),
                expected,
                "at {at} ms"
            );
        }
    }

    #[test]
    fn a_channel_that_gets_too_many_is_blocked() {
        let start = Instant::now();
        let mut counts = Counts::new(Rules::of(Plan::Business).compressed(10));
        for _ in 0..10 {
            assert_eq!(counts.admit(start, 1, Some("c")), Ok(()));
        }
        assert_eq!(counts.admit(start, 1, Some("c")), Err(Limit::Channel));
        assert_eq!(counts.admit(start, 1, Some("other")), Ok(()));
        let blocked = counts.admit(after(start, 999), 1, Some("c"));
        assert_eq!(
            blocked,
            Err(Limit::Channel),
            "the window is free, the block lasts"
        );
        assert_eq!(counts.admit(after(start, 1_000), 1, Some("c")), Ok(()));
    }

    #[test]
    fn a_day_ends_with_its_budget_and_the_next_has_another() {
        let start = Instant::now();
        let mut counts = Counts::new(Rules {
            a_day: Some(1),
            ..Rules::of(Plan::Business)
        });
        assert_eq!(counts.admit(start, 1, None), Ok(()));
        assert_eq!(counts.admit(after(start, 5_000), 1, None), Err(Limit::Day));
        assert_eq!(counts.admit(after(start, 5_000), 2, None), Ok(()));
    }
}
