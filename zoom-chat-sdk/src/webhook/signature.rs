//! The signature of a request: HMAC-SHA256 over its time and its raw body.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hmac_sha256::HMAC;
use reqwest::header::{HeaderMap, HeaderValue};

use super::Refusal;
use crate::Secret;

const SIGNATURE: &str = "x-zm-signature";
const TIMESTAMP: &str = "x-zm-request-timestamp";
const REQUEST_ID: &str = "x-zm-request-id";

/// The version of the scheme. There is no other one yet.
const VERSION: &str = "v0";

/// The headers of a signed request.
pub(super) struct Signed<'h> {
    /// In seconds since 1970, as the text of the header, since the text is signed.
    timestamp: &'h str,
    signature: [u8; 32],
}

impl<'h> Signed<'h> {
    /// Reads the headers. A header that occurs twice is invalid: only an attacker would send it.
    pub(super) fn read(headers: &'h HeaderMap) -> Result<Self, Refusal> {
        let timestamp = only(headers, TIMESTAMP)?;
        if timestamp.is_empty() || !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Refusal::WrongHeader { name: TIMESTAMP });
        }
        let signature = only(headers, SIGNATURE)?
            .strip_prefix(VERSION)
            .and_then(|rest| rest.strip_prefix('='))
            .and_then(bytes)
            .ok_or(Refusal::WrongHeader { name: SIGNATURE })?;
        Ok(Self {
            timestamp,
            signature,
        })
    }

    /// Whether `secret` gives this signature. The comparison takes constant time.
    pub(super) fn is_by(&self, secret: &Secret, body: &[u8]) -> bool {
        mac(secret, self.timestamp, body).finalize_verify(&self.signature)
    }

    /// The headers of a request with this body, signed as Zoom signs it.
    pub(super) fn headers(secret: &Secret, time: SystemTime, body: &[u8]) -> HeaderMap {
        let seconds = time
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        let mac = mac(secret, &seconds.to_string(), body);
        let signature = format!("{VERSION}={}", hex(mac.finalize()));
        let mut headers = HeaderMap::new();
        headers.insert(TIMESTAMP, HeaderValue::from(seconds));
        if let Ok(signature) = HeaderValue::try_from(signature) {
            headers.insert(SIGNATURE, signature);
        }
        headers
    }

    /// Checks that the signed time is in the window around `now`, and returns it in seconds since 1970.
    pub(super) fn check_time(&self, now: SystemTime, window: Duration) -> Result<u64, Refusal> {
        let wrong = Refusal::WrongHeader { name: TIMESTAMP };
        let Ok(seconds) = self.timestamp.parse() else {
            return Err(wrong);
        };
        let Some(sent) = UNIX_EPOCH.checked_add(Duration::from_secs(seconds)) else {
            return Err(wrong);
        };
        let apart = match now.duration_since(sent) {
            Ok(age) => age,
            Err(ahead) => ahead.duration(),
        };
        if apart > window {
            return Err(Refusal::OutsideWindow { sent, window });
        }
        Ok(seconds)
    }
}

/// The signed text: the version, the time as in the header, and the body.
fn mac(secret: &Secret, timestamp: &str, body: &[u8]) -> HMAC {
    let mut mac = HMAC::new(secret.expose_secret());
    for part in [VERSION, ":", timestamp, ":"] {
        mac.update(part);
    }
    mac.update(body);
    mac
}

/// The id of a request, if it has one. It is not signed.
pub(super) fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = only(headers, REQUEST_ID).ok()?;
    (!id.is_empty()).then(|| id.to_owned())
}

fn only<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, Refusal> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().ok_or(Refusal::MissingHeader { name })?;
    match (value.to_str(), values.next()) {
        (Ok(value), None) => Ok(value),
        _ => Err(Refusal::WrongHeader { name }),
    }
}

/// Lower-case hexadecimal digits, as Zoom writes them.
fn bytes(hex: &str) -> Option<[u8; 32]> {
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let hex: &[u8; 64] = hex.as_bytes().try_into().ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

/// The digits of [`bytes`].
pub(super) fn hex(bytes: [u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
