//! What is up today for a member, from one snapshot.

use crate::http::api::unanswered::listed;
use crate::http::state::AppState;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use knock_engine::Presenter;
use knock_model::{Millis, Permission, Role};
use knock_ports::{Member, StoreError, View};
use knock_wire::HomeToday;

/// The largest number of changed meetings that are counted.
const MOST_CHANGED: u32 = 200;

/// The caller, and the instant of the request.
pub(super) struct Asked<'a> {
    pub(super) state: &'a AppState,
    pub(super) member: &'a Member,
    /// The role of the request: that of the member, or a lesser one of an API key.
    pub(super) role: Role,
    /// Whether Slack is connected.
    pub(super) has_slack: bool,
    pub(super) now: Millis,
}

impl Asked<'_> {
    /// What is up today in a zone.
    pub(super) fn today(&self, view: &dyn View, zone: &TimeZone) -> Result<HomeToday, StoreError> {
        let Asked { member, role, now, .. } = *self;
        let presenter = Presenter::new(view, now)?;
        let (waiting, waits) = presenter.waits_on_home(member.id)?;
        let is_of_all = role.may(Permission::EditRouting);
        let mut unanswered = 0;
        for site in view.sites()?.iter().filter(|site| site.removed_at.is_none()) {
            unanswered += listed(view, site.id, now)?.len();
        }
        Ok(HomeToday {
            waiting,
            waits,
            on_site: presenter.count_on_site()?,
            meetings: presenter.meetings_on_home(member.id, is_of_all, end_of_tomorrow(now, zone))?,
            changed_meetings: counted(view.meeting_news(member.id, now, MOST_CHANGED)?.len()),
            unanswered: counted(unanswered),
            broken: self.broken(view)?,
        })
    }
}

fn counted(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The zone of a member's working hours, else of their quiet hours, else UTC.
pub(in crate::http::api) fn own_zone(view: &dyn View, member: &Member) -> Result<TimeZone, StoreError> {
    knock_engine::zone_of_member(view, member)
}

/// The end of tomorrow in a zone; in two days where the calendar has none.
fn end_of_tomorrow(now: Millis, zone: &TimeZone) -> Millis {
    let later = now + Millis::days(2);
    let Ok(at) = Timestamp::from_millisecond(now.0) else { return later };
    let after = at.to_zoned(zone.clone()).date().checked_add(2.days());
    let start = after.and_then(|date| date.to_zoned(zone.clone()));
    start.map_or(later, |start| Millis(start.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tomorrow_ends_at_midnight_of_the_zone() {
        // 2026-03-28 22:30 UTC. In Berlin clocks go forward on the 29th.
        let now = Millis(1_774_737_000_000);
        let from_now = |name: &str| (end_of_tomorrow(now, &TimeZone::get(name).expect("a zone")) - now).0 / 60_000;
        assert_eq!(from_now("UTC"), 25 * 60 + 30);
        assert_eq!(from_now("Europe/Berlin"), 23 * 60 + 30);
    }
}
