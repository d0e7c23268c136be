//! The connector to providers of data about companies and persons: one generic way over HTTP.

mod client;
mod mapping;
mod template;

pub use client::{Answer, Failure, Provider, Question};
pub use mapping::{Mapped, check_pointer};
pub use template::Template;
