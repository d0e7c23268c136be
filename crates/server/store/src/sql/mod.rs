//! What the store keeps and finds, in SQL that SQLite and PostgreSQL both understand: each statement is written once.

mod arrivals;
mod backlog;
mod chat;
mod connection;
mod destination;
mod erasure;
mod identity;
mod member;
mod outbox;
mod packed;
mod person;
mod rebuild;
mod record;
mod retention;
mod routing;
mod row;
mod signal;
mod site;
mod timer;
mod value;
mod visit;

pub(crate) use connection::{Connection, Db, Dialect, OnRow};
pub(crate) use identity::{claim, span};
pub(crate) use record::{ACCOUNT, LEAD, account, lead};
pub(crate) use row::{Row, category, number, unreadable};
pub(crate) use value::{Value, params};
pub(crate) use visit::{bytes as missing, seen, visit};
