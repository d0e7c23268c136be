//! `GET /api/v1/rules/{id}/fairness`: how the pools of a rule share their leads.

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

/// The distribution of a pool's leads in the requested days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PoolFairness {
    /// The id of its segment; `fallback` for the Fallback Segment.
    pub segment: String,
    /// The name of the segment.
    pub name: String,
    /// Its members in pool order, then those who had turns and are no longer in it.
    pub reps: Vec<RepFairness>,
}

/// A member of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RepFairness {
    /// Their id.
    pub id: String,
    /// The display name, for leads and colleagues.
    pub name: String,
    /// Whether they take leads now.
    pub state: RepStateWord,
    /// The number of leads.
    pub turns: u32,
    /// The number of skipped turns by reason: `away`, `off_hours`, `at_capacity` or `removed`.
    pub skipped: BTreeMap<String, u32>,
    /// Their open chats now, of whichever rule.
    pub open_chats: u32,
    /// The instant of their last lead in those days, in ms since 1970.
    #[serde(default)]
    pub last_at: Option<Millis>,
    /// Whether they would get the next lead now.
    pub is_next: bool,
    /// Whether the pool still has them.
    pub is_in_pool: bool,
}
