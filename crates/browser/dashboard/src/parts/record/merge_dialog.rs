//! The dialog that merges two contacts: the search for the other one, then both beside the merged one.

use knock_wire::{ContactRow, MergePreview};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::page::when::When;
use crate::state::records::merging::{Merging, SEARCH};
use crate::words::merge::{PreviewLine, crm_words, found_words, preview_lines};

#[component]
pub(super) fn MergeDialog(merging: Merging) -> impl IntoView {
    let has_preview = derived(move || merging.preview.with(Option::is_some));
    view! {
        <Dialog
            title="Merge two contacts"
            confirm="Merge"
            is_busy=merging.is_busy
            is_ready=derived(move || merging.is_ready())
            failure=merging.failure
            confirmed=move |()| merging.merge()
            closed=move |()| merging.close()
        >
            <When is=has_preview fallback=move || view! { <Search merging /> }>
                {dynamic(move || merging.preview.get().map(|preview| shown(&preview, merging)))}
            </When>
        </Dialog>
    }
}

#[component]
fn Search(merging: Merging) -> impl IntoView {
    let pressed = move |event: KeyboardEvent| {
        // Nothing is chosen yet that could be confirmed.
        if event.key() == "Enter" {
            event.prevent_default();
        }
    };
    let lines = move || {
        let found = merging.found.get().unwrap_or_default();
        found.into_iter().map(|row| choice(row, merging)).collect::<Vec<_>>()
    };
    let words = move || merging.found.with(|found| found.as_ref().map(|found| found_words(found.len())));
    view! {
        <div class="field">
            <label class="field-label" for=SEARCH>"The other contact"</label>
            <input
                class="input"
                type="search"
                id=SEARCH
                autocomplete="off"
                spellcheck="false"
                aria-describedby="merge-hint"
                prop:value=merging.typed
                on:input:target=move |event| merging.type_in(event.target().value())
                on:keydown=handler(pressed)
            />
            <p class="muted" id="merge-hint">"A part of the name or the address."</p>
        </div>
        <p class="muted" role="status">{derived(words)}</p>
        <ul class="merge-found">{dynamic(lines)}</ul>
    }
}

fn choice(row: ContactRow, merging: Merging) -> AnyView {
    let (id, name) = (row.id, row.display_name);
    let address =
        (!row.email.is_empty() && row.email != name).then(|| view! { " " <bdi class="muted">{row.email}</bdi> });
    view! {
        <li>
            <button
                class="button button-quiet"
                type="button"
                prop:disabled=merging.is_busy
                on:click=handler(move |_| merging.choose(id))
            >
                <bdi>{name}</bdi>
                {address}
            </button>
        </li>
    }
    .into_any()
}

fn shown(preview: &MergePreview, merging: Merging) -> AnyView {
    let (stays, goes) = (preview.stays.display_name.clone(), preview.goes.display_name.clone());
    let refused = preview.refused.clone();
    let refused = (!refused.is_empty()).then(|| view! { <p class="note" role="alert">{refused}</p> });
    let crm = crm_words(preview).map(|words| view! { <p>{words}</p> });
    let lines = preview_lines(preview).into_iter().map(line).collect::<Vec<_>>();
    view! {
        <p>
            <bdi>{stays}</bdi>
            " stays, "
            <bdi>{goes}</bdi>
            " is merged into it."
        </p>
        {refused}
        <div class="merge-preview" role="region" aria-label="Preview of the merge" tabindex="0">
            <table class="merge-table">
                <thead>
                    <tr>
                        <th scope="col"><span class="unseen">"Field"</span></th>
                        <th scope="col">"Stays"</th>
                        <th scope="col">"Goes"</th>
                        <th scope="col">"Merged"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {crm}
        <p class="muted">
            "Both addresses reach the merged contact. You can undo it until something new happens to the contact; visits are no obstacle."
        </p>
        <p class="detail-buttons">
            <button
                class="button"
                type="button"
                prop:disabled=merging.is_busy
                on:click=handler(move |_| merging.swap())
            >
                "Swap"
            </button>
            <button
                class="button"
                type="button"
                prop:disabled=merging.is_busy
                on:click=handler(move |_| merging.leave_preview())
            >
                "Choose another contact"
            </button>
        </p>
    }
    .into_any()
}

fn line((label, [stays, goes, merged]): PreviewLine) -> AnyView {
    let cell = |text: String| view! { <td><bdi>{text}</bdi></td> };
    view! {
        <tr>
            <th scope="row">{label}</th>
            {cell(stays)}
            {cell(goes)}
            {cell(merged)}
        </tr>
    }
    .into_any()
}
