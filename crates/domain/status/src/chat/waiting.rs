//! The instant since which a lead waits for a human, apart from Chat Status and its timers.

use knock_model::Millis;

/// The messages of the lead since the last one of a human of the team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Unanswered {
    /// The instant since which an answer is owed.
    since: Option<Millis>,
    last: Option<Millis>,
}

impl Unanswered {
    pub(super) fn lead_wrote(&mut self, at: Millis) {
        self.since.get_or_insert(at);
        self.last = Some(at);
    }

    /// The team gets the chat from the AI agent, which answered all but what the lead wrote last.
    pub(super) fn taken_from_agent(&mut self) {
        self.since = self.last;
    }

    /// The instant since which the lead of an open chat waits, while the AI agent does not own it.
    pub(super) fn since(self) -> Option<Millis> {
        self.since
    }
}
