//! Cases of the meeting machine.

use super::answer::{Answer, Last, Step, Why, cause};
use super::case::{Case, Data, Nothing};
use crate::instant;
use crate::refused::Refused;
use knock_model::Millis;
use knock_status::arrange;
use knock_status::meeting::{Canceller, Event, Fields, Flag, RejectReason, Timer, Verdict, derive};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Email {
    verdict: VerdictWord,
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum VerdictWord {
    Ok,
    Spam,
    Unqualified,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Booked {
    meeting: String,
    #[serde(deserialize_with = "instant::read")]
    start: Millis,
    owner: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rescheduled {
    meeting: String,
    #[serde(deserialize_with = "instant::read")]
    start: Millis,
    #[serde(default)]
    owner: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cancelled {
    meeting: String,
    by: By,
}

#[derive(Deserialize)]
enum By {
    Rep,
    Lead,
}

pub(super) fn answer(case: &Case) -> Result<Answer, Refused> {
    let facts = case.facts(event)?;
    let derived = derive(&facts, case.evaluate_at, case.dropoff()?);
    let arranged = arrange(&facts, case.evaluate_at);
    let cause_of = |one| cause(one, &arranged, Timer::as_str);
    let timeline = derived.timeline.iter().map(|entry| Step {
        at: entry.at,
        status: entry.status.as_str(),
        owner: None,
        cause: cause_of(entry.cause),
    });
    Ok(Answer {
        timeline: timeline.collect(),
        last: Last {
            status: derived.status.map(|status| status.as_str()),
            owner: None,
            fields: fields(&derived.fields),
            flags: derived.flags.iter().map(|flag| Flag::as_str(*flag)).collect(),
            in_reports: Some(derived.in_reports),
            why: derived.why.map(|why| Why { rule: why.rule, cause: cause_of(why.cause), since: why.since }),
        },
        next_change_at: derived.next_change_at,
    })
}

fn event(kind: &str, data: Data) -> Result<Event, Refused> {
    let plain = |event: Event, data: Data| data.read::<Nothing>().map(|Nothing {}| event);
    match kind {
        "link_clicked" => plain(Event::LinkClicked, data),
        "meeting_activity" => plain(Event::Activity, data),
        "booking_abandoned" => plain(Event::Abandoned, data),
        "spam_reversed" => plain(Event::SpamReversed, data),
        "email_submitted" => email(data),
        "meeting_booked" => data.read().map(|Booked { meeting, start, owner }| Event::Booked { meeting, start, owner }),
        "meeting_rescheduled" => {
            data.read().map(|Rescheduled { meeting, start, owner }| Event::Rescheduled { meeting, start, owner })
        }
        "meeting_cancelled" => data.read().map(|Cancelled { meeting, by }| Event::Cancelled {
            meeting,
            by: match by {
                By::Rep => Canceller::Rep,
                By::Lead => Canceller::Lead,
            },
        }),
        _ => Err(data.unknown(kind)),
    }
}

fn email(data: Data) -> Result<Event, Refused> {
    let field = data.at("reason");
    let Email { verdict, reason } = data.read()?;
    let wrong = |reason: &str| Err(Refused { field, reason: reason.into() });
    let reason = match reason.as_deref() {
        None => None,
        Some(word) => match RejectReason::parse(word).filter(|reason| *reason != RejectReason::Spam) {
            None => return wrong("expected `routing` or `private email`"),
            found => found,
        },
    };
    match (verdict, reason) {
        (VerdictWord::Ok, None) => Ok(Event::EmailSubmitted(Verdict::Ok)),
        (VerdictWord::Spam, None) => Ok(Event::EmailSubmitted(Verdict::Spam)),
        (VerdictWord::Unqualified, Some(reason)) => Ok(Event::EmailSubmitted(Verdict::Unqualified(reason))),
        (VerdictWord::Unqualified, None) => wrong("expected `routing` or `private email`"),
        (VerdictWord::Ok | VerdictWord::Spam, Some(_)) => wrong("only an unqualified address has a reason"),
    }
}

fn fields(fields: &Fields) -> Map<String, Value> {
    let mut map = Map::new();
    let mut set = |name: &str, value: Value| drop(map.insert(name.to_owned(), value));
    if let Some(reason) = fields.reject_reason {
        set("Reject Reason", json!(reason.as_str()));
        set("Rejected By", json!("AI"));
    }
    if let Some(time) = fields.time {
        set("Meeting Time", json!(instant::text(time)));
    }
    if let Some(owner) = &fields.owner {
        set("Meeting Owner", json!(owner));
    }
    if let Some(by) = fields.cancelled_by {
        let by = match by {
            Canceller::Rep => "Rep",
            Canceller::Lead => "Lead",
        };
        set("Cancelled By", json!(by));
    }
    map
}
