//! Figures and days, each by an example that shows its edge.

mod anchors;
mod day;
mod periods;
mod person;
mod texts;
mod waits;
