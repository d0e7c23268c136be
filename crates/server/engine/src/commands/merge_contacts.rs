//! A member merges two contacts, and undoes it.
//!
//! The merge is a fact. Rows of the former change their owner; all that is derived is computed again by the rules of a
//! rebuild, after the merge as after its undo.

use super::identify::stranger;
use super::rebuild::piece;
use super::rebuild::{Rebuilt, Tally};
use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::workflow_merge;
use crate::writer::After;
use knock_model::{AccountId, AuditAction, Email, LeadId, Millis, RepId, SignalId, SiteId, VisitorId, display_name};
use knock_ports::{ContactMerge, Lead, Ledger, StoreError, View};
use serde_json::json;
use std::collections::BTreeSet;

/// Merges a contact into another one.
#[derive(Clone, Debug)]
pub struct MergeContacts {
    /// The contact that stays.
    pub stays: LeadId,
    /// The contact that is merged into it.
    pub goes: LeadId,
    /// An id for the merge.
    pub id: SignalId,
    /// The member who does it; none for a program.
    pub member: Option<RepId>,
    pub now: Millis,
    /// An id for a company that is not known yet.
    pub fresh: AccountId,
}

/// The outcome of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactsMerged {
    /// Merged; the contact that stays.
    Merged(LeadId),
    /// One of both is not known.
    Unknown,
    Refused(MergeRefusal),
}

/// The reason for which two contacts are not merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeRefusal {
    /// Both are one contact already.
    Same,
    /// One of them is marked as spam, so it is in no view: its chat must be unmarked first.
    Spam,
}

impl MergeRefusal {
    /// Why these contacts cannot be merged; none if they can.
    pub fn of(one: &Lead, other: &Lead) -> Option<MergeRefusal> {
        if one.id == other.id {
            return Some(MergeRefusal::Same);
        }
        (one.is_spam || other.is_spam).then_some(MergeRefusal::Spam)
    }

    /// The reason, as a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            MergeRefusal::Same => "Both are one contact already.",
            MergeRefusal::Spam => "A contact that is marked as spam cannot be merged.",
        }
    }
}

impl Change for MergeContacts {
    type Outcome = ContactsMerged;

    fn make(
        &self,
        ledger: &mut dyn Ledger,
        changes: &mut Changes,
    ) -> Result<(ContactsMerged, Option<Note>), StoreError> {
        let [stays, goes] = [ledger.merged_into(self.stays)?, ledger.merged_into(self.goes)?];
        let (Some(mut stays), Some(goes)) = (ledger.lead(stays)?, ledger.lead(goes)?) else {
            return Ok((ContactsMerged::Unknown, None));
        };
        if let Some(reason) = MergeRefusal::of(&stays, &goes) {
            return Ok((ContactsMerged::Refused(reason), None));
        }
        piece::catch_up(ledger, self.now, changes)?;
        let mut browsers = browsers_of(ledger, stays.id)?;
        browsers.extend(browsers_of(ledger, goes.id)?);
        let merge = ContactMerge {
            id: self.id,
            lead: stays.id,
            former: goes.id,
            name: name_of(ledger, &goes)?,
            email: goes.email.clone(),
            member: self.member,
            at: self.now,
        };
        workflow_merge::merged(ledger, stays.id, goes.id, self.now)?;
        ledger.merge_contacts(&merge)?;
        if stays.email.is_none() && goes.email.is_some() {
            stays.email.clone_from(&goes.email);
            ledger.save_lead(&stays)?;
        }
        let accounts = [stays.account, goes.account].into_iter().flatten().collect();
        derive(ledger, (&browsers, accounts), &[(stays.id, self.fresh)], self.now, changes)?;
        ledger.close_contact_merge(&merge)?;
        tell(&[stays.id], self.now, changes);
        let note = note_of(AuditAction::ContactsMerged, &merge, stays.email.as_ref());
        Ok((ContactsMerged::Merged(stays.id), Some(note)))
    }

    fn after(&self) -> After {
        After::All
    }
}

/// Undoes a merge: both contacts are as they were, with the signals that their browsers have sent since.
#[derive(Clone, Debug)]
pub struct UndoMerge {
    /// The merged contact.
    pub lead: LeadId,
    pub merge: SignalId,
    pub now: Millis,
    /// Ids for companies that are not known yet.
    pub fresh: [AccountId; 2],
}

/// The outcome of an undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeUndone {
    Undone,
    /// There is no such merge of this contact.
    Unknown,
    /// Something new has happened to the contact: whose it is cannot be known.
    Changed,
}

impl Change for UndoMerge {
    type Outcome = MergeUndone;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(MergeUndone, Option<Note>), StoreError> {
        let id = ledger.merged_into(self.lead)?;
        let Some(mut lead) = ledger.lead(id)? else { return Ok((MergeUndone::Unknown, None)) };
        let mut merges = ledger.contact_merges(id)?.into_iter();
        let Some(merge) = merges.find(|merge| merge.id == self.merge) else { return Ok((MergeUndone::Unknown, None)) };
        piece::catch_up(ledger, self.now, changes)?;
        if !ledger.is_as_merged(&merge)? {
            return Ok((MergeUndone::Changed, None));
        }
        let (browsers, accounts) = (browsers_of(ledger, id)?, lead.account.into_iter().collect());
        if merge.email.is_some() && lead.email == merge.email {
            // It had none of its own.
            lead.email = None;
            ledger.save_lead(&lead)?;
        }
        ledger.save_lead(&Lead { email: merge.email.clone(), ..stranger(merge.former, merge.at) })?;
        ledger.undo_contact_merge(&merge)?;
        let [own, former] = self.fresh;
        derive(ledger, (&browsers, accounts), &[(id, own), (merge.former, former)], self.now, changes)?;
        tell(&[id, merge.former], self.now, changes);
        let note = note_of(AuditAction::ContactMergeUndone, &merge, lead.email.as_ref());
        Ok((MergeUndone::Undone, Some(note)))
    }

    fn after(&self) -> After {
        After::All
    }
}

type Browsers = BTreeSet<(i64, VisitorId)>;

/// The browsers of a contact on each site.
fn browsers_of(view: &dyn View, lead: LeadId) -> Result<Browsers, StoreError> {
    Ok(view.spans_of_lead(lead)?.iter().map(|(span, _)| (span.site.0, span.visitor)).collect())
}

/// Computes everything derived of browsers, contacts and companies again.
fn derive(
    ledger: &mut dyn Ledger,
    (browsers, mut accounts): (&Browsers, BTreeSet<AccountId>),
    leads: &[(LeadId, AccountId)],
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    for (site, visitor) in browsers {
        piece::browser(ledger, SiteId(*site), *visitor, &mut Tally::default())?;
    }
    for (lead, fresh) in leads {
        piece::person(ledger, *lead, *fresh, now, &mut Rebuilt::default(), changes)?;
        accounts.extend(ledger.lead(*lead)?.and_then(|lead| lead.account));
    }
    for account in accounts {
        piece::company(ledger, account, now, &mut Tally::default(), changes)?;
    }
    Ok(())
}

/// Tells lists, records and the CRM.
fn tell(leads: &[LeadId], now: Millis, changes: &mut Changes) {
    for lead in leads {
        changes.extend([Notice::Lead(*lead), Notice::Chat(*lead)]);
        changes.happened(now, Happened::Merged { lead: *lead });
    }
    changes.push(Notice::Timer);
}

/// The entry of the audit log names the contact that stays, and of the former the id alone: it outlives an undo.
fn note_of(action: AuditAction, merge: &ContactMerge, email: Option<&Email>) -> Note {
    let name = email.map(Email::to_text).unwrap_or_default();
    let note = Note::new(action, subject("contact", merge.lead.to_string(), name)).about(merge.lead);
    note.with(json!({"former": merge.former}))
}

/// The name of a contact in lists.
fn name_of(view: &dyn View, lead: &Lead) -> Result<String, StoreError> {
    Ok(display_name(&lead.name, lead.email.as_ref(), view.first_visitor_of(lead.id)?))
}
