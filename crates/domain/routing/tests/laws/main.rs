//! Laws of every decision, for any rules and any team.
#![expect(clippy::expect_used, reason = "a test may stop")]

mod conditions;
mod decisions;
mod fairness;
mod made;
