//! Messages that Zoom is to send later.

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::SendMessage;
use crate::{DraftId, Error, InvalidMessage};

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

/// A message about to be scheduled, made by [`SendMessage::scheduled_at`]. Awaiting it schedules it.
///
/// ```no_run
/// use std::time::{Duration, SystemTime};
/// use zoom_chat_sdk::{Recipient, ZoomChat};
///
/// # async fn example(zoom: ZoomChat) -> Result<(), zoom_chat_sdk::Error> {
/// let later = SystemTime::now() + Duration::from_secs(2 * 60 * 60);
/// let team = Recipient::channel("825c8d2b")?;
/// let scheduled = zoom.send_message(team, "Time to go home.").scheduled_at(later).await?;
/// println!("draft {}", scheduled.draft_id);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// As for [`SendMessage`], and [`InvalidMessage::ScheduledTime`] for a time that Zoom does not take.
#[derive(Debug, Clone)]
#[must_use = "nothing is scheduled until this is awaited"]
pub struct ScheduleMessage {
    send: SendMessage,
    time: SystemTime,
}

/// A message that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheduled {
    /// The id of the draft. It is no message id: Zoom makes the message only when its time has come.
    pub draft_id: DraftId,
    /// The HTTP status of the answer.
    pub status: u16,
    /// How many requests it took.
    pub attempts: u32,
    /// The id by which Zoom's support finds the call.
    pub tracking_id: Option<String>,
}

impl ScheduleMessage {
    pub(super) fn new(send: SendMessage, time: SystemTime) -> Self {
        Self { send, time }
    }
}

impl IntoFuture for ScheduleMessage {
    type Output = Result<Scheduled, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let now = seconds(self.send.zoom.shared.clock.now());
            let time = seconds(self.time);
            let ahead_seconds = time - now;
            if ahead_seconds <= 30 * MINUTE || ahead_seconds > 180 * DAY {
                return Err(InvalidMessage::ScheduledTime { ahead_seconds }.into());
            }
            let mut answer = self.send.send(Some(&utc(time))).await?;
            let Some(draft_id) = answer.id.take().and_then(|id| DraftId::new(id).ok()) else {
                return Err(answer.lacks("holds no draft id"));
            };
            Ok(Scheduled {
                draft_id,
                status: answer.status(),
                attempts: answer.attempts(),
                tracking_id: answer.tracking_id().map(str::to_owned),
            })
        })
    }
}

/// Whole seconds since 1970, rounded down.
fn seconds(time: SystemTime) -> i64 {
    let whole = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => whole(since),
        Err(before) => -whole(before.duration()) - i64::from(before.duration().subsec_nanos() > 0),
    }
}

/// `yyyy-MM-ddTHH:mm:ssZ`, for times from 1970 on. Not worth a date library: the calendar repeats every 400 years, and
/// a year that begins in March ends with its leap day.
fn utc(seconds: i64) -> String {
    let (days, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    // Days since 1 March 0000.
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let (hour, minute, second) = (
        second / (60 * MINUTE),
        second / MINUTE % 60,
        second % MINUTE,
    );
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_zoom_reads_it() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_164_800, "2024-02-29T00:00:00Z"),
            (1_735_689_599, "2024-12-31T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(utc(seconds), text);
        }
    }
}
