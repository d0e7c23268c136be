//! Intent as the dashboard shows it.

#[cfg(feature = "openapi")]
use crate::schema::{BucketSchema, CategorySchema, IntentTypeSchema, MillisSchema};
use knock_model::{Bucket, Category, IntentType, Millis};
use serde::{Deserialize, Serialize};

/// Score and type of a contact or an account at an instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Intent {
    /// `Knock: Intent Score`.
    pub bucket: Bucket,
    /// The points behind it, 0 to 100, one decimal.
    pub score: f64,
    /// `Knock: Intent Type`; `Unknown` before the first message.
    #[serde(rename = "type")]
    pub kind: IntentType,
    /// The intent type that the activity suggests before the first message; never synced.
    pub provisional_type: IntentType,
    /// Activity whatever its intent, 0 to 100.
    pub engagement: u8,
    /// The instant all of this was computed for.
    pub at: Millis,
    /// The instant of the next change of the bucket if nothing else happens, in ms since 1970.
    #[serde(default)]
    pub next_change_at: Option<Millis>,
}

/// The why of an intent score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreWhy {
    /// The factor that job signals leave of all points; 1 without any.
    pub damping: f64,
    /// The categories with any evidence, most points first.
    pub categories: Vec<CategoryPoints>,
}

/// The points of one category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CategoryPoints {
    /// The category.
    pub category: Category,
    /// Its points after damping, two decimals.
    pub points: f64,
    /// The most it can ever give.
    pub ceiling: f64,
    /// Days after which an action in it counts half.
    pub half_life_days: f64,
}
