//! Laws of every history, for any workflows.
#![expect(clippy::expect_used, reason = "a test may stop")]

mod made;
mod once;
mod replays;
mod times;
