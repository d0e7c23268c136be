//! Knowledge of the AI agent in words.

use super::chat::StatusTone;
use super::number::{count, counted};
use super::span::until;
use knock_model::{Millis, SourceKind, SourceState};
use knock_wire::{KnowledgeSource, SourceStateWord, Word};

/// The largest number of questions with answers of a site.
pub(crate) const MOST_ANSWERS: usize = 500;
/// The largest number of sources of a site.
const MOST_SOURCES: usize = 50;
/// The largest number of passages of a site.
const MOST_PASSAGES: usize = 20_000;
/// The reason for which a file is not sent at all.
pub(crate) const TOO_LARGE: &str = "It is larger than 5 MiB.";
/// The file types that the file dialog offers first.
pub(crate) const FILE_TYPES: &str =
    ".txt,.md,.markdown,.html,.htm,.pdf,text/plain,text/markdown,text/html,application/pdf";

/// `12 of 500`.
pub(crate) fn of_most(number: usize, most: usize) -> String {
    format!("{} of {}", count(number as i64), count(most as i64))
}

/// The numbers of sources and passages, with their limits.
pub(crate) fn source_counts(sources: usize, passages: u32) -> String {
    let passages = of_most(passages as usize, MOST_PASSAGES);
    format!("{} sources, files included; {passages} passages", of_most(sources, MOST_SOURCES))
}

/// `2 files`.
pub(crate) fn files_words(files: usize) -> String {
    counted(files as i64, "file")
}

/// `14 passages`.
pub(crate) fn passage_words(passages: u32) -> String {
    counted(i64::from(passages), "passage")
}

/// The state of a source, and its urgency for a person.
pub(crate) fn source_state(state: &SourceStateWord) -> (&str, StatusTone) {
    match state {
        Word::Known(SourceState::Waiting) => ("Waiting", StatusTone::Open),
        Word::Known(SourceState::Reading) => ("Reading", StatusTone::Open),
        Word::Known(SourceState::Ready) => ("Ready", StatusTone::Good),
        Word::Known(SourceState::Failed) => ("Failed", StatusTone::Attention),
        Word::Unknown(word) => (word, StatusTone::Muted),
    }
}

/// The kind of a source; for a file, type and size.
pub(crate) fn source_kind(source: &KnowledgeSource) -> String {
    match &source.kind {
        Word::Known(SourceKind::Page) => "Page".to_owned(),
        Word::Known(SourceKind::Sitemap) => "Sitemap".to_owned(),
        Word::Known(SourceKind::File) => {
            let size = source.bytes.map(|bytes| format!(", {}", size_words(bytes))).unwrap_or_default();
            format!("{}{size}", file_type(source.content_type.as_deref().unwrap_or_default()))
        }
        Word::Unknown(word) => word.clone(),
    }
}

fn file_type(content_type: &str) -> &'static str {
    match content_type.split(';').next().unwrap_or_default() {
        "application/pdf" => "PDF",
        "text/html" => "HTML",
        "text/markdown" => "Markdown",
        "text/plain" => "Text",
        _ => "File",
    }
}

/// `812 bytes`, `12 KiB`, `1.4 MiB`.
pub(super) fn size_words(bytes: u64) -> String {
    match bytes {
        0..1_024 => counted(bytes as i64, "byte"),
        1_024..1_048_576 => format!("{} KiB", bytes / 1_024),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}

/// The address of a source, or the name of a file.
pub(crate) fn source_name(source: &KnowledgeSource) -> &str {
    source.name.as_deref().or(source.address.as_deref()).unwrap_or_default()
}

/// The next reading of a source; none for a file, and during a reading.
pub(crate) fn next_reading(source: &KnowledgeSource, now: Millis) -> Option<(String, Millis)> {
    let at = source.next_read_at?;
    Some((format!("next reading {}", until(at, now)), at))
}

/// The number of times that a question was asked.
pub(crate) fn asked_words(times: u32) -> String {
    match times {
        1 => "Asked once".to_owned(),
        2 => "Asked twice".to_owned(),
        more => format!("Asked {} times", count(i64::from(more))),
    }
}

/// The score of a known question for a message, 0 to 100.
pub(crate) fn score_words(score: u8) -> String {
    format!("score {score}")
}

/// Whether an address is one of the web: only these become links.
pub(crate) fn is_web_address(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn counts_stand_against_their_limits() {
        assert_eq!(of_most(12, MOST_ANSWERS), "12 of 500");
        assert_eq!(source_counts(3, 1_200), "3 of 50 sources, files included; 1,200 of 20,000 passages");
    }

    #[wasm_bindgen_test]
    fn a_file_is_named_with_type_and_size() {
        let file = |content_type: &str, bytes| {
            let source = sample::source(1, SourceKind::File, SourceState::Ready);
            source_kind(&KnowledgeSource { content_type: Some(content_type.to_owned()), bytes: Some(bytes), ..source })
        };
        assert_eq!(file("application/pdf", 1_468_006), "PDF, 1.4 MiB");
        assert_eq!(file("text/plain; charset=utf-8", 12_400), "Text, 12 KiB");
        assert_eq!(file("text/markdown", 1), "Markdown, 1 byte");
    }

    #[wasm_bindgen_test]
    fn every_state_has_a_word_and_only_a_failure_asks_for_attention() {
        for state in SourceState::ALL {
            let asks = source_state(&(*state).into()).1 == StatusTone::Attention;
            assert_eq!(asks, *state == SourceState::Failed, "{}", state.as_str());
        }
        assert_eq!(source_state(&Word::parse("resting")), ("resting", StatusTone::Muted));
    }

    #[wasm_bindgen_test]
    fn only_addresses_of_the_web_become_links() {
        for (address, expected) in
            [("https://a.test/", true), ("http://a.test", true), ("javascript:alert(1)", false), ("", false)]
        {
            assert_eq!(is_web_address(address), expected, "{address}");
        }
    }

    #[wasm_bindgen_test]
    fn the_next_reading_is_said_where_there_is_one() {
        let source = sample::source(1, SourceKind::Page, SourceState::Ready);
        let at = Millis(7_200_000);
        let due = KnowledgeSource { next_read_at: Some(at), ..source.clone() };
        assert_eq!(next_reading(&due, Millis(0)), Some(("next reading in 2 h".to_owned(), at)));
        assert_eq!(next_reading(&KnowledgeSource { next_read_at: None, ..source }, Millis(0)), None);
        assert_eq!(asked_words(1), "Asked once");
        assert_eq!(asked_words(1_200), "Asked 1,200 times");
    }
}
