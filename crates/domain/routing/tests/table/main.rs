//! Rules of routing, each by examples that show its edge.
#![expect(clippy::expect_used, reason = "a test may stop")]

mod chats;
mod conditions;
mod fields;
mod links;
mod meetings;
mod operators;
mod owners;
mod rules;
mod scene;
mod turns;
mod words;
