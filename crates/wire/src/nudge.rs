//! `/v1/visits`: what a workflow says to a visitor in the page.

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, NudgeIdSchema};
use crate::{NudgeButton, Texts};
use knock_model::{Millis, NudgeId};
use serde::{Deserialize, Serialize};

/// The event `nudge` of `GET /v1/visits/events`: the nudge that the pages of this visitor show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NudgeShown {
    /// Its id.
    pub id: NudgeId,
    /// Its text, without markup, by language: that of the page is shown, else `en`, else the first.
    pub text: Texts,
    /// At most three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<NudgeButton>,
    /// The instant from which it was ready, in ms since 1970.
    pub at: Millis,
}

/// The event `withdrawn` of `GET /v1/visits/events`: a nudge that is not shown any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NudgeWithdrawn {
    /// Its id.
    pub id: NudgeId,
}

/// `POST /v1/visits/nudges/{id}`: what became of a nudge in the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NudgeNote {
    /// The key of the site.
    pub site: String,
    /// The browser.
    pub visitor: String,
    /// What happened.
    pub what: NudgeDeed,
    /// The address of the page.
    #[serde(default)]
    pub url: String,
}

/// What became of a nudge in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NudgeDeed {
    /// The page shows it.
    Shown,
    /// The visitor clicked one of its buttons.
    Clicked,
    /// The visitor closed it.
    Closed,
}
