//! The bar that saves a rule: buttons, message and failure; stays visible while scrolling.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::failure_line::FailureLine;
use crate::parts::page::when::When;
use crate::state::rules::form::RuleForm;

/// The bar over the segments.
pub(crate) fn rule_bar(form: RuleForm) -> AnyView {
    let is_changed = memo(move || form.is_changed());
    let mark = move || is_changed.get().then(|| view! { <span class="badge badge-medium">"Unsaved changes"</span> });
    let wrong = move || {
        let is_in_dialog = form.is_about_template();
        form.failure
            .get()
            .filter(|_| !is_in_dialog && !form.is_outdated())
            .map(|failure| view! { <FailureLine failure /> })
    };
    view! {
        <div class="playbook-bar rule-bar">
            <button
                class="button button-strong"
                type="button"
                prop:disabled=derived(move || form.is_busy.get() || !is_changed.get())
                on:click=handler(move |_| form.save())
            >
                {derived(move || if form.is_busy.get() { "Saving\u{2026}" } else { "Save" })}
            </button>
            <button
                class="button"
                type="button"
                prop:disabled=derived(move || !is_changed.get())
                on:click=handler(move |_| form.discard())
            >
                "Discard changes"
            </button>
            <p>{dynamic(mark)} " " <span class="muted" role="status">{form.said}</span></p>
        </div>
        {dynamic(wrong)}
        <When is=derived(move || form.is_outdated())>
            <div class="note" role="alert">
                <p>
                    "Another member has saved a newer version of this rule, so yours was not saved. Load it, and repeat your change there: the form is replaced."
                </p>
                <button class="button" type="button" on:click=handler(move |_| form.load_newest())>
                    "Load the newer version"
                </button>
            </div>
        </When>
    }
    .into_any()
}
