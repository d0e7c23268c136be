//! Rules of workflows, each by examples that show its edge.
#![expect(clippy::expect_used, reason = "a test may stop")]

mod actions;
mod caps;
mod definitions;
mod enrolment;
mod increments;
mod merging;
mod moving;
mod order;
mod outages;
mod parts;
mod placeholders;
mod quiet;
mod scene;
mod state;
mod steps;
mod stops;
mod triggers;
mod until;
mod windows;
