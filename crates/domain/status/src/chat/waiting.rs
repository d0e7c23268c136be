//! Since when a lead waits for a human, apart from Chat Status and its clocks.

use knock_model::Millis;

/// What the lead wrote since a human of the team wrote last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Unanswered {
    /// Since when an answer is owed.
    since: Option<Millis>,
    /// The last message.
    last: Option<Millis>,
}

impl Unanswered {
    /// The lead wrote.
    pub(super) fn lead_wrote(&mut self, at: Millis) {
        self.since.get_or_insert(at);
        self.last = Some(at);
    }

    /// A rep gets the chat from the AI agent, which answered all but what the lead wrote last.
    pub(super) fn taken_from_agent(&mut self) {
        self.since = self.last;
    }

    /// Since when the lead of an open chat waits, while the AI agent does not have it.
    pub(super) fn since(self) -> Option<Millis> {
        self.since
    }
}
