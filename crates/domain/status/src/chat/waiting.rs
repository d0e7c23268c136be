//! The instant since which a lead waits for a human, apart from Chat Status and its timers.

use knock_model::Millis;

/// The messages and forms of the lead since the last answer of a human of the team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Unanswered {
    /// The instant since which an answer is owed.
    since: Option<Millis>,
    /// The last message.
    last: Option<Millis>,
    /// The first form, which the AI agent cannot answer (7.4).
    form: Option<Millis>,
}

impl Unanswered {
    pub(super) fn lead_wrote(&mut self, at: Millis) {
        self.since.get_or_insert(at);
        self.last = Some(at);
    }

    pub(super) fn form_sent(&mut self, at: Millis) {
        self.since.get_or_insert(at);
        self.form.get_or_insert(at);
    }

    /// The team gets the chat from the AI agent, which answered all but forms and what the lead wrote last.
    pub(super) fn taken_from_agent(&mut self) {
        self.since = self.form.into_iter().chain(self.last).min();
    }

    /// The instant since which the lead waits; while the AI agent owns the chat for good, for an answer to a form only.
    pub(super) fn since(self, is_agents: bool) -> Option<Millis> {
        if is_agents { self.form } else { self.since }
    }
}
