//! `GET /api/v1/rules/{id}/fairness`: the fairness of the pools of a rule.

use crate::RepStateWord;
#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use knock_model::Millis;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `GET /api/v1/rules/{id}/fairness`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fairness {
    /// The pools of the rule's newest version, from top to bottom.
    pub pools: Vec<PoolFairness>,
}

/// The fairness of a pool in the requested days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PoolFairness {
    /// The id of its segment; `fallback` for the Fallback Segment.
    pub segment: String,
    /// The name of the segment.
    pub name: String,
    /// The members of the pool in pool order, then former members who had turns.
    pub reps: Vec<RepFairness>,
}

/// A member of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RepFairness {
    /// The id of the member.
    pub id: String,
    /// The display name, for leads and colleagues.
    pub name: String,
    /// Whether the member takes leads now.
    pub state: RepStateWord,
    /// The number of turns: leads assigned to the member by the pool.
    pub turns: u32,
    /// The number of skipped turns by reason: `away`, `off_hours`, `at_capacity` or `removed`.
    pub skipped: BTreeMap<String, u32>,
    /// The number of the member's active chats now, of all rules.
    pub open_chats: u32,
    /// The instant of the member's last lead in the requested days, in ms since 1970.
    #[serde(default)]
    pub last_at: Option<Millis>,
    /// Whether the member would get the next lead now.
    pub is_next: bool,
    /// Whether the member is still in the pool.
    pub is_in_pool: bool,
}
