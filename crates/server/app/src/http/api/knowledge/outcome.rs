//! What the AI agent does with a message, in one line: it is kept, and compared with what it does later.

use knock_wire::{FoundAnswer, FoundIn, KnowledgeTried};

/// The longest outcome, in characters.
pub(super) const LONGEST_OUTCOME: usize = 1_000;

/// The answers, offers and act in words. The same words mean that the agent does the same.
pub(super) fn outcome(tried: &KnowledgeTried) -> String {
    let answers = tried.found.iter().chain(&tried.more).map(answer);
    let offers = tried.offered.iter().map(|offer| quoted(&offer.question)).collect::<Vec<_>>().join(", ");
    let offers = (!offers.is_empty()).then(|| format!("Offers: {offers}"));
    let act = tried.act.as_ref().map(|act| format!("Act: {}", act.replace('_', " ")));
    let parts: Vec<String> = answers.chain(offers).chain(act).collect();
    if parts.is_empty() {
        return "No answer".to_owned();
    }
    parts.join("; ").chars().take(LONGEST_OUTCOME).collect()
}

fn answer(found: &FoundAnswer) -> String {
    match &found.source {
        FoundIn::Question { question, .. } => format!("Answer: {}", quoted(question)),
        FoundIn::Page { title, url } if title.is_empty() => format!("Page: {url}"),
        FoundIn::Page { title, .. } => format!("Page: {}", quoted(title)),
        FoundIn::File { name } => format!("File: {}", quoted(name)),
    }
}

fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{AnswerId, Millis};
    use knock_wire::OfferedQuestion;

    fn id() -> AnswerId {
        AnswerId::new(Millis(1), &[0; 10])
    }

    #[test]
    fn an_outcome_names_answers_offers_and_act() {
        let found = |source| FoundAnswer { text: "Yes.".into(), source, confidence: 80 };
        let question = found(FoundIn::Question { id: id(), question: "Norway?".into() });
        let page = found(FoundIn::Page { title: String::new(), url: "https://a.test/".into() });
        let offered = |text: &str| OfferedQuestion { id: id(), question: text.into() };
        for (tried, expected) in [
            (KnowledgeTried::default(), "No answer"),
            (KnowledgeTried { act: Some("asks_human".into()), ..KnowledgeTried::default() }, "Act: asks human"),
            (
                KnowledgeTried { found: Some(question), more: vec![page], ..KnowledgeTried::default() },
                "Answer: \u{201c}Norway?\u{201d}; Page: https://a.test/",
            ),
            (
                KnowledgeTried { offered: vec![offered("A?"), offered("B?")], ..KnowledgeTried::default() },
                "Offers: \u{201c}A?\u{201d}, \u{201c}B?\u{201d}",
            ),
        ] {
            assert_eq!(outcome(&tried), expected);
        }
    }
}
