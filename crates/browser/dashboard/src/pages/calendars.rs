//! Settings > Calendars: busy calendars, and the calendar for meetings.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::browser;
use crate::calendar_form::{ADDRESS, CalendarForm};
use crate::parts::{ActionFailure, CalendarChoices, Field, Heading, Loaded, PasswordField, When};
use crate::reactive::{derived, dynamic, handler};
use crate::words::{calendar_words, exact, unwritten_words};

/// The calendar of the member, and the state of those of the team.
#[component]
pub(crate) fn CalendarsPage() -> impl IntoView {
    let form = CalendarForm::start();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    view! {
        <div class="page-head">
            <Heading text="Calendars" />
        </div>
        <p class="lead">
            "Connect your calendar by CalDAV, as Nextcloud, iCloud, Fastmail and many others offer it. Its events block times that can be booked, and meetings are written into it."
        </p>
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
            <form class="panel form calendar-form" on:submit=handler(submit) novalidate>
                <Health form />
                <Account form />
                <When is=derived(move || form.is_connected())>
                    <CalendarChoices form />
                </When>
                <ActionFailure of=derived(move || form.unplaced()) />
                <div class="form-actions">
                    <button class="button button-strong" type="submit" prop:disabled=form.is_busy>
                        {derived(move || if form.is_connected() { "Save" } else { "Connect" })}
                    </button>
                    <button
                        class="button"
                        type="button"
                        hidden=derived(move || !form.is_connected())
                        on:click=handler(move |_| form.disconnect())
                    >
                        "Disconnect"
                    </button>
                    <p class="muted" role="status">{form.said}</p>
                </div>
            </form>
        </Loaded>
        {form.sees_team().then(|| view! { <TeamCalendars form /> })}
    }
}

/// The state of the member's calendar.
#[component]
fn Health(form: CalendarForm) -> impl IntoView {
    let health = derived(move || form.stored.value.get().map(|stored| stored.health).unwrap_or_default());
    let words = derived(move || {
        let health = health.get();
        let since = health.problem_since.map(|since| exact(browser::local(since)));
        calendar_words(&health, since)
    });
    let unwritten = derived(move || unwritten_words(&health.get()));
    let is_wrong = move || health.with(|health| !health.problem.is_empty() || health.failed > 0);
    view! {
        <div class="calendar-health" class=("note-wrong", is_wrong) class=("note", is_wrong)>
            <p>{words}</p>
            <p hidden=derived(move || unwritten.with(String::is_empty))>{unwritten}</p>
        </div>
    }
}

#[component]
fn Account(form: CalendarForm) -> impl IntoView {
    let [url_errors, user_errors, password_errors] =
        ["url", "user", "password"].map(|field| derived(move || form.errors(field)));
    let password = NodeRef::<Input>::new();
    view! {
        <Field
            id=ADDRESS.to_owned()
            label="Address"
            hint="Of the CalDAV server or of one calendar, such as https://cloud.example.com/remote.php/dav."
            errors=url_errors
        >
            <input
                class="input"
                id=ADDRESS
                type="url"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="calendar-url-notes"
                aria-invalid=derived(move || url_errors.with(|errors| !errors.is_empty()).to_string())
                bind:value=form.url
            />
        </Field>
        <Field id="calendar-user".to_owned() label="User" hint="As you sign in there." errors=user_errors>
            <input
                class="input"
                id="calendar-user"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="calendar-user-notes"
                aria-invalid=derived(move || user_errors.with(|errors| !errors.is_empty()).to_string())
                bind:value=form.user
            />
        </Field>
        <PasswordField
            id="calendar-password"
            label="Password"
            hint="Best an app password for Knock only. Once connected, leave it empty to keep it."
            autocomplete="off"
            value=form.password
            errors=password_errors
            control=password
        />
    }
}

/// The health of the calendars of all members.
#[component]
fn TeamCalendars(form: CalendarForm) -> impl IntoView {
    let lines = move || {
        let team = form.team.value.get().unwrap_or_default().into_iter();
        let lines = team.map(|(email, health)| {
            let since = health.problem_since.map(|since| exact(browser::local(since)));
            let words = format!("{} {}", calendar_words(&health, since), unwritten_words(&health));
            view! {
                <li class="calendar-line">
                    <strong>{email}</strong>
                    <span class="muted">{words}</span>
                </li>
            }
            .into_any()
        });
        lines.collect_view()
    };
    view! {
        <h2 class="panel-title calendar-team">"The team"</h2>
        <Loaded phase=form.team.phase retry=move |()| form.team.load()>
            <ul class="calendar-lines" aria-label="Calendars of the team">
                {dynamic(lines)}
            </ul>
        </Loaded>
    }
}
