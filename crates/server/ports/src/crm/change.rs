//! Changes that were made in a CRM.

use crate::CrmDeal;

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrmChange {
    /// A deal was opened.
    DealOpened {
        /// The deal.
        deal: CrmDeal,
        /// The ids of its contacts.
        contacts: Vec<String>,
    },
    /// A contact was merged into another one.
    Merged {
        /// The id of the one that is no more.
        from: String,
        /// The id of the one that stays.
        into: String,
    },
    /// The owner of a contact in which anything has changed.
    Owner {
        /// The id of the contact.
        contact: String,
        /// The id of the owner; none where it has none.
        owner: Option<String>,
    },
}

/// Changes, and where the next ones begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmChanges {
    /// The changes.
    pub changes: Vec<CrmChange>,
    /// The cursor of the next request.
    pub cursor: String,
    /// Whether there are more right now.
    pub is_more: bool,
}
