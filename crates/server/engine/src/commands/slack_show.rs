//! Chats and meetings in Slack, where a workspace is connected: each is shown in its state at delivery.

use crate::notice::Notice;
use knock_model::{ConversationId, Destination, EffectKind, LeadId, Millis};
use knock_ports::{Effect, Ledger, Meeting, NewDelivery, SlackMeeting, SlackShow, StoreError, View};
use serde::Serialize;

/// Enqueues an update of a chat in Slack.
pub(super) fn show_chat(
    ledger: &mut dyn Ledger,
    (conversation, lead): (ConversationId, LeadId),
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    if !is_connected(ledger)? {
        return Ok(());
    }
    let show = SlackShow { conversation };
    enqueue(ledger, notices, (SlackShow::KIND, &show), Some(lead), (*lead.as_bytes(), now, now))
}

/// Enqueues an update of a meeting in Slack, unless one waits, which shows the state at its delivery.
pub(super) fn show_meeting(
    ledger: &mut dyn Ledger,
    meeting: &Meeting,
    now: Millis,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    if !is_connected(ledger)? {
        return Ok(());
    }
    let show = SlackMeeting { meeting: meeting.id };
    // Not the key of the lead: a chat that cannot be shown delays no meeting.
    let ordering_key = *meeting.id.as_bytes();
    if ledger.has_waiting(Destination::SLACK, &ordering_key)? {
        return Ok(());
    }
    enqueue(ledger, notices, (SlackMeeting::KIND, &show), Some(meeting.lead), (ordering_key, now, now))
}

fn is_connected(view: &dyn View) -> Result<bool, StoreError> {
    Ok(!view.endpoints(Some(Destination::SLACK.kind))?.is_empty())
}

/// Puts an effect in Slack into the outbox, with its ordering key, when it may be sent, and when it happened.
pub(super) fn enqueue<T: Serialize>(
    ledger: &mut dyn Ledger,
    notices: &mut Vec<Notice>,
    (kind, data): (EffectKind, &T),
    lead: Option<LeadId>,
    (ordering_key, stored_at, at): ([u8; 16], Millis, Millis),
) -> Result<(), StoreError> {
    let data = serde_json::to_string(data).map_err(|error| StoreError::Broken(error.to_string()))?;
    let (to, effect) = (Destination::SLACK, Effect { kind, data, at });
    ledger.enqueue(&NewDelivery { to, effect, lead, ordering_key, stored_at })?;
    notices.push(Notice::Outbox);
    Ok(())
}
