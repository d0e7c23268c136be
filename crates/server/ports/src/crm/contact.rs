//! Data of a CRM about a person, for routing.

use knock_model::{Email, Millis};

/// The contact to look up, and the fields to return.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrmQuestion {
    pub emails: Vec<Email>,
    /// The names of further wanted properties.
    pub fields: Vec<String>,
    /// Whether their deals are wanted.
    pub with_deals: bool,
}

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmContact {
    /// The id, used for later writes.
    pub id: String,
    /// The ids of contacts that were merged into it.
    pub merged: Vec<String>,
    /// The id of its company.
    pub company: Option<String>,
    /// The owner, and the record that names them.
    pub owner: Option<(String, CrmOwnerOf)>,
    /// The stage of its lifecycle, as the CRM spells it.
    pub lifecycle: Option<String>,
    /// The wanted properties that have a value.
    pub fields: Vec<(String, String)>,
    /// Its deals; empty if they were not requested.
    pub deals: Vec<CrmDeal>,
}

/// The record that names an owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrmOwnerOf {
    Contact,
    /// The company: the contact has no owner of its own.
    Company,
}

/// A deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrmDeal {
    pub id: String,
    /// The instant of the opening.
    pub created_at: Millis,
    pub state: DealState,
}

/// The state of a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DealState {
    Open,
    Won,
    Lost,
}
