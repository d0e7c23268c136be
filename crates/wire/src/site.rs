//! `/api/v1/sites`: where the snippet is installed.

use crate::RawSecret;
#[cfg(feature = "openapi")]
use crate::schema::{CategoryOverrideSchema, IdentifyPolicySchema, MillisSchema};
use knock_intent::CategoryOverride;
use knock_model::{IdentifyPolicy, Millis};
use serde::{Deserialize, Serialize};

/// A site of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Site {
    /// Its key, public.
    pub key: String,
    /// The name for the team.
    pub name: String,
    /// The origins it may send from.
    pub origins: Vec<String>,
    /// The path under which it lives, empty for a whole host.
    #[serde(default)]
    pub base: String,
    /// Whether it is the demo site, which any loopback origin may send for.
    #[serde(default)]
    pub demo: bool,
    /// The team's own categories (`{by: "path"|"cta"|"form"|"channel", matches, category}`), which come before every list.
    #[serde(default)]
    pub categories: Vec<CategoryOverride>,
    /// The identify policy: `open` (no proof needed) or `verified` (an `identify` without a proof is stored without
    /// effect).
    #[serde(default = "open")]
    pub identify: IdentifyPolicy,
    /// The secret for the proof of an `identify`, for the site's server only; never put it into a page.
    #[serde(default)]
    pub identify_secret: RawSecret,
    /// The line to paste before `</head>`.
    pub snippet: String,
    /// The same line for this version of the server alone: the browser checks the script by its `integrity`. An
    /// upgrade of the server needs the new line.
    #[serde(default)]
    pub snippet_pinned: String,
    /// Whether both lines wait for the visitor's consent, as Settings > Privacy says.
    #[serde(default, skip_serializing_if = "is_false")]
    pub waits_for_consent: bool,
    /// Its newest signal.
    #[serde(default)]
    pub last_signal_at: Option<Millis>,
    /// The instant of removal, in ms since 1970: it accepts nothing since, its data stays. Absent while it is in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed_at: Option<Millis>,
}

/// `POST /api/v1/sites`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SiteDraft {
    /// The name for the team.
    pub name: String,
    /// The origins it may send from, as people type them: `https://www.example.com`, `example.com/pricing` (https, the
    /// path is left out), `localhost:3000` (http).
    pub origins: Vec<String>,
    /// Whether each origin's twin is listed too, the same with `www` or without it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub with_twins: bool,
    /// The path under which it lives, empty for a whole host.
    #[serde(default)]
    pub base: String,
    /// The team's own categories, in order; those there are stay when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<CategoryOverride>>,
    /// The identify policy, `open` or `verified`; unchanged when absent, `open` for a new site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identify: Option<IdentifyPolicy>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

const fn open() -> IdentifyPolicy {
    IdentifyPolicy::Open
}

/// `GET /api/v1/sites`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteList {
    /// In the order they were made.
    pub sites: Vec<Site>,
    /// Whether the team keeps the demo site beside a site that sends signals.
    #[serde(default, skip_serializing_if = "is_false")]
    pub keeps_demo: bool,
}
