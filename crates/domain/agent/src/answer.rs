//! Finding the team's answer to a question.

use alloc::collections::BTreeSet;
use alloc::string::String;

/// Words that say nothing of what is asked.
static COMMON: &str = "a an and are at be can do does for from have how i in is it me my of on or our that the there to we what when where which who with you your";
/// The share of a known question's words that must be asked for.
const ENOUGH: f64 = 0.6;

/// A question the team expects, and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub question: String,
    /// What to answer.
    pub answer: String,
}

/// The answer whose question shares the most words with the text, if it shares enough.
pub fn best_answer<'a>(text: &str, answers: &'a [Answer]) -> Option<&'a Answer> {
    let asked = words(text);
    let shared = |answer: &Answer| {
        let known = words(&answer.question);
        let count = known.iter().filter(|word| asked.contains(*word)).count();
        if known.is_empty() { 0.0 } else { count as f64 / known.len() as f64 }
    };
    let scored = answers.iter().map(|answer| (shared(answer), answer));
    scored.filter(|(share, _)| *share >= ENOUGH).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, answer)| answer)
}

fn words(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = parts.map(str::to_lowercase).filter(|word| !COMMON.split(' ').any(|common| common == word));
    words.map(|word| word.strip_suffix('s').map_or(word.clone(), String::from)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_found_by_its_words() {
        let answer = |question: &str| Answer { question: question.into(), answer: question.into() };
        let known =
            [answer("Where is my data stored?"), answer("Do you have an API?"), answer("How long is the trial?")];
        let cases = [
            ("where do you store data? I mean is data stored in the EU", Some("Where is my data stored?")),
            ("is there an api", Some("Do you have an API?")),
            ("APIs?", Some("Do you have an API?")),
            ("we need a quote for 200 people", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(best_answer(text, &known).map(|found| found.question.as_str()), expected, "{text}");
        }
    }
}
