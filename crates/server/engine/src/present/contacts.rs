//! Lists of persons and companies: now by a query, for the past by what had arrived then.

use super::Presenter;
use crate::lead_fields::{connected_crms, routing_fields};
use knock_model::{IntentType, Millis};
use knock_ports::{
    AccountCursor, AccountFilter, Cursor, LeadCursor, LeadFilter, LeadPage, LeadQuery, SortKey, StoreError, TableCursor,
};
use knock_wire::{AccountRow, ContactRow};
use std::collections::BTreeMap;

/// Persons or companies read for one page of the past: each is computed from its signals.
const LOOKED_AT: u32 = 200;

impl Presenter<'_> {
    /// Returns a page of the Contacts table, and the cursor of the next one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contacts(&self, query: &LeadQuery) -> Result<(Vec<ContactRow>, Option<LeadCursor>), StoreError> {
        let crms = if query.asks_relation() { connected_crms(self.view)? } else { Vec::new() };
        let query = &LeadQuery { now: self.now, crms, ..query.clone() };
        let LeadPage { leads, next } = match &query.filter.condition {
            None => self.view.search_leads(query, &mut |_| true)?,
            Some(condition) => {
                let channels = self.channels()?;
                self.view.search_leads(query, &mut |lead| {
                    condition.holds(&routing_fields(lead, &channels, self.now), Some(self.now))
                })?
            }
        };
        let rows = leads.iter().map(|lead| self.contact_row(lead)).collect::<Result<_, _>>()?;
        Ok((rows, next))
    }

    /// Returns a page for a past instant: persons first seen by then, the latest first. A page may end early.
    ///
    /// # Errors
    /// When the database fails.
    pub fn contacts_then(
        &self,
        filter: &LeadFilter,
        after: Option<LeadCursor>,
        limit: u32,
    ) -> Result<(Vec<ContactRow>, Option<LeadCursor>), StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut rows = Vec::new();
        let after = after.map(|after| Cursor { at: first_seen(&after), id: *after.id.as_bytes() });
        let seen = self.view.leads_seen_by(self.now, after, LOOKED_AT)?;
        let is_all = seen.len() < LOOKED_AT as usize;
        let last = seen.len().saturating_sub(1);
        for (index, known) in seen.into_iter().enumerate() {
            let place = LeadCursor {
                key: SortKey::Number(known.first_seen_at.0),
                last_seen_at: known.last_seen_at,
                id: known.id,
            };
            let then = self.lead(known.id)?.filter(|lead| !lead.is_spam);
            let row = then.map(|lead| self.contact_row(&lead)).transpose()?;
            rows.extend(row.filter(|row| is_shown(row, filter)));
            if rows.len() >= limit || (index == last && !is_all) {
                return Ok((rows, Some(place)));
            }
        }
        Ok((rows, None))
    }

    /// Returns a page of the Accounts table at a past instant: companies first seen by then, the latest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn accounts_then(
        &self,
        filter: &AccountFilter,
        after: Option<AccountCursor>,
        limit: u32,
    ) -> Result<(Vec<AccountRow>, Option<AccountCursor>), StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let search = filter.search.trim().to_ascii_lowercase();
        let mut rows = Vec::new();
        let after = after.map(|after| Cursor { at: first_seen(&after), id: *after.id.as_bytes() });
        let seen = self.view.accounts_seen_by(self.now, after, LOOKED_AT)?;
        let is_all = seen.len() < LOOKED_AT as usize;
        let last = seen.len().saturating_sub(1);
        for (index, known) in seen.into_iter().enumerate() {
            let place = AccountCursor {
                key: SortKey::Number(known.first_seen_at.0),
                last_seen_at: known.last_seen_at,
                id: known.id,
            };
            let then = self.account(known.id)?.filter(|account| account.contacts > 0);
            let row = then.map(|account| self.account_row(&account)).transpose()?;
            rows.extend(row.filter(|row| {
                row.domain.contains(&search)
                    && filter.bucket.is_none_or(|bucket| bucket == row.intent.bucket)
                    && filter.intent_type.is_none_or(|kind| kind == row.intent.kind)
            }));
            if rows.len() >= limit || (index == last && !is_all) {
                return Ok((rows, Some(place)));
            }
        }
        Ok((rows, None))
    }

    /// Returns the links by id, each with its channel.
    pub(super) fn channels(&self) -> Result<BTreeMap<String, knock_routing::Link>, StoreError> {
        Ok(self.view.links()?.into_iter().map(crate::lead_fields::link).map(|link| (link.id.clone(), link)).collect())
    }
}

/// The first signal of a cursor in the list of the past, which is sorted by it.
const fn first_seen<Id>(after: &TableCursor<Id>) -> Millis {
    match after.key {
        SortKey::Number(at) => Millis(at),
        SortKey::Text(_) | SortKey::Score(_) => after.last_seen_at,
    }
}

fn is_shown(row: &ContactRow, filter: &LeadFilter) -> bool {
    let search = filter.search.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&search);
    (has(&row.email) || has(&row.name) || has(&row.display_name))
        && filter.is_named.is_none_or(|is_named| is_named != row.email.is_empty())
        && filter.bucket.is_none_or(|bucket| bucket == row.intent.bucket)
        && filter.intent_type.is_none_or(|kind: IntentType| kind == row.intent.kind)
        && filter.ids.as_ref().is_none_or(|ids| ids.contains(&row.id))
}
