//! The text of a lead's message with all that it says by itself: read on the thread of its request, since the writer has
//! one thread for all.

use knock_agent::{Act, Choice, MeantEmail, Understood, chosen, understand};
use knock_intent::{Reading, read_message};
use knock_model::Email;

/// A text that has been read.
#[derive(Clone, Debug)]
pub struct MessageText {
    /// The text without the digits of payment cards; empty if only a file is sent.
    pub(crate) text: String,
    pub(crate) reading: Reading,
    /// The choice among those that the agent offers.
    pub(crate) choice: Option<Choice>,
    /// What it says by itself; no telephone number of spam.
    pub(crate) understood: Understood,
    /// Whether it is for a person.
    pub(crate) wants_human: bool,
    /// The address in it, if it was typed as it is meant.
    pub(crate) email: Option<Email>,
}

impl MessageText {
    /// Reads a text.
    pub fn read(text: impl Into<String>) -> MessageText {
        let typed = text.into();
        let mut understood = understand(&typed);
        let text = understood.masked.clone().unwrap_or(typed);
        let reading = read_message(&text);
        understood.phone = understood.phone.filter(|_| !reading.is_spam);
        if text.trim().is_empty() {
            // A file speaks for itself.
            understood.acts.clear();
        }
        let choice = chosen(&text).filter(|_| !reading.is_spam);
        MessageText {
            wants_human: understood.has(Act::AsksHuman) || choice == Some(Choice::Human),
            email: understood.email.as_ref().filter(|found| found.is_as_typed).map(|found| found.email.clone()),
            choice,
            reading,
            understood,
            text,
        }
    }

    /// A text without the digits of payment cards.
    pub fn masked(text: String) -> String {
        understand(&text).masked.unwrap_or(text)
    }

    /// The same text of somebody who is no spam, as a member said.
    pub(crate) fn pardoned(mut self) -> MessageText {
        self.reading.is_spam = false;
        self
    }

    /// The same text whose address is right as it was typed.
    pub(crate) fn meaning(mut self, email: Email) -> MessageText {
        self.understood.email = Some(MeantEmail { email: email.clone(), is_as_typed: true });
        self.email = Some(email);
        self
    }

    /// What it says by itself.
    pub fn understood(&self) -> &Understood {
        &self.understood
    }

    /// The text as it is stored: without the digits of payment cards.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads the text of a mail. An address in it may be that of anybody: a signature names colleagues. Its words choose
    /// nothing that the agent offers, and it is for a person: an answer of the agent would not be mailed.
    pub fn of_mail(text: impl Into<String>) -> MessageText {
        let mut read = MessageText::read(text);
        read.understood.acts = vec![Act::AsksHuman];
        (read.understood.email, read.understood.name) = (None, None);
        MessageText { choice: None, wants_human: true, email: None, ..read }
    }
}
