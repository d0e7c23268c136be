//! `calendarView/delta`: what changed within a span since a token was given.
//!
//! <https://learn.microsoft.com/graph/api/event-delta>, <https://learn.microsoft.com/graph/delta-query-events>. A series
//! is always sent whole and on one page: itself, its exceptions, and of each occurrence only its times
//! (<https://github.com/microsoftgraph/microsoft-graph-docs/pull/4501>).

use crate::account::Account;
use crate::errors::Refusal;
use crate::event::{Event, Instance, Kind};
use crate::ids;
use crate::settings::Settings;
use crate::show::{self, Shape};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// Number of an event, its calendars before, and the date of an occurrence.
type Key = (u64, u64, Option<Date>);

/// A calendar and a span of time, of which a client follows the changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) account: String,
    pub(crate) calendar: u64,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

/// What a client has after a round.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) scope: Scope,
    items: BTreeMap<Key, u64>,
    version: u64,
}

/// A round of pages, and what the client has after the last of them.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    pub(crate) pages: Vec<Vec<Json>>,
    pub(crate) known: Known,
}

/// What a token leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// `$skiptoken`: a page of a round.
    Page { round: usize, page: usize },
    /// `$deltatoken`: the round after one.
    After { round: usize },
}

/// The rounds that tokens lead to.
#[derive(Debug, Default)]
pub(crate) struct States {
    rounds: Vec<Round>,
    /// The number of rounds whose tokens have expired.
    expired: usize,
}

impl States {
    pub(crate) fn add(&mut self, round: Round) -> usize {
        self.rounds.push(round);
        self.rounds.len() - 1
    }

    /// Ends all tokens that were given.
    pub(crate) fn expire(&mut self) {
        self.expired = self.rounds.len();
    }

    /// The round of a token: gone when it has expired, refused when it is none.
    ///
    /// <https://learn.microsoft.com/graph/delta-query-overview>
    pub(crate) fn find(&self, token: Option<Token>, restart: &str) -> Result<(Token, &Round), Refusal> {
        let token = token.ok_or_else(|| Refusal::new(400, "BadRequest", "Badly formed token."))?;
        let (Token::Page { round, .. } | Token::After { round }) = token;
        if round < self.expired {
            let message =
                format!("The sync state generation is not found; generation={round};[highest={}].", self.expired);
            let gone = Refusal::new(410, "SyncStateNotFound", message);
            return Err(gone.with("location", restart.to_owned()));
        }
        let found = self.rounds.get(round).ok_or_else(|| Refusal::new(400, "BadRequest", "Badly formed token."))?;
        Ok((token, found))
    }
}

impl Token {
    pub(crate) fn text(self) -> String {
        let plain = match self {
            Token::Page { round, page } => format!("page {round} {page}"),
            Token::After { round } => format!("after {round}"),
        };
        BASE64_URL_SAFE_NO_PAD.encode(plain)
    }

    pub(crate) fn parse(text: &str) -> Option<Token> {
        let plain = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        match plain.split(' ').collect::<Vec<_>>()[..] {
            ["page", round, page] => Some(Token::Page { round: round.parse().ok()?, page: page.parse().ok()? }),
            ["after", round] => Some(Token::After { round: round.parse().ok()? }),
            _ => None,
        }
    }
}

/// The round after another one; without one, the first round of a scope.
pub(crate) fn round(
    account: &Account,
    scope: Scope,
    before: Option<&Known>,
    shape: &Shape,
    settings: &Settings,
    page: usize,
) -> Round {
    let mut items = BTreeMap::new();
    let mut groups = Vec::new();
    let mut replay = settings.replays;
    for event in account.events.values().filter(|event| event.calendar == scope.calendar) {
        let instances = event.within(scope.from, scope.to);
        if instances.is_empty() {
            continue;
        }
        let keys = keys(event, &instances);
        let is_known =
            before.is_some_and(|before| keys.iter().all(|key| before.items.get(key) == Some(&event.version)));
        items.extend(keys.into_iter().map(|key| (key, event.version)));
        if !is_known || std::mem::take(&mut replay) {
            groups.push(group(event, &instances, shape));
        }
    }
    let removed = before.map(|before| removed(account, before, &items, settings)).unwrap_or_default();
    groups.extend(
        removed
            .into_iter()
            .map(|(number, moves, date)| vec![show::removed(&ids::item(number, moves, date, shape.is_immutable))]),
    );
    let mut pages = paged(groups, page);
    if settings.has_empty_page {
        pages.insert(0, Vec::new());
    }
    Round { pages, known: Known { scope, items, version: account.version } }
}

fn keys(event: &Event, instances: &[Instance<'_>]) -> Vec<Key> {
    let mut keys: Vec<Key> = instances.iter().map(|one| (event.number, event.moves, one.date)).collect();
    if event.recurrence.is_some() {
        keys.push((event.number, event.moves, None));
    }
    keys
}

/// The rows of an event.
fn group(event: &Event, instances: &[Instance<'_>], shape: &Shape) -> Vec<Json> {
    let row = |instance: &Instance<'_>| {
        let mut row =
            if instance.kind == Kind::Occurrence { show::slim(instance, shape) } else { show::event(instance, shape) };
        row["@odata.type"] = json!("#microsoft.graph.event");
        row
    };
    let master = event.recurrence.is_some().then(|| row(&event.whole()));
    master.into_iter().chain(instances.iter().map(row)).collect()
}

/// What the client has and must drop, and what changed beyond the span.
fn removed(account: &Account, before: &Known, items: &BTreeMap<Key, u64>, settings: &Settings) -> BTreeSet<Key> {
    let lost = before.items.keys().filter(|key| !items.contains_key(key));
    let is_named = |key: &&Key| settings.names_removed_occurrences || key.2.is_none();
    let mut removed: BTreeSet<Key> = lost.filter(is_named).copied().collect();
    if settings.reports_beyond {
        let calendar = before.scope.calendar;
        let gone = account.gone.iter().filter(|gone| gone.calendar == calendar && gone.version > before.version);
        removed.extend(gone.map(|gone| (gone.number, gone.moves, None)));
        let events = account.events.values();
        let beyond = events.filter(|event| event.calendar == calendar && event.version > before.version);
        let beyond = beyond.map(|event| (event.number, event.moves, None));
        removed.extend(beyond.filter(|key| !items.contains_key(key)));
    }
    removed
}

/// Pages of about so many rows, none of which cuts a group.
fn paged(groups: Vec<Vec<Json>>, size: usize) -> Vec<Vec<Json>> {
    let mut pages = vec![Vec::new()];
    for group in groups {
        match pages.last_mut() {
            Some(page) if page.is_empty() || page.len() + group.len() <= size => page.extend(group),
            _ => pages.push(group),
        }
    }
    pages
}
