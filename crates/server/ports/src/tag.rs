//! Tags of the workspace, and those of leads. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{LeadId, Millis, RepId, TagColor, TagId};

/// A tag of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    pub color: TagColor,
}

/// The fact that a lead has a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadTag {
    pub lead: LeadId,
    pub tag: TagId,
    /// The member who set it; none for a program.
    pub member: Option<RepId>,
    pub at: Millis,
}

/// Writing tags.
pub trait TagLedger {
    /// Stores a tag, new or known.
    fn save_tag(&mut self, tag: &Tag) -> Result<(), StoreError>;

    /// Deletes a tag, and takes it off all leads.
    fn drop_tag(&mut self, id: TagId) -> Result<(), StoreError>;

    /// Stores that a lead has a tag; false if it is stored already.
    fn tag_lead(&mut self, set: &LeadTag) -> Result<bool, StoreError>;

    /// Takes a tag off a lead; false if the lead does not have it.
    fn untag_lead(&mut self, lead: LeadId, tag: TagId) -> Result<bool, StoreError>;
}

/// Reading tags.
pub trait TagView {
    /// The tags of the workspace, by name.
    fn tags(&self) -> Result<Vec<Tag>, StoreError>;

    /// The number of leads of each tag that has any.
    fn tag_uses(&self) -> Result<Vec<(TagId, u32)>, StoreError>;

    /// The tags that a lead has, in the order in which they were set.
    fn tags_of(&self, lead: LeadId) -> Result<Vec<LeadTag>, StoreError>;
}
