//! What must not leave the page: masked texts, scrubbed addresses, and which fields are what.

mod fields;
mod mask;
mod scrub;
mod words;

pub(crate) use fields::{Field, Meaning, meaning};
pub(crate) use mask::{MASK, bounded, label};
pub(crate) use scrub::scrub;
