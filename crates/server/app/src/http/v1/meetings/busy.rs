//! Busy times of external calendars, read before the command that needs them.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use knock_engine::commands::BusyTimes;

/// What the connected calendars of the team say for the horizon of meetings.
pub(in crate::http) async fn busy_times(state: &AppState) -> Result<BusyTimes, Problem> {
    Ok(state.calendars.of_all().await?)
}
