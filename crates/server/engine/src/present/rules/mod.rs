//! What rules are made of and tried with: inputs, matches, past leads.

mod inputs;
mod matches;
mod tester;
