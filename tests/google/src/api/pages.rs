//! Page tokens and sync tokens ([`crate::pages::SYNC`]).

use super::parameters::Parameters;
use crate::errors::{Refusal, full_sync, invalid};
use jiff::Timestamp;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The tokens that were given out.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    rest: BTreeMap<String, Rest>,
    syncs: BTreeMap<String, Sync>,
    given: u64,
}

/// What follows a page: the list as it was when it was first asked for.
#[derive(Clone, Debug)]
struct Rest {
    source: Source,
    fingerprint: String,
    items: Vec<Json>,
    sync: Option<Sync>,
}

/// The list: of an account, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) account: String,
    /// A calendar, a series within one or `calendarList`.
    pub(crate) of: String,
}

/// The state that a sync token stands for.
#[derive(Clone, Debug)]
pub(crate) struct Sync {
    pub(crate) source: Source,
    /// The number of the last change that the client has.
    pub(crate) since: u64,
    /// The parameters that have to be the same again.
    pub(crate) kind: String,
    /// The window of the first read, and how far series were expanded.
    pub(crate) from: Timestamp,
    pub(crate) to: Option<Timestamp>,
    pub(crate) horizon: Timestamp,
    pub(super) is_expired: bool,
}

impl Sync {
    pub(crate) fn new(source: Source, since: u64, kind: String) -> Sync {
        let (from, horizon) = (Timestamp::MIN, Timestamp::MAX);
        Sync { source, since, kind, from, to: None, horizon, is_expired: false }
    }
}

/// One page of a list.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) items: Vec<Json>,
    pub(crate) next_page: Option<String>,
    pub(crate) next_sync: Option<String>,
}

impl Pages {
    /// The first page of a list, `sync` being the state that its last page gives a token for.
    pub(crate) fn first(
        &mut self,
        source: Source,
        parameters: &Parameters,
        items: Vec<Json>,
        sync: Option<Sync>,
        size: usize,
    ) -> Page {
        self.cut(Rest { source, fingerprint: parameters.fingerprint(), items, sync }, size)
    }

    /// The page that a token stands for. A token can be used again, as after a lost answer.
    ///
    /// # Errors
    /// 400 for a token of another list or of other parameters.
    pub(crate) fn next(
        &mut self,
        source: &Source,
        parameters: &Parameters,
        size: usize,
    ) -> Option<Result<Page, Refusal>> {
        let token = parameters.text("pageToken")?;
        let rest = self.rest.get(token).cloned();
        let rest = rest.filter(|rest| rest.source == *source && rest.fingerprint == parameters.fingerprint());
        Some(match rest {
            Some(rest) => Ok(self.cut(rest, size)),
            None => Err(invalid("pageToken", "Invalid page token value.")),
        })
    }

    fn cut(&mut self, mut rest: Rest, size: usize) -> Page {
        let left = rest.items.split_off(size.min(rest.items.len()));
        let items = std::mem::replace(&mut rest.items, left);
        if rest.items.is_empty() {
            let next_sync = rest.sync.map(|sync| self.keep(sync));
            return Page { items, next_page: None, next_sync };
        }
        self.given += 1;
        let token = format!("EPAGE{:08}", self.given);
        self.rest.insert(token.clone(), rest);
        Page { items, next_page: Some(token), next_sync: None }
    }

    fn keep(&mut self, sync: Sync) -> String {
        self.given += 1;
        let token = format!("CSYNC{:08}=", self.given);
        self.syncs.insert(token.clone(), sync);
        token
    }

    /// The state of a sync token.
    ///
    /// # Errors
    /// 400 for one that never was, or of another list; 410 for one that has ended.
    pub(crate) fn sync(&self, source: &Source, token: &str) -> Result<Sync, Refusal> {
        let known = self.syncs.get(token).filter(|sync| sync.source == *source);
        let known = known.ok_or_else(|| invalid("syncToken", "Invalid sync token value."))?;
        if known.is_expired { Err(full_sync()) } else { Ok(known.clone()) }
    }

    /// Ends sync tokens: all, or those of an account for a calendar.
    pub(crate) fn expire(&mut self, of: Option<(&str, &str)>) {
        let is_meant =
            |sync: &Sync| of.is_none_or(|(account, of)| sync.source.account == account && sync.source.of == of);
        self.syncs.values_mut().filter(|sync| is_meant(sync)).for_each(|sync| sync.is_expired = true);
    }
}
