//! The built-in agent: greets, answers from the team's questions and answers, asks once what
//! the lead needs, and hands over. It decides; the server stores and sends what it says.
#![no_std]

extern crate alloc;

mod answer;
mod language;
mod reply;
mod texts;
mod understood;

pub use answer::{Answer, best_answer};
pub use language::Language;
pub use reply::{Known, Said, greeting, reply};
pub use understood::{Choice, choices, chosen, wants_human};
