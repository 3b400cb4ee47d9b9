//! What an answer with an error status says about the effect of its call.

use crate::Delivery;

/// What an answer with an error status says about the effect of its call. `is_complete` is whether its body was
/// received completely.
///
/// A 4xx means that the request had no effect, with three exceptions: 408 and 499 come from gateways whose time limit
/// was reached, and code 5601 ("System error, please try again later.") does not tell how far Zoom got. So an
/// incomplete body leaves the effect unknown, unless the status alone is enough. A request with a redirect that keeps
/// its method (307, 308) was not processed.
pub(super) fn effect_of(status: u16, code: Option<i64>, is_complete: bool) -> Delivery {
    match (status, code) {
        (_, Some(5601)) => Delivery::Unknown,
        (307 | 308, _) => Delivery::NotSent,
        _ if is_refusal_by_itself(status) => Delivery::NotSent,
        _ if is_complete && may_be_refusal(status) => Delivery::NotSent,
        _ => Delivery::Unknown,
    }
}

/// Whether `status` means that the request had no effect, unless the body says otherwise.
pub(super) fn may_be_refusal(status: u16) -> bool {
    matches!(status, 400..=498) && status != 408 && !is_refusal_by_itself(status)
}

/// Statuses that mean by themselves that the request was not processed: the sender has no permission, the resource does
/// not exist, or the form of the request is not supported.
fn is_refusal_by_itself(status: u16) -> bool {
    matches!(
        status,
        401 | 403
            | 404
            | 405
            | 406
            | 410
            | 411
            | 413
            | 414
            | 415
            | 417
            | 421
            | 422
            | 426
            | 428
            | 429
            | 431
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complete_refusal_was_not_sent() {
        for status in (400..=498).chain([307, 308]) {
            let expected = if status == 408 {
                Delivery::Unknown
            } else {
                Delivery::NotSent
            };
            assert_eq!(effect_of(status, None, true), expected, "{status}");
        }
        for status in [300, 301, 302, 303, 304, 408, 499, 500, 502, 503, 504, 599] {
            assert_eq!(effect_of(status, None, true), Delivery::Unknown);
        }
        for status in [400, 404, 415, 429] {
            assert_eq!(effect_of(status, Some(5601), true), Delivery::Unknown);
        }
    }

    #[test]
    fn of_a_refusal_that_breaks_off_the_status_has_to_be_enough() {
        for status in [400, 402, 409, 423, 424, 425, 451, 498] {
            for code in [None, Some(300), Some(5301)] {
                assert_eq!(effect_of(status, code, false), Delivery::Unknown);
            }
        }
        for status in [307, 401, 403, 404, 413, 415, 422, 429] {
            assert_eq!(effect_of(status, None, false), Delivery::NotSent);
        }
    }
}
