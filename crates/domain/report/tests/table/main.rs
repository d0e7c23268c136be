//! Figures and days, each by an example that shows its edge.

mod acted;
mod anchors;
mod day;
mod periods;
mod person;
mod texts;
mod together;
mod waits;
