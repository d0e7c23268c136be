//! What a message says by itself.

use super::address::MeantEmail;
use super::name::{self, Named};
use super::{Act, Spoken, address, card, decide, noise, number, parts, spoken, tokens};
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::Phone;

/// The acts that no known question answers.
const ELSEWHERE: [Act; 8] = [
    Act::AsksHuman,
    Act::CallMe,
    Act::AsksMeeting,
    Act::RescheduleMeeting,
    Act::CancelMeeting,
    Act::GivesEmail,
    Act::GivesPhone,
    Act::GivesCardNumber,
];
/// The acts that are for the team as well.
const FOR_THE_TEAM: [Act; 3] = [Act::BuyingIntent, Act::Partnership, Act::Job];
/// The same where the message asks nothing.
const TELLING: [Act; 3] = [Act::Complaint, Act::AsksPrivacy, Act::SupportProblem];
/// The score of a close question, and of a very close one.
const CLOSE: u8 = 30;
const VERY_CLOSE: u8 = 40;

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

impl Understood {
    /// Whether an act is among those of the message.
    pub fn has(&self, act: Act) -> bool {
        self.acts.contains(&act)
    }

    /// The score from which a known question is offered, where none is surely meant; none to who wants something else.
    /// Who is for the team as well is offered only what is close; `is_question`: whether the message asks.
    pub fn offers_from(&self, is_question: bool) -> Option<u8> {
        let wants = |acts: &[Act]| self.acts.iter().any(|act| acts.contains(act));
        if wants(&ELSEWHERE) {
            return None;
        }
        Some(match () {
            () if wants(&FOR_THE_TEAM) => VERY_CLOSE,
            () if !is_question && wants(&TELLING) => CLOSE,
            () => 0,
        })
    }

    /// Whether the knowledge is asked for an answer to the message: not where it only thanks or gives a number.
    pub fn is_searched(&self) -> bool {
        let is_talk = |act: &Act| {
            matches!(
                act,
                Act::Greeting
                    | Act::Thanks
                    | Act::Bye
                    | Act::Ok
                    | Act::Yes
                    | Act::No
                    | Act::Noise
                    | Act::Insult
                    | Act::GivesEmail
                    | Act::GivesName
                    | Act::GivesPhone
                    | Act::GivesCardNumber
                    | Act::PromptInjection
                    | Act::AsksBot
                    | Act::AsksIdentity
                    | Act::AsksCapabilities
                    | Act::OtherLanguage
            )
        };
        self.acts.is_empty() || !self.acts.iter().all(is_talk)
    }

    /// The main act.
    pub fn main(&self) -> Option<Act> {
        self.acts.first().copied()
    }
}

/// The score of a topic from which it comes before what a message gives beside it.
const CLEAR: usize = 8;
/// What is written to the machine, not to a person.
const CODE: [&str; 7] = ["<script", "</", "{{", "drop table", "select * from", "'; --", "${"];

/// Reads a message.
pub fn understand(text: &str) -> Understood {
    let masked = card::masked(text);
    let plain = masked.as_deref().unwrap_or(text);
    let email = address::address(plain);
    let phone = number::phone(text);
    let named = name::name(text).filter(|_| email.is_none() && phone.is_none());
    let spoken = spoken(text);
    let parts = parts::parts(plain);
    let mut acts = if has_code(text) {
        Vec::from([Act::PromptInjection])
    } else if matches!(spoken, Some(Spoken::Foreign(_))) && masked.is_none() && !is_short_and_known(text) {
        Vec::from([Act::OtherLanguage])
    } else if is_noise(text) && email.is_none() && phone.is_none() {
        Vec::from([Act::Noise])
    } else {
        let given = Given { has_card: masked.is_some(), has_email: email.is_some(), has_phone: phone.is_some() };
        said(plain, spoken, given, named.as_ref())
    };
    if email.is_some() || phone.is_some() {
        // "I am jo@acme.example" says yes to nothing.
        acts.retain(|act| !matches!(act, Act::Yes | Act::No | Act::Ok));
    }
    let given = [(Act::GivesEmail, email.is_some()), (Act::GivesPhone, phone.is_some())];
    for (act, is_given) in given {
        if is_given && !acts.contains(&act) {
            acts.push(act);
        }
    }
    let name = named.filter(|_| acts.contains(&Act::GivesName)).map(|named| named.name);
    Understood { acts, spoken, email, phone, name, masked, parts }
}

/// What is in a message beside its words.
#[derive(Clone, Copy)]
struct Given {
    has_card: bool,
    has_email: bool,
    has_phone: bool,
}

/// The acts of a message by its words and by what it gives.
fn said(text: &str, spoken: Option<Spoken>, given: Given, named: Option<&Named>) -> Vec<Act> {
    let Given { has_card, has_email, has_phone } = given;
    let reading = decide::read(text, spoken);
    let mut acts = reading.acts;
    if has_card {
        acts.retain(|act| *act == Act::SupportProblem);
        acts.insert(0, Act::GivesCardNumber);
    } else if has_email || has_phone {
        let given = if has_email { Act::GivesEmail } else { Act::GivesPhone };
        let is_topic =
            acts.first() == Some(&Act::CallMe) || reading.score >= CLEAR && text.split_whitespace().count() > 5;
        if has_phone && acts.contains(&Act::CallMe) {
            acts.retain(|act| *act != Act::CallMe);
            acts.insert(0, Act::CallMe);
        }
        acts.insert(usize::from(is_topic || acts.first() == Some(&Act::CallMe)).min(acts.len()), given);
    } else if let Some(named) = named.filter(|named| named.is_all) {
        let is_social = acts
            .first()
            .is_none_or(|act| matches!(act, Act::Greeting | Act::CallMe | Act::AsksIdentity | Act::Ok | Act::Yes));
        acts.retain(|act| matches!(act, Act::Greeting | Act::Thanks) || !is_social);
        acts.insert(if is_social || named.name.len() > 3 { 0 } else { acts.len() }, Act::GivesName);
    } else if parts::asked(text) > 1
        && !is_asked_twice(text, spoken)
        && !acts.first().is_some_and(|act| is_one(*act, reading.score))
    {
        acts.insert(0, Act::SeveralQuestions);
    }
    let mut known = Vec::new();
    acts.retain(|act| {
        !known.contains(act) && {
            known.push(*act);
            true
        }
    });
    acts
}

/// Whether a message with two questions does one thing all the same.
fn is_one(act: Act, score: usize) -> bool {
    let is_talk = matches!(act, Act::Greeting | Act::AsksBot | Act::Insult | Act::PromptInjection | Act::Complaint);
    is_talk || score >= CLEAR && matches!(act, Act::RescheduleMeeting | Act::CancelMeeting | Act::SupportProblem)
}

/// Whether all parts of a message do the same: "are you a bot? or a human?" is one question.
fn is_asked_twice(text: &str, spoken: Option<Spoken>) -> bool {
    let mut mains = parts::parts(text).into_iter().map(|part| decide::read(&part, spoken).acts.first().copied());
    let first = mains.next().flatten();
    let others: Vec<Option<Act>> = mains.collect();
    first.is_some() && !others.is_empty() && others.iter().all(|main| *main == first)
}

/// Whether one word or two are ones that our languages share with another: `ciao`, `dank`.
fn is_short_and_known(text: &str) -> bool {
    text.split_whitespace().count() <= 3 && !decide::read(text, None).acts.is_empty()
}

fn has_code(text: &str) -> bool {
    let lower = text.to_lowercase();
    CODE.iter().any(|code| lower.contains(code))
}

fn is_noise(text: &str) -> bool {
    let mut signs = text.trim().chars();
    if let (Some(sign), None) = (signs.next(), signs.next()) {
        return !"ynkjsYNKJS".contains(sign);
    }
    let reading = decide::read(text, None);
    let words = tokens::tokens(text);
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != tokens::STOP).collect();
    reading.acts.is_empty() && noise::is_noise(&words) && !text.contains('@')
}

#[cfg(test)]
mod tests;
