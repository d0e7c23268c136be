//! What the agent says.

use crate::answer::{Answer, best_answer};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use knock_model::IntentType;

/// What is known when a lead has written.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// What the lead wrote now.
    pub text: &'a str,
    /// The lead's intent type after this message.
    pub intent: IntentType,
    /// Whether to ask what the lead wants (IF-09).
    pub asks: bool,
    /// What the agent has said so far.
    pub said: &'a [&'a str],
    /// Which message of the lead this is, from 1.
    pub nth: usize,
    /// The rep the chat was given to.
    pub rep: Option<&'a str>,
    /// What the team expects to be asked.
    pub answers: &'a [Answer],
}

/// The first words of a chat; the agent says what it is.
pub fn greeting(workspace: &str) -> String {
    format!(
        "Hi! I'm the AI agent of {workspace}. Ask me anything, or tell me what you need and I'll bring in the right person."
    )
}

/// What the agent answers to a message; nothing once a human has the conversation.
pub fn reply(known: &Known<'_>) -> Vec<String> {
    if let Some(found) = best_answer(known.text, known.answers) {
        let then = if known.asks { Some(QUESTION.to_string()) } else { handover(known).filter(|_| known.nth == 1) };
        return [Some(found.answer.clone()), then].into_iter().flatten().collect();
    }
    if known.asks {
        return Vec::from([QUESTION.to_string()]);
    }
    let has_asked = known.said.contains(&QUESTION);
    // Said once: at the first message, or at the one that answers the question.
    let is_time = known.nth == 1 || (known.nth == 2 && has_asked);
    if is_time { handover(known).into_iter().collect() } else { Vec::new() }
}

const QUESTION: &str = "Thanks for writing! So that I bring in the right person: is this about buying, partnering \
     with us, support for something you use already, or a job?";

fn handover(known: &Known<'_>) -> Option<String> {
    let rep = known.rep?;
    Some(match known.intent {
        IntentType::Buying => {
            format!("Great, {rep} from our team can help with that and has been told. They'll answer right here.")
        }
        IntentType::Partnership => format!("Thanks! {rep} looks after partners and will answer right here."),
        IntentType::Support => format!("I've told {rep}, who will look into it and answer right here."),
        IntentType::JobSeeker => format!("Nice that you'd like to join! {rep} will get back to you right here."),
        IntentType::Unknown => format!("I've told {rep} from our team; they'll answer right here."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, (intent, asks): (IntentType, bool), said: &[&str], nth: usize, expected: &[&str]) {
        let answers = [Answer { question: "Do you have an API?".into(), answer: "Yes, see /docs/api.".into() }];
        let known = Known { text, intent, asks, said, nth, rep: Some("Ann"), answers: &answers };
        let said = reply(&known);
        assert_eq!(said.len(), expected.len(), "{said:?}");
        for (said, part) in said.iter().zip(expected) {
            assert!(said.contains(part), "{said}");
        }
    }

    #[test]
    fn it_answers_asks_once_and_hands_over() {
        check("hi", (IntentType::Unknown, true), &[], 1, &["is this about buying"]);
        check("hm", (IntentType::Unknown, false), &[QUESTION], 2, &["I've told Ann"]);
        check("a quote", (IntentType::Buying, false), &[QUESTION], 2, &["Ann from our team"]);
        check("hello?", (IntentType::Unknown, false), &[QUESTION], 3, &[]);
        check("we need a quote", (IntentType::Buying, false), &[], 1, &["Ann from our team"]);
        check("for 200 people", (IntentType::Buying, false), &[], 2, &[]);
        check("we are interested", (IntentType::Buying, true), &[], 1, &["is this about buying"]);
        check("do you have an API", (IntentType::Unknown, true), &[], 1, &["see /docs/api", "is this about buying"]);
        check("do you have an API", (IntentType::Buying, false), &[], 2, &["see /docs/api"]);
        check("do you have an API", (IntentType::Buying, false), &[], 1, &["see /docs/api", "Ann"]);
    }

    #[test]
    fn it_says_that_it_is_an_ai() {
        assert!(greeting("Acme").contains("AI agent of Acme"));
    }
}
