//! Contacts that a member merged by hand. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{Email, LeadId, Millis, PersonName, RepId, SignalId};

/// A merge of two contacts, which can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactMerge {
    pub id: SignalId,
    /// The contact that stayed.
    pub lead: LeadId,
    /// The contact that was merged into it.
    pub former: LeadId,
    /// How the former was called in lists.
    pub name: String,
    /// The address of the former: it reaches the merged contact.
    pub email: Option<Email>,
    /// The member who did it; none for a program.
    pub member: Option<RepId>,
    pub at: Millis,
}

/// Merging by hand, and undoing it.
pub trait ContactMergeLedger {
    /// Stores a merge, moves all data of the former to the other contact, and deletes the former's record. What the other
    /// has already, and what has one row for each contact, stays with the former's id.
    fn merge_contacts(&mut self, merge: &ContactMerge) -> Result<()>;

    /// Notes the facts that the merged contact has now, after all that the merge itself wrote: with others, something new
    /// has happened.
    fn close_contact_merge(&mut self, merge: &ContactMerge) -> Result<()>;

    /// Moves the rows that were the former's back to it, and deletes the merge. The record of the former is saved by who
    /// undoes.
    fn undo_contact_merge(&mut self, merge: &ContactMerge) -> Result<()>;
}

/// Reading merges by hand.
pub trait ContactMergeView {
    /// The merges into a contact, the newest first.
    fn contact_merges(&self, lead: LeadId) -> Result<Vec<ContactMerge>>;

    /// Whether the merged contact has the facts that it had just after the merge.
    fn is_as_merged(&self, merge: &ContactMerge) -> Result<bool>;

    /// The last name that either of two contacts gave; empty if they gave none.
    fn name_of_both(&self, lead: LeadId, other: LeadId, by: Millis) -> Result<PersonName>;
}

type Result<T> = core::result::Result<T, StoreError>;
