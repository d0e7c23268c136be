//! Saved views of a table.

use leptos::prelude::*;

use super::menu::Menu;
use crate::parts::{FailureLine, Field, When};
use crate::saved_views::SavedViews;

/// A menu with the views of the team, and a field that saves what is shown now.
#[component]
pub(crate) fn ViewsMenu(
    /// The views.
    views: SavedViews,
) -> impl IntoView {
    let shown = move || {
        let lines = views.all.get().into_iter();
        lines
            .map(|view| {
                let (query, name) = (view.query.clone(), view.name.clone());
                let (id, delete) = (view.id, format!("Delete the view {}", view.name));
                view! {
                    <li class="menu-line">
                        <button class="menu-link" type="button" on:click=move |_| views.show(&query)>
                            {name}
                        </button>
                        <button
                            class="button button-quiet"
                            type="button"
                            aria-label=delete
                            on:click=move |_| views.delete(id)
                        >
                            "\u{2715}"
                        </button>
                    </li>
                }
                .into_any()
            })
            .collect::<Vec<_>>()
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        views.save();
    };
    let errors = Signal::derive(move || views.name_errors());
    let failure = move || views.other_failure().map(|failure| view! { <FailureLine failure /> });
    view! {
        <Menu id="table-views" label=Signal::stored("Views".to_owned())>
                <When is=move || views.all.with(Vec::is_empty)>
                    <p class="field-hint">"No view is saved yet. A view keeps filters, order and columns for the team."</p>
                </When>
                <ul class="menu-list" aria-label="Saved views">
                    {shown}
                </ul>
                <form class="menu-group" on:submit=save novalidate>
                    <Field id="view-name".to_owned() label="Save this view as" hint="" errors>
                        <input
                            class="input"
                            id="view-name"
                            autocomplete="off"
                            maxlength="80"
                            aria-describedby="view-name-notes"
                            bind:value=views.name
                        />
                    </Field>
                    {failure}
                    <button class="button" type="submit" prop:disabled=views.is_busy>
                        "Save view"
                    </button>
                </form>
        </Menu>
    }
}
