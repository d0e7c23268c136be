//! What the agent answers, step by step.

mod acts;
mod course;
mod laws;
mod questions;

use super::*;
use crate::act::{Act, MeantEmail, Understood};
use crate::known::{Absence, FoundAnswer, Moment, Presence};
use alloc::boxed::Box;
use alloc::string::ToString;
use knock_model::{Email, Millis, Phone};

static PLAIN: Understood = Understood {
    acts: Vec::new(),
    spoken: None,
    email: None,
    phone: None,
    name: None,
    masked: None,
    parts: Vec::new(),
};

/// A message that does this.
fn doing(act: Act) -> &'static Understood {
    Box::leak(Box::new(Understood { acts: Vec::from([act]), ..Understood::default() }))
}

fn speaker<'a>(playbooks: &'a Playbooks, kind: AgentKind, said: &'a [&'a str]) -> Speaker<'a> {
    Speaker { playbooks, kind, language: Language::En, rep: Some("Ann"), email: None, said }
}

fn known<'a>(speaker: Speaker<'a>, nth: usize) -> Known<'a> {
    Known {
        speaker,
        written: Vec::new(),
        asks: false,
        understood: &PLAIN,
        asked: None,
        is_handed_over: false,
        is_agents: false,
        nth,
        is_email_new: false,
        is_question: false,
        answers: Vec::new(),
        offered: Vec::new(),
        absence: None,
        sends_mail: false,
        usual_wait: None,
        careers: None,
        offers_meeting: false,
        presence: Presence::Unknown,
        waited: None,
        meeting_page: None,
        abuse: Abuse::None,
        is_rejected: false,
        workspace: "Acme",
    }
}

fn texts(said: &[Said]) -> Vec<&str> {
    said.iter().map(|said| said.text.as_str()).collect()
}

/// The message as this reads it.
fn message(understood: Understood) -> &'static Understood {
    Box::leak(Box::new(understood))
}

/// A message of no other meaning, such as a choice that was tapped.
fn typed(text: &str) -> &'static Understood {
    message(Understood { parts: Vec::from([text.into()]), ..Understood::default() })
}

const MONDAY: Moment = Moment { days: 2, weekday: 1, day: 7, month: 12, hour: 9, minute: 0, zone: None };

fn email(text: &str, is_as_typed: bool) -> Option<MeantEmail> {
    Some(MeantEmail { email: Email::parse(text).expect("an address"), is_as_typed })
}

fn phone(text: &str) -> Option<Phone> {
    Some(Phone::parse(text).expect("a number"))
}
