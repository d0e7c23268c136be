//! Which conversations the inbox shows.

use leptos::prelude::*;

use crate::api::Folder;

/// A button for each folder; the one shown is pressed.
#[component]
pub(crate) fn FolderTabs(
    /// The one shown.
    folder: RwSignal<Folder>,
) -> impl IntoView {
    let tab = move |of: Folder, name: &'static str| {
        let is_shown = move || folder.get() == of;
        view! {
            <button class="tab" type="button" aria-pressed=Signal::derive(move || is_shown().to_string()) on:click=move |_| folder.set(of)>
                {name}
            </button>
        }
    };
    view! {
        <div class="tabs" role="group" aria-label="Show">
            {tab(Folder::Open, "Open")}
            {tab(Folder::Spam, "Spam")}
        </div>
    }
}
