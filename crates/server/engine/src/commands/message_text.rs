//! The text of a lead's message with all that it says by itself: read on the thread of its request, since the writer has
//! one thread for all.

use knock_agent::{Choice, chosen, wants_human, wants_meeting};
use knock_intent::{Reading, read_message};
use knock_model::{Email, Phone};

/// A text that has been read.
#[derive(Clone, Debug)]
pub struct MessageText {
    /// The text; empty if only a file is sent.
    pub(super) text: String,
    pub(super) reading: Reading,
    /// The choice among those that the agent offers.
    pub(super) choice: Option<Choice>,
    pub(super) wants_human: bool,
    pub(super) wants_meeting: bool,
    /// The first address in it.
    pub(super) email: Option<Email>,
    /// The first telephone number in it; none in spam.
    pub(super) phone: Option<Phone>,
}

impl MessageText {
    /// Reads a text.
    pub fn read(text: impl Into<String>) -> MessageText {
        let text = text.into();
        let reading = read_message(&text);
        MessageText {
            choice: chosen(&text).filter(|_| !reading.is_spam),
            phone: Phone::find(&text).filter(|_| !reading.is_spam),
            reading,
            wants_human: wants_human(&text),
            wants_meeting: wants_meeting(&text),
            email: Email::find(&text),
            text,
        }
    }

    /// Reads the text of a mail. An address in it may be that of anybody: a signature names colleagues. Its words choose
    /// nothing that the agent offers, and it is for a person: an answer of the agent would not be mailed.
    pub fn of_mail(text: impl Into<String>) -> MessageText {
        MessageText { choice: None, wants_human: true, email: None, ..MessageText::read(text) }
    }
}
