//! The form of a site's look, and its preview.

pub(crate) mod bar;
mod chat_form;
mod colours;
mod fields;
pub(crate) mod groups;
mod hidden;
mod languages;
mod launcher;
mod own_words;
mod picture;
pub(crate) mod preview;
mod teaser;
mod variables;
