//! Within Zoom's limits, and beyond them.

use zoom_chat_sdk::limit::Plan;
use zoom_chat_tests::limited_zoom::{Fate, Ledger, Limit, Rules};

use super::office::{Office, hardly_any, numbered_contacts};

const LIMITS: Plan = Plan::Business;
const COMPRESSED: u32 = 20;

async fn large_office() -> Office {
    let channels = (0..40).map(|number| ("to_channel", format!("channel-{number}")));
    let rules = Rules::of(LIMITS).compressed(COMPRESSED);
    Office::with(rules, numbered_contacts(4_960).chain(channels)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_messages_get_through_without_a_single_429() {
    let office = large_office().await;
    let times = COMPRESSED.to_string();
    let limits = [
        "--plan",
        "business",
        "--compressed",
        &times,
        "--concurrency",
        "64",
    ];
    let ended = office.run(&limits).await;
    ended.says(
        0,
        "5000 sent, 0 already sent, 0 not sent, 0 unknown, 0 not started",
    );
    assert_eq!(office.zoom.ledger().limited(), 0);
    assert_eq!(office.zoom.ledger().tokens, 1);
    office.everybody_got_it_once();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_without_the_limiter_is_refused() {
    let office = large_office().await;
    let mut process = office.start(&["--concurrency", "64"]);
    let limited = |ledger: &Ledger| {
        let fates = ledger.arrivals.iter().map(|arrival| arrival.fate);
        fates
            .into_iter()
            .any(|fate| fate == Fate::Limited(Limit::Rate))
    };
    tokio::select! {
        () = office.zoom.until(limited) => {}
        ended = process.wait() => panic!("{ended:?} without a 429"),
    }
    process.kill().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limit_of_a_day_ends_the_run_and_the_next_day_goes_on() {
    let rules = Rules {
        a_day: Some(100),
        ..hardly_any()
    };
    let office = Office::with(rules, numbered_contacts(250)).await;
    for sent_before in [0, 100] {
        let ended = office.run(&[]).await;
        ended.says(1, &format!("100 sent, {sent_before} already sent"));
        assert!(ended.stderr.contains("daily limit"), "{}", ended.stderr);
        let refused = office.zoom.ledger().limited();
        assert!(refused <= 2 * 16, "{refused} requests beyond the limit");
        office.zoom.skip_to_next_day();
    }
    office.run(&[]).await.says(0, "50 sent, 200 already sent");
    office.everybody_got_it_once();
}
