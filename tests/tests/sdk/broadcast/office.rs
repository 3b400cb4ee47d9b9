//! A server, a file of recipients, and the example as a process.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;
use tokio::process::{Child, Command};
use zoom_chat_sdk::limit::Plan;
use zoom_chat_tests::limited_zoom::{Ledger, LimitedZoom, Rules};

pub(crate) const MESSAGE: &str = "The office is closed on Monday";

/// Limits that nobody reaches.
pub(crate) fn hardly_any() -> Rules {
    Rules::of(Plan::Business).compressed(10_000)
}

/// A server, and a folder with a file of recipients.
pub(crate) struct Office {
    pub(crate) zoom: LimitedZoom,
    pub(crate) folder: TempDir,
    pub(crate) recipients: BTreeSet<(&'static str, String)>,
}

impl Office {
    pub(crate) async fn with(
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

    pub(crate) async fn of(contacts: usize) -> Self {
        Self::with(hardly_any(), numbered_contacts(contacts)).await
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("recipients.csv")
    }

    pub(crate) fn command(&self, options: &[&str], message: &str) -> Command {
        self.command_for(&self.file(), options, message)
    }

    /// The same with the recipients of another file.
    pub(crate) fn command_for(&self, file: &Path, options: &[&str], message: &str) -> Command {
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
            .arg(file)
            .args(options)
            .arg(message)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Runs to the end.
    pub(crate) async fn run(&self, options: &[&str]) -> Ended {
        Ended::of(self.command(options, MESSAGE).output().await.unwrap())
    }

    pub(crate) fn start(&self, options: &[&str]) -> Child {
        self.command(options, MESSAGE).spawn().unwrap()
    }

    /// What the journal says of each recipient at last.
    pub(crate) fn journal(&self) -> BTreeMap<String, String> {
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

    pub(crate) fn in_journal(&self, event: &str) -> BTreeSet<String> {
        let journal = self.journal().into_iter();
        let those = journal.filter(|(_, last)| last == event);
        those.map(|(name, _)| name).collect()
    }

    /// Whatever happened, this holds.
    pub(crate) fn nobody_got_it_twice_and_what_the_journal_calls_sent_was(&self) {
        let accepted = accepted(&self.zoom.ledger());
        for (name, times) in &accepted {
            assert_eq!(*times, 1, "{name} got it {times} times");
        }
        for name in self.in_journal("sent") {
            assert!(accepted.contains_key(&name), "{name} is called sent");
        }
    }

    pub(crate) fn everybody_got_it_once(&self) {
        let ledger = self.zoom.ledger();
        let mut left = self.recipients.clone();
        for arrival in ledger.accepted() {
            assert_eq!(arrival.message, MESSAGE);
            assert!(left.remove(&arrival.to), "{:?} got it again", arrival.to);
        }
        assert!(left.is_empty(), "{left:?} did not get it");
    }
}

pub(crate) fn numbered_contacts(count: usize) -> impl Iterator<Item = (&'static str, String)> {
    (0..count).map(|number| ("to_contact", format!("person-{number:04}@example.com")))
}

pub(crate) fn accepted(ledger: &Ledger) -> BTreeMap<String, u32> {
    let mut times = BTreeMap::new();
    for arrival in ledger.accepted() {
        *times.entry(arrival.to.1.clone()).or_default() += 1;
    }
    times
}

pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub(crate) fn says(&self, code: i32, summary: &str) {
        let told = format!("stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        assert_eq!(self.code, Some(code), "{told}");
        assert!(self.stdout.contains(summary), "no `{summary}` in {told}");
    }

    #[track_caller]
    pub(crate) fn refuses(&self, why: &str) {
        assert_eq!(
            (self.code, self.stdout.as_str()),
            (Some(2), ""),
            "{}",
            self.stderr
        );
        assert!(self.stderr.contains(why), "no `{why}` in {}", self.stderr);
    }
}
