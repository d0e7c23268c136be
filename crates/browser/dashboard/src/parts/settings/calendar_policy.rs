//! The events of an account that block times where it is their owner's to say.

use knock_wire::CalendarAccount;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::state::calendars::state::{Calendars, Part, heading_id};
use crate::words::calendar_policy::{POLICY_HINT, PolicyKind};

/// A box for each kind of events that may block, and the line about those that always or never do.
pub(super) fn policy_boxes(account: Signal<CalendarAccount>, calendars: Calendars) -> AnyView {
    let id = account.with_untracked(|account| account.id);
    let errors = move || {
        let all = calendars.errors(Part::Account(id), "/policy").into_iter();
        all.map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect_view()
    };
    let hint = format!("{}-policy", heading_id(id));
    view! {
        <fieldset class="calendar-choices" aria-describedby=hint.clone()>
            <legend class="field-label">"Also block times of"</legend>
            {PolicyKind::ALL.map(|kind| policy_box(account, calendars, kind)).into_iter().collect_view()}
            <div role="alert">{dynamic(errors)}</div>
        </fieldset>
        <p class="field-hint" id=hint>
            {POLICY_HINT}
        </p>
    }
    .into_any()
}

fn policy_box(account: Signal<CalendarAccount>, calendars: Calendars, kind: PolicyKind) -> AnyView {
    let id = account.with_untracked(|account| account.id);
    view! {
        <label class="choice">
            <input
                type="checkbox"
                id=format!("{}-{}", heading_id(id), kind.word())
                prop:checked=derived(move || account.with(|account| kind.blocks(account.policy)))
                on:change:target=move |event| calendars.block(id, kind, event.target().checked())
            />
            <span>{kind.label()}</span>
        </label>
    }
    .into_any()
}
