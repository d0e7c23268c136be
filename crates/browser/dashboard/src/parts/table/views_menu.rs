//! Saved views: those of a table in a menu, and the form that saves the current one.

use knock_wire::SavedView;
use leptos::prelude::*;

use super::menu::Menu;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::Field;
use crate::parts::page::when::When;
use crate::state::records::saved_views::SavedViews;
use crate::state::records::table_state::TableState;

/// A menu with the views of the team and of the member, and a form that saves the current one.
#[component]
pub(crate) fn ViewsMenu(views: SavedViews, state: TableState) -> impl IntoView {
    let shown = move || {
        let lines = views.all.get().into_iter();
        lines
            .map(|view| {
                let (query, name) = (view.query.clone(), view.name.clone());
                let (id, delete) = (view.id, format!("Delete the view {}", view.name));
                view! {
                    <li class="menu-line">
                        <button class="menu-link" type="button" on:click=handler(move |_| state.apply(&query))>
                            {name}
                        </button>
                        <OwnerNote is_personal=view.is_personal />
                        <button
                            class="button button-quiet"
                            type="button"
                            aria-label=delete
                            on:click=handler(move |_| views.delete(id))
                        >
                            "\u{2715}"
                        </button>
                    </li>
                }
                .into_any()
            })
            .collect::<Vec<_>>()
    };
    view! {
        <Menu id="table-views" label=Signal::stored("Views".to_owned())>
                <When is=derived(move || views.all.with(Vec::is_empty))>
                    <p class="field-hint">
                        "No view is saved yet. A view keeps filters, order and columns."
                    </p>
                </When>
                <ul class="menu-list" aria-label="Saved views">
                    {dynamic(shown)}
                </ul>
                <DeletedView views />
                <SaveViewForm views />
        </Menu>
    }
}

/// Whose a view is, where only the member sees it.
#[component]
pub(crate) fn OwnerNote(is_personal: bool) -> impl IntoView {
    is_personal.then(|| view! { <span class="muted">"Only you"</span> })
}

/// The view that was deleted last, with a button that saves it again.
#[component]
pub(crate) fn DeletedView(views: SavedViews) -> impl IntoView {
    let name = |view: &Option<SavedView>| view.as_ref().map(|view| view.name.clone()).unwrap_or_default();
    let deleted = derived(move || views.deleted.with(name));
    view! {
        <When is=derived(move || views.deleted.with(Option::is_some))>
            <p class="menu-line" role="status">
                <span>"Deleted: " <bdi>{deleted}</bdi></span>
                <button
                    class="button button-quiet"
                    type="button"
                    prop:disabled=views.is_busy
                    on:click=handler(move |_| views.undo_delete())
                >
                    "Undo"
                </button>
            </p>
        </When>
    }
}

/// The form that saves the current view under a name, for the member or for the team.
#[component]
pub(crate) fn SaveViewForm(views: SavedViews) -> impl IntoView {
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        views.save();
    };
    let errors = derived(move || views.name_errors());
    view! {
        <form class="menu-group" on:submit=handler(save) novalidate>
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
            <label class="menu-choice">
                <input
                    type="checkbox"
                    prop:checked=views.is_personal
                    on:change:target=move |event| views.is_personal.set(event.target().checked())
                />
                <span>"Only for me"</span>
            </label>
            <ActionFailure of=derived(move || views.other_failure()) />
            <button class="button" type="submit" prop:disabled=views.is_busy>
                "Save view"
            </button>
        </form>
    }
}
