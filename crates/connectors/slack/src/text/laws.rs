//! Laws of texts, for any text.

use super::escape::unescaped;
use super::{Mrkdwn, Names, cut, from_slack, mentioned, pieces, to_slack};
use proptest::prelude::*;

/// Texts with much in them that Slack could take for markup.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,6}",
        Just("<!channel>".to_owned()),
        Just("<@U012AB3CD>".to_owned()),
        Just("<#C012AB3CD|general>".to_owned()),
        Just("<https://evil.example|https://bank.example>".to_owned()),
        Just("<!date^1^{date}^https://evil.example|x>".to_owned()),
        Just("<!subteam^S1>".to_owned()),
        Just("&lt;!here&gt;".to_owned()),
        Just("&amp;lt;".to_owned()),
        Just("@channel @here".to_owned()),
        Just("\n> quoted\n".to_owned()),
        Just("*b* _i_ ~s~ `c`".to_owned()),
        "[<>&|!@#^*_~`:;a-z\n ]{0,12}",
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// Whether Slack finds markup, by its own rules: an unescaped bracket.
fn has_markup(slack: &str) -> bool {
    let entity = |rest: &str| ["&amp;", "&lt;", "&gt;"].iter().any(|entity| rest.starts_with(entity));
    slack.char_indices().any(|(at, character)| match character {
        '<' | '>' => true,
        '&' => !entity(&slack[at..]),
        _ => false,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn no_text_has_markup_and_all_reads_back(text in texts()) {
        let slack = to_slack(&text);
        prop_assert!(!has_markup(&slack), "{slack}");
        prop_assert!(mentioned(&slack).is_empty(), "{slack}");
        prop_assert_eq!(unescaped(&slack), text);
    }

    /// Without emoji, which are read as characters.
    #[test]
    fn a_text_comes_back_from_slack_as_it_was(text in texts()) {
        let text = text.replace(':', ";");
        prop_assert_eq!(from_slack(&to_slack(&text), &Names::default()), text);
    }

    #[test]
    fn pieces_are_the_text_and_none_is_too_long(text in texts(), limit in 6_usize..40) {
        let pieces = pieces(&text, limit);
        prop_assert_eq!(unescaped(&pieces.concat()), &*text);
        for piece in &pieces {
            prop_assert!(!piece.is_empty() && !has_markup(piece), "{piece}");
            prop_assert!(piece.encode_utf16().count() <= limit, "{piece}");
        }
        let cut = cut(&text, limit);
        prop_assert!(!has_markup(&cut.text) && cut.text.encode_utf16().count() <= limit, "{}", cut.text);
        prop_assert_eq!(cut.is_whole, unescaped(&cut.text) == text);
    }

    #[test]
    fn a_text_in_markup_of_ours_makes_none(text in texts()) {
        let made = Mrkdwn::new().text(&text);
        prop_assert!(!has_markup(made.as_str()) && !made.as_str().contains('\n'), "{}", made.as_str());
        let link = Mrkdwn::new().link("https://k.example/", &text);
        let inside = &link.as_str()[1..link.as_str().len() - 1];
        prop_assert!(!has_markup(inside) && inside.matches('|').count() == 1, "{inside}");
        let whole = made.link("https://k.example/", &text).text(&text);
        let brackets = |markup: &str| (markup.matches('<').count(), markup.matches('>').count());
        for limit in [1, 5, 20, 50, 80] {
            let cut = whole.cut(limit);
            prop_assert!(cut.encode_utf16().count() <= limit, "{cut}");
            prop_assert!(matches!(brackets(&cut), (0, 0) | (1, 1)), "{cut}");
            prop_assert!(!has_markup(&cut.replace(link.as_str(), "")), "{cut}");
        }
        let mention = Mrkdwn::new().mention(&text);
        prop_assert_eq!(mention.as_str().matches(['<', '>', '|', '!']).count(), 2);
    }

    #[test]
    fn anything_that_slack_may_send_is_read(text in "[<>&|!@#^*_~`:;A-Za-z0-9/.\n -]{0,60}") {
        let read = from_slack(&text, &Names::default());
        // Something of every text is seen.
        prop_assert!(text.trim().is_empty() == read.trim().is_empty(), "{read}");
    }
}
