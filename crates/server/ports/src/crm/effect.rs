//! Effects at CRMs: what is written follows from the state at the time of delivery.

use knock_model::{EffectKind, LeadId, MeetingId};
use serde::{Deserialize, Serialize};

/// The effect that writes a lead to a CRM, with the state of the lead at the time of delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmEffect {
    pub lead: LeadId,
    /// The first of the changes that are not written yet.
    pub cause: String,
}

impl CrmEffect {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("crm.lead");
}

/// The effect that writes the company of a lead's contact, with its state at the time of delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmCompanyEffect {
    /// One of its leads.
    pub lead: LeadId,
    /// The first of the changes that are not written yet.
    pub cause: String,
    /// Whether it is the second look: a CRM associates a new contact with its company a little later.
    #[serde(default)]
    pub is_second: bool,
}

impl CrmCompanyEffect {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("crm.company");
}

/// The effect that adds the activity of a lead to the timeline of their contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmNoteEffect {
    pub lead: LeadId,
}

impl CrmNoteEffect {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("crm.note");
}

/// The effect that writes a meeting to a CRM, with its state at the time of delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrmMeetingEffect {
    pub meeting: MeetingId,
    /// The lead at the time of the booking.
    pub lead: LeadId,
}

impl CrmMeetingEffect {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("crm.meeting");
}
