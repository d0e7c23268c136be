//! Rules: how they are used, what they were, what they are made of and tried with.

mod fairness;
mod inputs;
mod list;
mod matches;
mod tester;
