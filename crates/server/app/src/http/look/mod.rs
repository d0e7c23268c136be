//! The look of a site as pages get it: one language, colours with what stands on them, the hours in a zone.

mod hours;
mod shown;
mod words;

pub(crate) use shown::{language_of, shown, shown_as};
pub(crate) use words::{all_words, standard, text};
