//! Statements, their parameters, and their rows.

mod query;
mod value;

pub(crate) use query::{Query, Scope};
pub(crate) use value::{Value, params};
