//! The reason for what the AI agent does with a message, as one sentence for the team.

use knock_agent::{Act, Understood};
use knock_ports::{Consulted, Found, FoundIn};

/// The most words that a reason names.
const MOST_WORDS: usize = 4;

/// Why the agent answers, offers questions, or does neither.
pub(super) fn why(understood: &Understood, consulted: &Consulted) -> String {
    if !understood.is_searched() {
        let does = understood.main().map_or("asks nothing", does);
        return format!("Not searched: the message only {does}.");
    }
    match (consulted.found.first(), consulted.offered.len()) {
        (Some(found), _) => answered(found, consulted),
        (None, 0) if consulted.scores.is_empty() => "Nothing in the knowledge has words of the message.".to_owned(),
        (None, 0) => "Nothing was close enough.".to_owned(),
        (None, 1) => "Offered: one question is close, but not close enough to answer.".to_owned(),
        (None, offered) => format!("Offered: {} questions are close.", if offered == 2 { "two" } else { "three" }),
    }
}

fn answered(found: &Found, consulted: &Consulted) -> String {
    let scored = consulted.scores.iter().find(|scored| scored.source == found.source);
    let words = scored.map(|scored| scored.words.as_slice()).unwrap_or_default();
    let of = match &found.source {
        FoundIn::Question { question, .. } => format!("\u{201c}{question}\u{201d}"),
        FoundIn::Page { title, url } if title.is_empty() => format!("the page {url}"),
        FoundIn::Page { title, .. } => format!("the page \u{201c}{title}\u{201d}"),
        FoundIn::File { name } => format!("the file \u{201c}{name}\u{201d}"),
    };
    let quoted: Vec<String> = words.iter().take(MOST_WORDS).map(|word| format!("'{word}'")).collect();
    match quoted.as_slice() {
        [] => format!("Answered: {of} is close enough."),
        [word] => format!("Answered: the word {word} is one of {of}."),
        words => format!("Answered: the words {} are those of {of}.", words.join(", ")),
    }
}

/// An act as the end of "the message ...".
fn does(act: Act) -> &'static str {
    match act {
        Act::Greeting => "greets",
        Act::Thanks => "thanks",
        Act::Bye => "says goodbye",
        Act::Ok => "agrees",
        Act::Yes => "says yes",
        Act::No => "says no",
        Act::AsksBot => "asks whether it talks with a machine",
        Act::AsksCapabilities => "asks what the agent can do",
        Act::AsksIdentity => "asks for the name of the other side",
        Act::AsksHuman => "asks for a person",
        Act::CallMe => "asks for a call",
        Act::AsksHours => "asks when the team is there",
        Act::Complaint => "complains",
        Act::Insult => "insults",
        Act::AsksMeeting => "asks for a meeting",
        Act::RescheduleMeeting => "asks to move a meeting",
        Act::CancelMeeting => "asks to cancel a meeting",
        Act::AsksOrderStatus => "asks for the state of an order",
        Act::GivesEmail => "gives an e-mail address",
        Act::GivesName => "gives a name",
        Act::GivesPhone => "gives a telephone number",
        Act::GivesCardNumber => "gives the number of a payment card",
        Act::AsksPrivacy => "asks about personal data",
        Act::PromptInjection => "gives orders to the agent",
        Act::SeveralQuestions => "asks several questions",
        Act::Noise => "has nothing that can be read",
        Act::Job => "is about a job",
        Act::Partnership => "is about a partnership",
        Act::SupportProblem => "reports a problem",
        Act::BuyingIntent => "wants to buy",
        Act::OtherLanguage => "is in a language that the agent does not speak",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{AnswerId, Millis};
    use knock_ports::{OfferedQuestion, Scored};

    fn question() -> FoundIn {
        FoundIn::Question { id: AnswerId::new(Millis(1), &[0; 10]), question: "How do I cancel?".into() }
    }

    fn answered_by(source: FoundIn, words: &[&str]) -> Consulted {
        let scored =
            Scored { source: source.clone(), score: 90, words: words.iter().map(|word| (*word).to_owned()).collect() };
        let found = Found { text: "By mail.".into(), source, confidence: 90 };
        Consulted { found: vec![found], scores: vec![scored], ..Consulted::default() }
    }

    fn offered(questions: usize) -> Consulted {
        let offered = OfferedQuestion { id: AnswerId::new(Millis(1), &[0; 10]), question: "How do I cancel?".into() };
        Consulted { offered: vec![offered; questions], ..Consulted::default() }
    }

    #[test]
    fn a_reason_names_words_offers_and_what_was_close() {
        let page = FoundIn::Page { title: "Shipping".into(), url: "https://a.test/shipping".into() };
        let close = Consulted { found: Vec::new(), ..answered_by(question(), &["cancel"]) };
        for (consulted, expected) in [
            (
                answered_by(question(), &["cancel", "month"]),
                "Answered: the words 'cancel', 'month' are those of \u{201c}How do I cancel?\u{201d}.",
            ),
            (
                answered_by(question(), &["cancel"]),
                "Answered: the word 'cancel' is one of \u{201c}How do I cancel?\u{201d}.",
            ),
            (answered_by(page, &[]), "Answered: the page \u{201c}Shipping\u{201d} is close enough."),
            (offered(1), "Offered: one question is close, but not close enough to answer."),
            (offered(2), "Offered: two questions are close."),
            (close, "Nothing was close enough."),
            (Consulted::default(), "Nothing in the knowledge has words of the message."),
        ] {
            assert_eq!(why(&Understood::default(), &consulted), expected);
        }
    }

    #[test]
    fn every_act_ends_the_sentence() {
        for act in Act::ALL {
            assert!(does(*act).split(' ').next().is_some_and(|verb| verb.ends_with('s')), "{}", act.as_str());
        }
    }
}
