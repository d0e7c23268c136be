//! The built-in agent: greets, answers from the team's knowledge, asks once what the lead needs, and hands over. It
//! decides by its playbooks; the server stores and sends what it says.
#![no_std]

extern crate alloc;

mod act;
mod handover;
mod known;
mod language;
mod meeting;
mod plain;
mod playbook;
mod question;
mod reply;
mod team_size;
mod understood;
mod wait;
mod words;

pub use act::{
    Act, ForeignLanguage, MeantEmail, Spoken, Understood, international, language_after, spoken, understand,
};
pub use handover::Handover;
pub use known::{Absence, Abuse, Asked, FoundAnswer, Known, Moment, Presence, Said, Speaker, kind_for};
pub use language::Language;
pub use meeting::{MeetingChance, meeting_title, meeting_words, wants_meeting};
pub use playbook::{InvalidText, LONGEST_TEXT, MOST_TEXTS, Playbook, Playbooks, Step};
pub use question::{is_question, question_key};
pub use reply::{asked, away, greeting, none_of_these, reply, says_absence, yes_or_no};
pub use understood::{Choice, choices, chosen, wants_human};
pub use wait::usual_wait;
pub use words::moment;
