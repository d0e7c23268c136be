//! What happened, as events of workflows and as former values of fields.

use super::event::Unnumbered;
use super::group::{Groups, Visit};
use crate::happened::{ChatSettled, Happened, MeetingStatusChanged, SignalsStored};
use crate::workflow_index::Index;
use knock_model::{Bucket, CrmSystem, LeadId, Millis};
use knock_ports::{CrmKnown, Message, MessageAuthor};
use knock_routing::{Field, Value};
use knock_workflow::{Author, EventKind, Origin};

/// Notes one thing that happened for its lead. Returns signals of a browser without a lead.
pub(super) fn note(
    index: &Index,
    (now, origin): (Millis, Origin),
    what: Happened,
    groups: &mut Groups,
) -> Option<SignalsStored> {
    match what {
        Happened::SignalsStored(stored) => return signals(index, *stored, (now, origin), groups),
        Happened::ContactCreated { lead, .. } => {
            let group = groups.of(lead, now);
            group.is_new = true;
            group.compare(origin);
        }
        Happened::Scored { lead, former, .. } => {
            let group = groups.of(lead, now);
            group.had("intent.score", former.map(|bucket: Bucket| Value::text(bucket.as_str())));
            group.compare(origin);
        }
        Happened::ChatSettled(settled) => chat(&settled, (now, origin), groups),
        Happened::MeetingStatusChanged(changed) => {
            let MeetingStatusChanged { lead, previous, .. } = *changed;
            let group = groups.of(lead, now);
            group.had("meeting.status", previous.map(|status| Value::text(&status)));
            group.compare(origin);
        }
        Happened::FieldsChanged { lead, before } => {
            let group = groups.of(lead, now);
            before.into_iter().for_each(|(field, value)| group.had(field, value));
            group.compare(origin);
        }
        Happened::CrmKnown { lead, before } => crm(index, lead, &before, (now, origin), groups),
        Happened::MessageStored { lead, message, .. } => message_of(lead, &message, (now, origin), groups),
        Happened::DealOpened { lead } => groups.of(lead, now).compare(origin),
        Happened::Merged { lead } => {
            let group = groups.of(lead, now);
            group.is_merged = true;
            group.compare(origin);
        }
        Happened::Rederived { lead } => groups.of(lead, now).compare(Origin::Workflow),
        Happened::WorkflowDue { lead } => groups.of(lead, now).is_due = true,
        Happened::RunMoves { lead, run } => groups.of(lead, now).moves.push(run),
        Happened::NudgeShown { lead, nudge } => {
            let event = Unnumbered::now(format!("nudge:{nudge}"), (now, origin), EventKind::Sent);
            groups.of(lead, now).events.push(event);
        }
        _ => {}
    }
    None
}

fn signals(
    index: &Index,
    stored: SignalsStored,
    (now, origin): (Millis, Origin),
    groups: &mut Groups,
) -> Option<SignalsStored> {
    let Some(lead) = stored.lead else { return Some(stored) };
    let SignalsStored { site, visitor, mut signals, .. } = stored;
    // They take effect in the order of their arrival (WF-O1).
    signals.sort_by_key(|signal| (signal.received_at, signal.at, signal.id));
    let group = groups.of(lead, now);
    if index.watches_signals() {
        group.compare(origin);
    }
    group.visit = signals.last().map(|last| Visit { site, visitor, session: last.session });
    group.events.extend(signals.iter().flat_map(|signal| Unnumbered::of_signal(signal, origin)));
    None
}

fn chat(settled: &ChatSettled, (now, origin): (Millis, Origin), groups: &mut Groups) {
    let ChatSettled { lead, previous, .. } = settled;
    let group = groups.of(*lead, now);
    group.had("chat.status", previous.status.as_deref().map(Value::text));
    group.had("intent.type", Some(Value::text(previous.intent_type.as_str())));
    group.compare(origin);
}

fn message_of(lead: LeadId, message: &Message, of: (Millis, Origin), groups: &mut Groups) {
    let by = match message.author {
        MessageAuthor::Lead => Author::Lead,
        MessageAuthor::Rep(_) => Author::Rep,
        MessageAuthor::AiAgent => Author::Agent,
        // No trigger names programs.
        MessageAuthor::Integration(_) => return,
    };
    let event = Unnumbered::now(format!("message:{}", message.id), of, EventKind::Message { by });
    groups.of(lead, of.0).events.push(event);
}

/// The former values of the fields of CRMs that triggers name.
fn crm(
    index: &Index,
    lead: LeadId,
    before: &[(CrmSystem, Option<CrmKnown>)],
    (now, origin): (Millis, Origin),
    groups: &mut Groups,
) {
    let group = groups.of(lead, now);
    for (system, known) in before {
        let start = format!("crm.{}.", system.as_str());
        for name in index.watched().keys().filter(|name| name.starts_with(&start)) {
            let value = |field| known.as_ref().and_then(|known| known.fields.get(&field).cloned());
            group.had(name.clone(), Field::parse(name).ok().and_then(value));
        }
    }
    group.compare(origin);
}
