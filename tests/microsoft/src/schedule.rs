//! `POST /me/calendar/getSchedule`: free-busy times of addresses.
//!
//! <https://learn.microsoft.com/graph/api/calendar-getschedule>

use crate::account::Account;
use crate::calls::Call;
use crate::errors::{Refusal, invalid};
use crate::event::{Event, Instance};
use crate::moment::Moment;
use crate::request::Answer;
use crate::world::World;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};

/// The span is shorter than this.
const LONGEST: SignedDuration = SignedDuration::from_hours(62 * 24);
/// The most addresses of a request.
const MOST: usize = 20;

pub(crate) fn answer(world: &World, call: &Call<'_>) -> Result<Answer, Refusal> {
    call.caller.may_read_basics(false)?;
    let caller = call.account(world)?;
    if caller.is_personal {
        return Err(Refusal::new(403, "ErrorAccessDenied", "getSchedule is not supported for personal accounts."));
    }
    let body = call.body()?;
    let (from, to) =
        (Moment::parse("startTime", &body["startTime"])?.at(), Moment::parse("endTime", &body["endTime"])?.at());
    let length = to.duration_since(from);
    if !length.is_positive() || length >= LONGEST {
        let message = "The requested time duration specified for FreeBusyViewOptions.TimeWindow is not within the allowed limits.";
        return Err(Refusal::new(400, "ErrorInvalidTimeInterval", message));
    }
    let interval = body.get("availabilityViewInterval").map_or(Some(30), Json::as_i64);
    let interval = interval.filter(|minutes| (5..=1_440).contains(minutes));
    let interval = interval.ok_or_else(|| invalid("availabilityViewInterval is from 5 to 1440 minutes."))?;
    let schedules = body["schedules"].as_array().map(Vec::as_slice).unwrap_or_default();
    if schedules.is_empty() || schedules.len() > MOST {
        return Err(invalid("schedules has from 1 to 20 addresses."));
    }
    let zone = &call.prefer.zone;
    let one = |address: &Json| {
        let address = address.as_str().unwrap_or_default();
        let account =
            world.accounts.values().find(|account| account.mail.eq_ignore_ascii_case(address) && !account.is_personal);
        match account {
            Some(account) => schedule(account, (from, to), interval, zone),
            None => unknown(address),
        }
    };
    let value: Vec<Json> = schedules.iter().map(one).collect();
    let context = format!("{}/v1.0/$metadata#Collection(microsoft.graph.scheduleInformation)", world.origin);
    Ok(call.applied(Answer::ok(json!({"@odata.context": context, "value": value}))))
}

/// <https://learn.microsoft.com/graph/api/resources/freebusyerror>
fn unknown(address: &str) -> Json {
    let message = format!("Unable to resolve e-mail address {address} to an Active Directory object.");
    json!({
        "scheduleId": address, "availabilityView": "", "scheduleItems": [],
        "error": {"message": message, "responseCode": "ErrorMailRecipientNotFound"},
    })
}

/// Times of the default calendar. Those at which the user works elsewhere are missing, as users report of Graph.
fn schedule(account: &Account, (from, to): (Timestamp, Timestamp), interval: i64, zone: &str) -> Json {
    let calendar = account.default_calendar().map(|calendar| calendar.number);
    let events = account.events.values().filter(|event| Some(event.calendar) == calendar);
    let mut found: Vec<Instance<'_>> = events.flat_map(|event: &Event| event.within(from, to)).collect();
    found
        .retain(|one| !one.details.is_cancelled && !["free", "workingElsewhere"].contains(&one.details.text("showAs")));
    found.sort_by_key(|one| one.start.at());
    let items: Vec<Json> = found.iter().map(|one| item(one, zone)).collect();
    json!({
        "scheduleId": account.mail, "availabilityView": availability(&found, (from, to), interval), "scheduleItems": items,
        "workingHours": {
            "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"], "startTime": "08:00:00.0000000",
            "endTime": "17:00:00.0000000", "timeZone": {"name": "W. Europe Standard Time"},
        },
    })
}

fn item(one: &Instance<'_>, zone: &str) -> Json {
    let is_private = one.details.text("sensitivity") == "private";
    let mut item = json!({
        "isPrivate": is_private, "status": one.details.text("showAs"), "isMeeting": !one.details.attendees.is_empty(),
        "isRecurring": one.date.is_some(), "isException": false, "isReminderSet": true,
        "start": Moment::of(one.start.at(), zone).json(), "end": Moment::of(one.end.at(), zone).json(),
    });
    if !is_private {
        item["subject"] = json!(one.details.text("subject"));
    }
    item
}

/// A digit for each interval: 0 free, 1 tentative, 2 busy, 3 out of office.
fn availability(found: &[Instance<'_>], (from, to): (Timestamp, Timestamp), interval: i64) -> String {
    let step = SignedDuration::from_mins(interval);
    let (mut at, mut view) = (from, String::new());
    while at < to {
        let next = at.saturating_add(step).unwrap_or(to).min(to);
        let digit = |one: &Instance<'_>| match one.details.text("showAs") {
            "tentative" => '1',
            "oof" => '3',
            _ => '2',
        };
        view.push(found.iter().filter(|one| one.is_within(at, next)).map(digit).max().unwrap_or('0'));
        at = next;
    }
    view
}
