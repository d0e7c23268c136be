//! The versions of a workflow: authors, differences and rollback.

use knock_wire::WorkflowVersion;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler, memo};
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::page::lines::Lines;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::rules::controls::panel;
use crate::state::workflows::form::FlowForm;
use crate::words::number::counted;
use crate::words::workflows::reasons::whole;
use crate::words::workflows::texts::{changed_lines, version_lines};

/// All versions, newest first; empty before the first one is saved.
pub(crate) fn versions_panel(form: FlowForm) -> AnyView {
    let all =
        memo(move || form.versions.value.with(|all| all.as_ref().map(|all| all.versions.clone())).unwrap_or_default());
    let drawn = move || {
        let all = all.get();
        let draw = |(place, version): (usize, &WorkflowVersion)| {
            let (version, before) = (version.clone(), all.get(place + 1).cloned());
            let parts = [version.version.to_string(), (place == 0).to_string(), version.active.to_string()];
            let id = line_id(&[&parts[0], &parts[1], &parts[2]]);
            Drawn::new(id, move || line(form, &version, before.as_ref(), place == 0))
        };
        all.iter().enumerate().map(draw).collect::<Vec<_>>()
    };
    let body = view! {
        <ol class="known-list" aria-label="Versions">
            <Lines of=derived(drawn) />
        </ol>
    };
    panel("flow-versions", "Versions", body.into_any())
}

fn line(form: FlowForm, version: &WorkflowVersion, before: Option<&WorkflowVersion>, is_newest: bool) -> AnyView {
    let number = version.version;
    let by = version.saved_by.clone().map(|name| view! { "by " <bdi>{name}</bdi> });
    let lines = match before {
        Some(before) => changed_lines(&before.draft, &version.draft),
        None => version_lines(&version.draft),
    };
    let title = if before.is_some() { "What changed" } else { "What it does" };
    let lines = if lines.is_empty() { vec!["Texts or times of a step.".to_owned()] } else { lines };
    let said = lines.into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect::<Vec<_>>();
    let restore = (!is_newest).then(|| {
        let version = version.clone();
        view! {
            <button class="button" type="button" on:click=handler(move |_| form.restore(&version))>
                {format!("Roll back to version {number}")}
            </button>
        }
    });
    view! {
        <li class="known">
            <p class="mail-facts">
                <span class="known-name">{format!("Version {number}")}</span>
                <TimeAgo at=version.saved_at />
                <span>{by}</span>
                <span class="muted">{format!("{} inside", counted(whole(version.active), "lead"))}</span>
                {is_newest.then(|| view! { <span class="badge badge-high">"Newest"</span> })}
            </p>
            <details class="why">
                <summary>{title} <span class="unseen">{format!(" in version {number}")}</span></summary>
                <ul class="rule-changes">{said}</ul>
            </details>
            <div class="known-actions">{restore}</div>
        </li>
    }
    .into_any()
}
