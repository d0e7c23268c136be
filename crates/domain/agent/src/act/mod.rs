//! What a message of a lead does, beyond asking for a fact: it greets, thanks, wants a person, gives a number.

mod address;
mod card;
mod decide;
mod name;
mod noise;
mod number;
mod parts;
mod pattern;
mod spoken;
mod table;
mod tokens;
mod understood;

pub use address::MeantEmail;
pub use number::international;
pub use spoken::{ForeignLanguage, Spoken, language_after, spoken};
pub use understood::{Understood, understand};

use alloc::vec::Vec;
use knock_model::vocabulary;

vocabulary! {
    /// An act of a message.
    Act {
        Greeting = "greeting",
        Thanks = "thanks",
        Bye = "bye",
        Ok = "ok",
        Yes = "yes",
        No = "no",
        /// Whether it talks with a machine.
        AsksBot = "asks_bot",
        /// What the agent can do.
        AsksCapabilities = "asks_capabilities",
        /// Whom it talks with.
        AsksIdentity = "asks_identity",
        /// Wants a person.
        AsksHuman = "asks_human",
        /// Wants to be telephoned.
        CallMe = "call_me",
        /// When somebody is there, or whether somebody is.
        AsksHours = "asks_hours",
        Complaint = "complaint",
        Insult = "insult",
        AsksMeeting = "asks_meeting",
        RescheduleMeeting = "reschedule_meeting",
        CancelMeeting = "cancel_meeting",
        AsksOrderStatus = "asks_order_status",
        GivesEmail = "gives_email",
        GivesName = "gives_name",
        GivesPhone = "gives_phone",
        GivesCardNumber = "gives_card_number",
        /// Their data: what is stored, its deletion.
        AsksPrivacy = "asks_privacy",
        /// Orders to the agent to forget its own.
        PromptInjection = "prompt_injection",
        SeveralQuestions = "several_questions",
        /// Nothing that can be read.
        Noise = "noise",
        Job = "job",
        Partnership = "partnership",
        SupportProblem = "support_problem",
        /// Wants to buy: an offer, an order, a change of provider.
        BuyingIntent = "buying_intent",
        /// In a language that the agent does not speak.
        OtherLanguage = "other_language",
    }
}

/// The acts that the words of a text say, the main one first.
pub(crate) fn acts(text: &str) -> Vec<Act> {
    decide::read(text, spoken(text)).acts
}

impl Act {
    /// Whether it is nothing but courtesy, so that a question beside it is what counts: "No, but do you ship?".
    pub(crate) const fn is_courtesy(self) -> bool {
        matches!(self, Act::Thanks | Act::Bye | Act::Ok | Act::Yes | Act::No)
    }
}
