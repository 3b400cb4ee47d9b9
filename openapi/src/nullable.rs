//! Distinguishes null from an absent value.

use serde::{Deserialize, Deserializer};

/// What generated fields name in `deserialize_with`: the field is there, and may be null.
///
/// # Errors
/// When the value is neither null nor a `T`.
pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
