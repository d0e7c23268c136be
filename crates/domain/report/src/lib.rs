//! Reports: one definition for each figure, and tables made of them.
//!
//! A [`Metric`] says what it counts, at which instant, in which time, without what, and how it is put together. A
//! [`Report`] is a list of metrics. A [`Builder`] is given the persons and visits of a workspace one after the other
//! and makes the table; a [`Lister`] lists what stands behind a cell. Both read the same items by the same question, so
//! that a number and its list cannot differ.
#![no_std]

extern crate alloc;

mod acts;
mod ask;
mod builder;
mod calendar;
mod case;
mod catalogue;
mod cell;
mod condition;
mod dimension;
mod item;
mod key;
mod lister;
mod metric;
mod milestone;
mod period;
mod person;
mod population;
mod question;
mod record;
mod reference;
mod report;
mod rows;
mod steps;

pub use acts::{Acts, Needs, Routed, RoutedTo, Run, StepTaken, Written};
pub use ask::{Ask, Filter};
pub use builder::{Builder, MOST_ROWS, Row, Table};
pub use calendar::{CalendarKind, Calendars, Opening};
pub use catalogue::{REPORTS, metric, report};
pub use condition::Condition;
pub use dimension::{Dimension, NO_VALUE, OTHER};
pub use item::Item;
pub use lister::{Chosen, Lister};
pub use metric::{Aggregator, Anchor, Better, Metric, Unit};
pub use period::{InvalidPeriod, MOST_YEARS, Period};
pub use person::{Meeting, Person, Touch, Visits};
pub use population::{Author, Milestone, Population};
pub use record::{ChatRecord, MeetingRecord, Rejection, Said, Voice, Wait};
pub use reference::reference;
pub use report::Report;
pub use steps::Bucketing;
