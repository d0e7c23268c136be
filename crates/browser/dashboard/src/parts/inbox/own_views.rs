//! Views of the inbox that members saved: links, and a menu that renames and deletes them.

use knock_status::chat::InboxView;
use knock_wire::SavedView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::when::When;
use crate::parts::table::menu::Menu;
use crate::parts::table::views_menu::{DeletedView, OwnerNote};
use crate::state::inbox::list::Inbox;
use crate::state::records::saved_views::SavedViews;
use crate::words::inbox::inbox_address;
use crate::words::inbox_filter::InboxFilter;

/// The view and the filter that the query of a saved view asks for.
pub(crate) fn asked_by(query: &str) -> (InboxView, InboxFilter) {
    let view = InboxView::parse(&browser::parameter(query, "view")).unwrap_or(InboxView::Open);
    (view, InboxFilter::read(|name| Some(browser::parameter(query, name))))
}

/// A link for each saved view of the member and of the team.
#[component]
pub(crate) fn OwnViews(inbox: Inbox, views: SavedViews) -> impl IntoView {
    let link = move |saved: SavedView| {
        let (view, filter) = asked_by(&saved.query);
        let address = inbox_address(view, &filter, None);
        let current = move || (inbox.view.get() == view && inbox.filter.with(|now| *now == filter)).then_some("page");
        view! {
            <li>
                <a class="view" href=address aria-current=derived(current)>
                    <bdi>{saved.name}</bdi>
                </a>
            </li>
        }
        .into_any()
    };
    let links = move || views.all.get().into_iter().map(link).collect::<Vec<_>>();
    // It stays while its last view is deleted and brought back.
    let was_shown = StoredValue::new(false);
    let is_shown = derived(move || {
        let is_shown = !views.all.with(Vec::is_empty) || was_shown.get_value();
        was_shown.set_value(is_shown);
        is_shown
    });
    view! {
        <When is=is_shown>
            <div class="own-views">
                <ul aria-label="Saved views">{dynamic(links)}</ul>
                <EditViews views />
            </div>
        </When>
    }
}

#[component]
fn EditViews(views: SavedViews) -> impl IntoView {
    let lines = move || views.all.get().into_iter().map(|view| edited(views, view)).collect::<Vec<_>>();
    let failure = derived(move || views.failure());
    view! {
        <Menu id="inbox-edit-views" label=Signal::stored("Edit views".to_owned())>
            <When is=derived(move || views.all.with(Vec::is_empty))>
                <p class="field-hint">"No view is saved."</p>
            </When>
            <ul class="menu-list" aria-label="Edit saved views">
                {dynamic(lines)}
            </ul>
            <DeletedView views />
            <ActionFailure of=failure />
        </Menu>
    }
}

fn edited(views: SavedViews, view: SavedView) -> AnyView {
    let (id, known, is_personal) = (view.id, view.name.clone(), view.is_personal);
    let name = RwSignal::new(known.clone());
    let rename = move |event: SubmitEvent| {
        event.prevent_default();
        views.rename(view.clone(), &name.get_untracked());
    };
    view! {
        <li>
            <form class="menu-line" on:submit=handler(rename) novalidate>
                <input
                    class="input"
                    autocomplete="off"
                    maxlength="80"
                    aria-label=format!("Name of {known}")
                    bind:value=name
                />
                <OwnerNote is_personal />
                <button
                    class="button"
                    type="submit"
                    aria-label=format!("Rename {known}")
                    prop:disabled=views.is_busy
                >
                    "Rename"
                </button>
                <button
                    class="button button-quiet"
                    type="button"
                    aria-label=format!("Delete the view {known}")
                    prop:disabled=views.is_busy
                    on:click=handler(move |_| views.delete(id))
                >
                    "\u{2715}"
                </button>
            </form>
        </li>
    }
    .into_any()
}
