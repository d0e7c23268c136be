//! `/api/v1/decisions`: who got which lead, and why.

#[cfg(feature = "openapi")]
use crate::schema::{IntentTypeSchema, LeadIdSchema, MillisSchema, NotifiedSchema};
use crate::{ContactRef, NoteWord, OutcomeWord, ReasonWord, SkipReasonWord, TypeWhyWord};
use knock_model::{IntentType, LeadId, Millis};
use knock_routing::Notified;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The assignee of a lead, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionShown {
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The rule's name.
    pub rule: String,
    /// The rule's id.
    #[serde(default)]
    pub rule_id: String,
    /// The rule's version.
    pub version: u32,
    /// The segment's name.
    pub segment: String,
    /// `assigned`, `waiting`, `disqualified`, `pending` or `unbookable`.
    #[serde(default)]
    pub outcome: OutcomeWord,
    /// The rep's address, or `AI Agent`.
    pub assignee: String,
    /// The reason code.
    pub reason: ReasonWord,
    /// Further notes, as codes.
    #[serde(default)]
    pub notes: Vec<NoteWord>,
    /// The names of the segments in `notes`, by their ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub segment_names: BTreeMap<String, String>,
    /// The recipients: the channel, then `dm:ADDRESS`.
    #[serde(default)]
    pub notify: Vec<Notified>,
    /// The members of a pool who were passed over, in pool order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<SkippedRep>,
}

/// A member of a pool who was passed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkippedRep {
    /// The e-mail address of the rep.
    pub rep: String,
    /// `away`, `off_hours`, `at_capacity` or `removed`.
    pub reason: SkipReasonWord,
}

/// A line of the list of decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionRow {
    /// The lead.
    pub lead: LeadId,
    /// The person, once their address is known.
    #[serde(default)]
    pub contact: Option<ContactRef>,
    /// The link the lead came by.
    pub link: String,
    /// The decision.
    pub decision: DecisionShown,
}

/// `GET /api/v1/decisions`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionPage {
    /// Newest first.
    pub decisions: Vec<DecisionRow>,
    /// Ask again with `after` set to this for the next page.
    #[serde(default)]
    pub next: Option<String>,
}

/// The intent type was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypeChange {
    /// The instant, in ms since 1970.
    pub at: Millis,
    /// The type.
    pub kind: IntentType,
    /// The margin to the next best, in natural log-odds.
    pub margin: f64,
    /// The cause: `message`, `answer`, `activity`, `nothing`, `later_message` or `set_by_rep`.
    pub why: TypeWhyWord,
}
