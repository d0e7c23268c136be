//! Events of ours as a calendar has them. Other programs write there too: their lines are looked at, not parsed.

use crate::discovery::joined;
use crate::failure::Failure;
use crate::multistatus::Found;
use knock_ical::STORED_SEQUENCE;
use url::Url;

/// An event of ours in a calendar.
pub(crate) struct Stored {
    pub(crate) url: Url,
    /// Its version at the server; empty where the server says none.
    etag: String,
    /// The sequence that was written; none if it is from an earlier version of Knock, or if another program dropped it.
    sequence: Option<u32>,
    is_cancelled: bool,
}

impl Stored {
    /// The object that a calendar has, if it is the event with a UID: servers match parts of texts.
    pub(crate) fn read(calendar: &Url, uid: &str, found: Found) -> Option<Result<Stored, Failure>> {
        let lines = unfolded(&found.data);
        let first = |name: &'static str| lines.iter().find_map(move |line| value(line, name));
        if !lines.iter().any(|line| value(line, "UID") == Some(uid)) {
            return None;
        }
        let sequence = first(STORED_SEQUENCE).and_then(|number| number.parse().ok());
        let is_cancelled = first("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"));
        let url = joined(calendar, &found.href);
        Some(url.map(|url| Stored { url, etag: found.etag, sequence, is_cancelled }))
    }

    /// Whether it is this version or a newer one, which its owner may have changed since. An event without our sequence is
    /// not: `SEQUENCE` says nothing, since programs raise it with each change of their own. A cancelled one is to be
    /// revived.
    pub(crate) fn has(&self, sequence: u32) -> bool {
        !self.is_cancelled && self.sequence.is_some_and(|known| known >= sequence)
    }

    /// The condition that what is there is what we know.
    pub(crate) fn condition(&self) -> (&'static str, String) {
        ("if-match", if self.etag.is_empty() { "*".to_owned() } else { self.etag.clone() })
    }
}

/// The lines of an object, whatever ends and folds them.
fn unfolded(object: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in object.split(['\r', '\n']).filter(|line| !line.is_empty()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(before)) => before.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The value of a line with a name; quotes in parameters are not followed, ours has none.
fn value<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    let (named, value) = line.split_once(':')?;
    let named = named.split(';').next().unwrap_or_default();
    named.trim().eq_ignore_ascii_case(name).then(|| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(lines: &str) -> Option<Stored> {
        let calendar = Url::parse("https://calendar.example/ann/work/").expect("an address");
        let data = format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        let found = Found { href: "/ann/work/one.ics".to_owned(), data, ..Found::default() };
        Stored::read(&calendar, "one@knock", found).map(|read| read.expect("an address"))
    }

    #[test]
    fn a_version_is_there_from_its_sequence_on() {
        for (lines, has) in [
            ("X-KNOCK-SEQUENCE:2", [true, true, false]),
            ("SEQUENCE:7\r\nX-KNOCK-SEQ\r\n UENCE:1", [true, false, false]),
            ("x-knock-sequence;X-A=b: 2 ", [true, true, false]),
            ("SEQUENCE:7", [false; 3]),
            ("X-KNOCK-SEQUENCE:-1", [false; 3]),
            ("X-KNOCK-SEQUENCE:99999999999999999999", [false; 3]),
            ("X-KNOCK-SEQUENCE", [false; 3]),
            ("X-KNOCK-SEQUENCE:2\r\nSTATUS:CANCELLED", [false; 3]),
            ("X-KNOCK-SEQUENCE:2\nSTATUS:CONFIRMED", [true, true, false]),
        ] {
            let stored = stored(&format!("UID:one@\r\n\tknock\r\n{lines}")).expect("it is ours");
            assert_eq!([1, 2, 3].map(|sequence| stored.has(sequence)), has, "{lines}");
        }
    }

    #[test]
    fn an_event_of_another_id_is_not_ours() {
        for lines in ["UID:one@knock2", "UID:two\r\nDESCRIPTION:UID:one@knock", "", ":", " one@knock", "\u{e9};:\u{e9}"]
        {
            assert!(stored(lines).is_none(), "{lines}");
        }
    }
}
