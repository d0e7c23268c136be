//! A modal dialog: keeps the focus, and Escape closes it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use std::borrow::Cow;

use super::failure_line::ActionFailure;
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::reactive::{derived, effect, handler};

/// A title, children, a button that confirms and one that cancels, with the failure between them.
#[component]
pub(crate) fn Dialog(
    /// The question.
    #[prop(into)]
    title: Cow<'static, str>,
    /// The label of the button.
    confirm: &'static str,
    /// The label of the button that cancels.
    #[prop(default = "Cancel")]
    dismiss: &'static str,
    /// Whether the confirmed action is under way.
    #[prop(into)]
    is_busy: Signal<bool>,
    /// Whether the action can be confirmed now.
    #[prop(default = Signal::stored(true), into)]
    is_ready: Signal<bool>,
    #[prop(into)] failure: Signal<Option<Failure>>,
    /// Called on confirmation.
    #[prop(into)]
    confirmed: Callback<()>,
    /// Called when the dialog is closed without confirmation.
    #[prop(into)]
    closed: Callback<()>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    effect(move || dialog.get().inspect(browser::open_over));
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        if is_ready.get_untracked() {
            confirmed.run(());
        }
    };
    let close = once(closed);
    let cancel = move |_| {
        // Closing returns the focus.
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
        close();
    };
    view! {
        <dialog class="dialog" aria-labelledby="dialog-title" node_ref=dialog on:close=handler(move |_| close())>
            <form class="form" on:submit=handler(submitted) novalidate>
                <h2 class="dialog-title" id="dialog-title">{title}</h2>
                {children()}
                <ActionFailure of=failure />
                <div class="form-actions">
                    {confirming(confirm, is_busy, is_ready)}
                    <button class="button" type="button" on:click=handler(cancel)>
                        {dismiss}
                    </button>
                </div>
            </form>
        </dialog>
    }
}

/// Calls it the first time only: the browser's event comes a frame after the dialog was closed, when the page may ask
/// something else already.
fn once(closed: Callback<()>) -> impl Fn() + Copy {
    let is_open = StoredValue::new(true);
    move || {
        if is_open.try_update_value(std::mem::take).unwrap_or(false) {
            closed.run(());
        }
    }
}

fn confirming(label: &'static str, is_busy: Signal<bool>, is_ready: Signal<bool>) -> AnyView {
    view! {
        <button
            class="button button-strong"
            type="submit"
            prop:disabled=derived(move || is_busy.get() || !is_ready.get())
        >
            {derived(move || if is_busy.get() { "Saving\u{2026}" } else { label })}
        </button>
    }
    .into_any()
}
