//! The meetings of the shown days, and the reader's own time beside them.

use knock_wire::{MeetingRow, Schedule};

use super::{MeetingsQuery, midnight};
use crate::api::{Client, Failure};
use crate::kit::civil::Day;

/// What a calendar view shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) asked: MeetingsQuery,
    pub(crate) meetings: Vec<MeetingRow>,
    /// The reader's own hours and busy times; none beside meetings of a colleague, or if it could not be loaded.
    pub(crate) schedule: Option<Schedule>,
}

impl Shown {
    /// Loads the shown days of a query. The meetings are there though the schedule fails.
    pub(crate) async fn load(asked: MeetingsQuery, client: Client, today: Day) -> Result<Shown, Failure> {
        let schedule = own_time(&asked, &client, today);
        let meetings = asked.clone().on_days(client.clone(), today);
        let (meetings, schedule) = futures_util::future::join(meetings, schedule).await;
        Ok(Shown { asked, meetings: meetings?, schedule })
    }
}

async fn own_time(asked: &MeetingsQuery, client: &Client, today: Day) -> Option<Schedule> {
    if !matches!(asked.owner.as_str(), "" | "me") {
        return None;
    }
    let (first, count) = asked.days(today);
    client.schedule(midnight(first)?, midnight(first.plus(count))?).await.ok()
}
