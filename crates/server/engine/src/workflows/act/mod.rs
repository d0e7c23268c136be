//! The actions of workflows, one kind in each file.
//!
//! What a person can repair, such as a channel that is gone, is no error: its word is kept with the run.

mod acting;
mod assign;
mod mail;
mod message;
mod nudge;
mod placeholders;
mod records;
mod slack;
mod spoken;
mod task;
mod webhook;

use crate::changes::Changes;
use crate::workflow_index::StepAction;
use acting::Acting;
use knock_model::{LeadId, Millis};
use knock_ports::{Ledger, StoreError};
use knock_wire::StepContent;
use knock_workflow::{Effect, Failure};

/// Carries out an action that was claimed; the reason if it could not be.
pub(super) fn act(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    (effect, cause, action): (&Effect, &str, StepAction<'_>),
    now: Millis,
    changes: &mut Changes,
) -> Result<Option<Failure>, StoreError> {
    let Some(acting) = Acting::load(ledger, lead, (effect, cause, action), now)? else {
        return Ok(Some(Failure::LeadGone));
    };
    carry_out(ledger, &acting, action.content, changes)
}

fn carry_out(
    ledger: &mut dyn Ledger,
    acting: &Acting<'_>,
    content: &StepContent,
    changes: &mut Changes,
) -> Result<Option<Failure>, StoreError> {
    match content {
        StepContent::Nudge { text, buttons, agent } => {
            nudge::show(ledger, acting, (text, buttons, *agent), changes).map(|()| None)
        }
        StepContent::Message { text } => message::say(ledger, acting, text, changes),
        StepContent::Mail { subject, body } => mail::send(ledger, acting, (subject, body), changes),
        StepContent::Slack { channel, text, .. } => slack::post(ledger, acting, (channel, text), changes),
        StepContent::Assign { rep, pool, agent, rule } => assign::assign(
            ledger,
            acting,
            &assign::To { rep: *rep, pool, agent: *agent, rule: rule.as_deref() },
            changes,
        ),
        StepContent::Tag { tag } => records::tag(ledger, acting, *tag, changes),
        StepContent::SetField { field, value } => records::set_field(ledger, acting, (field, value), changes),
        StepContent::Webhook { webhook } => webhook::post(ledger, acting, *webhook, changes),
        StepContent::Task { text, due_in_ms, member } => {
            task::set(ledger, acting, (text, *due_in_ms, *member), changes)
        }
    }
}
