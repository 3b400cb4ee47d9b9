//! The example `broadcast` as a process of its own, against a server that enforces Zoom's limits and keeps a ledger:
//! thousands of messages without a 429, and none twice, however often the process is interrupted or killed.
#![cfg(unix)]

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    process::{Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};
use zoom_chat_sdk::limit::Plan;
use zoom_chat_tests::limited_zoom::{Fate, Ledger, Limit, LimitedZoom, Rules};

const MESSAGE: &str = "The office is closed on Monday";

/// Limits that nobody reaches.
fn hardly_any() -> Rules {
    Rules::of(Plan::Business).compressed(10_000)
}

/// A server, and a folder with a file of recipients.
struct Office {
    zoom: LimitedZoom,
    folder: TempDir,
    recipients: BTreeSet<(&'static str, String)>,
}

impl Office {
    async fn with(
        rules: Rules,
        recipients: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let recipients: BTreeSet<_> = recipients.into_iter().collect();
        let mut csv = "to_contact,to_channel\r\n".to_owned();
        for (column, name) in &recipients {
            csv += &match *column {
                "to_contact" => format!("{name},\r\n"),
                _ => format!(",{name}\r\n"),
            };
        }
        std::fs::write(folder.path().join("recipients.csv"), csv).unwrap();
        Self {
            zoom: LimitedZoom::start(rules).await,
            folder,
            recipients,
        }
    }

    async fn of(contacts: usize) -> Self {
        Self::with(hardly_any(), numbered_contacts(contacts)).await
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("recipients.csv")
    }

    fn command(&self, options: &[&str], message: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_broadcast"));
        command
            .env_remove("ZOOM_ACCESS_TOKEN")
            .env_remove("ZOOM_TOKEN_FILE")
            .env("ZOOM_ACCOUNT_ID", "account")
            .env("ZOOM_CLIENT_ID", "client")
            .env("ZOOM_CLIENT_SECRET", "secret")
            .env("ZOOM_BASE_URL", self.zoom.base_url())
            .env("ZOOM_TOKEN_URL", self.zoom.token_url())
            .arg("--file")
            .arg(self.file())
            .args(options)
            .arg(message)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Runs to the end.
    async fn run(&self, options: &[&str]) -> Ended {
        Ended::of(self.command(options, MESSAGE).output().await.unwrap())
    }

    fn start(&self, options: &[&str]) -> Child {
        self.command(options, MESSAGE).spawn().unwrap()
    }

    /// What the journal says of each recipient at last.
    fn journal(&self) -> BTreeMap<String, String> {
        let journal = std::fs::read_to_string(self.folder.path().join("recipients.csv.journal"));
        let mut last = BTreeMap::new();
        // What a process that was killed has half written is no entry.
        let lines = journal.iter().flat_map(|text| text.lines().skip(1));
        for entry in lines.filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let name = entry["to_contact"]
                .as_str()
                .or(entry["to_channel"].as_str());
            let event = entry["event"].as_str().unwrap();
            last.insert(name.unwrap().to_owned(), event.to_owned());
        }
        last
    }

    fn in_journal(&self, event: &str) -> BTreeSet<String> {
        let journal = self.journal().into_iter();
        let those = journal.filter(|(_, last)| last == event);
        those.map(|(name, _)| name).collect()
    }

    /// Whatever happened, this holds.
    fn nobody_got_it_twice_and_what_the_journal_calls_sent_was(&self) {
        let accepted = accepted(&self.zoom.ledger());
        for (name, times) in &accepted {
            assert_eq!(*times, 1, "{name} got it {times} times");
        }
        for name in self.in_journal("sent") {
            assert!(accepted.contains_key(&name), "{name} is called sent");
        }
    }

    fn everybody_got_it_once(&self) {
        let ledger = self.zoom.ledger();
        let mut left = self.recipients.clone();
        for arrival in ledger.accepted() {
            assert_eq!(arrival.message, MESSAGE);
            assert!(left.remove(&arrival.to), "{:?} got it again", arrival.to);
        }
        assert!(left.is_empty(), "{left:?} did not get it");
    }
}

fn numbered_contacts(count: usize) -> impl Iterator<Item = (&'static str, String)> {
    (0..count).map(|number| ("to_contact", format!("person-{number:04}@example.com")))
}

fn accepted(ledger: &Ledger) -> BTreeMap<String, u32> {
    let mut times = BTreeMap::new();
    for arrival in ledger.accepted() {
        *times.entry(arrival.to.1.clone()).or_default() += 1;
    }
    times
}

struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Ended {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn says(&self, code: i32, summary: &str) {
        let told = format!("stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        assert_eq!(self.code, Some(code), "{told}");
        assert!(self.stdout.contains(summary), "no `{summary}` in {told}");
    }

    #[track_caller]
    fn refuses(&self, why: &str) {
        assert_eq!(
            (self.code, self.stdout.as_str()),
            (Some(2), ""),
            "{}",
            self.stderr
        );
        assert!(self.stderr.contains(why), "no `{why}` in {}", self.stderr);
    }
}

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
async fn the_limit_of_a_day_ends_the_run_and_the_next_day_goes_on() {
    let rules = Rules {
        a_day: Some(100),
        ..hardly_any()
    };
    let office = Office::with(rules, numbered_contacts(250)).await;
    for sent_before in [0, 100] {
        let ended = office.run(&[]).await;
        ended.says(1, &format!("100 sent, {sent_before} already sent"));
        assert!(
            ended.stderr.contains("limit of the day"),
            "{}",
            ended.stderr
        );
        let refused = office.zoom.ledger().limited();
        assert!(refused <= 2 * 16, "{refused} requests beyond the limit");
        office.zoom.skip_to_next_day();
    }
    office.run(&[]).await.says(0, "50 sent, 200 already sent");
    office.everybody_got_it_once();
}

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
        ended.stderr.contains("does not take the access token"),
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
    assert!(accepted.len() < 300);

    let ended = office.run(&[]).await;
    office.nobody_got_it_twice_and_what_the_journal_calls_sent_was();
    let unknown = office.in_journal("sending").len();
    assert!((1..=8).contains(&unknown), "{unknown}: what was in flight");
    ended.says(1, &format!("{unknown} unknown, 0 not started"));
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
            "contact unknown-u: sendChatMessage answered 500, code 500: Internal error. (tracking id ",
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
    office.run(&[]).await.says(0, "3 sent");
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
