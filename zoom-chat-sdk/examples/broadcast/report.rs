//! What there is to say at the end.

use std::{fmt, time::Duration};

use crate::{
    journal::{Event, Standing},
    recipients::To,
};

pub(crate) struct Report<'a> {
    /// By this run.
    pub(crate) sent: usize,
    /// By runs before.
    already_sent: usize,
    not_sent: Vec<Told<'a>>,
    unknown: Vec<Told<'a>>,
    not_started: usize,
    duration: Duration,
}

/// What is told of a message that was not sent, or perhaps.
struct Told<'a> {
    to: &'a To,
    reason: &'a str,
    tracking_id: Option<&'a str>,
}

impl<'a> Report<'a> {
    /// `already_sent` are those that runs before had sent.
    pub(crate) fn new(
        listed: &'a [To],
        standing: &'a Standing,
        already_sent: usize,
        duration: Duration,
    ) -> Self {
        let mut report = Self {
            sent: 0,
            already_sent,
            not_sent: Vec::new(),
            unknown: Vec::new(),
            not_started: 0,
            duration,
        };
        let mut sent = 0;
        for to in listed {
            let told = |reason, tracking_id: &'a Option<String>| Told {
                to,
                reason,
                tracking_id: tracking_id.as_deref(),
            };
            match standing.of(to) {
                None => report.not_started += 1,
                Some(Event::Sent { .. }) => sent += 1,
                Some(Event::NotSent {
                    reason,
                    tracking_id,
                }) => report.not_sent.push(told(reason, tracking_id)),
                Some(Event::Unknown {
                    reason,
                    tracking_id,
                }) => report.unknown.push(told(reason, tracking_id)),
                Some(Event::Sending) => {
                    let reason = "the run was broken off before its outcome was known";
                    report.unknown.push(told(reason, &None));
                }
            }
        }
        report.sent = sent - already_sent.min(sent);
        report
    }

    pub(crate) fn all_sent(&self) -> bool {
        self.not_sent.is_empty() && self.unknown.is_empty() && self.not_started == 0
    }

    /// Whether another run has something to do.
    pub(crate) fn can_go_on(&self) -> bool {
        !self.not_sent.is_empty() || self.not_started > 0
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.not_sent.is_empty() {
            writeln!(f, "Not sent:")?;
            self.not_sent
                .iter()
                .try_for_each(|told| writeln!(f, "  {told}"))?;
        }
        if !self.unknown.is_empty() {
            writeln!(
                f,
                "Unknown, and therefore never sent again (look whether they arrived, or ask Zoom about the tracking id):"
            )?;
            self.unknown
                .iter()
                .try_for_each(|told| writeln!(f, "  {told}"))?;
        }
        let seconds = self.duration.as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a rate to read")]
        let rate = self.sent as f64 / seconds.max(f64::MIN_POSITIVE);
        write!(
            f,
            "{} sent, {} already sent, {} not sent, {} unknown, {} not started; {seconds:.1} s, {rate:.1} messages/s",
            self.sent,
            self.already_sent,
            self.not_sent.len(),
            self.unknown.len(),
            self.not_started,
        )
    }
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.to, self.reason)?;
        match self.tracking_id {
            Some(id) => write!(f, " (tracking id {id})"),
            None => Ok(()),
        }
    }
}
