//! What a broadcast has done, so that the next run can go on and nobody gets a message twice.
//!
//! A file of JSON lines: first what is sent and where ([`Header`]), then, for each recipient, that the request is about
//! to leave and what became of it ([`Entry`]). The first is on the disk before the request leaves, so whatever the
//! file does not name was never started. What was started and has no outcome is unknown, and not started again.
//!
//! After a crash a file has what was written to it up to some point, and perhaps zeros from there on. So a last line
//! without an end that cannot be read is what the disk did not get in time, and is cut off. A whole line that cannot be
//! read is no crash, wherever it stands: going on without it could send twice, so the file is refused.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use fs4::{FileExt, TryLockError};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::recipients::To;

/// The form of the file, and what may follow it in a later version.
const FORM: &str = "broadcast of zoom-chat-sdk, version 1";

/// The first line: only a run with the same may go on from the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    journal: String,
    message_sha256: String,
    recipients: String,
    api: String,
}

impl Header {
    /// A message for the recipients of a file, sent through `api`.
    pub(crate) fn new(message: &str, recipients: &Path, api: &str) -> Self {
        let digest = hmac_sha256::Hash::hash(message.as_bytes());
        let name = recipients.file_name().unwrap_or(recipients.as_os_str());
        Self {
            journal: FORM.to_owned(),
            message_sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            recipients: name.to_string_lossy().into_owned(),
            api: api.to_owned(),
        }
    }

    /// The first thing in which this run differs from that of the file.
    fn difference(&self, stored: &Self) -> Result<(), Unusable> {
        let differs = |what, stored: &str, ours: &str| {
            let (stored, ours) = (stored.to_owned(), ours.to_owned());
            Err(Unusable::OfAnotherRun { what, stored, ours })
        };
        if self.journal != stored.journal {
            return Err(Unusable::NotAJournal);
        }
        if self.message_sha256 != stored.message_sha256 {
            let digest = |header: &Self| format!("SHA-256 {:.12}…", header.message_sha256);
            return differs("message", &digest(stored), &digest(self));
        }
        if self.recipients != stored.recipients {
            return differs("file of recipients", &stored.recipients, &self.recipients);
        }
        if self.api != stored.api {
            return differs("API", &stored.api, &self.api);
        }
        Ok(())
    }
}

/// Every line but the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    #[serde(flatten)]
    pub(crate) to: To,
    #[serde(flatten)]
    pub(crate) event: Event,
}

/// What happens to the message for one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Event {
    /// Its request is about to leave.
    Sending,
    /// Zoom took it.
    Sent {
        message_id: Option<String>,
        tracking_id: Option<String>,
    },
    /// It certainly was not sent: the next run tries again.
    NotSent {
        reason: String,
        tracking_id: Option<String>,
    },
    /// Nobody can tell whether it was sent: no run tries again.
    Unknown {
        reason: String,
        tracking_id: Option<String>,
    },
}

impl Entry {
    pub(crate) fn line(&self) -> io::Result<Vec<u8>> {
        line(self)
    }
}

fn line(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

/// What is known of each recipient, by [`To::key`].
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Standing(HashMap<To, Event>);

impl Standing {
    pub(crate) fn of(&self, to: &To) -> Option<&Event> {
        self.0.get(&to.key())
    }

    /// Applies all that there are by now.
    pub(crate) fn apply_all(&mut self, entries: &mut mpsc::UnboundedReceiver<Entry>) {
        while let Ok(entry) = entries.try_recv() {
            self.apply(entry);
        }
    }

    /// Nothing makes a message unsent that was sent, or sure what is unknown.
    pub(crate) fn apply(&mut self, entry: Entry) {
        let known = self.0.get(&entry.to.key());
        let stays = match known {
            Some(Event::Sent { .. }) => true,
            Some(Event::Unknown { .. }) => !matches!(entry.event, Event::Sent { .. }),
            Some(Event::Sending | Event::NotSent { .. }) | None => false,
        };
        if !stays {
            self.0.insert(entry.to.key(), entry.event);
        }
    }
}

/// Why a run cannot go on from a file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unusable {
    #[error(
        "another run is using it: wait for that one to end, or name another journal with --journal"
    )]
    InUse,
    #[error("it is not the journal of a broadcast: name another file with --journal")]
    NotAJournal,
    #[error(
        "it is the journal of another run: its {what} is {stored}, this one's {ours}. Name another journal with --journal"
    )]
    OfAnotherRun {
        what: &'static str,
        stored: String,
        ours: String,
    },
    #[error(
        "line {line} cannot be read, and what it says decides who may be sent the message: mend it if you know what it said, or begin with a file of those who certainly have not got the message, and another journal"
    )]
    Damaged { line: usize },
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Opens the journal for this run alone, or begins it. What comes back is at its end, for more entries.
pub(crate) fn open(path: &Path, header: &Header) -> Result<(File, Standing), Unusable> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let mut file = options.open(path)?;
    // Released when the file is closed, however the process ends.
    FileExt::try_lock(&file).map_err(|error| match error {
        TryLockError::WouldBlock => Unusable::InUse,
        TryLockError::Error(error) => error.into(),
    })?;
    if !file.metadata()?.is_file() {
        return Err(Unusable::NotAJournal);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let (kept, standing) = replay(&bytes, header)?;
    file.set_len(u64::try_from(kept.len()).map_err(io::Error::other)?)?;
    file.seek(SeekFrom::End(0))?;
    match kept.last() {
        None => file.write_all(&line(header)?)?,
        Some(b'\n') => {}
        Some(_) => file.write_all(b"\n")?,
    }
    file.sync_all()?;
    sync_folder(path)?;
    Ok((file, standing))
}

/// Makes durable that the file exists, where it really is. Only Unix can open a folder.
fn sync_folder(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    let path = path.canonicalize()?;
    File::open(path.parent().unwrap_or(Path::new("/")))?.sync_all()
}

/// What the bytes of a journal say, and how many of them can be kept.
fn replay<'a>(bytes: &'a [u8], header: &Header) -> Result<(&'a [u8], Standing), Unusable> {
    let mut standing = Standing::default();
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n').enumerate();
    let Some((_, first)) = lines.next() else {
        return Ok((&[], standing));
    };
    match serde_json::from_slice::<Header>(first) {
        Ok(stored) => header.difference(&stored)?,
        // It got no further than this when it was begun.
        Err(_) if line(header)?.starts_with(without_zeros(bytes)) => return Ok((&[], standing)),
        Err(_) => return Err(Unusable::NotAJournal),
    }
    let mut kept = first.len();
    for (index, line) in lines {
        if !line.trim_ascii().is_empty() {
            match serde_json::from_slice(line) {
                Ok(entry) => standing.apply(entry),
                Err(_) if line.ends_with(b"\n") => {
                    return Err(Unusable::Damaged { line: index + 1 });
                }
                Err(_) => break,
            }
        }
        kept += line.len();
    }
    Ok((bytes.get(..kept).unwrap_or(bytes), standing))
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| *byte != 0);
    end.and_then(|last| bytes.get(..=last)).unwrap_or_default()
}

#[cfg(test)]
#[cfg(feature = "__test")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn header() -> Header {
        Header::new(
            "Hello",
            Path::new("folder/recipients.csv"),
            "https://api.zoom.us/v2",
        )
    }

    fn contact(name: &str) -> To {
        To::Contact(name.to_owned())
    }

    fn entry(to: &str, event: Event) -> Entry {
        Entry {
            to: contact(to),
            event,
        }
    }

    fn sent() -> Event {
        Event::Sent {
            message_id: Some("m1".to_owned()),
            tracking_id: None,
        }
    }

    fn not_sent() -> Event {
        Event::NotSent {
            reason: "404, code 1001: \"ä\"\n".to_owned(),
            tracking_id: Some("t".to_owned()),
        }
    }

    fn unknown() -> Event {
        Event::Unknown {
            reason: "timed out".to_owned(),
            tracking_id: None,
        }
    }

    fn bytes(entries: &[Entry]) -> Vec<u8> {
        let mut bytes = line(&header()).unwrap();
        bytes.extend(entries.iter().flat_map(|entry| entry.line().unwrap()));
        bytes
    }

    fn refusal(bytes: &[u8], header: &Header) -> String {
        replay(bytes, header).unwrap_err().to_string()
    }

    #[test]
    fn the_lines_are_what_the_documentation_says() {
        let entries = [entry("a@b", Event::Sending), entry("a@b", sent())];
        let text = String::from_utf8(bytes(&entries)).unwrap();
        let lines: Vec<_> = text.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                r#"{"to_contact":"a@b","event":"sending"}"#,
                r#"{"to_contact":"a@b","event":"sent","message_id":"m1","tracking_id":null}"#,
            ]
        );
        assert!(
            text.contains("185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969"),
            "SHA-256 of Hello"
        );
    }

    #[test]
    fn a_journal_of_another_run_is_refused_with_what_differs() {
        let bytes = bytes(&[]);
        let with = |message: &str, file: &str, api: &str| {
            let header = Header::new(message, Path::new(file), api);
            replay(&bytes, &header)
                .map(|_| ())
                .map_err(|error| error.to_string())
        };
        let api = "https://api.zoom.us/v2";
        assert_eq!(with("Hello", "elsewhere/recipients.csv", api), Ok(()));
        assert!(
            with("Hello!", "recipients.csv", api)
                .unwrap_err()
                .contains("message is SHA-256 185f8db32271…")
        );
        assert!(
            with("Hello", "others.csv", api)
                .unwrap_err()
                .contains("recipients is recipients.csv, this one's others.csv")
        );
        assert!(
            with("Hello", "recipients.csv", "stand-in")
                .unwrap_err()
                .contains("API is https")
        );
    }

    #[test]
    fn another_file_is_never_taken_for_a_journal() {
        for other in [
            "to_contact\na@b\n",
            "{}\n",
            "{\"journey\"",
            "{\"journal\":\"other\"}",
        ] {
            let text = refusal(other.as_bytes(), &header());
            assert!(text.contains("not the journal"), "{other}: {text}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_is_never_taken_for_a_journal() {
        let opened = open(Path::new("/dev/zero"), &header());
        assert!(matches!(opened, Err(Unusable::NotAJournal)));
    }

    #[test]
    fn damage_before_what_can_be_read_is_refused() {
        let mut damaged = bytes(&[entry("a@b", Event::Sending)]);
        let at = damaged.len() - 4;
        damaged[at] = b'\n';
        damaged.extend(entry("c@d", Event::Sending).line().unwrap());
        assert!(refusal(&damaged, &header()).starts_with("line 2 cannot be read"));
    }

    #[test]
    fn whole_lines_that_cannot_be_read_are_refused_at_the_end_too() {
        let entries = [
            entry("a@b", Event::Sending),
            entry("a@b", sent()),
            entry("c@d", Event::Sending),
            entry("e@f", Event::Sending),
        ];
        let whole = bytes(&entries);
        let ends = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts: Vec<_> = ends
            .map(|(at, _)| at + 1)
            .filter(|at| *at < whole.len())
            .collect();
        // From each of the entries on, all are spoiled.
        for (index, start) in starts.into_iter().enumerate() {
            for spoil in [0, b'~', 0xff] {
                let mut spoiled = whole.clone();
                let bytes = spoiled[start..].iter_mut();
                bytes
                    .filter(|byte| **byte != b'\n')
                    .for_each(|byte| *byte = spoil);
                let text = refusal(&spoiled, &header());
                let expected = format!("line {} cannot be read", index + 2);
                assert!(text.starts_with(&expected), "{text}");
            }
        }
        // Only what has no end is a write that the crash tore.
        let torn = &whole[..whole.len() - 1];
        let torn = [torn, b"\n{\"to_contact\":\"g@h\",\"ev"].concat();
        let (kept, standing) = replay(&torn, &header()).unwrap();
        assert_eq!(kept, whole);
        assert_eq!(standing.0.len(), 3);
    }

    #[test]
    fn what_was_sent_or_is_unknown_stays_so() {
        let mut standing = Standing::default();
        for event in [Event::Sending, sent(), Event::Sending, not_sent()] {
            standing.apply(entry("A@b", event));
        }
        assert_eq!(standing.of(&contact("a@B")), Some(&sent()));
        for event in [unknown(), Event::Sending, not_sent()] {
            standing.apply(entry("c", event));
        }
        assert_eq!(standing.of(&contact("c")), Some(&unknown()));
    }

    #[test]
    fn two_runs_cannot_use_it_at_once_but_one_after_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let (first, _) = open(&path, &header()).unwrap();
        assert!(matches!(open(&path, &header()), Err(Unusable::InUse)));
        drop(first);
        assert!(open(&path, &header()).is_ok());
    }

    /// What a run writes: each recipient is started, and most are ended; those not sent may be started once more.
    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        let attempts = proptest::collection::vec((0..12_u8, 0..4_u8), 0..40);
        attempts.prop_map(|attempts| {
            let mut standing = Standing::default();
            let mut entries = Vec::new();
            for (number, outcome) in attempts {
                let name = format!("{number}@b");
                let known = standing.of(&contact(&name));
                if known.is_some_and(|event| !matches!(event, Event::NotSent { .. })) {
                    continue;
                }
                let outcome = match outcome {
                    0 => None,
                    1 => Some(sent()),
                    2 => Some(not_sent()),
                    _ => Some(unknown()),
                };
                let events = [Some(Event::Sending), outcome];
                let new = events
                    .into_iter()
                    .flatten()
                    .map(|event| entry(&name, event));
                for entry in new {
                    standing.apply(entry.clone());
                    entries.push(entry);
                }
            }
            entries
        })
    }

    /// What a run that wrote these entries and crashed leaves: so many bytes, and zeros.
    fn crashed(entries: &[Entry], cut: prop::sample::Index, zeros: usize) -> (Vec<u8>, Standing) {
        let whole = bytes(entries);
        let cut = cut.index(whole.len() + 1);
        // All but the end of a line is enough to know what it says, but not with zeros after it.
        let read = if zeros == 0 { cut + 1 } else { cut };
        let mut end = line(&header()).unwrap().len();
        let mut standing = Standing::default();
        for entry in entries {
            end += entry.line().unwrap().len();
            if end <= read {
                standing.apply(entry.clone());
            }
        }
        let mut on_disk = whole[..cut].to_vec();
        on_disk.resize(cut + zeros, 0);
        (on_disk, standing)
    }

    proptest! {
        #[test]
        fn a_crash_at_any_byte_loses_nothing_that_was_on_the_disk(
            entries in entries(),
            cut in any::<prop::sample::Index>(),
            zeros in 0..20_usize,
        ) {
            let (on_disk, expected) = crashed(&entries, cut, zeros);
            let (kept, standing) = replay(&on_disk, &header()).unwrap();
            prop_assert!(on_disk.starts_with(kept));
            prop_assert_eq!(standing, expected);
        }
    }

    proptest! {
        // Each goes to the disk.
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn what_is_written_after_a_crash_is_read_with_what_was_there(
            entries in entries(),
            cut in any::<prop::sample::Index>(),
            zeros in 0..2_usize,
            more in entries(),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("journal");
            let (on_disk, mut expected) = crashed(&entries, cut, zeros);
            std::fs::write(&path, on_disk).unwrap();
            let (mut file, standing) = open(&path, &header()).unwrap();
            prop_assert_eq!(&standing, &expected);
            for entry in more {
                file.write_all(&entry.line().unwrap()).unwrap();
                expected.apply(entry);
            }
            drop(file);
            prop_assert_eq!(open(&path, &header()).unwrap().1, expected);
        }
    }
}
