//! The texts of the panel, as pure functions.

mod author;
mod limit;
mod notice;
mod span;
mod texts;

pub(crate) use author::{author_name, company_words};
pub(crate) use limit::hint;
pub(crate) use notice::{NO_ROOM, NOT_LISTED, NOT_TAKEN, Notice, TOO_LARGE, notice, refusal};
pub(crate) use span::ago;
#[cfg(test)]
pub(crate) use texts::CODES;
pub(crate) use texts::{Text, Words};
