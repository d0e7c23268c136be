//! What holds of every decision, whatever the rules and whoever is in the team.
#![expect(clippy::expect_used, reason = "a test may stop")]

mod conditions;
mod decisions;
mod fairness;
mod made;
