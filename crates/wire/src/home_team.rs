//! `/api/v1/home`: how today goes for the team, for callers that may see reports.

use crate::RepStateWord;
#[cfg(feature = "openapi")]
use crate::schema::{ConversationIdSchema, MillisSchema, RepIdSchema};
use knock_model::{ConversationId, Millis, RepId};
use serde::{Deserialize, Serialize};

/// How today goes for the team.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeTeam {
    /// The time zone of today, such as `Europe/Berlin`.
    pub zone: String,
    /// The date of today in it, such as `2026-11-30`.
    pub day: String,
    /// The figures of today, at most a minute old.
    pub figures: Vec<HomeFigure>,
    /// The chats that wait, by the length of the wait, the shortest first.
    pub waiting: Vec<HomeWaitAge>,
    /// The active members that take chats, by their name.
    pub members: Vec<HomeMember>,
}

/// A figure of the reports, from midnight until now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeFigure {
    /// The name of the metric, such as `first_reply_median`.
    pub metric: String,
    /// Its label.
    pub label: String,
    /// `count`, `percent` or `minutes`.
    pub unit: String,
    /// The value of today; none without data.
    pub today: Option<f64>,
    /// The usual value at this time of day: of a number the median of the same weekday of the last four weeks, of a median
    /// or a share that of those four days together; none without data.
    pub usual: Option<f64>,
    /// `higher`, `lower`, or empty where neither is better.
    pub better: String,
}

/// The chats that have waited for a time between two limits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeWaitAge {
    /// The shortest wait, in minutes.
    pub from_minutes: u32,
    /// The wait that is too long already, in minutes; none where there is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_minutes: Option<u32>,
    /// The number of chats; all of them together at most 10,000.
    pub count: u32,
    /// The chat that has waited longest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest: Option<HomeTeamWait>,
}

/// A chat of the team that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeTeamWait {
    /// The conversation.
    pub conversation: ConversationId,
    /// The display name of the lead.
    pub name: String,
    /// The start of the wait, in ms since 1970.
    pub since: Millis,
    /// The name of the owner; empty while the chat is unassigned.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_name: String,
}

/// A member that takes chats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HomeMember {
    /// The id.
    pub id: RepId,
    /// The name; the address for one who has set none.
    pub name: String,
    /// Whether they take chats now.
    pub state: RepStateWord,
    /// Whether they look at an open dashboard.
    pub is_online: bool,
    /// Whether they have as many active chats as they take.
    pub is_full: bool,
    /// The begin of an absence; of an available member that is not online, the instant at which they were last; in ms since
    /// 1970. None where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
    /// The number of active chats.
    pub open_chats: u32,
    /// The number of active chats at which pools skip the member; unlimited when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
}
