//! Replies of the agent.

use crate::act::Act;
use crate::known::{Absence, Known, Said, Speaker};
use crate::language::Language;
use crate::playbook::{Playbooks, Step};
use crate::understood::choices;
use crate::words::{moment, span, word};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use knock_model::CardKind;
use knock_model::catalogue::{Places, filled};
use knock_routing::AgentKind;

/// The first words of a chat; the agent says what it is.
pub fn greeting(playbooks: &Playbooks, language: Language, workspace: &str, has_knowledge: bool) -> String {
    let step = if has_knowledge { Step::Greeting } else { Step::GreetingEmpty };
    let texts = playbooks.texts(AgentKind::General, language, step);
    texts.first().map_or_else(String::new, |text| filled(text, &[("workspace", workspace)]))
}

/// The agent's answer to a message: never empty, and never word for word an earlier one.
pub fn reply(known: &Known<'_>) -> Vec<Said> {
    let first = known.answered();
    let meeting = known.meeting();
    let then = known.next(first.is_some());
    // Once all is said, both may fall back on the same text.
    let then = then.filter(|then| meeting.as_ref().is_none_or(|meeting| meeting.text != then.text));
    let contact = if meeting.is_none() { known.contact() } else { None };
    first.into_iter().chain(then).chain(contact).chain(meeting).collect()
}

/// The agent's message when no rep has answered for a while; none if it has said all of that before.
pub fn away(speaker: &Speaker<'_>) -> Option<String> {
    let step = if speaker.email.is_some() { Step::AwayEmail } else { Step::Away };
    speaker.unsaid(step, &[])
}

impl Known<'_> {
    fn wants_human(&self) -> bool {
        self.understood.has(Act::AsksHuman)
    }

    /// The answer of the knowledge, or that it was given before.
    fn answered(&self) -> Option<Said> {
        let answer = *self.answers.first()?;
        let step = if answer.page.is_some() { Step::AnswerPage } else { Step::Answer };
        let places = [("answer", answer.text), ("page", answer.page.unwrap_or_default())];
        match self.speaker.unsaid(step, &places) {
            Some(text) => Some(Said { answer: Some(0), ..text.into() }),
            None if self.wants_human() => None,
            None => self.speaker.unsaid(Step::Answered, &[]).map(Said::from),
        }
    }

    /// A meeting is offered, below whatever else is said.
    fn meeting(&self) -> Option<Said> {
        let text = || self.speaker.unsaid(Step::Meeting, &[]).unwrap_or_else(|| self.waiting());
        self.offers_meeting.then(|| Said { card: Some(CardKind::Meeting), ..text().into() })
    }

    /// The next step; after an answer only if it is news.
    fn next(&self, is_answered: bool) -> Option<Said> {
        if self.wants_human() {
            let text = self.absent().or_else(|| self.unsaid_with_wait(Step::Human));
            return Some(text.unwrap_or_else(|| self.waiting()).into());
        }
        if self.asks {
            let step = if self.speaker.said.len() > 1 { Step::ClarifyAgain } else { Step::Clarify };
            let text = self.speaker.unsaid(step, &[]).unwrap_or_else(|| self.waiting());
            return Some(Said { choices: choices(self.speaker.language), ..text.into() });
        }
        if self.is_handed_over {
            return Some(self.handover().into());
        }
        if is_answered {
            return None;
        }
        let further = self.further();
        // An offer is answer enough.
        if self.offers_meeting {
            return further.map(Said::from);
        }
        Some(further.unwrap_or_else(|| self.waiting()).into())
    }

    /// To a rep with the time it usually takes; the agent that has the chat begins with what helps.
    fn handover(&self) -> String {
        let text = if self.absence.is_some() {
            self.absent()
        } else if self.is_agents {
            self.apply().or_else(|| self.speaker.unsaid(Step::Qualify, &[]))
        } else {
            self.unsaid_with_wait(Step::Handover)
        };
        text.unwrap_or_else(|| self.waiting())
    }

    /// That no member is available, and when the first returns; none once that was said, and while one is available.
    fn absent(&self) -> Option<String> {
        match self.absence.as_ref()? {
            Absence::Until(at) => {
                let when = moment(self.speaker.language, at);
                self.speaker.unsaid(Step::Back, &[("when", &when)])
            }
            Absence::Busy => self.speaker.unsaid(Step::Busy, &[]),
            Absence::Unknown => self.speaker.unsaid(Step::Unavailable, &[]),
        }
    }

    /// The request for an address when the wait begins: most leads leave before a member returns.
    fn contact(&self) -> Option<Said> {
        let speaker = &self.speaker;
        let is_due = self.absence.is_some() && (self.is_handed_over || self.wants_human()) && speaker.email.is_none();
        if is_due && self.sends_mail { speaker.unsaid(Step::Email, &[]).map(Said::from) } else { None }
    }

    /// A useful addition: the request for an address, an earlier question of the lead, questions of the playbook.
    fn further(&self) -> Option<String> {
        let speaker = &self.speaker;
        let thanks = || speaker.unsaid(Step::EmailThanks, &[]).filter(|_| self.is_email_new);
        let unanswered = || speaker.unsaid(Step::Unanswered, &[]).filter(|_| self.is_question);
        // One who waits and can be reached nowhere else is asked once, at their second message.
        let email = || speaker.unsaid(Step::Email, &[]).filter(|_| speaker.email.is_none() && self.nth > 1);
        // One thing is asked at a time.
        let qualify = || speaker.unsaid(Step::Qualify, &[]).filter(|_| !self.offers_meeting);
        let close = || speaker.unsaid(Step::Close, &[]);
        if self.is_agents {
            return thanks()
                .or_else(unanswered)
                .or_else(|| self.apply())
                .or_else(qualify)
                .or_else(email)
                .or_else(close);
        }
        thanks().or_else(unanswered).or_else(email).or_else(qualify)
    }

    /// The page of open positions.
    fn apply(&self) -> Option<String> {
        match self.careers {
            Some(page) => self.speaker.unsaid(Step::Apply, &[("page", page)]),
            None => self.speaker.unsaid(Step::ApplyUnknown, &[]),
        }
    }

    /// A text with the time that an answer usually takes, where it is known. That may have been another time before, so
    /// the text alone must not have been said.
    fn unsaid_with_wait(&self, step: Step) -> Option<String> {
        let speaker = &self.speaker;
        let is_new = |text: &str| !speaker.said.iter().any(|said| said.starts_with(text));
        let text = speaker.first(step, &[], is_new)?;
        let wait = self.usual_wait.map(|wait| span(speaker.language, wait));
        let wait = wait.and_then(|wait| speaker.first(Step::Wait, &[("wait", &wait)], |_| true));
        Some(wait.map_or(text.clone(), |wait| text + " " + &wait))
    }

    /// The message that is always possible: the number of the message makes it different each time.
    fn waiting(&self) -> String {
        let speaker = &self.speaker;
        speaker.unsaid(Step::Waiting, &[]).unwrap_or_else(|| {
            let number = self.nth.to_string();
            speaker.first(Step::WaitingNumbered, &[("n", &number)], |_| true).unwrap_or_default()
        })
    }
}

impl Speaker<'_> {
    fn texts(&self, step: Step) -> Vec<String> {
        self.playbooks.texts(self.kind, self.language, step)
    }

    fn name(&self) -> &str {
        self.rep.unwrap_or_else(|| word(self.language, "team"))
    }

    /// The first text of a step that was not said yet, word for word.
    fn unsaid(&self, step: Step, more: &Places<'_>) -> Option<String> {
        self.first(step, more, |text| !self.said.contains(&text))
    }

    fn first(&self, step: Step, more: &Places<'_>, is_wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut places = Vec::from([("rep", self.name()), ("email", self.email.unwrap_or_default())]);
        places.extend(more.iter().copied());
        self.texts(step).into_iter().map(|text| sentence(&text, &places)).find(|text| is_wanted(text))
    }
}

/// A text with its places filled. A sentence that begins with who answers can begin with a common noun: "Unser Team".
fn sentence(text: &str, places: &Places<'_>) -> String {
    const REP: &str = "{rep}";
    let Some((_, rep)) = places.iter().find(|(name, _)| *name == "rep") else { return filled(text, places) };
    let mut text = text.to_string();
    let begins = |before: &str| before.is_empty() || [". ", "! ", "? "].iter().any(|end| before.ends_with(end));
    let mut from = 0;
    while let Some(at) = text[from..].find(REP).map(|at| from + at) {
        let name = if begins(&text[..at]) { capitalized(rep) } else { (*rep).to_string() };
        text.replace_range(at..at + REP.len(), &name);
        from = at + name.len();
    }
    filled(&text, places)
}

fn capitalized(name: &str) -> String {
    let mut signs = name.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

#[cfg(test)]
mod tests;
