//! Test sentences of the AI agent, in words.

use super::chat::StatusTone;
use super::number::counted;
use knock_wire::{TestResult, TestSentenceDraft};

/// The most sentences of a site.
pub(crate) const MOST_SENTENCES: usize = 200;

/// The badge of a sentence, and what the agent does with it; no badge where it does what was accepted.
pub(crate) fn result_words(result: &TestResult) -> (Option<(&'static str, StatusTone)>, String) {
    let now = &result.now;
    match &result.accepted {
        None => (Some(("New", StatusTone::Open)), format!("Now: {now}")),
        Some(accepted) if accepted == now => (None, format!("As accepted: {now}")),
        Some(accepted) => (Some(("Changed", StatusTone::Attention)), format!("Was: {accepted}; now: {now}")),
    }
}

/// How many there are, and how many differ from what was accepted.
pub(crate) fn summary_words(results: &[TestResult]) -> String {
    let of = |accepts: fn(&TestResult) -> bool| results.iter().filter(|result| accepts(result)).count();
    let new = of(|result| result.accepted.is_none());
    let changed = of(|result| result.accepted.as_ref().is_some_and(|accepted| *accepted != result.now));
    format!("{}: {changed} changed, {new} new", counted(results.len() as i64, "sentence"))
}

/// The sentences as they are, with what was accepted.
pub(crate) fn kept(results: &[TestResult]) -> Vec<TestSentenceDraft> {
    let draft =
        |result: &TestResult| TestSentenceDraft { text: result.text.clone(), accepted: result.accepted.clone() };
    results.iter().map(draft).collect()
}

/// The sentences, with what the agent does now accepted.
pub(crate) fn accepted(results: &[TestResult]) -> Vec<TestSentenceDraft> {
    let draft =
        |result: &TestResult| TestSentenceDraft { text: result.text.clone(), accepted: Some(result.now.clone()) };
    results.iter().map(draft).collect()
}

/// The typed sentences, one a line, without those that are there already.
pub(crate) fn typed_sentences(text: &str, known: &[TestSentenceDraft]) -> Vec<TestSentenceDraft> {
    let mut new: Vec<TestSentenceDraft> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if known.iter().chain(&new).all(|other| other.text != line) {
            new.push(TestSentenceDraft { text: line.to_owned(), accepted: None });
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn result(now: &str, accepted: Option<&str>) -> TestResult {
        TestResult {
            text: "hi".to_owned(),
            now: now.to_owned(),
            accepted: accepted.map(str::to_owned),
            accepted_at: None,
        }
    }

    #[wasm_bindgen_test]
    fn a_result_that_differs_from_what_was_accepted_says_both() {
        let same = result("No answer", Some("No answer"));
        let (new, changed) = (result("No answer", None), result("Act: greeting", Some("No answer")));
        assert_eq!(result_words(&same), (None, "As accepted: No answer".to_owned()));
        assert_eq!(result_words(&new), (Some(("New", StatusTone::Open)), "Now: No answer".to_owned()));
        let was = "Was: No answer; now: Act: greeting".to_owned();
        assert_eq!(result_words(&changed), (Some(("Changed", StatusTone::Attention)), was));
        let all = [same, new, changed];
        assert_eq!(summary_words(&all), "3 sentences: 1 changed, 1 new");
        assert_eq!(kept(&all)[2].accepted.as_deref(), Some("No answer"));
        assert_eq!(accepted(&all)[2].accepted.as_deref(), Some("Act: greeting"));
    }

    #[wasm_bindgen_test]
    fn typed_lines_are_sentences_each_once() {
        let known = kept(&[result("No answer", None)]);
        let typed = typed_sentences(" hi \n\nWhere is my parcel?\r\nbye\nbye", &known);
        let texts: Vec<&str> = typed.iter().map(|draft| draft.text.as_str()).collect();
        assert_eq!(texts, ["Where is my parcel?", "bye"]);
    }
}
