//! However a run ends, the next one goes on, and nobody gets the message twice.

use std::hash::{DefaultHasher, Hash, Hasher};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};
use zoom_chat_tests::limited_zoom::Ledger;

use super::office::{Ended, MESSAGE, Office, accepted};

async fn interrupt(process: &Child) {
    let id = process.id().expect("it runs");
    // The shell has it built in.
    let kill = Command::new("sh")
        .arg("-c")
        .arg(format!("kill -INT {id}"))
        .status()
        .await;
    assert!(kill.unwrap().success());
}

/// Interrupts, and waits until the process says that it has noticed.
async fn interrupt_and_wait(process: &mut Child) {
    interrupt(process).await;
    let mut lines = BufReader::new(process.stderr.as_mut().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if line.contains("interrupted") {
            return;
        }
    }
    panic!("it ended without a word about the interrupt");
}

/// After 20 of 60 messages, with 8 in flight.
async fn interrupted() -> (Office, Child) {
    let office = Office::of(60).await;
    office.zoom.answer_only(20);
    let mut process = office.start(&["--concurrency", "8"]);
    office
        .zoom
        .until(|ledger| ledger.arrivals.len() == 28)
        .await;
    interrupt_and_wait(&mut process).await;
    (office, process)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupt_lets_what_is_in_flight_finish_and_the_next_run_goes_on() {
    let (office, process) = interrupted().await;
    office.zoom.answer_only(usize::MAX);
    let ended = Ended::of(process.wait_with_output().await.unwrap());
    ended.says(
        1,
        "28 sent, 0 already sent, 0 not sent, 0 unknown, 32 not started",
    );
    assert!(
        ended.stderr.contains("run the same command again"),
        "{}",
        ended.stderr
    );
    assert_eq!(accepted(&office.zoom.ledger()).len(), 28);

    office
        .run(&[])
        .await
        .says(0, "32 sent, 28 already sent, 0 not sent, 0 unknown");
    office.everybody_got_it_once();
    office.run(&[]).await.says(0, "0 sent, 60 already sent");
    assert_eq!(office.zoom.ledger().arrivals.len(), 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_interrupt_does_not_wait_and_what_was_in_flight_is_unknown_for_ever() {
    let (office, process) = interrupted().await;
    interrupt(&process).await;
    let ended = Ended::of(process.wait_with_output().await.unwrap());
    ended.says(
        1,
        "20 sent, 0 already sent, 0 not sent, 8 unknown, 32 not started",
    );

    office.zoom.answer_only(usize::MAX);
    let ended = office.run(&[]).await;
    ended.says(
        1,
        "32 sent, 20 already sent, 0 not sent, 8 unknown, 0 not started",
    );
    let unknown = office.in_journal("sending");
    assert_eq!(unknown.len(), 8);
    for name in unknown {
        assert!(
            ended
                .stdout
                .contains(&format!("contact {name}: the run was broken off"))
        );
    }
    // In truth the server had carried them out.
    office.everybody_got_it_once();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_twenty_times_it_still_sends_to_nobody_twice() {
    const SEED: u64 = 7;
    const MOST: usize = 60;
    // More than twenty runs can come to, so that each is killed in the middle.
    let office = Office::of(20 * (MOST + 10)).await;
    for round in 0..20 {
        let mut hasher = DefaultHasher::new();
        (SEED, round).hash(&mut hasher);
        let random = hasher.finish();
        let (kind, more) = (random % 8, usize::try_from(random / 8).unwrap() % MOST);
        let before = office.zoom.ledger();
        // It cannot get much further while it is being killed.
        office.zoom.answer_only(before.arrivals.len() + more + 1);
        let mut process = office.start(&["--concurrency", "8"]);
        // When it asks for a token, when so many requests have arrived, or when one more has been answered.
        let reached = |ledger: &Ledger| match kind {
            0 => ledger.tokens > before.tokens,
            1..=4 => ledger.arrivals.len() > before.arrivals.len() + more,
            _ => ledger.answered > before.answered + more,
        };
        tokio::select! {
            () = office.zoom.until(reached) => {}
            ended = process.wait() => panic!("{ended:?} before it was killed"),
        }
        process.kill().await.unwrap();
        office.nobody_got_it_twice_and_what_the_journal_calls_sent_was();
    }

    office.zoom.answer_only(usize::MAX);
    let ended = office.run(&["--concurrency", "8"]).await;
    office.nobody_got_it_twice_and_what_the_journal_calls_sent_was();
    let (sent, unknown) = (office.in_journal("sent"), office.in_journal("sending"));
    let all = office.recipients.len();
    assert_eq!(sent.len() + unknown.len(), all, "{}", ended.stdout);
    assert!(
        (1..=20 * 8).contains(&unknown.len()),
        "only what was in flight is unknown"
    );
    ended.says(1, &format!("{} unknown, 0 not started", unknown.len()));
    for name in &unknown {
        assert!(
            ended
                .stdout
                .contains(&format!("contact {name}: the run was broken off"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_turn_when_it_is_killed_is_not_unknown() {
    let office = Office::of(20).await;
    // Two messages a second, and all calls begun at once.
    let mut process = office.start(&["--plan", "free", "--concurrency", "20"]);
    office.zoom.until(|ledger| ledger.answered >= 2).await;
    process.kill().await.unwrap();
    let arrived = office.zoom.ledger().arrivals.len();
    let begun = office.journal().len();
    assert!(
        (2..=arrived + 2).contains(&begun),
        "{begun} begun, {arrived} arrived"
    );
    assert!(begun < 10, "{begun} begun");

    office.run(&[]).await;
    office.nobody_got_it_twice_and_what_the_journal_calls_sent_was();
    let (sent, unknown) = (office.in_journal("sent"), office.in_journal("sending"));
    assert_eq!(sent.len() + unknown.len(), 20);
    assert!(unknown.len() <= begun, "{unknown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_ends_the_run_and_nobody_who_is_not_in_the_journal_got_it() {
    let office = Office::of(300).await;
    let example = office.command(&["--concurrency", "8"], MESSAGE);
    let example = example.as_std();
    // Files cannot grow beyond 8 or 16 KiB: the shells do not agree on the unit.
    let limited = "trap '' XFSZ; ulimit -f 16; exec \"$0\" \"$@\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", limited]).arg(example.get_program());
    for (name, value) in example.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    let output = shell.args(example.get_args()).output().await.unwrap();
    let ended = Ended::of(output);
    ended.says(1, "0 not sent");
    assert!(
        ended.stderr.contains("the journal cannot be written"),
        "{}",
        ended.stderr
    );
    assert!(
        ended
            .stderr
            .contains("recipients.csv.journal: File too large"),
        "{}",
        ended.stderr
    );
    let journal = office.journal();
    let accepted = accepted(&office.zoom.ledger());
    assert!(accepted.keys().all(|name| journal.contains_key(name)));
    assert!((1..300).contains(&accepted.len()), "{}", accepted.len());

    let ended = office.run(&[]).await;
    office.nobody_got_it_twice_and_what_the_journal_calls_sent_was();
    let unknown = office.in_journal("sending").len();
    assert!((1..=8).contains(&unknown), "{unknown}: what was in flight");
    ended.says(1, &format!("{unknown} unknown, 0 not started"));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn through_a_link_the_journal_is_the_one_beside_the_file() {
    let office = Office::of(5).await;
    let elsewhere = tempfile::tempdir().unwrap();
    let link = elsewhere.path().join("everybody.csv");
    std::os::unix::fs::symlink(office.file(), &link).unwrap();
    for (path, text) in [
        (&link, "5 sent, 0 already sent"),
        (&office.file(), "0 sent, 5 already sent"),
        (&link, "0 sent, 5 already sent"),
    ] {
        let output = office.command_for(path, &[], MESSAGE).output().await;
        Ended::of(output.unwrap()).says(0, text);
    }
    assert!(office.folder.path().join("recipients.csv.journal").exists());
    assert!(!elsewhere.path().join("everybody.csv.journal").exists());
}
