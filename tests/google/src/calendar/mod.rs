//! Calendars: their events and series, what a reader sees of them, and how they change.

mod check;
mod conference;
mod event;
mod patch;
mod series;
mod view;
mod when;
mod write;

pub(crate) use conference::settle;
pub(crate) use event::Event;
pub(crate) use series::{occurrence, occurrences};
pub(crate) use view::{Viewer, stub};
pub(crate) use when::{When, instant, zone};
pub(crate) use write::{Change, Sends, cancel, change, horizon, insert, zone_of};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an account may do with a calendar, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Role {
    FreeBusyReader,
    Reader,
    WriterWithoutPrivateAccess,
    Writer,
    Owner,
}

impl Role {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Role::FreeBusyReader => "freeBusyReader",
            Role::Reader => "reader",
            Role::WriterWithoutPrivateAccess => "writerWithoutPrivateAccess",
            Role::Writer => "writer",
            Role::Owner => "owner",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Role> {
        serde_json::from_value(serde_json::Value::from(text)).ok()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    pub(crate) id: String,
    pub(crate) summary: String,
    /// The name of its time zone.
    pub(crate) zone: String,
    pub(crate) events: BTreeMap<String, Event>,
}

impl Calendar {
    pub(crate) fn new(id: &str, summary: &str, zone: &str) -> Calendar {
        Calendar { id: id.to_owned(), summary: summary.to_owned(), zone: zone.to_owned(), events: BTreeMap::new() }
    }

    /// The exceptions of a series, cancelled ones too.
    pub(crate) fn exceptions<'c>(&'c self, series: &'c str) -> impl Iterator<Item = &'c Event> {
        self.events.values().filter(move |event| event.series() == Some(series))
    }
}
