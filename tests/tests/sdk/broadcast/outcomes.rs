//! What the example says, and what it refuses to do.

use super::office::{Ended, MESSAGE, Office, hardly_any};

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_refused_ends_the_run() {
    let office = Office::of(100).await;
    office.zoom.refuse_tokens(true);
    let ended = office.run(&[]).await;
    ended.says(
        1,
        "0 sent, 0 already sent, 16 not sent, 0 unknown, 84 not started",
    );
    assert!(
        ended.stderr.contains("rejects the access token"),
        "{}",
        ended.stderr
    );
    office.zoom.refuse_tokens(false);
    office.run(&[]).await.says(0, "100 sent");
    office.everybody_got_it_once();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_answers_nothing_but_500_ends_the_run() {
    let unknown = (0..100).map(|number| ("to_contact", format!("unknown-{number}")));
    let office = Office::with(hardly_any(), unknown).await;
    let ended = office.run(&["--concurrency", "2"]).await;
    ended.says(
        1,
        "0 sent, 0 already sent, 0 not sent, 11 unknown, 89 not started",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unknown_is_not_repeated_and_what_was_not_sent_is() {
    let contacts = ["missing-m", "ok", "unknown-u"].map(|name| ("to_contact", name.to_owned()));
    let office = Office::with(hardly_any(), contacts).await;
    for (run, summary) in [
        (1, "1 sent, 0 already sent, 1 not sent, 1 unknown"),
        (2, "0 sent, 1 already sent, 1 not sent, 1 unknown"),
    ] {
        let ended = office.run(&[]).await;
        ended.says(1, summary);
        for told in [
            "contact missing-m: sendChatMessage answered 404, code 1001: User does not exist: missing-m. (tracking id ",
            "contact unknown-u: sendChatMessage answered 500, code 500: Internal error; it may have taken effect; check in Zoom before repeating it (tracking id ",
        ] {
            assert!(ended.stdout.contains(told), "{}", ended.stdout);
        }
        let arrivals = office.zoom.ledger().arrivals;
        let times = |name: &str| {
            arrivals
                .iter()
                .filter(|arrival| arrival.to.1 == name)
                .count()
        };
        assert_eq!(
            (times("missing-m"), times("ok"), times("unknown-u")),
            (run, 1, 1)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_before_anything_is_sent() {
    let office = Office::of(3).await;
    let run = async |options: &[&str], message: &str| {
        Ended::of(office.command(options, message).output().await.unwrap())
    };
    let ended = office.run(&[]).await;
    ended.says(0, "3 sent");
    assert_eq!(
        ended.stderr.lines().count(),
        1,
        "no progress bar: {}",
        ended.stderr
    );
    run(&[], "Another message")
        .await
        .refuses("journal of another run: its message is");
    let csv = office.file();
    run(&["--journal", csv.to_str().unwrap()], MESSAGE)
        .await
        .refuses("not the journal of a broadcast");
    run(&[], &"x".repeat(1025)).await.refuses("1025");
    let unchanged = std::fs::read_to_string(&csv).unwrap();
    std::fs::write(&csv, format!("{unchanged}a,b\r\n,\r\n")).unwrap();
    let ended = run(&["--journal", "new.journal"], MESSAGE).await;
    ended.refuses("recipients.csv: line 5: both `to_contact` and `to_channel` are filled");
    ended.refuses("recipients.csv: line 6: no recipient");
    assert_eq!(office.zoom.ledger().arrivals.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_cannot_use_a_journal_at_once() {
    let office = Office::of(3).await;
    office.zoom.answer_only(0);
    let mut first = office.start(&[]);
    office.zoom.until(|ledger| ledger.arrivals.len() == 3).await;
    office
        .run(&[])
        .await
        .refuses("recipients.csv.journal: another run is using it");
    office.zoom.answer_only(usize::MAX);
    assert!(first.wait().await.unwrap().success());
    office.everybody_got_it_once();
}
