//! When the team takes chats, as the look of a site says it.

use crate::availability::AHEAD;
use crate::queue::presence;
use crate::working_hours::{own_hours, working_hours};
use jiff::Timestamp;
use knock_agent::Presence;
use knock_model::{AvailabilityState, HoursFor, MemberState, Millis, Permission};
use knock_ports::{Member, StoreError, View};
use knock_scheduling::{Span, Week, union_within, zone};
use knock_wire::Availability;

/// When members take chats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamHours {
    /// Whether a member takes chats now.
    pub takes_chats: bool,
    /// The next instant at which that changes by working hours and absences; none if it does not, or is not known.
    pub changes_at: Option<Millis>,
    /// Whether a member is there, else the first return.
    pub presence: Presence,
    /// The usual week, in the zone asked for or else in that of the team; none if the hours of members differ in their
    /// zone, or a member has none.
    pub week: Option<Week>,
    /// The zone of the week, where it is not the one asked for.
    pub zone: Option<String>,
}

impl TeamHours {
    /// The hours as of `now`. `asked` is the zone of the visitor, empty if it is not known.
    ///
    /// # Errors
    /// When the store fails.
    pub fn load(view: &dyn View, now: Millis, asked: &str) -> Result<TeamHours, StoreError> {
        let answers = |one: &Member| one.state == MemberState::Active && one.role.may(Permission::UseInbox);
        let members: Vec<Member> = view.members()?.into_iter().filter(answers).collect();
        let holidays = view.meeting_settings()?.holidays;
        let window = Span { start: now, end: now + Millis::days(AHEAD) };
        let each = members.iter().flat_map(|one| taken(&one.availability, holidays.as_deref(), window));
        let spans = union_within(each.collect(), window);
        let first = spans.first().copied();
        let takes_chats = first.is_some_and(|span| span.start <= now);
        let changes_at = first.map(|span| if takes_chats { span.end } else { span.start });
        let (week, zone) = week(&members, now, asked).unzip();
        Ok(TeamHours {
            takes_chats,
            changes_at: changes_at.filter(|at| *at < window.end),
            presence: presence(view, None, now, asked)?,
            week,
            zone: zone.flatten(),
        })
    }
}

/// The spans in which a member takes chats.
fn taken(availability: &Availability, holidays: Option<&str>, window: Span) -> Vec<Span> {
    let until = availability.away_until;
    let start = match availability.state {
        AvailabilityState::Away => until.unwrap_or(window.end).max(window.start),
        AvailabilityState::Active => window.start,
    };
    let window = Span { start, end: window.end };
    if window.is_empty() {
        return Vec::new();
    }
    let is_for_chats = availability.hours_for != HoursFor::Meetings;
    let hours = is_for_chats.then(|| working_hours(availability, holidays, window)).flatten();
    hours.map_or_else(|| vec![window], |hours| hours.spans(window))
}

/// The usual week of all members, and its zone where it is not the one asked for.
fn week(members: &[Member], now: Millis, asked: &str) -> Option<(Week, Option<String>)> {
    let mut written = members.iter().map(|one| {
        let availability = &one.availability;
        let is_for_chats = availability.hours_for != HoursFor::Meetings;
        availability.hours.as_ref().filter(|_| is_for_chats).map(|hours| (hours.zone.as_str(), availability))
    });
    let (name, first) = written.next()??;
    let mut all = vec![own_hours(first).ok()??];
    for other in written {
        let (_, availability) = other.filter(|(zone, _)| *zone == name)?;
        all.push(own_hours(availability).ok()??);
    }
    let week = Week::of(all.iter().map(|hours| &hours.weekly));
    let own = zone(name).ok()?;
    let Some(visitors) = Some(asked).filter(|asked| !asked.is_empty()).and_then(|asked| zone(asked).ok()) else {
        return Some((week, Some(name.to_owned())));
    };
    let at = Timestamp::from_millisecond(now.0).ok()?;
    let minutes = (visitors.to_offset(at).seconds() - own.to_offset(at).seconds()) / 60;
    Some((week.moved(minutes), None))
}
