//! Chats and meetings in Slack, where a workspace is connected: each is shown in its state at delivery.

use crate::changes::Changes;
use crate::effects::enqueue_slack;
use crate::happened::Happened;
use knock_model::{ConversationId, DeliveryState, Destination, EffectKind, LeadId, MeetingState, Millis, RepId};
use knock_ports::{
    InboxQuery, Ledger, Meeting, MeetingQuery, OutboxEntry, SlackMeeting, SlackMeetingLead, SlackShow, StoreError, View,
};
use knock_status::chat::InboxView;
use serde::Serialize;

/// The maximum number of chats, and of meetings, shown at once to a member newly found in Slack.
const SHOWN: u32 = 200;

pub(super) fn react(
    ledger: &mut dyn Ledger,
    what: &Happened,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    match what {
        Happened::ChatNoted { lead, conversation }
        | Happened::FormSent { lead, conversation, .. }
        | Happened::FormUnanswered { lead, conversation } => show_chat(ledger, (*conversation, *lead), now, changes),
        Happened::MeetingChanged { meeting, .. } | Happened::MeetingMarked { meeting } => {
            show_meeting(ledger, meeting, now, changes)
        }
        Happened::MeetingStatus { lead } => show_meeting_lead(ledger, *lead, now, changes),
        Happened::MemberInSlack { member } => show_to_new(ledger, *member, now, changes),
        _ => Ok(()),
    }
}

/// Enqueues an update of a chat in Slack.
fn show_chat(
    ledger: &mut dyn Ledger,
    (conversation, lead): (ConversationId, LeadId),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    if !is_connected(ledger)? {
        return Ok(());
    }
    let show = SlackShow { conversation };
    enqueue_slack(ledger, changes, (SlackShow::KIND, &show), Some(lead), (*lead.as_bytes(), now, now))
}

/// Enqueues an update of a meeting in Slack, unless one waits, which shows the state at its delivery.
fn show_meeting(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    if !is_connected(ledger)? {
        return Ok(());
    }
    let show = SlackMeeting { meeting: meeting.id };
    show_once(ledger, (SlackMeeting::KIND, &show), meeting.lead, now, changes)
}

/// Enqueues an update of a lead who asked for a meeting, likewise.
fn show_meeting_lead(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    if !is_connected(ledger)? {
        return Ok(());
    }
    show_once(ledger, (SlackMeetingLead::KIND, &SlackMeetingLead { lead }), lead, now, changes)
}

/// Enqueues an effect about the meetings of a lead, unless the same one waits. They are in one order, in which a booked
/// meeting takes over the card of its lead.
fn show_once<T: Serialize>(
    ledger: &mut dyn Ledger,
    (kind, show): (EffectKind, &T),
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    // Not the key of the lead: a chat that cannot be shown delays no meeting.
    let ordering_key = lead.as_bytes().map(|byte| !byte);
    let data = serde_json::to_string(show).map_err(|error| StoreError::Broken(error.to_string()))?;
    let is_waiting = |entry: &OutboxEntry| {
        let waits = matches!(entry.state, DeliveryState::Waiting | DeliveryState::Behind);
        waits && entry.effect.kind == kind && entry.effect.data == data
    };
    if ledger.deliveries_in_order(lead, Destination::SLACK, &ordering_key)?.iter().any(is_waiting) {
        return Ok(());
    }
    enqueue_slack(ledger, changes, (kind, show), Some(lead), (ordering_key, now, now))
}

fn is_connected(view: &dyn View) -> Result<bool, StoreError> {
    Ok(!view.endpoints(Some(Destination::SLACK.kind))?.is_empty())
}

/// Shows chats and meetings to a member who was not found in Slack before. Those unchanged since Slack was connected are
/// left out.
fn show_to_new(ledger: &mut dyn Ledger, member: RepId, now: Millis, changes: &mut Changes) -> Result<(), StoreError> {
    let connected = ledger.endpoints(Some(Destination::SLACK.kind))?.into_iter().next();
    let Some(since) = connected.map(|endpoint| endpoint.created_at) else { return Ok(()) };
    let query = InboxQuery::first(InboxView::Mine, Some(member), SHOWN);
    for chat in ledger.inbox(&query)?.chats.into_iter().filter(|chat| chat.active_at >= since) {
        if let Some(newest) = ledger.conversations_of_lead(chat.lead)?.into_iter().next() {
            show_chat(ledger, (newest.id, chat.lead), now, changes)?;
        }
    }
    let (from, owner, state) = (Some(now), Some(member), Some(MeetingState::Booked));
    let query = MeetingQuery { from, owner, state, ..MeetingQuery::default() };
    for meeting in ledger.meetings(&query, None, SHOWN)?.into_iter().filter(|meeting| meeting.updated_at >= since) {
        show_meeting(ledger, &meeting, now, changes)?;
    }
    Ok(())
}
