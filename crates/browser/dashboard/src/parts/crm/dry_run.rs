//! The dry run: the writes that would be made now.

use knock_wire::{CrmCompanyWriteShown, CrmDryRun, CrmWriteShown};
use leptos::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

use crate::kit::reactive::{dynamic, handler};
use crate::state::crm::form::CrmForm;
use crate::words::crm::{companies_counted, written_words};
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
            <div role="status" aria-label="Result of the dry run">
                {dynamic(move || form.dry_run.get().map(|run| shown(form, run)))}
            </div>
        </section>
    }
    .into_any()
}

fn shown(form: CrmForm, run: CrmDryRun) -> AnyView {
    let is_of_companies = form
        .stored
        .value
        .with_untracked(|stored| stored.as_ref().is_some_and(|stored| !stored.mapping.company.is_empty()));
    let leads = i64::try_from(run.writes.len()).unwrap_or(i64::MAX);
    let head = format!("{} would be written.", counted(leads, "lead"));
    let held = run.held.into_iter().map(|held| {
        let words = format!("{}: {}", counted(i64::try_from(held.leads).unwrap_or(i64::MAX), "lead"), held.reason);
        view! { <li>{words}</li> }.into_any()
    });
    let cut = run
        .is_cut
        .then(|| view! { <p class="muted">"There are more leads; those who were active last are shown."</p> });
    let of_lead = |write: CrmWriteShown| {
        let creates =
            write.may_create.then(|| view! { <span class="muted">" a contact is created where there is none"</span> });
        line(format!("/app/contacts/{}", write.lead), write.email, creates.into_any(), write.properties)
    };
    view! {
        <p>
            <strong>{head}</strong>
        </p>
        {cut}
        <ul class="rule-changes">{held.collect::<Vec<_>>()}</ul>
        <ol class="path" aria-label="Leads that would be written">
            {run.writes.into_iter().map(of_lead).collect::<Vec<_>>()}
        </ol>
        {is_of_companies.then(|| companies(run.companies))}
    }
    .into_any()
}

/// The companies of the leads.
fn companies(writes: Vec<CrmCompanyWriteShown>) -> AnyView {
    let head = companies_counted(writes.len());
    let of_company = |write: CrmCompanyWriteShown| {
        line(format!("/app/accounts/{}", write.account), write.domain, ().into_any(), write.properties)
    };
    view! {
        <p>
            <strong>{head}</strong>
        </p>
        <ol class="path" aria-label="Companies that would be written">
            {writes.into_iter().map(of_company).collect::<Vec<_>>()}
        </ol>
    }
    .into_any()
}

/// A write: a link to its lead or account, a note, and the values.
fn line(href: String, name: String, note: AnyView, properties: BTreeMap<String, Value>) -> AnyView {
    let values = properties.into_iter().map(|(name, value)| {
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
                <a href=href><bdi>{name}</bdi></a>
                {note}
            </p>
            <dl class="facts">{values.collect::<Vec<_>>()}</dl>
        </li>
    }
    .into_any()
}
