//! A workflow of the list: its state, its leads and its actions.

use knock_wire::{WorkflowRow, WorkflowState};
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::rules::controls::{never, quiet};
use crate::state::workflows::list::Workflows;
use crate::words::workflows::reasons::{counts_words, numbers_words, refusal_words};
use crate::words::workflows::texts::state_words;

/// A card; `place` is its place and the number of all, none for an archived one.
pub(crate) fn flow_row(flows: Workflows, row: WorkflowRow, place: Option<(usize, usize)>) -> AnyView {
    let (class, word) = state_words(row.state);
    let (title, href) = (format!("flow-{}", row.id), format!("/app/workflows/{}", row.id));
    let (id, name) = (title.clone(), row.name.clone());
    let refused = numbers_words(&row.counts.refused, refusal_words).join(", ");
    let refused = (!refused.is_empty()).then(|| view! { <dt>"Not in it"</dt> <dd>{refused}</dd> });
    let by = row.saved_by.clone().map(|name| view! { " by " <bdi>{name}</bdi> });
    let saved = format!(", version {}", row.version);
    let counts = counts_words(&row.counts);
    let saved_at = row.saved_at;
    view! {
        <li>
            <article class="panel webhook" aria-labelledby=title>
                <header class="webhook-head">
                    <h2 class="webhook-url" id=id>
                        <a class="link" href=href>
                            <bdi>{name}</bdi>
                        </a>
                    </h2>
                    <span class=class>{word}</span>
                </header>
                <dl class="site-facts">
                    <dt>"Leads"</dt>
                    <dd>{counts}</dd>
                    {refused}
                    <dt>"Saved"</dt>
                    <dd><TimeAgo at=saved_at /> {by} {saved}</dd>
                </dl>
                <div class="webhook-actions">{actions(flows, &row, place)}</div>
            </article>
        </li>
    }
    .into_any()
}

fn actions(flows: Workflows, row: &WorkflowRow, place: Option<(usize, usize)>) -> AnyView {
    let of = Signal::stored(row.name.clone());
    let copy = format!("/app/workflows/new?copy={}", row.id);
    let copy = view! {
        <a class="button button-quiet" href=copy>
            "Copy"
            <span class="unseen">" " <bdi>{of}</bdi></span>
        </a>
    };
    let Some((at, all)) = place else {
        let archived = row.clone();
        let back = move || flows.switching.bring_back(&archived);
        return view! { {copy} {quiet(String::new(), ("Bring back", of), never(), Box::new(back))} }.into_any();
    };
    let button = |at: usize, way: &str| format!("flow-{at}-{way}");
    let (up, down) = (row.clone(), row.clone());
    let lift = move || {
        let focus = if at > 1 { button(at - 1, "up") } else { button(0, "down") };
        flows.place(&up, at - 1, focus);
    };
    let lower = move || {
        let focus = if at + 2 < all { button(at + 1, "down") } else { button(at + 1, "up") };
        flows.place(&down, at + 1, focus);
    };
    let archived = row.clone();
    let archive = move || {
        flows.failure.set(None);
        flows.archived.set(Some(archived.clone()));
    };
    let is_off = move |is: bool| derived(move || is || flows.is_busy.get());
    view! {
        {turn(flows, row)}
        {quiet(button(at, "up"), ("Up", of), is_off(at == 0), Box::new(lift))}
        {quiet(button(at, "down"), ("Down", of), is_off(at + 1 >= all), Box::new(lower))}
        {copy}
        {quiet(String::new(), ("Archive", of), is_off(false), Box::new(archive))}
    }
    .into_any()
}

/// The switch; one that was not run dry is switched on in its editor.
fn turn(flows: Workflows, row: &WorkflowRow) -> AnyView {
    let (is_on, name) = (row.state == WorkflowState::On, row.name.clone());
    let (of, row) = (row.clone(), row.clone());
    let is_tried = derived(move || flows.tried.has(of.id, of.version));
    let why = format!("flow-why-{}", row.id);
    let hint = derived(move || if is_on || is_tried.get() { "" } else { "Run it dry in its editor to switch it on." });
    let notes = why.clone();
    view! {
        <label class="choice">
            <input
                type="checkbox"
                role="switch"
                aria-label=format!("{name} is on")
                aria-describedby=why
                prop:checked=is_on
                prop:disabled=derived(move || flows.switching.is_busy.get() || !(is_on || is_tried.get()))
                on:click=handler(move |event: leptos::ev::MouseEvent| {
                    // It shows the state of the workflow, which changes with the answer.
                    event.prevent_default();
                    flows.switching.turn(&row, !is_on);
                })
            />
            <span>"On"</span>
        </label>
        <span class="field-hint" id=notes>
            {hint}
        </span>
    }
    .into_any()
}
