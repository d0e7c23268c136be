//! The subject of an event.

use knock_model::{AccountId, LeadId};

/// The subject of an event: events about one arrive in order.
#[derive(Clone, Copy)]
pub(super) enum About {
    Lead(LeadId),
    Account(AccountId),
}
