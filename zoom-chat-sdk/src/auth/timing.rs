//! When tokens are renewed, when they count as expired, and how long to wait after failures.

use std::time::{Duration, SystemTime};

use super::AccessToken;

/// How long before its expiry a token is renewed, at most. Short-lived ones are renewed in the last fifth of their
/// lifetime.
const EARLY: Duration = Duration::from_secs(5 * 60);
const EARLY_SHARE: u32 = 5;
/// How long before its expiry a token counts as expired, at most, since a request takes time to arrive. For short-lived
/// ones, the last twentieth of their lifetime.
const MARGIN: Duration = Duration::from_secs(10);
const MARGIN_SHARE: u32 = 20;
/// The first delay after a failure, doubled with every further failure.
const FIRST_BACK_OFF: Duration = Duration::from_secs(1);
const LONGEST_BACK_OFF: Duration = Duration::from_secs(60);

/// Whether it is time to renew a token.
pub(super) fn due(token: &AccessToken, now: SystemTime) -> bool {
    token
        .lifetime()
        .is_some_and(|lifetime| now >= lifetime.last(EARLY_SHARE, EARLY))
}

/// Whether a token is too close to its expiry to be sent.
pub(crate) fn expired(token: &AccessToken, now: SystemTime) -> bool {
    token
        .lifetime()
        .is_some_and(|lifetime| now >= lifetime.last(MARGIN_SHARE, MARGIN))
}

/// The delay after this number of failures in a row, at least one.
pub(super) fn back_off(failures: u32) -> Duration {
    let factor = 2_u32.saturating_pow(failures.saturating_sub(1));
    FIRST_BACK_OFF.saturating_mul(factor).min(LONGEST_BACK_OFF)
}

#[cfg(test)]
#[cfg(feature = "__test")]
mod tests {
    use std::time::UNIX_EPOCH;

    use proptest::prelude::*;

    use super::*;
    use crate::time::later;

    proptest! {
        /// Whatever lifetime a server claims, and whatever time it is: no overflow, and never early after late.
        #[test]
        fn a_token_is_renewed_before_it_is_given_up(issued in 0..=u64::from(u32::MAX) * 2, expires_in: u64, now in 0..=u64::from(u32::MAX) * 4) {
            let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
            let (issued, now) = (at(issued), at(now));
            let expires = later(issued, Duration::from_secs(expires_in));
            let token = AccessToken::new("t").unwrap().valid(issued, expires);
            prop_assert!(expires >= issued);
            prop_assert!(due(&token, now) || !expired(&token, now));
            prop_assert!(expired(&token, now) || now < expires);
            // A token that lives at all is used when it is new.
            prop_assert_eq!(due(&token, issued), expires_in == 0);
            if expires_in >= 3600 {
                prop_assert!(!due(&token, expires - Duration::from_secs(301)));
                prop_assert!(due(&token, expires - Duration::from_secs(300)));
            }
        }

        #[test]
        fn back_off_grows_and_is_bounded(failures: u32) {
            prop_assert!(back_off(failures) <= back_off(failures.saturating_add(1)));
            prop_assert!(back_off(failures) <= LONGEST_BACK_OFF && back_off(failures) >= FIRST_BACK_OFF);
        }
    }
}
