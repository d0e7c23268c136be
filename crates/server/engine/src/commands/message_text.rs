//! The text of a lead's message with all that it says by itself: read on the thread of its request, since the writer has
//! one thread for all.

use knock_agent::{Act, Choice, Understood, chosen, understand};
use knock_intent::{Reading, read_message};
use knock_model::Email;

/// A text that has been read.
#[derive(Clone, Debug)]
pub struct MessageText {
    /// The text; empty if only a file is sent.
    pub(super) text: String,
    pub(super) reading: Reading,
    /// The choice among those that the agent offers.
    pub(super) choice: Option<Choice>,
    /// What it says by itself; no telephone number of spam.
    pub(super) understood: Understood,
    /// Whether it is for a person.
    pub(super) wants_human: bool,
    /// The first address in it, as it was typed.
    pub(super) email: Option<Email>,
}

impl MessageText {
    /// Reads a text.
    pub fn read(text: impl Into<String>) -> MessageText {
        let text = text.into();
        let reading = read_message(&text);
        let mut understood = understand(&text);
        understood.phone = understood.phone.filter(|_| !reading.is_spam);
        MessageText {
            choice: chosen(&text).filter(|_| !reading.is_spam),
            reading,
            wants_human: understood.has(Act::AsksHuman),
            understood,
            email: Email::find(&text),
            text,
        }
    }

    /// Reads the text of a mail. An address in it may be that of anybody: a signature names colleagues. Its words choose
    /// nothing that the agent offers, and it is for a person: an answer of the agent would not be mailed.
    pub fn of_mail(text: impl Into<String>) -> MessageText {
        let mut read = MessageText::read(text);
        read.understood.acts = vec![Act::AsksHuman];
        MessageText { choice: None, wants_human: true, email: None, ..read }
    }
}
