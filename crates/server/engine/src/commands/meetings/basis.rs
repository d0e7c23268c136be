//! Inputs of an offer of slots, read once.

use super::busy::{Busy, BusyTimes, elsewhere};
use crate::availability::state;
use crate::commands::meeting_status::settings;
use crate::terms::terms;
use crate::working_hours::working_hours;
use knock_model::{MeetingId, Millis, RepId, UnreachableCalendar, VisitorId};
use knock_ports::{BookedTurn, Meeting, Member, Reservation, StoreError, View};
use knock_scheduling::{Block, Calendar, Extent, Hold, RepState, Span, Terms};
use knock_wire::MeetingSettings;
use std::collections::BTreeMap;

/// The time before now from which reservations are read: the days of the daily limit, and meetings that have begun.
const BACK: Millis = Millis::days(2);

/// The members, their hours, their reserved and their busy times.
pub(in crate::commands) struct Basis<'b> {
    pub(super) settings: MeetingSettings,
    pub(super) members: Vec<Member>,
    reserved: Vec<Reservation>,
    pub(super) turns: BTreeMap<RepId, BookedTurn>,
    busy: &'b BusyTimes,
    now: Millis,
    /// The visitor whose own holds block nothing.
    visitor: Option<VisitorId>,
    /// The meeting to reschedule: its own time is free (SC-12).
    moved: Option<MeetingId>,
}

impl<'b> Basis<'b> {
    /// Reads the inputs; `moved` is a meeting to reschedule.
    pub(super) fn load(
        view: &dyn View,
        busy: &'b BusyTimes,
        now: Millis,
        visitor: Option<VisitorId>,
        moved: Option<&Meeting>,
    ) -> Result<Basis<'b>, StoreError> {
        let settings = settings(view)?;
        let until = now + Millis::days(i64::from(settings.horizon_days) + 2);
        Ok(Basis {
            members: view.members()?,
            reserved: view.reservations(now - BACK, until)?,
            turns: view.booked_turns(now)?,
            settings,
            busy,
            now,
            visitor,
            moved: moved.map(|meeting| meeting.id),
        })
    }

    /// Returns the terms of a meeting of this length, over the whole horizon (SC-04).
    pub(super) fn terms(&self, duration_min: Option<u32>) -> Terms {
        terms(&self.settings, duration_min, self.now, self.now, Millis(i64::MAX))
    }

    /// Returns the calendar of a rep; unusable if the rep is not bookable (SC-08).
    pub(super) fn calendar(&self, rep: RepId, terms: &Terms) -> Calendar {
        let member = self.members.iter().find(|member| member.id == rep);
        let known = member.and_then(|member| {
            let holidays = self.settings.holidays.as_deref();
            let hours = working_hours(&member.availability, holidays, terms.window)?;
            let is_away = state(&member.availability, holidays, self.now) == knock_routing::RepState::Away;
            Some((hours, is_away || !self.has_calendar(rep)))
        });
        let (hours, is_unusable) = known.unwrap_or_else(|| (no_hours(), true));
        let own = self.reserved.iter().filter(|taken| taken.rep == rep && Some(taken.id) != self.moved);
        let (mut blocks, mut holds) = (Vec::new(), Vec::new());
        for taken in own {
            let span = Span { start: taken.start, end: taken.end };
            match taken.hold {
                None => blocks.push(Block {
                    extent: Extent::Instants(span),
                    buffer_before: terms.buffer_before,
                    buffer_after: terms.buffer_after,
                    is_meeting: true,
                }),
                Some((visitor, expires_at)) => {
                    if expires_at > self.now && Some(visitor) != self.visitor {
                        holds.push(Hold { span });
                    }
                }
            }
        }
        if let Some(Busy::Known(known)) = self.busy.get(&rep) {
            blocks.extend(elsewhere(known));
        }
        let turn = self.turns.get(&rep).copied().unwrap_or_default();
        Calendar {
            hours,
            blocks,
            holds,
            state: if is_unusable { RepState::Unusable } else { RepState::Usable },
            upcoming: turn.upcoming,
            last_booked: turn.last_booked,
        }
    }

    /// Whether meetings can be offered: not if a connected calendar cannot be read, unless the workspace allows it.
    pub(super) fn has_calendar(&self, rep: RepId) -> bool {
        self.settings.unreachable_calendar == UnreachableCalendar::Offer
            || self.busy.get(&rep) != Some(&Busy::Unreachable)
    }
}

/// Returns the hours of a rep without any.
fn no_hours() -> knock_scheduling::Hours {
    knock_scheduling::Hours {
        zone: jiff::tz::TimeZone::UTC,
        weekly: Default::default(),
        overrides: Vec::new(),
        travel: Vec::new(),
    }
}
