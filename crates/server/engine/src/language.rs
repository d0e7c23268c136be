//! The language of a message.

use knock_agent::{Language, Spoken, language_after, spoken};
use knock_ports::{Message, MessageAuthor};
use knock_wire::Texts;

/// Returns the language of a message; none if it is not clear, or none that the agent speaks.
pub(crate) fn language_of(text: &str) -> Option<Language> {
    match spoken(text) {
        Some(Spoken::Own(language)) => Some(language),
        _ => None,
    }
}

/// Returns the language of a lead: that of the last message with a clear language, else that of the browser.
pub(crate) fn language_of_chat(messages: &[Message], browser: Language) -> Language {
    let mut written = messages.iter().rev().filter(|message| message.author == MessageAuthor::Lead);
    let clear = written.find_map(|message| language_of(&message.text));
    language_after(clear.map(Spoken::Own), None, browser)
}

/// Returns the text in a language, else the English one, else the first, with its language; none of no text.
pub(crate) fn chosen(texts: &Texts, language: Language) -> Option<(Language, &str)> {
    let has_words = |text: &&String| !text.trim().is_empty();
    let named = |language: Language| Some((language, texts.get(language.as_str()).filter(has_words)?.as_str()));
    let first = || {
        let (code, text) = texts.iter().find(|(_, text)| has_words(text))?;
        Some((Language::parse(code).unwrap_or(Language::En), text.as_str()))
    };
    named(language).or_else(|| named(Language::En)).or_else(first)
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
            ("no", None),
            ("why", None),
            ("Why was I billed twice?", Some(Language::En)),
            ("vorrei un preventivo", None),
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

    #[test]
    fn the_language_of_the_lead_comes_first_then_english_then_any() {
        let texts =
            |of: &[(&str, &str)]| of.iter().map(|(code, text)| ((*code).to_owned(), (*text).to_owned())).collect();
        let all: Texts = texts(&[("de", "Hallo"), ("en", "Hello"), ("fr", " ")]);
        assert_eq!(chosen(&all, Language::De), Some((Language::De, "Hallo")));
        assert_eq!(chosen(&all, Language::Fr), Some((Language::En, "Hello")), "an empty text is none");
        assert_eq!(chosen(&texts(&[("es", "Hola")]), Language::De), Some((Language::Es, "Hola")));
        assert_eq!(chosen(&Texts::new(), Language::De), None);
    }
}
