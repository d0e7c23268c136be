//! The built-in agent: greets, answers from the team's questions and answers, asks once what
//! the lead needs, and hands over. It decides; somebody else sends what it says.
#![no_std]

extern crate alloc;

mod answer;
mod reply;

pub use answer::{Answer, best_answer};
pub use reply::{Known, greeting, reply};
