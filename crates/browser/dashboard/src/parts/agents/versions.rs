//! The versions of a playbook.

use knock_model::Permission;
use knock_wire::{Playbook, PlaybookStep, TextsOf};
use leptos::prelude::*;

use crate::kit::letters;
use crate::kit::reactive::{derived, handler};
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::page::lines::Lines;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::state::agents::playbook::PlaybookForm;
use crate::words::playbook::{step_words, version_words};

/// All versions, newest first: each can be shown and restored; the texts can be reset to those
/// of all sites, for all sites to the standard ones.
#[component]
pub(crate) fn Versions(form: PlaybookForm) -> impl IntoView {
    let drawn = move || {
        let all = form.versions.value.with(|all| all.as_ref().map(|all| all.versions.clone()).unwrap_or_default());
        let newest = all.first().map(|newest| newest.version);
        let draw = |version: Playbook| {
            let is_newest = Some(version.version) == newest;
            let (number, is_newest_word) = (version.version.to_string(), is_newest.to_string());
            let site = version.site.as_deref().unwrap_or_default();
            let id = line_id(&[&number, &is_newest_word, &version.kind, &version.language, site]);
            Drawn::new(id, move || shown(form, version.clone(), is_newest))
        };
        all.into_iter().map(draw).collect::<Vec<_>>()
    };
    let is_saved = move || form.base.with(|base| base.as_ref().is_some_and(|base| !base.is_standard));
    let is_of_all = move || form.site.with(String::is_empty);
    let is_changed_for_all = derived(move || form.agents.may_edit && is_of_all() && is_saved());
    let is_own = derived(move || form.agents.may_edit && !is_of_all() && form.has_own());
    let audit = form.agents.session.may(Permission::SeeAudit).then(|| {
        view! {
            <p class="muted">
                "Changes are recorded in the " <a class="link" href="/app/settings/audit">"audit log"</a> "."
            </p>
        }
    });
    view! {
        <section class="panel agents-part" aria-labelledby="versions">
            <h2 class="panel-title" id="versions">
                "Versions"
            </h2>
            {audit}
            <ol class="known-list" aria-label="Versions">
                <Lines of=derived(drawn) />
            </ol>
            <When is=is_own>
                <button class="button" type="button" on:click=handler(move |_| form.is_setting_back.set(true))>
                    "Use the texts of All sites again"
                </button>
            </When>
            <When is=is_changed_for_all>
                <button class="button" type="button" on:click=handler(move |_| form.is_setting_back.set(true))>
                    "Set back to the standard texts"
                </button>
            </When>
        </section>
    }
}

fn shown(form: PlaybookForm, version: Playbook, is_newest: bool) -> AnyView {
    let name = version_words(&version);
    let (of, restored) = (name.clone(), version.clone());
    // The texts of all sites come back by the button below, as those of all sites.
    let has_texts = version.site.is_none() || version.texts_of == TextsOf::Own;
    let restore = (form.agents.may_edit && !is_newest && has_texts).then(|| {
        view! {
            <button class="button" type="button" on:click=handler(move |_| form.restore(&restored))>
                "Restore"
                <span class="unseen">" " {of}</span>
            </button>
        }
    });
    let title = letters::capitalized(&name);
    view! {
        <li class="known">
            <p class="mail-facts">
                <span class="known-name">{title}</span>
                {version.saved_at.map(|at| view! { <TimeAgo at /> })}
                {is_newest.then(|| view! { <span class="badge badge-high">"In use"</span> })}
            </p>
            <details class="why">
                <summary>"Texts" <span class="unseen">" of " {name}</span></summary>
                <dl class="version-texts">{version.steps.iter().map(texts).collect_view()}</dl>
            </details>
            <div class="known-actions">{restore}</div>
        </li>
    }
    .into_any()
}

fn texts(step: &PlaybookStep) -> AnyView {
    let texts = step.texts.iter().map(|text| view! { <dd dir="auto">{text.clone()}</dd> }.into_any());
    view! {
        <dt>{step_words(&step.step).0.to_owned()}</dt>
        {texts.collect_view()}
    }
    .into_any()
}
