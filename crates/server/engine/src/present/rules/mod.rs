//! Rules: their use, their versions, the inputs of their editor and of their tester.

mod fairness;
mod inputs;
mod list;
mod matches;
mod tester;
