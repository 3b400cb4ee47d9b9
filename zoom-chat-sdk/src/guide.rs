//! The guide, whose every snippet is compiled and run.

#[doc = include_str!("../guide/src/first-message.md")]
struct FirstMessage;

#[doc = include_str!("../guide/src/messages.md")]
struct Messages;

#[doc = include_str!("../guide/src/errors.md")]
struct Errors;

#[doc = include_str!("../guide/src/tokens.md")]
struct Tokens;

#[doc = include_str!("../guide/src/limits.md")]
struct Limits;

#[doc = include_str!("../guide/src/files.md")]
struct Files;

#[doc = include_str!("../guide/src/listings.md")]
struct Listings;

#[cfg(feature = "axum")]
#[doc = include_str!("../guide/src/receiving.md")]
struct Receiving;

#[doc = include_str!("../guide/src/testing.md")]
struct Testing;

#[doc = include_str!("../guide/src/tracing.md")]
struct Tracing;

#[doc = include_str!("../guide/src/extending.md")]
struct Extending;

#[doc = include_str!("../guide/src/upgrading.md")]
struct Upgrading;
