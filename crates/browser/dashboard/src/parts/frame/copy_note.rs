//! The note that this is a copy of a workspace, and the question whether it sends.

use knock_model::Permission;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::session::use_session;
use crate::state::settings::held_copy::{HeldCopy, RELEASED_BUTTON};
use crate::words::outbound::waiting_words;

/// A line on every page of a copy, with a button for admins; a line after the release.
#[component]
pub(crate) fn CopyNote() -> impl IntoView {
    let session = use_session();
    let copy = HeldCopy::new(session);
    let is_admin = derived(move || session.may(Permission::ManageConnections));
    view! {
        <When is=session.is_held>
            <div class="note password-offer">
                <p role="status">
                    "This is a copy: nothing is sent. Posts, mails, notifications, webhooks, calendars and the CRM wait."
                </p>
                <When is=is_admin>
                    <button class="button" type="button" on:click=handler(move |_| copy.ask())>
                        "Send from this copy"
                    </button>
                </When>
            </div>
        </When>
        <When is=copy.is_released>
            <div class="note password-offer">
                <p role="status">"Released: this server sends from now on."</p>
                <button
                    class="button button-quiet"
                    id=RELEASED_BUTTON
                    type="button"
                    on:click=handler(move |_| copy.is_released.set(false))
                >
                    "OK"
                </button>
            </div>
        </When>
        <When is=copy.is_asking>
            <Dialog
                title="Send from this copy?"
                confirm="Send from this copy"
                is_busy=copy.is_busy
                is_ready=derived(move || copy.is_ready())
                failure=copy.failure
                confirmed=move |()| copy.release()
                closed=move |()| copy.close()
            >
                <p>"If the original still runs, both send from then on: leads and the team get things twice."</p>
                <Loaded phase=copy.outbound.phase retry=move |()| copy.outbound.load()>
                    {dynamic(move || waiting(copy))}
                </Loaded>
            </Dialog>
        </When>
    }
}

/// What waits, and what becomes of it.
fn waiting(copy: HeldCopy) -> AnyView {
    let lines = copy.outbound.value.with(|state| state.as_ref().map(|state| waiting_words(&state.waiting)));
    let lines = lines.unwrap_or_default();
    if lines.is_empty() {
        return view! { <p>"Nothing waits to be sent."</p> }.into_any();
    }
    view! {
        <p>"Waiting to be sent:"</p>
        <ul>{lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
        <fieldset class="reminder-choices">
            <legend class="field-label">"What becomes of it"</legend>
            {choice(copy, false, "Send what waits")}
            {choice(copy, true, "Discard what waits")}
        </fieldset>
        <p class="field-hint">"What waited when the backup was made, the original has sent too."</p>
    }
    .into_any()
}

fn choice(copy: HeldCopy, discards: bool, label: &'static str) -> AnyView {
    view! {
        <label class="choice">
            <input
                type="radio"
                name="copy-waiting"
                prop:checked=derived(move || copy.discards.get() == Some(discards))
                on:change=handler(move |_: leptos::ev::Event| copy.discards.set(Some(discards)))
            />
            {label}
        </label>
    }
    .into_any()
}
