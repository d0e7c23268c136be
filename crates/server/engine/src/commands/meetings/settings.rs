//! What the workspace set about meetings.

use knock_model::Millis;
use knock_ports::{StoreError, View};

/// What the workspace set about meetings. (Stand-in until the settings themselves are read.)
#[derive(Clone, Debug)]
pub(in crate::commands) struct MeetingSettings {
    pub(in crate::commands) duration_min: u32,
    pub(in crate::commands) step_min: Option<u32>,
    pub(in crate::commands) buffer_before_min: u32,
    pub(in crate::commands) buffer_after_min: u32,
    pub(in crate::commands) notice_min: u32,
    pub(in crate::commands) horizon_days: u32,
    pub(in crate::commands) max_per_day: Option<u32>,
    pub(in crate::commands) cutoff_min: u32,
    pub(in crate::commands) dropoff_min: u32,
    pub(in crate::commands) reminders_min: Vec<u32>,
    pub(in crate::commands) title: String,
    pub(in crate::commands) location: String,
    pub(in crate::commands) description: String,
    pub(in crate::commands) offers_unreachable: bool,
}

impl MeetingSettings {
    pub(in crate::commands) fn dropoff(&self) -> Millis {
        minutes(self.dropoff_min)
    }
}

/// How long before its beginning a visitor can change a meeting.
///
/// # Errors
/// When the store fails.
pub fn cutoff(view: &dyn View) -> Result<Millis, StoreError> {
    Ok(minutes(settings(view)?.cutoff_min))
}

/// The silence after which a qualified lead has gone away (R14).
pub(crate) fn dropoff(view: &dyn View) -> Result<Millis, StoreError> {
    Ok(settings(view)?.dropoff())
}

/// So many minutes.
pub(in crate::commands) fn minutes(count: u32) -> Millis {
    Millis(i64::from(count) * Millis::MINUTE.0)
}

pub(in crate::commands) fn settings(_view: &dyn View) -> Result<MeetingSettings, StoreError> {
    Ok(MeetingSettings {
        duration_min: 30,
        step_min: None,
        buffer_before_min: 0,
        buffer_after_min: 0,
        notice_min: 240,
        horizon_days: 60,
        max_per_day: None,
        cutoff_min: 60,
        dropoff_min: 30,
        reminders_min: vec![1440, 60],
        title: "{{name}} and {{rep}}".into(),
        location: String::new(),
        description: String::new(),
        offers_unreachable: false,
    })
}
