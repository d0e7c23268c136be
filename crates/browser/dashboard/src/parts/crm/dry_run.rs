//! The dry run: the writes that would be made now.

use knock_wire::{CrmDryRun, CrmWriteShown};
use leptos::prelude::*;

use crate::kit::reactive::{dynamic, handler};
use crate::state::crm::form::CrmForm;
use crate::words::crm::written_words;
use crate::words::number::counted;

/// A button, and the writes of the last dry run.
pub(crate) fn crm_dry_run(form: CrmForm) -> AnyView {
    view! {
        <section class="panel panels" aria-labelledby="crm-dry-run">
            <h2 class="panel-title" id="crm-dry-run">"Dry run"</h2>
            <p class="field-hint">"What would be written by the settings as they are saved. Nothing is."</p>
            <div class="form-actions">
                <button
                    class="button"
                    type="button"
                    prop:disabled=form.is_busy
                    on:click=handler(move |_| form.try_dry())
                >
                    "Start a dry run"
                </button>
            </div>
            <div role="status" aria-label="Result of the dry run">{dynamic(move || form.dry_run.get().map(shown))}</div>
        </section>
    }
    .into_any()
}

fn shown(run: CrmDryRun) -> AnyView {
    let leads = i64::try_from(run.writes.len()).unwrap_or(i64::MAX);
    let head = format!("{} would be written.", counted(leads, "lead"));
    let held = run.held.into_iter().map(|held| {
        let words = format!("{}: {}", counted(i64::try_from(held.leads).unwrap_or(i64::MAX), "lead"), held.reason);
        view! { <li>{words}</li> }.into_any()
    });
    let cut = run
        .is_cut
        .then(|| view! { <p class="muted">"There are more leads; those who were active last are shown."</p> });
    view! {
        <p>
            <strong>{head}</strong>
        </p>
        {cut}
        <ul class="rule-changes">{held.collect::<Vec<_>>()}</ul>
        <ol class="path" aria-label="Leads that would be written">
            {run.writes.into_iter().map(line).collect::<Vec<_>>()}
        </ol>
    }
    .into_any()
}

fn line(write: CrmWriteShown) -> AnyView {
    let href = format!("/app/contacts/{}", write.lead);
    let creates =
        write.may_create.then(|| view! { <span class="muted">" a contact is created where there is none"</span> });
    let values = write.properties.into_iter().map(|(name, value)| {
        view! {
            <div class="fact">
                <dt><bdi>{name}</bdi></dt>
                <dd><bdi>{written_words(&value)}</bdi></dd>
            </div>
        }
        .into_any()
    });
    view! {
        <li class="path-step">
            <p>
                <a href=href><bdi>{write.email}</bdi></a>
                {creates}
            </p>
            <dl class="facts">{values.collect::<Vec<_>>()}</dl>
        </li>
    }
    .into_any()
}
