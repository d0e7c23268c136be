//! What the store keeps and finds, in SQL that SQLite and PostgreSQL both understand: each statement is written once.

mod arrivals;
mod backlog;
#[cfg_attr(
    not(feature = "scratch"),
    expect(dead_code, unreachable_pub, reason = "tests read all of it, through the feature `scratch`")
)]
mod catalogue;
mod chat;
mod connection;
mod destination;
mod erasure;
mod file;
mod identity;
mod mail;
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

#[cfg(feature = "scratch")]
pub use catalogue::{CATALOGUE, Erase, Kind, Leftovers, Merge, Owner, Table};
#[cfg(not(feature = "scratch"))]
pub(crate) use catalogue::{CATALOGUE, Table};
pub(crate) use connection::{Connection, Db, Dialect, OnRow};
pub(crate) use identity::{claim, span};
pub(crate) use record::{ACCOUNT, LEAD, account, lead};
pub(crate) use row::{Columns, Row, category, number, unreadable};
pub(crate) use value::{Value, params};
pub(crate) use visit::{bytes as missing, seen, visit};
