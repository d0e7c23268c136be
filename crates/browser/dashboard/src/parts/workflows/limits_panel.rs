//! The cap and the quiet hours of all workflows without their own.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::own_limits::{cap_fields, quiet_fields};
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::save_bar::Unsaved;
use crate::parts::rules::controls::{fixed, tick};
use crate::state::workflows::limits::Limits;

/// The form, folded until it is opened.
pub(crate) fn limits_panel(limits: Limits) -> AnyView {
    let has_quiet = memo(move || limits.form.with(|form| form.has_quiet));
    let has_cap = memo(move || limits.form.with(|form| form.has_cap));
    let quiet = derived(move || limits.form.with(|form| form.quiet.clone()));
    let cap = derived(move || limits.form.with(|form| form.cap.clone()));
    let set_quiet = Callback::new(move |quiet| limits.change(|form| form.quiet = quiet));
    let set_cap = Callback::new(move |cap| limits.change(|form| form.cap = cap));
    let turn_quiet = move |is: bool| limits.change(|form| form.has_quiet = is);
    let turn_cap = move |is: bool| limits.change(|form| form.has_cap = is);
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        limits.save();
    };
    let missing = move || {
        let reason = limits.missing.get();
        (!reason.is_empty()).then(|| view! { <p class="form-error" role="alert">{reason}</p> })
    };
    view! {
        <details class="panel agents-part flow-limits">
            <summary class="panel-title">"Limits of the workspace"</summary>
            <form class="agents-part" on:submit=handler(submitted) novalidate>
                <p class="field-hint">
                    "They hold for bubbles, messages and mails of workflows without limits of their own. What falls into quiet hours waits for their end."
                </p>
                {tick(fixed("Quiet hours"), has_quiet.into(), Box::new(turn_quiet))}
                {dynamic(move || has_quiet.get().then(|| quiet_fields("limits-quiet", quiet, set_quiet)))}
                {tick(fixed("A most for one lead"), has_cap.into(), Box::new(turn_cap))}
                {dynamic(move || has_cap.get().then(|| cap_fields("limits-cap", cap, set_cap)))}
                {dynamic(missing)}
                <ActionFailure of=limits.failure />
                <div class="form-actions">
                    <button class="button button-strong" type="submit" prop:disabled=limits.is_busy>
                        "Save limits"
                    </button>
                    <Unsaved is_changed=derived(move || limits.is_changed()) discard=move |()| limits.discard() />
                    <span class="muted" role="status">
                        {limits.said}
                    </span>
                </div>
            </form>
        </details>
    }
    .into_any()
}
