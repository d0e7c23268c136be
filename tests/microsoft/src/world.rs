//! All that the vendor has: accounts, grants, subscriptions, and what is scripted.

use crate::account::{Account, Calendar};
use crate::delta::States;
use crate::failure::Failure;
use crate::identity::Identity;
use crate::notify::Deliveries;
use crate::seed;
use crate::settings::Settings;
use crate::subscriptions::Subscription;
use jiff::Timestamp;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

#[derive(Debug)]
pub(crate) struct World {
    /// `http://127.0.0.1:41234`.
    pub(crate) origin: String,
    pub(crate) settings: Settings,
    pub(crate) accounts: BTreeMap<String, Account>,
    /// The id of the account that is signed in in the browser.
    pub(crate) signed_in: String,
    pub(crate) identity: Identity,
    pub(crate) subscriptions: BTreeMap<String, Subscription>,
    pub(crate) deliveries: Deliveries,
    pub(crate) deltas: States,
    pub(crate) script: Vec<Failure>,
    /// The status of every response of Graph during an outage.
    pub(crate) outage: Option<u16>,
    /// Requests as they came, for tests to read.
    pub(crate) requests: Vec<Json>,
    /// Mails that the mailbox sent to attendees.
    pub(crate) invitations: Vec<Json>,
    /// Requests that were refused by a limit.
    pub(crate) refused_by_limits: usize,
    /// The distance of its clock ahead of the machine's, in milliseconds.
    pub(crate) ahead: i64,
    next_id: u64,
}

impl World {
    pub(crate) fn new(origin: String) -> World {
        let mut world = World {
            origin,
            settings: Settings::default(),
            accounts: BTreeMap::new(),
            signed_in: String::new(),
            identity: Identity::default(),
            subscriptions: BTreeMap::new(),
            deliveries: Deliveries::default(),
            deltas: States::default(),
            script: Vec::new(),
            outage: None,
            requests: Vec::new(),
            invitations: Vec::new(),
            refused_by_limits: 0,
            ahead: 0,
            next_id: 0,
        };
        world.signed_in = world.add_account(seed::NAME, seed::MAIL, false);
        world
    }

    #[expect(clippy::disallowed_methods, reason = "the only place of this program that reads the time")]
    pub(crate) fn now_millis(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX).saturating_add(self.ahead)
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.now_millis()).unwrap_or(Timestamp::MAX)
    }

    pub(crate) fn next_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// An id in the form of a GUID; a different one each time.
    pub(crate) fn guid(&mut self) -> String {
        let id = self.next_id();
        format!("{:08x}-0c0c-4ec7-8a11-{:012x}", id.wrapping_mul(0x9E37_79B1) & 0xFFFF_FFFF, id)
    }

    /// Adds an account with its default calendar.
    pub(crate) fn add_account(&mut self, name: &str, mail: &str, is_personal: bool) -> String {
        let id = self.guid();
        let account =
            Account { id: id.clone(), name: name.to_owned(), mail: mail.to_owned(), is_personal, ..Account::default() };
        self.accounts.insert(id.clone(), account);
        let owner = (name.to_owned(), mail.to_owned());
        self.add_calendar(
            &id,
            Calendar { number: 0, name: "Calendar".to_owned(), is_default: true, can_edit: true, owner },
        );
        id
    }

    /// Adds a calendar under a new number.
    pub(crate) fn add_calendar(&mut self, account: &str, calendar: Calendar) -> u64 {
        let number = self.next_id();
        if let Some(account) = self.accounts.get_mut(account) {
            account.calendars.insert(number, Calendar { number, ..calendar });
        }
        number
    }

    /// The account of an id or an address; without either, the one that is signed in.
    pub(crate) fn account_id(&self, name: Option<&str>) -> Option<String> {
        let Some(name) = name else { return Some(self.signed_in.clone()) };
        let fits = |account: &&Account| account.id == name || account.mail.eq_ignore_ascii_case(name);
        self.accounts.values().find(fits).map(|account| account.id.clone())
    }

    /// A mail to the attendees of an event, as the mailbox sends it.
    pub(crate) fn invite(&mut self, kind: &str, event: u64, attendees: &[Json]) {
        for attendee in attendees {
            self.invitations.push(json!({"kind": kind, "event": event, "to": attendee["emailAddress"]["address"]}));
        }
    }
}
