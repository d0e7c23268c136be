//! The filter of the audit log.

use knock_model::Millis;
use knock_ports::AuditFilter;
use serde::Deserialize;

/// The filter for entries.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AuditQuery {
    /// A part of the name of an actor or a subject, of an action, or of the id of a receipt.
    #[serde(default)]
    q: String,
    /// An action, such as `member.invited`.
    #[serde(default)]
    action: String,
    /// The id of a member or an API key, `command_line`, or `server`.
    #[serde(default)]
    actor: String,
    /// From this instant on, in milliseconds since 1970.
    from: Option<i64>,
    /// Up to but not including this instant, in milliseconds since 1970.
    to: Option<i64>,
}

impl AuditQuery {
    pub(super) fn filter(self) -> AuditFilter {
        let AuditQuery { q: search, action, actor, from, to } = self;
        let (from, to) = (Millis(from.unwrap_or(i64::MIN)), Millis(to.unwrap_or(i64::MAX)));
        AuditFilter { search, action, actor, from, to }
    }
}
