//! The language of a message.

use knock_agent::Language;
use knock_ports::{Message, MessageAuthor};
use whatlang::{Detector, Lang};

/// The minimum number of letters for detection: shorter texts are too similar in all languages.
const SHORTEST: usize = 12;

/// Words of nearly every short message in a language that the other languages do not have.
const TELLING: [(Language, &str); 4] = [
    (
        Language::En,
        "hi hello hey the what how much is are you we need price please thanks thank with does do can my it i'm your have would like good morning evening someone",
    ),
    (
        Language::De,
        "hallo guten tag moin servus was wie kostet kosten das der die ist ich wir brauchen bitte danke und ein eine mit für nicht kann können gibt mein meine morgen abend einen hilfe",
    ),
    (
        Language::Fr,
        "bonjour bonsoir salut coucou quel quels combien coûte est je nous avons vous merci le la les un une des pour avec pas peut mon votre besoin aide",
    ),
    (
        Language::Es,
        "hola buenas buenos días tardes cuánto cuánto cuesta es qué necesito necesitamos gracias el los las una por para con no puedo mi su precio ayuda quiero",
    ),
];

/// Returns the language of a message; none if it is not clear.
pub(crate) fn language_of(text: &str) -> Option<Language> {
    by_words(text).or_else(|| by_letters(text))
}

/// Returns the language of a lead: that of the last message with a clear language, else that of the browser.
pub(crate) fn language_of_chat(messages: &[Message], browser: Language) -> Language {
    let mut written = messages.iter().rev().filter(|message| message.author == MessageAuthor::Lead);
    written.find_map(|message| language_of(&message.text)).unwrap_or(browser)
}

/// Returns the language with the most typical words in a message; none on a tie.
fn by_words(text: &str) -> Option<Language> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|sign: char| !(sign.is_alphanumeric() || sign == '\'')).collect();
    let count = |telling: &str| words.iter().filter(|word| telling.split(' ').any(|known| known == **word)).count();
    let mut counts = TELLING.map(|(language, telling)| (count(telling), language));
    counts.sort_by_key(|(count, _)| *count);
    let [.., (second, _), (most, language)] = counts;
    (most > second).then_some(language)
}

fn by_letters(text: &str) -> Option<Language> {
    if text.chars().filter(|sign| sign.is_alphabetic()).count() < SHORTEST {
        return None;
    }
    let detector = Detector::with_allowlist(vec![Lang::Eng, Lang::Deu, Lang::Fra, Lang::Spa]);
    match detector.detect(text).filter(whatlang::Info::is_reliable)?.lang() {
        Lang::Eng => Some(Language::En),
        Lang::Deu => Some(Language::De),
        Lang::Fra => Some(Language::Fr),
        Lang::Spa => Some(Language::Es),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{MessageChannel, MessageId, Millis, RepId};
    use std::fs;

    #[test]
    fn short_messages_have_a_language() {
        for (text, expected) in [
            ("hi", Some(Language::En)),
            ("Hallo!", Some(Language::De)),
            ("bonjour", Some(Language::Fr)),
            ("Hola", Some(Language::Es)),
            ("Was kostet das?", Some(Language::De)),
            ("quels sont vos tarifs ?", Some(Language::Fr)),
            ("¿cuánto cuesta?", Some(Language::Es)),
            ("asdf qwer", None),
            ("👍", None),
            ("", None),
        ] {
            assert_eq!(language_of(text), expected, "{text}");
        }
    }

    #[test]
    fn the_language_is_that_of_the_last_clear_message_of_the_lead() {
        for (said, expected) in [
            (&[('l', "Was kostet das?"), ('l', "ok"), ('r', "How much do you need?")][..], Language::De),
            (&[('l', "Was kostet das?"), ('l', "bonjour")], Language::Fr),
            (&[('l', "👍"), ('a', "Hallo!")], Language::Es),
            (&[], Language::Es),
        ] {
            let message = |(seq, (author, text)): (u64, &(char, &str))| Message {
                seq,
                id: MessageId::new(Millis(1), &[0; 10]),
                author: match author {
                    'l' => MessageAuthor::Lead,
                    'a' => MessageAuthor::AiAgent,
                    _ => MessageAuthor::Rep(RepId::new([1; 16])),
                },
                text: (*text).to_owned(),
                at: Millis(1),
                choices: Vec::new(),
                source: None,
                unanswered: None,
                files: Vec::new(),
                card: None,
                channel: MessageChannel::Chat,
            };
            let messages: Vec<_> = (1..).zip(said).map(message).collect();
            assert_eq!(language_of_chat(&messages, Language::Es), expected, "{said:?}");
        }
    }

    /// Own messages with the language that they were written in.
    #[test]
    fn own_messages_rarely_get_a_wrong_language() {
        let (mut right, mut wrong, mut unknown) = (0, 0, 0);
        for pass in ["pass-a", "pass-b"] {
            let path = format!("{}/../../../tests/eval/messages/{pass}.jsonl", env!("CARGO_MANIFEST_DIR"));
            for line in fs::read_to_string(path).expect("the messages").lines() {
                let message: serde_json::Value = serde_json::from_str(line).expect("a message");
                let expected = Language::parse(message["language"].as_str().expect("a language"));
                match (language_of(message["text"].as_str().expect("a text")), expected) {
                    (None, _) => unknown += 1,
                    (found, expected) if found == expected => right += 1,
                    _ => wrong += 1,
                }
            }
        }
        assert!(right > 1_280 && wrong < 20, "{right} right, {wrong} wrong, {unknown} unknown");
    }
}
