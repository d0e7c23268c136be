//! A nudge: a bubble that waits for the browsers of the lead.

use super::acting::Acting;
use super::placeholders::Values;
use crate::changes::Changes;
use crate::workflow_runs::show_nudges;
use knock_model::{IntentType, NudgeId};
use knock_ports::{Ledger, Nudge, StoreError};
use knock_wire::{NudgeButton, StepContent, Texts};

/// Stores the nudge with its placeholders filled, and lets the pages of the lead read it.
pub(super) fn show(
    ledger: &mut dyn Ledger,
    acting: &Acting<'_>,
    (text, buttons, agent): (&Texts, &[NudgeButton], Option<IntentType>),
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let all = text.values().chain(buttons.iter().flat_map(|button| button.label.values()));
    let values = Values::load(ledger, acting, all.map(String::as_str))?;
    let filled =
        |button: &NudgeButton| NudgeButton { label: values.fill_all(&button.label), opens: button.opens.clone() };
    let buttons = buttons.iter().map(filled).collect();
    ledger.save_nudge(&Nudge {
        id: NudgeId::new(acting.id()),
        lead: acting.lead.id,
        run: acting.effect.run.clone(),
        step: acting.effect.step.clone(),
        visit: acting.effect.visit,
        content: StepContent::Nudge { text: values.fill_all(text), buttons, agent },
        ready_at: acting.effect.at,
        expires_at: acting.effect.at + acting.expires,
        shown_at: None,
        url: String::new(),
        clicked_at: None,
        closed_at: None,
        withdrawn_at: None,
    })?;
    show_nudges(ledger, acting.lead.id, changes)
}
