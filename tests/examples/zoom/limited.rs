//! The Zoom that enforces its limits.
//!
//! Prints the environment for the example `broadcast`, and at the end of its input what it accepted and what it refused.
//! COMPRESSED makes the windows of the limits so many times shorter; `broadcast` has an option for the same.

use std::{collections::BTreeMap, io};

use zoom_chat_sdk::limit::Plan;
use zoom_chat_tests::limited_zoom::{Fate, LimitedZoom, Rules};

pub(crate) async fn run(mut arguments: impl Iterator<Item = String>) -> io::Result<()> {
    let plan = match arguments.next().as_deref() {
        None | Some("pro") => Plan::Pro,
        Some("free") => Plan::Free,
        Some("business") => Plan::Business,
        Some(other) => return Err(io::Error::other(format!("no plan is called {other}"))),
    };
    let times = arguments.next().map_or(Ok(1), |times| times.parse());
    let times = times.map_err(|_| io::Error::other("COMPRESSED is a number"))?;
    let zoom = LimitedZoom::start(Rules::of(plan).compressed(times)).await;
    println!(
        "ZOOM_BASE_URL={} ZOOM_TOKEN_URL={} ZOOM_ACCOUNT_ID=a ZOOM_CLIENT_ID=b ZOOM_CLIENT_SECRET=c",
        zoom.base_url(),
        zoom.token_url()
    );
    super::end_of_input().await?;
    let ledger = zoom.ledger();
    let mut times = BTreeMap::new();
    for arrival in ledger.accepted() {
        *times.entry(&arrival.to).or_insert(0) += 1;
    }
    let twice = times.values().filter(|times| **times > 1).count();
    let mut limited: BTreeMap<String, usize> = BTreeMap::new();
    for arrival in &ledger.arrivals {
        if let Fate::Limited(limit) = arrival.fate {
            *limited.entry(format!("{limit:?}")).or_default() += 1;
        }
    }
    println!("{} recipients, {twice} of them more than once", times.len());
    println!(
        "{} requests refused with 429: {limited:?}",
        ledger.limited()
    );
    Ok(())
}
