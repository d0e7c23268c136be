//! The state of the sync: problems in the vendor's words, the backlog, failed writes.

use knock_wire::{CrmFailure, CrmHealth};
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::page::loaded::Loaded;
use crate::parts::page::technical::technical;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::state::crm::form::{CrmForm, is_under_way};
use crate::words::crm::crm_failure_words;
use crate::words::instant::exact;
use crate::words::network::vendor_words;
use crate::words::number::counted;

/// The state, and the records that failed.
pub(crate) fn crm_health(form: CrmForm) -> AnyView {
    let health = form.health;
    let resync_hint = format!(
        "A full resync writes every lead to {} again as they are now, also what was edited there. It needs the sync to be on.",
        form.name()
    );
    view! {
        <section class="panel panels" aria-labelledby="crm-health">
            <h2 class="panel-title" id="crm-health">"Sync status"</h2>
            <Loaded phase=health.phase retry=move |()| health.load()>
                {dynamic(move || health.value.get().map(|health| state(&form.name(), &health)))}
                {dynamic(move || health.value.get().map(|health| failures(form, health.failures)))}
            </Loaded>
            <div class="form-actions">
                <button class="button" type="button" id="crm-refresh" on:click=handler(move |_| health.load())>
                    "Refresh"
                </button>
                <When
                    is=derived(move || health.value.with(|known| known.as_ref().is_some_and(|known| known.parked > 0)))
                >
                    <button
                        class="button"
                        type="button"
                        prop:disabled=form.is_busy
                        on:click=handler(move |_| form.retry(None))
                    >
                        "Retry all"
                    </button>
                </When>
                <button
                    class="button"
                    type="button"
                    aria-describedby="crm-resync-hint"
                    prop:disabled=derived(move || form.is_busy.get() || !may_resync(form))
                    on:click=handler(move |_| form.resync())
                >
                    "Start a full resync"
                </button>
            </div>
            <p class="field-hint" id="crm-resync-hint">
                {resync_hint}
            </p>
        </section>
    }
    .into_any()
}

/// Whether a resync can begin.
fn may_resync(form: CrmForm) -> bool {
    let is_idle = form.health.value.with(|known| known.as_ref().is_some_and(|known| !is_under_way(known)));
    is_idle && form.of(|stored| stored.enabled && !stored.is_paused)
}

fn state(crm: &str, health: &CrmHealth) -> AnyView {
    let leads = |number: u64| counted(i64::try_from(number).unwrap_or(i64::MAX), "lead");
    let since =
        health.problem_since.map(|since| format!(" since {}", exact(browser::local(since)))).unwrap_or_default();
    let problem = (!health.problem.is_empty()).then(|| {
        let words = format!("{crm} cannot be written to{since}: {}", vendor_words(crm, &health.problem));
        view! { <p class="note note-wrong" role="status">{words}</p> {technical(&health.problem)} }
    });
    let last = match health.last_success_at {
        Some(at) => view! { <TimeAgo at /> }.into_any(),
        None => "Nothing was written yet".into_any(),
    };
    let resync = health.resync.as_ref().map(|resync| {
        let state = if resync.ended_at.is_some() { "ended" } else { "under way" };
        let words = format!("{} of {} ({state})", resync.done, leads(resync.total));
        let bar = resync.ended_at.is_none().then(|| {
            let (done, total) = (resync.done.to_string(), resync.total.max(1).to_string());
            view! { <progress aria-label="Full resync" value=done max=total></progress> }
        });
        view! {
            <div class="fact">
                <dt>"Full resync"</dt>
                <dd>{words} {bar}</dd>
            </div>
        }
    });
    view! {
        {problem}
        <dl class="facts">
            <div class="fact">
                <dt>"Written last"</dt>
                <dd>{last}</dd>
            </div>
            <div class="fact">
                <dt>"Waiting"</dt>
                <dd>{leads(health.backlog)}</dd>
            </div>
            <div class="fact">
                <dt>"Given up"</dt>
                <dd>{leads(health.parked)}</dd>
            </div>
            {resync}
        </dl>
    }
    .into_any()
}

fn failures(form: CrmForm, all: Vec<CrmFailure>) -> Option<AnyView> {
    (!all.is_empty()).then(|| {
        let lines = all.into_iter().map(|failure| line(form, failure)).collect::<Vec<_>>();
        view! {
            <h3 class="field-label">"Failed writes"</h3>
            <ul class="calendar-lines" aria-label="Failed writes">{lines}</ul>
        }
        .into_any()
    })
}

fn line(form: CrmForm, failure: CrmFailure) -> AnyView {
    let state = crm_failure_words(&failure);
    let (number, is_parked) = (failure.number, failure.is_parked);
    let company = failure.is_of_company.then(|| view! { <span>"To the company of the lead"</span> });
    let lead = failure.lead.map(|lead| {
        view! { <a href=format!("/app/contacts/{lead}")>"Open the lead"</a> }
    });
    let retry = is_parked.then(|| {
        view! {
            <button
                class="button"
                type="button"
                prop:disabled=form.is_busy
                on:click=handler(move |_| form.retry(Some(number)))
            >
                "Retry"
                <span class="unseen">" " <bdi>{failure.words.clone()}</bdi></span>
            </button>
        }
    });
    view! {
        <li class="calendar-line">
            <strong><bdi>{vendor_words(&form.name(), &failure.words)}</bdi></strong>
            {technical(&failure.words)}
            <span class="muted">{state} " " <TimeAgo at=failure.at /></span>
            {company}
            {lead}
            {retry}
        </li>
    }
    .into_any()
}
