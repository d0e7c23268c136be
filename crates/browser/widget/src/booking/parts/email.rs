//! The address, and the questions of the link.

use knock_wire::Question;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::booking::handle::Booking;

/// The form.
pub(super) fn email(booking: Booking) -> AnyView {
    let words = booking.words;
    let (questions, is_known) = booking.peek(|state| (state.questions().to_vec(), state.is_known()));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        booking.submit();
    };
    let address = (!is_known).then(|| {
        let input = view! {
            <input
                class="field-input"
                id="knock-email"
                type="email"
                autocomplete="email"
                required
                maxlength="254"
                aria-invalid=move || is_wrong(booking, "email")
                aria-describedby="knock-email-wrong knock-email-why"
                prop:value=booking.peek(|state| state.draft.email.clone())
                on:input=move |event| {
                    let email = event_target_value(&event);
                    booking.edit(|state| state.draft.email = email);
                }
            />
            <p class="field-hint" id="knock-email-why">{words.say("email.why")}</p>
        };
        field(booking, "email".to_owned(), words.say("email.label").to_owned(), input.into_any())
    });
    let asked = questions.into_iter().map(|question| ask(booking, question)).collect::<Vec<_>>();
    view! {
        <form class="booking-form" novalidate on:submit=on_submit>
            {address}
            {asked}
            <button class="booking-button" type="submit">{words.say("next")}</button>
        </form>
    }
    .into_any()
}

/// A field with its label, and what is wrong with it.
pub(super) fn field(booking: Booking, name: String, label: String, input: AnyView) -> AnyView {
    let id = format!("knock-{name}");
    let wrong = format!("{id}-wrong");
    let text = move || {
        booking.read(|state| {
            let (_, key, reason) = state.wrong.iter().find(|(field, ..)| *field == name)?;
            Some(booking.words.fill(key, &[("reason", reason)]))
        })
    };
    view! {
        <div class="field">
            <label class="field-label" for=id dir="auto">{label}</label>
            {input}
            <p class="field-wrong" id=wrong>{text}</p>
        </div>
    }
    .into_any()
}

/// What `aria-invalid` says of a field.
pub(super) fn is_wrong(booking: Booking, name: &str) -> Option<&'static str> {
    booking.read(|state| state.wrong.iter().any(|(field, ..)| field == name)).then_some("true")
}

fn ask(booking: Booking, question: Question) -> AnyView {
    let Question { id, label, kind, options, required } = question;
    let answer = booking.peek(|state| state.draft.answers.get(&id).cloned().unwrap_or_default());
    let label = if required { label } else { label + " (" + booking.words.say("optional") + ")" };
    let (element, wrong) = (format!("knock-{id}"), format!("knock-{id}-wrong"));
    let (name, field_name) = (id.clone(), id.clone());
    let invalid = move || is_wrong(booking, &name);
    let take = move |answer: String| booking.edit(|state| drop(state.draft.answers.insert(id.clone(), answer)));
    let input = if kind == "choice" {
        let option = |text: String| {
            let is_chosen = text == answer;
            view! { <option value=text.clone() selected=is_chosen>{text.clone()}</option> }
        };
        let options = options.into_iter().map(option).collect::<Vec<_>>();
        view! {
            <select
                class="field-input"
                id=element
                required=required
                aria-invalid=invalid
                aria-describedby=wrong
                on:change=move |event| take(event_target_value(&event))
            >
                <option value="">{booking.words.say("choose")}</option>
                {options}
            </select>
        }
        .into_any()
    } else {
        view! {
            <input
                class="field-input"
                id=element
                type="text"
                inputmode=(kind == "number").then_some("decimal")
                maxlength="1000"
                required=required
                aria-invalid=invalid
                aria-describedby=wrong
                prop:value=answer
                on:input=move |event| take(event_target_value(&event))
            />
        }
        .into_any()
    };
    field(booking, field_name, label, input)
}
