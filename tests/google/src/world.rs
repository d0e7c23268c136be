//! Everything that Google has: accounts, calendars, grants, channels.

use crate::api::Pages;
use crate::calendar::{Calendar, Role};
use crate::clock::Clock;
use crate::failure::Failure;
use crate::oauth::Grants;
use crate::push::Pushes;
use crate::settings::Settings;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The account that there is at the beginning; its primary calendar has the same id.
pub const ACCOUNT: &str = "rep@acme.example";

/// Everything, behind one lock.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    /// The address of this server.
    pub(crate) origin: String,
    /// Names by address.
    pub(crate) accounts: BTreeMap<String, String>,
    /// The account with which the browser is signed in.
    pub(crate) signed_in: String,
    pub(crate) calendars: BTreeMap<String, Calendar>,
    /// The calendar lists of accounts: by account and calendar.
    pub(crate) lists: BTreeMap<(String, String), Listed>,
    pub(crate) grants: Grants,
    pub(crate) pages: Pages,
    pub(crate) pushes: Pushes,
    /// Mails that Google would send, because of `sendUpdates`.
    pub(crate) mails: Vec<Json>,
    pub(crate) script: Vec<Failure>,
    /// The status of every response during an outage.
    pub(crate) outage: Option<u16>,
    /// Requests as they came, for tests to read.
    pub(crate) requests: Vec<Json>,
    /// When requests of an account came, in milliseconds.
    pub(crate) used: BTreeMap<String, Vec<i64>>,
    /// The number of refusals by limits.
    pub(crate) limited: usize,
    /// The number of the last change.
    pub(crate) revision: u64,
    next_id: u64,
}

/// An entry of a calendar list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed {
    /// None once the calendar was removed from the list.
    pub(crate) role: Option<Role>,
    pub(crate) is_hidden: bool,
    /// The number of its last change.
    pub(crate) changed: u64,
}

impl World {
    pub(crate) fn new(origin: String) -> World {
        let mut world = World {
            settings: Settings::default(),
            clock: Clock::Running(0),
            origin,
            accounts: BTreeMap::new(),
            signed_in: ACCOUNT.to_owned(),
            calendars: BTreeMap::new(),
            lists: BTreeMap::new(),
            grants: Grants::default(),
            pages: Pages::default(),
            pushes: Pushes::default(),
            mails: Vec::new(),
            script: Vec::new(),
            outage: None,
            requests: Vec::new(),
            used: BTreeMap::new(),
            limited: 0,
            revision: 3_000,
            next_id: 1_000,
        };
        world.add_account(ACCOUNT, "Rita Rep", "Europe/Berlin");
        world
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    pub(crate) fn next_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// The number of a new change.
    pub(crate) fn revise(&mut self) -> u64 {
        self.revision += 1;
        self.revision
    }

    /// Adds an account with its primary calendar.
    pub(crate) fn add_account(&mut self, address: &str, name: &str, zone: &str) {
        self.accounts.insert(address.to_owned(), name.to_owned());
        self.calendars.insert(address.to_owned(), Calendar::new(address, address, zone));
        self.share(address, address, Some(Role::Owner));
    }

    /// Gives an account a role on a calendar, or takes the calendar off its list. Sync tokens of an account end when
    /// its access changes ([`crate::pages::SYNC`]).
    pub(crate) fn share(&mut self, calendar: &str, account: &str, role: Option<Role>) {
        let changed = self.revise();
        let key = (account.to_owned(), calendar.to_owned());
        let known = self.lists.insert(key, Listed { role, is_hidden: false, changed });
        if known.is_some_and(|known| known.role != role) {
            self.pages.expire(Some((account, calendar)));
        }
    }

    /// The role of an account on a calendar.
    pub(crate) fn role(&self, account: &str, calendar: &str) -> Option<Role> {
        self.lists.get(&(account.to_owned(), calendar.to_owned())).and_then(|listed| listed.role)
    }

    /// The id of a calendar as a path names it: `primary` is that of the account.
    pub(crate) fn calendar_id(&self, account: &str, named: &str) -> String {
        if named == "primary" { account.to_owned() } else { named.to_owned() }
    }

    /// Whether an account has used up its minute; counts the request if not ([`crate::pages::QUOTA`]).
    pub(crate) fn is_over_limit(&mut self, account: &str) -> bool {
        let (now, most) = (self.now(), self.settings.per_minute);
        let used = self.used.entry(account.to_owned()).or_default();
        used.retain(|at| now - at < 60_000);
        if used.len() >= most {
            self.limited += 1;
            return true;
        }
        used.push(now);
        false
    }
}
