//! What the agent says.

use crate::answer::{Answer, best_answer};
use crate::language::Language;
use crate::texts;
use crate::understood::choices;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use knock_model::IntentType;

/// What is known when a lead has written.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// What the lead wrote now.
    pub text: &'a str,
    /// The language to answer in.
    pub language: Language,
    /// The lead's intent type after this message.
    pub intent: IntentType,
    /// Whether to ask what the lead wants (IF-09).
    pub asks: bool,
    /// Whether they ask for a person.
    pub wants_human: bool,
    /// Whether the chat was assigned at this message, or assigned anew.
    pub is_handed_over: bool,
    /// What the agent has said so far.
    pub said: &'a [&'a str],
    /// Which message of the lead this is, from 1.
    pub nth: usize,
    /// The rep the chat was given to.
    pub rep: Option<&'a str>,
    /// The lead's address; none when they have not given it.
    pub email: Option<&'a str>,
    /// Whether they gave it in this message.
    pub is_email_new: bool,
    /// What the team expects to be asked.
    pub answers: &'a [Answer],
}

/// A message of the agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What it says.
    pub text: String,
    /// What can be chosen as an answer.
    pub choices: Vec<String>,
}

impl From<String> for Said {
    fn from(text: String) -> Said {
        Said { text, choices: Vec::new() }
    }
}

/// The first words of a chat; the agent says what it is.
pub fn greeting(language: Language, workspace: &str) -> String {
    texts::one(language, "greeting", &[("workspace", workspace)])
}

/// What the agent answers to a message: always something, and never word for word what it said before.
pub fn reply(known: &Known<'_>) -> Vec<Said> {
    let answer = best_answer(known.text, known.answers).map(|found| found.answer.clone());
    let is_new = answer.as_ref().is_some_and(|answer| !known.said.contains(&answer.as_str()));
    let first = match answer {
        Some(answer) if is_new => Some(answer),
        Some(_) if !known.wants_human => known.unsaid("answered"),
        Some(_) | None => None,
    };
    let then = known.next(first.is_some());
    first.map(Said::from).into_iter().chain(then).collect()
}

impl Known<'_> {
    /// What happens next; after an answer only where there is news of it.
    fn next(&self, is_answered: bool) -> Option<Said> {
        if self.wants_human {
            return Some(self.unsaid("human").unwrap_or_else(|| self.waiting()).into());
        }
        if self.asks {
            let key = if self.said.len() > 1 { "clarify.again" } else { "clarify" };
            let text = self.unsaid(key).unwrap_or_else(|| self.waiting());
            return Some(Said { text, choices: choices(self.language) });
        }
        if self.is_handed_over {
            let text = texts::unsaid(self.language, self.handover(), &self.places(&self.number()), self.said);
            return Some(text.unwrap_or_else(|| self.waiting()).into());
        }
        if is_answered {
            return None;
        }
        let thanks = self.email.filter(|_| self.is_email_new).and_then(|_| self.unsaid("email.thanks"));
        // One who waits and can be reached nowhere else is asked once, at their second message.
        let ask = (self.email.is_none() && self.nth > 1).then(|| self.unsaid("email")).flatten();
        Some(thanks.or(ask).unwrap_or_else(|| self.waiting()).into())
    }

    const fn handover(&self) -> &'static str {
        match self.intent {
            IntentType::Buying => "handover.buying",
            IntentType::Partnership => "handover.partnership",
            IntentType::Support => "handover.support",
            IntentType::JobSeeker => "handover.job",
            IntentType::Unknown => "handover.unknown",
        }
    }

    /// What can always be said: the number of the message is another one each time.
    fn waiting(&self) -> String {
        let number = self.number();
        let places = self.places(&number);
        self.unsaid("waiting").unwrap_or_else(|| texts::one(self.language, "waiting.numbered", &places))
    }

    fn unsaid(&self, key: &str) -> Option<String> {
        texts::unsaid(self.language, key, &self.places(&self.number()), self.said)
    }

    fn number(&self) -> String {
        self.nth.to_string()
    }

    fn places<'p>(&'p self, number: &'p str) -> [(&'static str, &'p str); 3] {
        let team = texts::all(self.language, "team").next().unwrap_or_default();
        [("rep", self.rep.unwrap_or(team)), ("n", number), ("email", self.email.unwrap_or_default())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::IntentType::{Buying, Unknown};

    fn known<'a>(text: &'a str, said: &'a [&'a str], nth: usize, answers: &'a [Answer]) -> Known<'a> {
        Known {
            text,
            language: Language::En,
            intent: Unknown,
            asks: false,
            wants_human: false,
            is_handed_over: false,
            said,
            nth,
            rep: Some("Ann"),
            email: None,
            is_email_new: false,
            answers,
        }
    }

    fn texts_of(said: &[Said]) -> Vec<&str> {
        said.iter().map(|said| said.text.as_str()).collect()
    }

    #[test]
    fn it_answers_asks_with_choices_and_hands_over() {
        let answers = [Answer { question: "Do you have an API?".into(), answer: "Yes, see /docs/api.".into() }];
        let of = |known: Known<'_>| reply(&known);
        let asked = of(Known { asks: true, ..known("hi", &["Hello"], 1, &answers) });
        assert!(asked.len() == 1 && asked[0].text.contains("what is this about"), "{asked:?}");
        assert_eq!(asked[0].choices, ["Buying", "Partnership", "Support", "A job", "Talk to a person"]);
        let given = of(Known { intent: Buying, is_handed_over: true, ..known("a quote", &[], 1, &answers) });
        assert!(given[0].text.contains("Ann can help") && given[0].choices.is_empty(), "{given:?}");
        let both = of(Known { is_handed_over: true, intent: Buying, ..known("do you have an API", &[], 1, &answers) });
        assert!(both.len() == 2 && both[0].text.contains("/docs/api") && both[1].text.contains("Ann"), "{both:?}");
        let again = of(known("is there an API?", &["Yes, see /docs/api."], 2, &answers));
        assert!(again.len() == 1 && again[0].text.contains("above"), "{again:?}");
        let human = of(Known { wants_human: true, ..known("a human please", &[], 3, &answers) });
        assert!(human[0].text.contains("asked Ann to join"), "{human:?}");
        let nobody = of(Known { rep: None, ..known("and?", &[], 1, &answers) });
        assert!(nobody[0].text.contains("our team will see this"), "{nobody:?}");
    }

    #[test]
    fn it_is_never_silent_and_never_says_the_same_twice() {
        for language in Language::ALL {
            let mut said: Vec<String> = Vec::new();
            for nth in 1..60 {
                let so_far: Vec<&str> = said.iter().map(String::as_str).collect();
                let (asks, wants_human) = (nth % 7 == 1, nth % 5 == 2);
                let known = Known { language: *language, asks, wants_human, ..known("hm", &so_far, nth, &[]) };
                let answer = reply(&known);
                assert!(!answer.is_empty(), "{language:?} {nth}");
                for text in texts_of(&answer) {
                    assert!(!so_far.contains(&text), "{language:?} {nth}: {text}");
                }
                let new: Vec<String> = answer.into_iter().map(|said| said.text).collect();
                said.extend(new);
            }
        }
    }

    #[test]
    fn it_says_that_it_is_an_ai_in_every_language() {
        for (language, word) in [(Language::En, "AI"), (Language::De, "KI"), (Language::Fr, "IA"), (Language::Es, "IA")]
        {
            let text = greeting(language, "Acme");
            assert!(text.contains(word) && text.contains("Acme"), "{text}");
        }
    }
}
