//! A post in a channel of Slack, with the card of the lead.

use super::acting::Acting;
use super::placeholders::Values;
use crate::changes::Changes;
use crate::effects::enqueue_slack;
use knock_model::Destination;
use knock_ports::{Ledger, SlackWorkflowPost, StoreError};
use knock_workflow::Failure;

pub(super) fn post(
    ledger: &mut dyn Ledger,
    acting: &Acting<'_>,
    (channel, text): (&str, &str),
    changes: &mut Changes,
) -> Result<Option<Failure>, StoreError> {
    if ledger.endpoints(Some(Destination::SLACK.kind))?.is_empty() {
        return Ok(Some(Failure::SlackOff));
    }
    let (lead, now) = (acting.lead.id, acting.now);
    let id: String = acting.id().iter().map(|byte| format!("{byte:02x}")).collect();
    let text = Values::load(ledger, acting, [text])?.fill(text);
    let (channel, workflow) = (channel.to_owned(), acting.name.to_owned());
    let post = SlackWorkflowPost { id, channel, text, workflow, lead };
    // Not the key of the lead: a channel that is gone delays neither their chat nor their meetings.
    let ordering_key = acting.id();
    enqueue_slack(ledger, changes, (SlackWorkflowPost::KIND, &post), Some(lead), (ordering_key, now, now))?;
    Ok(None)
}
