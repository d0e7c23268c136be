//! Cases of the chat machine.

use super::answer::{Answer, Last, Step, Why, cause};
use super::case::{Case, Data, Nothing};
use crate::refused::Refused;
use knock_model::{IntentType, Millis};
use knock_status::arrange;
use knock_status::chat::{Assignee, ChatOwner, Event, EventKind, Fields, Flag, Rejecter, Timer, derive};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    #[serde(default)]
    spam: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assigned {
    assignee: AssigneeWord,
    #[serde(default)]
    rep: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum AssigneeWord {
    Rep,
    AiAgent,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RepMessage {
    rep: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rejected {
    #[serde(deserialize_with = "rejecter")]
    by: Rejecter,
    #[serde(default)]
    reason: Option<String>,
}

/// A rejecter, spelled as in `Rejected By`.
fn rejecter<'de, D: Deserializer<'de>>(from: D) -> Result<Rejecter, D::Error> {
    let word = Cow::<str>::deserialize(from)?;
    Rejecter::parse(&word).ok_or_else(|| D::Error::custom(format!("`{word}` is neither `AI` nor `rep`")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deal {
    #[serde(default)]
    #[expect(dead_code, reason = "which deal it was says nothing to the status")]
    deal: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Form {
    form: String,
    page: String,
    fields: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Followed {
    #[serde(default)]
    nudge: String,
    #[serde(default)]
    agent: Option<IntentType>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ByMember {
    by: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Snooze {
    until: Millis,
    by: Option<String>,
}

pub(super) fn answer(case: &Case) -> Result<Answer, Refused> {
    let facts = case.facts(event)?;
    let derived = derive(&facts, case.evaluate_at);
    let arranged = arrange(&facts, case.evaluate_at);
    let cause_of = |one| cause(one, &arranged, Timer::as_str);
    let timeline = derived.timeline.iter().map(|entry| Step {
        at: entry.at,
        status: entry.status.as_str(),
        owner: Some(entry.status.owner().as_str()),
        cause: cause_of(entry.cause),
    });
    Ok(Answer {
        timeline: timeline.collect(),
        last: Last {
            status: derived.status.map(|status| status.as_str()),
            owner: derived.owner.map(ChatOwner::as_str),
            fields: fields(&derived.fields),
            flags: derived.flags.iter().map(|flag| Flag::as_str(*flag)).collect(),
            in_reports: None,
            why: derived.why.map(|why| Why { rule: why.rule, cause: cause_of(why.cause), since: why.since }),
        },
        next_change_at: derived.next_change_at,
    })
}

fn event(kind: &str, data: Data) -> Result<Event, Refused> {
    let plain = |event: Event, data: Data| data.read::<Nothing>().map(|Nothing {}| event);
    let Some(kind) = EventKind::parse(kind) else { return Err(data.unknown(kind)) };
    match kind {
        EventKind::LinkClicked => plain(Event::LinkClicked, data),
        EventKind::ChatActivity => plain(Event::ChatActivity, data),
        EventKind::AiMessage => plain(Event::AiMessage, data),
        EventKind::Queued => plain(Event::Queued, data),
        EventKind::SpamDetected => plain(Event::SpamDetected, data),
        EventKind::SpamReversed => plain(Event::SpamReversed, data),
        EventKind::RejectionReversed => plain(Event::RejectionReversed, data),
        EventKind::LeadMessage => data.read::<Message>().map(|message| Event::LeadMessage { is_spam: message.spam }),
        EventKind::RepMessage => data.read::<RepMessage>().map(|message| Event::RepMessage { rep: message.rep }),
        EventKind::Invited => data.read::<RepMessage>().map(|message| Event::Invited { rep: message.rep }),
        EventKind::NudgeFollowed => {
            data.read::<Followed>().map(|Followed { nudge, agent }| Event::NudgeFollowed { nudge, agent })
        }
        EventKind::DealOpened => data.read::<Deal>().map(|_| Event::DealOpened),
        EventKind::FormSent => {
            data.read::<Form>().map(|Form { form, page, fields }| Event::FormSent { form, page, fields })
        }
        EventKind::Done => data.read::<ByMember>().map(|ByMember { by }| Event::Done { by }),
        EventKind::Reopened => data.read::<ByMember>().map(|ByMember { by }| Event::Reopened { by }),
        EventKind::Snoozed => data.read::<Snooze>().map(|Snooze { until, by }| Event::Snoozed { until, by }),
        EventKind::Rejected => {
            data.read::<Rejected>().map(|Rejected { by, reason }| Event::Rejected { by, reason, member: None })
        }
        EventKind::Assigned => assigned(data),
    }
}

fn assigned(data: Data) -> Result<Event, Refused> {
    let wrong = data.at("rep");
    let assigned: Assigned = data.read()?;
    match (assigned.assignee, assigned.rep) {
        (AssigneeWord::Rep, Some(rep)) => Ok(Event::Assigned(Assignee::Rep(rep))),
        (AssigneeWord::AiAgent, None) => Ok(Event::Assigned(Assignee::AiAgent)),
        (AssigneeWord::Rep, None) => Err(Refused { field: wrong, reason: "expected the rep".into() }),
        (AssigneeWord::AiAgent, Some(_)) => Err(Refused { field: wrong, reason: "the AI agent is no rep".into() }),
    }
}

fn fields(fields: &Fields) -> Map<String, Value> {
    let mut map = Map::new();
    let mut set = |name: &str, value: Value| drop(map.insert(name.to_owned(), value));
    if let Some(owner) = &fields.rep_owner {
        set("Knock: Rep Owner", json!(owner.as_str()));
    }
    if let Some(rep) = &fields.responding_rep {
        set("Knock: Responding Rep", json!(rep));
    }
    if let Some(time) = fields.response_time {
        set("Knock: Rep Response Time", json!(time.in_minutes()));
    }
    if let Some(rejection) = &fields.rejected {
        set("Rejected By", json!(rejection.by.as_str()));
        if let Some(reason) = &rejection.reason {
            set("Reject Reason", json!(reason));
        }
    }
    map
}
