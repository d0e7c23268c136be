//! Changes in a CRM.

use crate::CrmDeal;

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrmChange {
    DealOpened {
        deal: CrmDeal,
        /// The ids of its contacts.
        contacts: Vec<String>,
    },
    /// A contact was merged into another one.
    Merged {
        /// The id of the contact that was removed.
        from: String,
        /// The id of the contact that remains.
        into: String,
    },
    /// The owner of a contact in which anything has changed.
    Owner {
        /// The id of the contact.
        contact: String,
        /// The id of the owner; none if it has none.
        owner: Option<String>,
    },
}

/// Changes, with the cursor of the next ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmChanges {
    pub changes: Vec<CrmChange>,
    /// The cursor of the next request.
    pub cursor: String,
    /// Whether more changes are available now.
    pub is_more: bool,
}
