//! `Knock: Intent Type` of a company: that of its strongest contact, live or at an instant of the past.

use super::Presenter;
use knock_intent::{TypedContact, account_type, score};
use knock_model::{AccountId, IntentType, LeadId};
use knock_ports::{AccountCursor, AccountQuery, StoreError};
use knock_wire::AccountRow;

/// The number of the store's pages that are read for one page of a type: an account may have a contact of a type and be
/// of another.
const LOOKED_AT: usize = 20;

impl Presenter<'_> {
    pub(super) fn account_type(&self, account: AccountId) -> Result<IntentType, StoreError> {
        let contacts = if self.is_live() { self.typed(account)? } else { self.past_typed(account)? };
        Ok(account_type(contacts))
    }

    /// Returns a page of the Accounts table, and the cursor of the next one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn account_rows(&self, query: &AccountQuery) -> Result<(Vec<AccountRow>, Option<AccountCursor>), StoreError> {
        let mut query = AccountQuery { now: self.now, ..query.clone() };
        let wanted = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let mut rows = Vec::new();
        for _ in 0..LOOKED_AT {
            let found = self.view.search_accounts(&query)?;
            let is_last = found.len() < wanted;
            for (place, account) in found {
                query.after = Some(place);
                let row = self.account_row(&account)?;
                if query.filter.intent_type.is_none_or(|kind| kind == row.intent.kind) {
                    rows.push(row);
                }
                if rows.len() == wanted {
                    return Ok((rows, query.after));
                }
            }
            if is_last {
                return Ok((rows, None));
            }
        }
        Ok((rows, query.after))
    }

    fn typed(&self, account: AccountId) -> Result<Vec<TypedContact<LeadId>>, StoreError> {
        let contacts = self.view.typed_contacts(account)?.into_iter();
        let typed = contacts.map(|contact| TypedContact {
            kind: contact.kind,
            score: score(&contact.evidence, self.now).score,
            decided_at: contact.decided_at,
            id: contact.id,
        });
        Ok(typed.collect())
    }

    fn past_typed(&self, account: AccountId) -> Result<Vec<TypedContact<LeadId>>, StoreError> {
        let mut contacts = Vec::new();
        for lead in self.past_leads(account)?.into_iter().filter(|lead| !lead.is_spam) {
            let decided = self.type_decisions(lead.id)?;
            contacts.extend(decided.last().map(|decided| TypedContact {
                kind: decided.kind,
                score: score(&lead.history.evidence, self.now).score,
                decided_at: decided.at,
                id: lead.id,
            }));
        }
        Ok(contacts)
    }
}
