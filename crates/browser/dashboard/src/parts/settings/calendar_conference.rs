//! The choice of conferences for meetings in the calendars of an account.

use knock_wire::CalendarAccount;
use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::state::calendars::state::{Calendars, heading_id};

/// A box for conferences of the provider; nothing where it has none, or where no meetings are written into the account.
pub(super) fn conference_box(account: Signal<CalendarAccount>, calendars: Calendars) -> AnyView {
    let (id, name) = account.with_untracked(|account| (account.id, account.conferences.clone()));
    if name.is_empty() {
        return ().into_any();
    }
    let is_unused = derived(move || account.with(|account| account.events_in.is_empty()));
    view! {
        <label class="choice" hidden=is_unused>
            <input
                type="checkbox"
                id=format!("{}-conference", heading_id(id))
                prop:checked=derived(move || account.with(|account| account.has_conferences))
                on:change:target=move |event| calendars.confer(id, event.target().checked())
            />
            <span>{format!("Meetings without a location get a link of {name}")}</span>
        </label>
    }
    .into_any()
}
