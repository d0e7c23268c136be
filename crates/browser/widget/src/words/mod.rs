//! What the panel says, as plain functions.

mod author;
mod limit;
mod notice;
mod span;
mod texts;

pub(crate) use author::{author_name, company_words};
pub(crate) use limit::hint;
pub(crate) use notice::{NOT_LISTED, Notice, notice};
pub(crate) use span::ago;
pub(crate) use texts::{Text, Words};
