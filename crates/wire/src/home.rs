//! `/api/v1/home`: the first steps, and what is up today.

#[cfg(feature = "openapi")]
use crate::schema::{ConversationIdSchema, MeetingIdSchema, MillisSchema};
use crate::{FirstStepWord, HomeTeam};
use knock_model::{ConversationId, MeetingId, Millis};
use serde::{Deserialize, Serialize};

/// `GET /api/v1/home`: what the calling member can do next, and what is up today.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Home {
    /// The first steps that the caller may take, in their order.
    pub steps: Vec<HomeStep>,
    /// What is up today.
    pub today: HomeToday,
    /// How today goes for the team; none for callers that may not see reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<HomeTeam>,
}

/// A first step, done once its fact is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeStep {
    /// The step.
    pub step: FirstStepWord,
    /// Whether its fact is there.
    pub is_done: bool,
    /// The fact, or the part of it that is there: a name, an address, a place; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fact: String,
    /// The number of answers, or of members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The instant of the last signal of the site, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Millis>,
    /// Whether it can be put aside.
    pub can_wait: bool,
    /// Whether it is put aside: a personal step by the caller, another one for the workspace.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_put_aside: bool,
}

/// `PUT /api/v1/home/steps/{step}`: puts a step aside, or takes it up again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HomeStepDraft {
    /// Whether it is put aside.
    pub is_put_aside: bool,
}

/// What is up today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeToday {
    /// The number of chats that wait for the caller or for the team, at most 200.
    pub waiting: u32,
    /// Those that have waited longest, at most 5.
    #[serde(default)]
    pub waits: Vec<HomeWait>,
    /// The number of visitors who are on a site now, at most 200.
    pub on_site: u32,
    /// The meetings of today and tomorrow that have not ended, by their start, at most 20: the caller's own, and with the
    /// permission to change routing those of the team.
    #[serde(default)]
    pub meetings: Vec<HomeMeeting>,
    /// The number of changed meetings that the caller has not looked at.
    pub changed_meetings: u32,
    /// The number of questions that the agent could not answer, of the sites in use.
    pub unanswered: u32,
    /// What is broken, of what the caller can mend or should know.
    #[serde(default)]
    pub broken: Vec<HomeTrouble>,
}

/// A chat that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeWait {
    /// The conversation.
    pub conversation: ConversationId,
    /// The display name of the lead.
    pub name: String,
    /// The start of the wait, in ms since 1970.
    pub since: Millis,
    /// Whether the chat is the caller's; else it is unassigned.
    pub is_mine: bool,
}

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeMeeting {
    /// Its id.
    pub id: MeetingId,
    /// The name of the lead, else the address.
    pub name: String,
    /// The start, in ms since 1970.
    pub start_at: Millis,
    /// The end, in ms since 1970.
    pub end_at: Millis,
    /// The name of its owner.
    pub owner_name: String,
    /// Whether the caller is its owner.
    pub is_mine: bool,
}

/// Something that is broken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeTrouble {
    /// The kind: `held`, `storage`, `late`, `panicked`, `mail`, `webhook`, `slack`, `crm`, `calendar`, `inbound_mail`,
    /// `enrichment`, `silent` or another word.
    pub kind: String,
    /// The name of what is broken: a destination, a host, a CRM, a member, a site; for `storage` `low` or `full`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The reason, in words; empty where the kind says all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The number of deliveries that were given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parked: Option<u64>,
    /// The instant of its start, or of the last failure, in ms since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}
