//! What the panel says, as plain functions.

mod author;
mod limit;
mod links;
mod notice;
mod span;

pub(crate) use author::{author_name, company_words};
pub(crate) use limit::{Room, room};
pub(crate) use links::{Piece, split};
pub(crate) use notice::{Notice, notice};
pub(crate) use span::ago;
