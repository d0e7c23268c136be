//! Erasure of a person: the person's facts are erased, those of others stay, and companies are computed again.
//!
//! For each browser the span of the erased person is kept, so that signals which the browser still holds and resends do
//! not restore the person with half a history.

use super::{fold, identify};
use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::writer::After;
use knock_identity::Claim;
use knock_model::{AuditAction, Email, LeadId, Millis, SignalId, SiteId, VisitorId};
use knock_ports::{Derived, Erased, ErasedLead, Lead, Ledger, StoreError, View};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The person to export or erase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The person with this address.
    Address(Email),
    /// The person with this record, or with the record that it was merged into: the person may have no address.
    Lead(LeadId),
}

impl Whose {
    /// Returns the record of the person; none if nothing is stored.
    ///
    /// # Errors
    /// When the store fails.
    pub fn lead(&self, view: &dyn View) -> Result<Option<Lead>, StoreError> {
        match self {
            Whose::Address(email) => view.lead_by_email(email),
            Whose::Lead(id) => view.lead(view.merged_into(*id)?),
        }
    }

    /// Returns the addresses of the person: the one asked for, that of their record, and those of the contacts that were
    /// merged into it by hand.
    ///
    /// # Errors
    /// When the store fails.
    pub fn addresses(&self, view: &dyn View) -> Result<BTreeSet<Email>, StoreError> {
        let mut addresses = BTreeSet::new();
        if let Whose::Address(email) = self {
            addresses.insert(email.clone());
        }
        if let Some(lead) = self.lead(view)? {
            addresses.extend(lead.email);
            addresses.extend(view.contact_merges(lead.id)?.into_iter().filter_map(|merge| merge.email));
        }
        Ok(addresses)
    }
}

#[derive(Clone, Debug)]
pub struct ErasePerson {
    pub whose: Whose,
    /// All `identify` signals with the address of the person, trusted or not.
    pub naming: Vec<(SiteId, VisitorId, SignalId)>,
    /// The id of the receipt, which entries of the audit log keep instead of what identified the person.
    pub receipt: String,
    pub now: Millis,
}

impl Change for ErasePerson {
    /// The extent of the erasure; none if the person is unknown.
    type Outcome = Option<Erased>;

    fn make(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(Option<Erased>, Option<Note>), StoreError> {
        let lead = self.whose.lead(ledger)?;
        let mut erased = match &lead {
            Some(lead) => self.erase(ledger, lead, changes)?,
            None if self.naming.is_empty() => return Ok((None, None)),
            None => Erased::default(),
        };
        for (site, visitor, id) in &self.naming {
            // Signals of the person are erased already.
            erased.elsewhere += u64::from(ledger.blank_identify(*site, *visitor, *id)?);
        }
        if let Some(lead) = &lead {
            ledger.redact_audit(lead.id, &self.receipt)?;
        }
        let note = Note::new(AuditAction::PersonErased, subject("person", "", "")).receipt(&self.receipt);
        let note = note.with(counts(&erased));
        Ok((Some(erased), Some(note)))
    }

    fn after(&self) -> After {
        After::All
    }
}

impl ErasePerson {
    fn erase(&self, ledger: &mut dyn Ledger, lead: &Lead, changes: &mut Changes) -> Result<Erased, StoreError> {
        let mut erased = Erased::default();
        let spans = ledger.spans_of_lead(lead.id)?;
        let browsers: BTreeSet<_> = spans.iter().map(|(span, _)| (span.site.0, span.visitor)).collect();
        for (site, visitor) in &browsers {
            ledger.drop_derived(Derived::Browser(SiteId(*site), *visitor))?;
        }
        for (span, to) in &spans {
            erased.signals += ledger.erase_signals(span, *to)?;
        }
        // Open connections to their chats end.
        changes.extend(ledger.conversations_of_lead(lead.id)?.iter().map(|chat| Notice::Message(chat.id)));
        changes.extend(browsers.iter().map(|(_, visitor)| Notice::Invitation(*visitor)));
        // Contacts that were merged into this one by hand have left rows under their own ids.
        for merge in ledger.contact_merges(lead.id)? {
            ledger.erase_lead(merge.former)?;
        }
        let ErasedLead { conversations, messages, files } = ledger.erase_lead(lead.id)?;
        (erased.conversations, erased.messages, erased.files) = (conversations, messages, files);
        for (site, visitor) in &browsers {
            self.close(ledger, SiteId(*site), *visitor)?;
        }
        for (site, visitor) in &browsers {
            identify::cut(ledger, SiteId(*site), *visitor)?;
            ledger.recount_sequences(SiteId(*site), *visitor)?;
            erased.browsers += 1;
        }
        if let Some(account) = lead.account {
            if ledger.everybody_of(account)?.is_empty() {
                ledger.erase_account(account)?;
            } else {
                let scores = fold::refold_account(ledger, account, self.now, changes)?;
                fold::tell_of_account(account, scores, self.now, changes);
                changes.happened(self.now, Happened::PersonErased { account });
            }
        }
        changes.push(Notice::Timer);
        Ok(erased)
    }

    /// Ends the last span of the erased person: the browser is unclaimed from now on.
    fn close(&self, ledger: &mut dyn Ledger, site: SiteId, visitor: VisitorId) -> Result<(), StoreError> {
        let Some(last) = ledger.claims(visitor)?.pop().filter(|last| last.lead == Claim::ERASED) else { return Ok(()) };
        // A clock that was set back must not put the end of the span before its start.
        let at = self.now.max(last.at + Millis(1));
        let mut random = [0; 10];
        random.copy_from_slice(&visitor.as_bytes()[6..]);
        let cause = SignalId::new(self.now, &random);
        ledger.append_claim(site, visitor, Claim { cause, at, lead: Claim::UNCLAIMED })
    }
}

/// The extent of the erasure, for the entry of the audit log.
fn counts(erased: &Erased) -> Value {
    let Erased { browsers, signals, conversations, messages, elsewhere, files } = erased;
    json!({"browsers": browsers, "signals": signals, "conversations": conversations, "messages": messages,
        "elsewhere": elsewhere, "files": files.len()})
}
