//! The dry run: the workflow of the form over the leads of the last days, without sending anything.

use knock_wire::{DryRun, DryRunAction, DryRunRefused};
use leptos::prelude::*;

use super::dry_run_lead::lead_part;
use super::dry_run_line::lead_line;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::rules::controls::{labelled_choice, panel};
use crate::parts::table::condition_line::option;
use crate::state::workflows::dry_runs::{DryRuns, Ran};
use crate::words::number::{count, counted};
use crate::words::workflows::reasons::{numbers_words, refusal_words, skip_words, whole};
use crate::words::workflows::texts::kind_label;

/// The largest number of listed leads.
const MOST_SHOWN: usize = 20;

/// The choice of days, the result, and the same for one lead.
pub(crate) fn dry_run_panel(runs: DryRuns) -> AnyView {
    let lengths = derived(move || {
        let of = |days: u32| option(&days.to_string(), &format!("{days} days"), days == runs.days.get());
        [7, 14, 30, 90].map(of).concat()
    });
    let choose = move |word: String| runs.days.set(word.parse().unwrap_or(30));
    let stale = move || {
        runs.is_stale(runs.ran).then(|| view! { <p class="note">"The workflow has changed since: run it again."</p> })
    };
    let body = view! {
        <p class="field-hint">
            "Which leads of the last days would have been enrolled, that is taken in, and what would have been done for them. Nothing is sent or changed."
        </p>
        {labelled_choice("dry-run-days", "Leads of the last", lengths, Box::new(choose))}
        <button class="button" type="button" prop:disabled=runs.is_busy on:click=handler(move |_| runs.run())>
            {derived(move || if runs.is_busy.get() { "Running\u{2026}" } else { "Run it dry" })}
        </button>
        <ActionFailure of=runs.failure />
        <div class="what-if" role="status" aria-label="Result of the dry run">
            {dynamic(stale)}
            {dynamic(move || runs.ran.get().map(|ran| shown(&ran)))}
        </div>
        {lead_part(runs)}
    };
    panel("dry-run", "Dry run", body.into_any())
}

fn shown(ran: &Ran) -> AnyView {
    let DryRun { leads, enrolled, actions, refused, examples, is_everybody } = &ran.answer;
    let head = if *is_everybody {
        format!("This would have enrolled all {}.", counted(whole(*leads), "lead"))
    } else {
        format!("It would have enrolled {} of {}.", count(whole(*enrolled)), counted(whole(*leads), "lead"))
    };
    let done = (!actions.is_empty()).then(|| {
        view! {
            <h3 class="step-name">"What would have been done"</h3>
            <ul class="rule-changes">{actions.iter().map(action).collect::<Vec<_>>()}</ul>
        }
    });
    let not = (!refused.is_empty()).then(|| {
        view! {
            <h3 class="step-name">"Why others would not have been in it"</h3>
            <ul class="rule-changes">{refused.iter().map(reason).collect::<Vec<_>>()}</ul>
        }
    });
    let some = (!examples.is_empty()).then(|| {
        view! {
            <details class="why">
                <summary>"Examples"</summary>
                <ol class="path" aria-label="Leads that would have been enrolled">
                    {examples.iter().take(MOST_SHOWN).map(lead_line).collect::<Vec<_>>()}
                </ol>
            </details>
        }
    });
    view! {
        <p>
            <strong>{head}</strong>
        </p>
        {done}
        {not}
        {some}
    }
    .into_any()
}

fn action(action: &DryRunAction) -> AnyView {
    let label = kind_label(&action.action).to_owned();
    let skipped = numbers_words(&action.skipped, skip_words).join(", ");
    let skipped = if skipped.is_empty() { String::new() } else { format!("; left out: {skipped}") };
    view! { <li>{format!("{label} ({}): {} times{skipped}", action.step, count(whole(action.done)))}</li> }.into_any()
}

fn reason(refused: &DryRunRefused) -> AnyView {
    let words = format!("{} \u{d7} {}", count(whole(refused.leads)), refusal_words(&refused.reason));
    let example = refused.example.clone().map(|contact| {
        view! {
            ", such as "
            <a class="link" href=format!("/app/contacts/{}", contact.id)>
                <bdi>{contact.display_name}</bdi>
            </a>
        }
    });
    view! { <li>{words} {example}</li> }.into_any()
}
