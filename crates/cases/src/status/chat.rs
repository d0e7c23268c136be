//! Cases of the chat machine.

use super::answer::{Answer, Last, Step, Why, cause};
use super::case::{Case, Data, Nothing};
use crate::refused::Refused;
use knock_model::Millis;
use knock_status::arrange;
use knock_status::chat::{Assignee, ChatOwner, Event, Fields, Flag, Rejecter, RepOwner, Timer, derive};
use serde::Deserialize;
use serde_json::{Map, Value, json};

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
    by: By,
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Deserialize)]
enum By {
    #[serde(rename = "AI")]
    Ai,
    #[serde(rename = "rep")]
    Rep,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deal {
    #[serde(default)]
    #[expect(dead_code, reason = "which deal it was says nothing to the status")]
    deal: Option<String>,
}

pub(super) fn answer(case: &Case) -> Result<Answer, Refused> {
    let facts = case.facts(event)?;
    let derived = derive(&facts, case.evaluate_at);
    let arranged = arrange(&facts, case.evaluate_at);
    let told = |one| cause(one, &arranged, Timer::as_str);
    let timeline = derived.timeline.iter().map(|entry| Step {
        at: entry.at,
        status: entry.status.as_str(),
        owner: Some(entry.status.owner().as_str()),
        cause: told(entry.cause),
    });
    Ok(Answer {
        timeline: timeline.collect(),
        last: Last {
            status: derived.status.map(|status| status.as_str()),
            owner: derived.owner.map(ChatOwner::as_str),
            fields: fields(&derived.fields),
            flags: derived.flags.iter().map(|flag| Flag::as_str(*flag)).collect(),
            in_reports: None,
            why: derived.why.map(|why| Why { rule: why.rule, cause: told(why.cause), since: why.since }),
        },
        next_change_at: derived.next_change_at,
    })
}

fn event(kind: &str, data: Data) -> Result<Event, Refused> {
    let plain = |event: Event, data: Data| data.read::<Nothing>().map(|Nothing {}| event);
    match kind {
        "link_clicked" => plain(Event::LinkClicked, data),
        "chat_activity" => plain(Event::ChatActivity, data),
        "ai_message" => plain(Event::AiMessage, data),
        "spam_detected" => plain(Event::SpamDetected, data),
        "spam_reversed" => plain(Event::SpamReversed, data),
        "rejection_reversed" => plain(Event::RejectionReversed, data),
        "lead_message" => data.read::<Message>().map(|message| Event::LeadMessage { is_spam: message.spam }),
        "rep_message" => data.read::<RepMessage>().map(|message| Event::RepMessage { rep: message.rep }),
        "deal_opened" => data.read::<Deal>().map(|_| Event::DealOpened),
        "rejected" => data.read::<Rejected>().map(|rejected| Event::Rejected {
            by: match rejected.by {
                By::Ai => Rejecter::Ai,
                By::Rep => Rejecter::Rep,
            },
            reason: rejected.reason,
        }),
        "assigned" => assigned(data),
        _ => Err(data.unknown(kind)),
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
    match &fields.rep_owner {
        Some(RepOwner::AiAgent) => set("Knock: Rep Owner", json!("AI Agent")),
        Some(RepOwner::Rep(rep)) => set("Knock: Rep Owner", json!(rep)),
        None => {}
    }
    if let Some(rep) = &fields.responding_rep {
        set("Knock: Responding Rep", json!(rep));
    }
    if let Some(time) = fields.response_time {
        set("Knock: Rep Response Time", json!(minutes(time)));
    }
    if let Some((by, reason)) = &fields.rejected {
        let by = match by {
            Rejecter::Ai => "AI",
            Rejecter::Rep => "rep",
        };
        set("Rejected By", json!(by));
        if let Some(reason) = reason {
            set("Reject Reason", json!(reason));
        }
    }
    map
}

/// Minutes with two decimals (RR-13).
fn minutes(time: Millis) -> f64 {
    (time.0 as f64 / Millis::MINUTE.0 as f64 * 100.0).round() / 100.0
}
