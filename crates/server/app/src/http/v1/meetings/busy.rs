//! Busy times of external calendars, read before the command that needs them.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use knock_engine::commands::BusyTimes;

/// The busy times of the team's connected calendars within the booking window.
pub(in crate::http) async fn busy_times(state: &AppState) -> Result<BusyTimes, Problem> {
    Ok(state.calendars.of_all().await?)
}
