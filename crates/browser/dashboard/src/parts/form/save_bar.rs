//! The bar that saves a form as a whole: in sight at the end of the form, with a question before changes are lost.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::leave_question::LeaveQuestion;
use crate::kit::leaving::Leaving;
use crate::kit::reactive::{derived, handler};

const LOST: &str = "What you changed on this page is not saved.";

/// Buttons that save and discard, and the state of the form in words. A page has at most one.
#[component]
pub(crate) fn SaveBar(
    /// Whether the form has changes that are not saved.
    #[prop(into)]
    is_changed: Signal<bool>,
    #[prop(into)] is_busy: Signal<bool>,
    /// The message about the last change.
    #[prop(into)]
    said: Signal<&'static str>,
    /// Shows the saved values again.
    #[prop(into)]
    discard: Callback<()>,
    /// Further buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let leaving = watch(is_changed);
    let words = derived(move || if is_changed.get() { "Unsaved changes" } else { said.get() });
    view! {
        <div class="save-bar" class=("save-bar-changed", move || is_changed.get())>
            <button class="button button-strong" type="submit" prop:disabled=is_busy>
                {derived(move || if is_busy.get() { "Saving\u{2026}" } else { "Save" })}
            </button>
            <button
                class="button"
                type="button"
                hidden=derived(move || !is_changed.get())
                prop:disabled=is_busy
                on:click=handler(move |_| discard.run(()))
            >
                "Discard"
            </button>
            {children.map(|children| children())}
            <p class="muted" role="status">{words}</p>
        </div>
        <LeaveQuestion leaving lost=LOST choose=|_| () />
    }
}

/// For a form with a button of its own, on a page with others: says that it has changes, discards them, and asks before
/// they are lost.
#[component]
pub(crate) fn Unsaved(
    /// Whether the form has changes that are not saved.
    #[prop(into)]
    is_changed: Signal<bool>,
    /// Shows the saved values again; none if the form has a button that closes it.
    #[prop(optional, into)]
    discard: Option<Callback<()>>,
) -> impl IntoView {
    let leaving = watch(is_changed);
    let button = discard.map(|discard| {
        view! {
            <button
                class="button"
                type="button"
                hidden=derived(move || !is_changed.get())
                on:click=handler(move |_| discard.run(()))
            >
                "Discard"
            </button>
        }
    });
    view! {
        {button}
        <p class="muted" role="status">{derived(move || if is_changed.get() { "Unsaved changes" } else { "" })}</p>
        <LeaveQuestion leaving lost=LOST choose=|_| () />
    }
}

/// Asks before the page is left with changes.
fn watch(is_changed: Signal<bool>) -> Leaving {
    // That of the router: the page's own address may follow later.
    let location = use_location();
    let (path, query) = (location.pathname.get_untracked(), location.search.get_untracked());
    let address = if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) };
    Leaving::watch(move || is_changed.get(), move || address.clone())
}
