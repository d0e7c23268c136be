//! Files that break the syntax of iCalendar where it does not matter.

use crate::{NOVEMBER, calendar, event, read, texts};
use proptest::prelude::*;

const BLOCK: &str = "2026-11-10T09:00Z/2026-11-10T10:00Z";

fn plain() -> String {
    calendar(&[&event("SUMMARY:Gespräch über Größe\nDTSTART;TZID=\"Europe/Berlin\":20261110T100000\nDURATION:PT1H")])
}

fn check(name: &str, bytes: &[u8]) {
    let found = read(bytes, NOVEMBER.0, NOVEMBER.1);
    assert_eq!((texts(&found.blocks), found.unread), (vec![BLOCK.to_owned()], vec![]), "{name}");
}

#[test]
fn encodings_and_ends_of_lines_do_not_matter() {
    let plain = plain();
    check("plain", plain.as_bytes());
    check("mark", format!("\u{feff}{plain}").as_bytes());
    check("LF", plain.replace("\r\n", "\n").as_bytes());
    check("CR", plain.replace("\r\n", "\r").as_bytes());
    check("CR CR LF", plain.replace("\r\n", "\r\r\n").as_bytes());
    check("mixed", plain.replacen("\r\n", "\n", 4).as_bytes());
    check("blank lines", plain.replace("\r\n", "\r\n\r\n").as_bytes());
    check("lower case", plain.to_lowercase().as_bytes());
    let latin: Vec<u8> = plain.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    check("Latin-1", &latin);
    let wide: Vec<u8> = format!("\u{feff}{plain}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("UTF-16", &wide);
    check("grouped", plain.replace("DTSTART", "item1.DTSTART").as_bytes());
    check("indented", plain.replace("\r\n", "\r\n    ").as_bytes());
    check(
        "no calendar around",
        plain.split_once("BEGIN:VEVENT").map(|(_, rest)| format!("BEGIN:VEVENT{rest}")).expect("it").as_bytes(),
    );
}

#[test]
fn lines_that_are_none_are_skipped() {
    for line in [
        "<br>",
        "(see below)",
        "no colon at all",
        ":",
        ";",
        "=:=",
        "10:00 we meet",
        "http://acme.example/x",
        "DTSTART",
        "SUMMARY;X=\"never ends:text",
        "DESCRIPTION:BEGIN:VALARM",
        "ATTENDEE;CN=\"Ann \\\"Boss\\\" Lee\":mailto:ann@acme.example",
        "X-APPLE-STRUCTURED-LOCATION;X-ADDRESS=\"1 Main St\\nSuite \\\"A\\\"\":geo:48.1,11.5",
        "\u{b}\u{1f}\u{0}",
        "END:VALARM",
        "END:NOTHING",
        "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nDURATION:PT9H",
    ] {
        check(
            line,
            plain()
                .replace(
                    "DURATION:PT1H",
                    &format!("{line}\r\nDURATION:PT1H").replace("DURATION:PT9H\r\n", "DURATION:PT9H\r\nEND:VALARM\r\n"),
                )
                .as_bytes(),
        );
    }
}

#[test]
fn control_characters_are_no_content() {
    check("in a title", plain().replace("Größe", "Gr\u{b}ö\u{1f}ße\u{0}").as_bytes());
    check("in a time", plain().replace("20261110T1", "2026\u{0}1110T\u{7f}1").as_bytes());
}

proptest! {
    #[test]
    fn folds_at_any_byte_give_the_same_blocks(places in prop::collection::btree_set(1usize..190, 0..20), end in 0usize..3) {
        let plain = plain();
        let end: &[u8] = [b"\r\n".as_slice(), b"\n", b"\r"][end];
        let mut folded = Vec::new();
        for (at, byte) in plain.bytes().enumerate() {
            // A fold stands within a line.
            let within = at > 0 && !matches!(byte, b'\r' | b'\n') && !matches!(plain.as_bytes()[at - 1], b'\r' | b'\n');
            if within && places.contains(&at) {
                folded.extend_from_slice(end);
                folded.push(b' ');
            }
            folded.push(byte);
        }
        let found = read(&folded, NOVEMBER.0, NOVEMBER.1);
        prop_assert_eq!(texts(&found.blocks), [BLOCK]);
        prop_assert_eq!(found.unread.len(), 0);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0usize..200) {
        let mut text = plain().into_bytes();
        let at = at.min(text.len());
        text.splice(at..at, bytes);
        read(&text, NOVEMBER.0, NOVEMBER.1);
    }
}
