//! Texts in Slack's markup, both ways.
//!
//! To Slack, three characters are escaped and nothing else is changed: formatting is switched off where a visitor's
//! text stands ([`crate::blocks::quoted`]). From Slack, every element has something to see; formatting marks (`*bold*`)
//! stay as they are, since a text may mean them.

mod cut;
mod element;
mod emoji;
mod escape;
mod mrkdwn;
mod names;
mod read;

pub use cut::{Cut, SECTION_LIMIT, TEXT_LIMIT, cut, pieces};
pub use escape::to_slack;
pub use mrkdwn::Mrkdwn;
pub use names::Names;
pub use read::{from_slack, mentioned};

#[cfg(test)]
mod laws;
#[cfg(test)]
mod vectors;
