//! The messages that are on the server, by their numbers.

use knock_wire::Message;

/// The known part of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Thread {
    /// Sorted by number.
    messages: Vec<Message>,
    last: u64,
}

impl Thread {
    /// The number up to which no message is missing.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    pub(crate) fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// Whether this number is known.
    pub(crate) fn has(&self, seq: u64) -> bool {
        self.place(seq).is_ok()
    }

    /// Whether a number is missing before the last message.
    pub(crate) fn has_gap(&self) -> bool {
        self.highest() > self.last
    }

    /// The number before the last card; none without a card.
    pub(crate) fn before_card(&self) -> Option<u64> {
        self.messages.iter().rev().find(|message| message.card.is_some()).map(|message| message.seq - 1)
    }

    /// Adds a message; one with a known number is replaced by the server's current one.
    pub(crate) fn add(&mut self, message: Message) {
        self.put(message);
        self.advance();
    }

    /// Adds the server's list of messages after `last`: numbers missing before its end are gone.
    pub(crate) fn settle(&mut self, list: Vec<Message>) {
        for message in list {
            self.last = self.last.max(message.seq);
            self.put(message);
        }
        self.advance();
    }

    /// Records that no more messages can be loaded: a remaining gap is final.
    pub(crate) fn close_gap(&mut self) {
        self.last = self.highest().max(self.last);
    }

    fn put(&mut self, message: Message) {
        match self.place(message.seq) {
            Ok(at) => {
                if let Some(known) = self.messages.get_mut(at) {
                    *known = message;
                }
            }
            Err(at) => self.messages.insert(at, message),
        }
    }

    fn place(&self, seq: u64) -> Result<usize, usize> {
        self.messages.binary_search_by_key(&seq, |message| message.seq)
    }

    fn highest(&self) -> u64 {
        self.messages.last().map_or(0, |message| message.seq)
    }

    fn advance(&mut self) {
        while self.has(self.last + 1) {
            self.last += 1;
        }
    }
}
