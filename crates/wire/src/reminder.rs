//! `/api/v1/contacts/{id}/reminders`: reminders that members set for themselves.

#[cfg(feature = "openapi")]
use crate::schema::{MillisSchema, ReminderIdSchema};
use knock_model::{Millis, ReminderId};
use serde::{Deserialize, Serialize};

/// The maximum length of the text of a reminder, in characters.
pub const LONGEST_REMINDER: usize = 200;

/// A reminder of the calling member that is to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reminder {
    /// Its id.
    pub id: ReminderId,
    /// The instant at which the member is reminded, in ms since 1970.
    pub due_at: Millis,
    /// What it is about; empty if the member wrote nothing.
    #[serde(default)]
    pub text: String,
}

/// `GET /api/v1/contacts/{id}/reminders`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReminderList {
    /// The reminders of the calling member about this contact that are to come, the next one first.
    pub reminders: Vec<Reminder>,
}

/// `POST /api/v1/contacts/{id}/reminders`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReminderDraft {
    /// The instant, in ms since 1970: in the future, at most a year ahead.
    pub due_at: Millis,
    /// What it is about, on one line, at most 200 characters.
    #[serde(default)]
    pub text: String,
}
