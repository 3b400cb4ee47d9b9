//! Zoom's limits for sending messages, written down here once more: what is under test must not be what it is tested
//! against.

use std::time::Duration;

use zoom_chat_sdk::limit::Plan;

/// At most so many messages in any stretch of time of this length.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// How many messages.
    pub most: usize,
    /// The length.
    pub length: Duration,
    /// For how long nothing gets through once there were more. Zero for no longer than the window is full.
    pub block: Duration,
}

/// The limits that a server enforces.
#[derive(Clone, Debug)]
pub struct Rules {
    /// All messages of the account: the label Medium.
    pub rate: Window,
    /// The messages from one midnight UTC to the next.
    pub a_day: Option<usize>,
    /// The messages to one channel.
    pub channel: [Window; 4],
}

impl Rules {
    /// Those of the plan.
    ///
    /// # Panics
    ///
    /// For a plan that is not known here.
    pub fn of(plan: Plan) -> Self {
        let window = |most, seconds, block| Window {
            most,
            length: Duration::from_secs(seconds),
            block: Duration::from_secs(block),
        };
        let (a_second, a_day) = match plan {
            Plan::Free => (2, Some(2_000)),
            Plan::Pro => (20, None),
            Plan::Business => (60, None),
            _ => panic!("no rules are known for {plan:?}"),
        };
        Self {
            rate: window(a_second, 1, 0),
            a_day,
            channel: [
                window(10, 1, 10),
                window(30, 10, 30),
                window(60, 100, 60),
                window(450, 1_000, 300),
            ],
        }
    }

    /// With every window and block so many times shorter, except the day.
    #[must_use]
    pub fn compressed(self, times: u32) -> Self {
        let shorter = |window: Window| Window {
            length: window.length / times,
            block: window.block / times,
            ..window
        };
        Self {
            rate: shorter(self.rate),
            channel: self.channel.map(shorter),
            ..self
        }
    }
}
