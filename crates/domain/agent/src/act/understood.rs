//! What a message says by itself.

use super::{Act, Spoken};
use crate::{wants_human, wants_meeting};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use knock_model::{Email, Phone};

/// What a message says by itself: nothing of it depends on the conversation or the site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Understood {
    /// The acts, the main one first; empty for a plain question or statement.
    pub acts: Vec<Act>,
    /// The language; none where the message does not tell it: a number, an address, "ok".
    pub spoken: Option<Spoken>,
    /// The address in it.
    pub email: Option<MeantEmail>,
    /// The telephone number in it.
    pub phone: Option<Phone>,
    /// The name that the lead gives, without titles.
    pub name: Option<String>,
    /// The text with the digits of payment cards masked; none where it has none.
    pub masked: Option<String>,
    /// The separate questions and statements of the message, in their order: at least one.
    pub parts: Vec<String>,
}

/// An address in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeantEmail {
    /// The address as it is probably meant.
    pub email: Email,
    /// Whether it was typed like that. Another one is asked back before it is used.
    pub is_as_typed: bool,
}

impl Understood {
    /// Whether an act is among those of the message.
    pub fn has(&self, act: Act) -> bool {
        self.acts.contains(&act)
    }

    /// Whether the knowledge is asked for an answer to the message: not where it only thanks or gives a number.
    pub fn is_searched(&self) -> bool {
        true
    }

    /// The main act.
    pub fn main(&self) -> Option<Act> {
        self.acts.first().copied()
    }
}

/// Reads a message.
pub fn understand(text: &str) -> Understood {
    let mut acts = Vec::new();
    acts.extend(wants_human(text).then_some(Act::AsksHuman));
    acts.extend(wants_meeting(text).then_some(Act::AsksMeeting));
    let email = Email::find(text).map(|email| MeantEmail { email, is_as_typed: true });
    let phone = Phone::find(text);
    Understood { acts, email, phone, parts: Vec::from([text.to_string()]), ..Understood::default() }
}
