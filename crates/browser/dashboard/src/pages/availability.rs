//! Settings > Availability: the member's availability.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::Field;
use crate::parts::form::save_bar::SaveBar;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::settings::working_hours::WorkingHours;
use crate::state::settings::availability::AvailabilityForm;
use crate::words::availability::{is_given_chats, routing_now_words};

lazy!(schedule => AvailabilityPage);

/// Active or away, working hours, capacity.
#[component]
pub(crate) fn AvailabilityPage() -> impl IntoView {
    let form = AvailabilityForm::start();
    let now = derived(move || form.row.value.with(|row| row.as_ref().map(routing_now_words).unwrap_or_default()));
    let is_active = derived(move || form.row.value.with(|row| row.as_ref().is_some_and(is_given_chats)));
    let drawn = move || form.row.value.get_untracked().inspect(|row| form.fill(row)).map(|_| view! { <Fields form /> });
    view! {
        <div class="page-head">
            <Heading text="Availability" />
        </div>
        <p class="lead">
            "When routing assigns you chats, and when meetings with you can be booked. A rule that names only you assigns chats at any time; your current chats stay yours."
        </p>
        <Loaded phase=form.row.phase retry=move |()| form.row.load()>
            <p class="note" class=("note-good", is_active) role="status">{now}</p>
            {drawn()}
        </Loaded>
    }
}

#[component]
fn Fields(form: AvailabilityForm) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    view! {
        <form
            class="form panels"
            on:submit=handler(submit)
            on:input=handler(move |_| form.touched.notify())
            on:change=handler(move |_| form.touched.notify())
            on:click=handler(move |_| form.touched.notify())
            novalidate
        >
            <section class="panel panels" aria-labelledby="presence">
                <h2 class="panel-title" id="presence">"Status"</h2>
                <Presence form />
            </section>
            <section class="panel panels" aria-labelledby="hours">
                <h2 class="panel-title" id="hours">"Working hours"</h2>
                <WorkingHours form />
            </section>
            <section class="panel panels" aria-labelledby="limit">
                <h2 class="panel-title" id="limit">"Capacity"</h2>
                <Capacity form />
            </section>
            <ActionFailure of=derived(move || form.unplaced()) />
            <SaveBar
                is_changed=derived(move || form.is_changed())
                is_busy=form.is_busy
                said=form.said
                discard=move |()| form.discard()
            />
        </form>
    }
}

#[component]
fn Presence(form: AvailabilityForm) -> impl IntoView {
    let errors = derived(move || form.errors("away_until"));
    let is_active = derived(move || !form.is_away.get());
    let has_none = derived(move || form.absence().is_none());
    view! {
        <div class="event-choice">
            <input
                type="checkbox"
                id="away"
                prop:checked=form.is_away
                on:change:target=move |event| form.is_away.set(event.target().checked())
            />
            <label for="away">"Away"</label>
            <p class="field-hint">"Pools skip you, and colleagues see that you are away."</p>
        </div>
        <div hidden=is_active>
            <Field id="away-until".to_owned() label="Until" hint="Empty: until you set yourself active again." errors>
                <input
                    class="input"
                    id="away-until"
                    type="datetime-local"
                    aria-describedby="away-until-notes"
                    prop:value=form.until
                    on:input:target=move |event| form.until.set(event.target().value())
                />
            </Field>
        </div>
        <div hidden=has_none>
            <button class="button" type="button" on:click=handler(move |_| form.ask_to_hand_over())>
                "Hand over your open chats"
            </button>
        </div>
    }
}

#[component]
fn Capacity(form: AvailabilityForm) -> impl IntoView {
    let errors = derived(move || form.errors("capacity"));
    view! {
        <Field
            id="capacity".to_owned()
            label="Active chats at most"
            hint="With this many, pools skip you. A chat is active while its lead waits, and for 24 hours after its last message. Empty: no limit."
            errors
        >
            <input
                class="input capacity"
                id="capacity"
                type="number"
                min="1"
                max="1000"
                inputmode="numeric"
                aria-describedby="capacity-notes"
                prop:value=form.capacity
                on:input:target=move |event| form.capacity.set(event.target().value())
            />
        </Field>
    }
}
