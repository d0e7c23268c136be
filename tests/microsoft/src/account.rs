//! Accounts and their calendars.
//!
//! <https://learn.microsoft.com/graph/api/resources/calendar>

use crate::errors::{Refusal, malformed_id, not_found};
use crate::event::Event;
use crate::ids;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, VecDeque};

/// A user with a mailbox.
#[derive(Debug, Default)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) mail: String,
    pub(crate) is_personal: bool,
    pub(crate) calendars: BTreeMap<u64, Calendar>,
    pub(crate) events: BTreeMap<u64, Event>,
    /// Increases with each change of an event.
    pub(crate) version: u64,
    /// Events that are gone: their ids as they were, whether mutable or not, with calendar and version.
    pub(crate) gone: Vec<Gone>,
    /// The instants of requests, for the limit of a mailbox.
    pub(crate) requests: VecDeque<i64>,
    /// Requests that are being answered.
    pub(crate) under_way: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Gone {
    pub(crate) number: u64,
    pub(crate) moves: u64,
    pub(crate) calendar: u64,
    pub(crate) version: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    pub(crate) number: u64,
    pub(crate) name: String,
    pub(crate) is_default: bool,
    pub(crate) can_edit: bool,
    /// Name and address. Another's is a shared calendar.
    pub(crate) owner: (String, String),
}

impl Account {
    pub(crate) fn owner(&self) -> (String, String) {
        (self.name.clone(), self.mail.clone())
    }

    pub(crate) fn default_calendar(&self) -> Option<&Calendar> {
        self.calendars.values().find(|calendar| calendar.is_default)
    }

    /// The calendar of an id.
    pub(crate) fn calendar(&self, id: &str) -> Result<&Calendar, Refusal> {
        self.calendars.get(&ids::calendar_of(id)?).ok_or_else(not_found)
    }

    /// The event of an id, with the date of the occurrence that it names.
    pub(crate) fn find(&self, id: &str) -> Result<(&Event, Option<jiff::civil::Date>), Refusal> {
        let item = ids::item_of(id)?;
        let event = self.events.get(&item.number).ok_or_else(not_found)?;
        if item.moves.is_some_and(|moves| moves != event.moves) {
            return Err(not_found());
        }
        if item.date.is_some_and(|date| event.on(date).is_none()) {
            return Err(if event.recurrence.is_none() { malformed_id() } else { not_found() });
        }
        Ok((event, item.date))
    }

    /// Counts a change and marks the event with it.
    pub(crate) fn touch(&mut self, number: u64, now: jiff::Timestamp) {
        self.version += 1;
        let version = self.version;
        if let Some(event) = self.events.get_mut(&number) {
            (event.version, event.modified) = (version, now);
        }
    }

    /// Removes an event and remembers that it was there.
    pub(crate) fn remove(&mut self, number: u64) -> Option<Event> {
        let event = self.events.remove(&number)?;
        self.version += 1;
        let (moves, calendar) = (event.moves, event.calendar);
        self.gone.push(Gone { number, moves, calendar, version: self.version });
        Some(event)
    }

    /// Moves an event to another calendar: its mutable id is another one afterwards.
    pub(crate) fn move_to(&mut self, number: u64, calendar: u64, now: jiff::Timestamp) {
        self.touch(number, now);
        let version = self.version;
        let Some(event) = self.events.get_mut(&number) else { return };
        self.gone.push(Gone { number, moves: event.moves, calendar: event.calendar, version });
        event.calendar = calendar;
        event.moves += 1;
    }

    /// The account as `GET /me` shows it.
    ///
    /// <https://learn.microsoft.com/graph/api/user-get>
    pub(crate) fn shown(&self) -> Json {
        json!({
            "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users/$entity", "id": self.id,
            "displayName": self.name, "givenName": self.name.split(' ').next(), "surname": self.name.split(' ').next_back(),
            "mail": self.mail, "userPrincipalName": self.mail, "businessPhones": [], "jobTitle": null,
            "mobilePhone": null, "officeLocation": null, "preferredLanguage": null,
        })
    }
}

impl Calendar {
    pub(crate) fn is_shared(&self, account: &Account) -> bool {
        self.owner.1 != account.mail
    }

    pub(crate) fn shown(&self, account: &Account) -> Json {
        let providers = if account.is_personal { vec!["skypeForConsumer"] } else { vec!["teamsForBusiness"] };
        let is_shared = self.is_shared(account);
        json!({
            "id": ids::calendar(self.number), "name": self.name, "color": "auto", "hexColor": "",
            "isDefaultCalendar": self.is_default, "changeKey": format!("DwAAABYAAAC{:08}==", self.number),
            "canShare": !is_shared, "canViewPrivateItems": !is_shared, "canEdit": self.can_edit,
            "allowedOnlineMeetingProviders": providers, "defaultOnlineMeetingProvider": providers[0],
            "isTallyingResponses": true, "isRemovable": !self.is_default,
            "owner": {"name": self.owner.0, "address": self.owner.1},
        })
    }
}
