//! The words of a message that a member wrote in Slack, as the lead reads them.

use knock_agent::Language;
use knock_model::Email;
use knock_ports::Lead;

/// What a message says: its text, then each message that it forwards, marked as such.
pub(super) fn composed(text: &str, forwarded: &[String], language: Language) -> String {
    let label = match language {
        Language::En => "Forwarded message",
        Language::De => "Weitergeleitete Nachricht",
        Language::Fr => "Message transf\u{e9}r\u{e9}",
        Language::Es => "Mensaje reenviado",
    };
    let said = forwarded.iter().map(|words| words.trim()).filter(|words| !words.is_empty());
    let marked = said.map(|words| format!("{label}:\n{words}"));
    let text = std::iter::once(text.trim().to_owned()).filter(|text| !text.is_empty());
    text.chain(marked).collect::<Vec<_>>().join("\n\n")
}

/// The correction of a message that was sent.
pub(super) fn corrected(words: &str, language: Language) -> String {
    let label = match language {
        Language::En | Language::Fr => "Correction",
        Language::De => "Korrektur",
        Language::Es => "Correcci\u{f3}n",
    };
    // French sets a space before the colon.
    let space = if language == Language::Fr { "\u{a0}" } else { "" };
    format!("{label}{space}: {words}")
}

/// The hint to who answers a lead by form whom no message reaches from here.
pub(super) fn unreached(lead: Option<&Lead>) -> String {
    let why = match lead {
        Some(lead) if lead.is_spam => "they are marked as spam",
        _ => "mail is not set up, they have unsubscribed, or mail to them was returned",
    };
    let email = lead.and_then(|lead| lead.email.as_ref()).map(Email::to_text);
    let way = email.map(|email| format!(" Their address is {email}.")).unwrap_or_default();
    format!("Nothing was sent: this lead has not chatted, and nothing is mailed to them ({why}).{way}")
}

/// Whether two texts have the same words, beside the marks of bold, slanted, struck and code, and beside space.
pub(super) fn says_the_same(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let plain = text.replace(['\u{200b}', '\u{feff}'], "");
        plain.split_whitespace().map(|word| word.trim_matches(['*', '_', '~', '`']).to_owned()).collect()
    };
    words(one) == words(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forwarded_is_marked() {
        let composed = |text: &str, forwarded: &[&str]| {
            let forwarded: Vec<String> = forwarded.iter().map(|&words| words.to_owned()).collect();
            composed(text, &forwarded, Language::En)
        };
        assert_eq!(composed("Hello", &[]), "Hello");
        assert_eq!(composed("", &["Price is 20"]), "Forwarded message:\nPrice is 20");
        assert_eq!(
            composed("see this:", &["one", " ", "two"]),
            "see this:\n\nForwarded message:\none\n\nForwarded message:\ntwo"
        );
        assert_eq!(composed(" ", &[""]), "");
    }

    #[test]
    fn a_correction_says_so_in_the_language_of_the_lead() {
        for (language, expected) in [
            (Language::En, "Correction: It is 25"),
            (Language::De, "Korrektur: It is 25"),
            (Language::Fr, "Correction\u{a0}: It is 25"),
            (Language::Es, "Correcci\u{f3}n: It is 25"),
        ] {
            assert_eq!(corrected("It is 25", language), expected);
        }
    }

    #[test]
    fn marks_and_space_are_no_words() {
        for (one, other, expected) in [
            ("It is 20", "It is *20*", true),
            ("It is 20", "It is  20 ", true),
            ("It is 20", "It is\n20", true),
            ("`x` _y_", "x y", true),
            ("It is 20", "It is 25", false),
            ("It is 20", "It is 20!", false),
            ("It is 20", "it is 20", false),
            ("now here", "nowhere", false),
            ("54", "5*4", false),
        ] {
            assert_eq!(says_the_same(one, other), expected, "{one} {other}");
        }
    }
}
