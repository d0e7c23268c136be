//! Answers of the knowledge, questions that may be meant, and whether an answer helped.

use super::asked::{with_none, yes_and_no};
use super::talk::Talk;
use crate::act::Act;
use crate::known::{Asked, Said};
use crate::playbook::Step;

/// Answers in a reply, at most; one fewer beside hidden digits, and beside a meeting.
const MOST: usize = 3;

impl Talk<'_, '_> {
    /// The answers that were not given yet, each in a message of its own, so that each has its source; or that all of
    /// them stand above. False without an answer, and where a person is asked for who can say more than above.
    pub(super) fn answers(&mut self) -> bool {
        let known = self.known;
        if known.answers.is_empty() {
            return false;
        }
        let before = self.said.len();
        let most = before + MOST - before.min(1) - usize::from(known.offers_meeting);
        for (place, answer) in known.answers.iter().enumerate() {
            let step = if answer.page.is_some() { Step::AnswerPage } else { Step::Answer };
            let places = [("answer", answer.text), ("page", answer.page.unwrap_or_default())];
            if let Some(text) = self.unsaid(step, &places).filter(|_| self.said.len() < most) {
                self.say(Said { answer: Some(place), ..text.into() });
            }
        }
        if self.said.len() > before {
            return true;
        }
        let step = if self.has_team() { Step::Answered } else { Step::AnsweredHere };
        !self.does(Act::AsksHuman) && self.say_step(step, &[])
    }

    /// Asks whether the answers helped: not twice in a row, and not where the team answers anyway.
    pub(super) fn helped(&mut self) {
        let known = self.known;
        let is_news = self.said.last().is_some_and(|said| said.answer.is_some());
        let asks_else = known.asks || known.offers_meeting || self.has_contact();
        let is_due = is_news && !asks_else && !self.has_team() && known.asked != Some(Asked::Helped);
        if let Some(text) = is_due.then(|| self.unsaid(Step::Helped, &[])).flatten() {
            self.say(Said { choices: yes_and_no(self.language()), ..text.into() });
        }
    }

    /// The known questions that may be meant, to choose from.
    pub(super) fn offered(&mut self) -> bool {
        let questions = &self.known.offered;
        if questions.is_empty() {
            return false;
        }
        let text = self.unsaid(Step::Offered, &[]).unwrap_or_else(|| self.going_on());
        self.say(Said { choices: with_none(self.language(), questions), ..text.into() });
        true
    }
}
