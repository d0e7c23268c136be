//! What is said to a database: statements, their parameters, and the rows they are about.

mod query;
mod value;

pub(crate) use query::{Query, Scope};
pub(crate) use value::{Value, params};
