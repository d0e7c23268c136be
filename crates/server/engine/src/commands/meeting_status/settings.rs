//! Settings of meetings, for commands.

use knock_model::Millis;
use knock_ports::{StoreError, View};
use knock_wire::MeetingSettings;

/// The cutoff: the minimum time before the start at which a visitor can change a meeting.
///
/// # Errors
/// When the store fails.
pub fn cutoff(view: &dyn View) -> Result<Millis, StoreError> {
    Ok(minutes(settings(view)?.cutoff_min))
}

/// Returns the time without activity after which a qualified lead has dropped off (R14).
pub(crate) fn dropoff(view: &dyn View) -> Result<Millis, StoreError> {
    Ok(minutes(settings(view)?.dropoff_min))
}

/// A duration in minutes.
pub(in crate::commands) fn minutes(count: u32) -> Millis {
    Millis(i64::from(count) * Millis::MINUTE.0)
}

pub(in crate::commands) fn settings(view: &dyn View) -> Result<MeetingSettings, StoreError> {
    view.meeting_settings()
}
