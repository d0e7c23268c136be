//! Offers and meetings as visitors see them.

use super::instant::{Zone, utc};
use crate::http::state::AppState;
use crate::manage_token::ManageToken;
use knock_engine::commands::{Offered, OfferedSlot};
use knock_model::{MeetingState, Millis, RepId};
use knock_ports::{Meeting, StoreError, View};
use knock_status::meeting::{RejectReason, Verdict};
use knock_wire::{BookingVerdict, MeetingShown, MeetingSlot};

pub(in crate::http) fn names(view: &dyn View, reps: &[RepId]) -> Result<Vec<String>, StoreError> {
    let members = reps.iter().map(|rep| view.member(*rep)).collect::<Result<Vec<_>, _>>()?;
    let names = members.iter().flatten().map(|member| member.public_name().to_owned());
    Ok(names.filter(|name| !name.is_empty()).collect())
}

/// The verdict of the rules, in words.
pub(in crate::http) fn verdict(offered: &Offered, with: Vec<String>) -> BookingVerdict {
    let reason = |reason: RejectReason| Some(reason.as_str().to_owned());
    let (word, reason) = match offered.verdict() {
        Verdict::Spam => ("spam", reason(RejectReason::Spam)),
        Verdict::Unqualified(why) => ("unqualified", reason(why)),
        Verdict::Ok if offered.is_pending() => ("email_required", None),
        Verdict::Ok if offered.is_unbookable() => ("unbookable", Some("no_calendar".to_owned())),
        Verdict::Ok => ("ok", None),
    };
    BookingVerdict { verdict: word.into(), reason, duration_min: minutes(offered.duration), with }
}

fn minutes(duration: Millis) -> u32 {
    u32::try_from(duration.0 / Millis::MINUTE.0).unwrap_or(u32::MAX)
}

/// A start that can be booked.
pub(in crate::http) fn slot(offered: &OfferedSlot, duration: Millis, zone: &Zone) -> MeetingSlot {
    let OfferedSlot { start, .. } = *offered;
    MeetingSlot { start: utc(start), end: utc(start + duration), local: zone.local(start) }
}

/// A meeting as its visitor sees it.
pub(in crate::http) fn shown(
    state: &AppState,
    view: &dyn View,
    meeting: &Meeting,
    cutoff: Millis,
    now: Millis,
) -> Result<MeetingShown, StoreError> {
    let details = &meeting.details;
    let token = ManageToken::sign(meeting.id, &state.core.key);
    let site = state.sites.by_id(details.site).or_else(|| state.sites.first());
    Ok(MeetingShown {
        meeting: meeting.id,
        state: state_of(meeting).as_str().to_owned(),
        start: utc(meeting.start),
        end: utc(meeting.end),
        local: Zone::known(&details.zone).local(meeting.start),
        tz: details.zone.clone(),
        owner: view.member(meeting.owner)?.map_or_else(String::new, |member| member.email),
        with: names(view, &details.reps)?,
        title: details.title.to_string(),
        location: details.location.to_string(),
        email: details.email.clone(),
        name: details.name.to_string(),
        workspace: site.map_or_else(String::new, |site| site.title().to_owned()),
        can_change: meeting.is_upcoming(now) && now <= meeting.start - cutoff,
        is_mailed: state.is_mail_set_up(),
        is_over: meeting.end <= now,
        manage: format!("/m/{}", token.reveal()),
        token,
    })
}

/// The state for its visitor: that the team noted how it went is no news to them.
const fn state_of(meeting: &Meeting) -> MeetingState {
    match meeting.state {
        MeetingState::Held => MeetingState::Booked,
        state => state,
    }
}
