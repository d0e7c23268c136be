//! The member's reminders about a lead: the form, the list in the details, and the question before a removal.

use knock_model::Millis;
use knock_wire::Reminder;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::dialog::Dialog;
use crate::state::inbox::reminding::{Choice, Reminding};
use crate::state::inbox::snooze::Snooze;
use crate::state::inbox::working::use_working;
use crate::words::instant::day_and_time;

/// The id of the field for date and time.
const AT: &str = "reminder-at";

/// The form and the question, while one is open.
#[component]
pub(crate) fn ReminderQuestions(reminding: Reminding) -> impl IntoView {
    view! {
        {dynamic(move || reminding.is_asked.get().then(|| asking(reminding)))}
        {dynamic(move || reminding.removing.get().map(|reminder| removing(reminding, reminder)))}
    }
}

fn asking(reminding: Reminding) -> AnyView {
    let work = use_working();
    let now = use_clock().now_untracked();
    let set = move |due_at: Millis| {
        let words = format!("Reminder set: {}.", due_words(due_at, now));
        work.iter().for_each(|work| work.toasts.show(words.clone(), None));
    };
    view! {
        <Dialog
            title="Remind me"
            confirm="Set reminder"
            is_busy=reminding.is_busy
            failure=reminding.failure
            confirmed=move |()| reminding.set(set)
            closed=move |()| reminding.close()
        >
            {when(reminding)}
            <label class="field-label" for="reminder-text">
                "What about (optional)"
            </label>
            <input
                class="input"
                id="reminder-text"
                maxlength="200"
                autocomplete="off"
                bind:value=reminding.text
            />
            <p class="field-hint">"Only you see it. The chat stays as it is for everybody."</p>
        </Dialog>
    }
    .into_any()
}

/// The choices of an instant, and the field for any other one.
fn when(reminding: Reminding) -> AnyView {
    let choices = Snooze::ALL.map(|snooze| choice(reminding, Choice::Of(snooze), snooze.label()));
    view! {
        <fieldset class="reminder-choices">
            <legend class="field-label">"When"</legend>
            {Vec::from(choices)}
            {choice(reminding, Choice::Typed, "At a date and time")}
        </fieldset>
        <label class="field-label" for=AT>
            "Date and time"
        </label>
        <input
            class="input"
            id=AT
            type="datetime-local"
            aria-describedby="reminder-at-notes"
            aria-invalid=derived(move || reminding.is_wrong.get().to_string())
            prop:value=reminding.typed
            on:input:target=move |event| {
                reminding.typed.set(event.target().value());
                reminding.choice.set(Choice::Typed);
            }
        />
        <p class="field-error" id="reminder-at-notes" role="status">
            {derived(move || if reminding.is_wrong.get() { "Choose a time to come, within a year." } else { "" })}
        </p>
    }
    .into_any()
}

fn choice(reminding: Reminding, of: Choice, label: &'static str) -> AnyView {
    view! {
        <label class="choice">
            <input
                type="radio"
                name="reminder-choice"
                prop:checked=derived(move || reminding.choice.get() == of)
                on:change=handler(move |_: leptos::ev::Event| reminding.choice.set(of))
            />
            {label}
        </label>
    }
    .into_any()
}

fn removing(reminding: Reminding, reminder: Reminder) -> AnyView {
    let words = due_words(reminder.due_at, use_clock().now_untracked());
    view! {
        <Dialog
            title="Remove this reminder?"
            confirm="Remove"
            is_busy=reminding.is_busy
            failure=reminding.failure
            confirmed=move |()| reminding.remove()
            closed=move |()| reminding.close()
        >
            <p>{words} " " <bdi>{reminder.text}</bdi></p>
        </Dialog>
    }
    .into_any()
}

/// The reminders to come, in the details; nothing without one.
#[component]
pub(crate) fn ReminderList(reminding: Reminding) -> impl IntoView {
    let clock = use_clock();
    let line = move |reminder: Reminder| {
        let (words, text) = (due_words(reminder.due_at, clock.now_untracked()), reminder.text.clone());
        let named = words.clone();
        view! {
            <li class="reminder">
                <p>
                    <strong>{words}</strong>
                    " "
                    <bdi>{text}</bdi>
                </p>
                <button
                    class="button button-quiet"
                    type="button"
                    on:click=handler(move |_| reminding.removing.set(Some(reminder.clone())))
                >
                    "Remove\u{2026}"
                    <span class="unseen">" " {named}</span>
                </button>
            </li>
        }
        .into_any()
    };
    let panel = move || {
        let reminders = reminding.list.value.with(|list| list.as_ref().map(|list| list.reminders.clone()))?;
        if reminders.is_empty() {
            return None;
        }
        let lines = reminders.into_iter().map(line).collect::<Vec<_>>();
        Some(view! {
            <section class="panel" aria-labelledby="my-reminders">
                <h2 class="panel-title" id="my-reminders">"My reminders"</h2>
                <ul class="reminders">{lines}</ul>
            </section>
        })
    };
    dynamic(panel)
}

/// `today, 12:38`, else `Tue 1 Dec, 09:00`.
fn due_words(due_at: Millis, now: Millis) -> String {
    day_and_time(browser::local(due_at), browser::local(now).day)
}
