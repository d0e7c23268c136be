//! Laws of all kinds of text, for any text.

use super::*;
use alloc::vec::Vec;
use proptest::prelude::*;

/// Any text, with more of what is dangerous than chance would put in.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[ -~]{0,12}",
        proptest::sample::select(alloc::vec![
            "\r\n",
            "\n",
            "\r",
            "\0",
            "\u{85}",
            "\u{2028}",
            "\u{202e}",
            "\u{2066}",
            "\u{200f}",
            "\u{61c}",
            "\u{200d}",
            "\u{3000}",
            "https://evil.example/x",
            "evil.com",
            "www.",
            "Bcc: a@b.de",
            "BEGIN:VEVENT",
            "\"",
            "<",
            ">",
            ",",
            ";",
            ":",
            "\\",
            " ",
        ])
        .prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// What holds for a parsed text and its second parsing.
fn check(kind: &str, (text, again): (&str, &str), max: usize, has_lines: bool) {
    assert_eq!(text, again, "{kind} changes what it parsed");
    assert!(text.chars().count() <= max, "{kind} is too long");
    assert_eq!(text, text.trim(), "{kind} has space around it");
    let allowed = |c: char| has_lines && c == '\n';
    let wrong: Vec<char> = text
        .chars()
        .filter(|c| {
            let is_break = matches!(c, '\u{2028}' | '\u{2029}');
            let is_turn =
                matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            (c.is_control() && !allowed(*c)) || is_break || is_turn
        })
        .collect();
    assert_eq!(wrong, [], "{kind}: {text:?}");
}

macro_rules! check_kinds {
    ($text:expr; $($name:ident $has_lines:literal),+) => {
        $(
            let parsed = $name::parse($text);
            check(stringify!($name), (&parsed, &$name::parse(&parsed)), $name::MAX, $has_lines);
        )+
    };
}

proptest! {
    #[test]
    fn any_text_becomes_a_clean_one_that_stays_as_it_is(text in hostile(), times in 1_usize..30) {
        for text in [&text, &text.repeat(times)] {
            check_kinds!(
                text;
                PersonName false, Subject false, Label false, Location false, Answer true, Reason true, Description true
            );
        }
    }

    // A shorter host may be a title before a name, as in `Dr.Li`.
    #[test]
    fn no_name_holds_a_web_address(before in "[a-zA-Z .,(]{0,12}", scheme in "(https?://)?", host in "([bqxz][a-z]{1,3}|[a-z]{5,9})\\.(com|example|de|co\\.uk|xyz)", path in "(/[a-z]{0,5})?") {
        let name = PersonName::parse(&alloc::format!("{before} {scheme}{host}{path} Lee"));
        prop_assert!(!name.contains(&*host), "{}", name);
    }

    #[test]
    fn masking_cards_of_any_text_ends_and_stays(text in "[0-9 a+\\-\u{e4}]{0,60}") {
        let masked = without_cards(&text).into_owned();
        prop_assert_eq!(without_cards(&masked).into_owned(), masked);
    }
}
