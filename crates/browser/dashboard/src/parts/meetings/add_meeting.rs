//! The form for a meeting that is entered by hand.

use knock_model::Permission;
use knock_wire::MeetingRow;
use leptos::prelude::*;

use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::kit::{browser, zones};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::field::{Field, refused_at};
use crate::parts::form::text_field::text_field;
use crate::state::meetings::adding::{Adding, MeetingFor, Taken};
use crate::state::session::use_session;
use crate::words::failure::unplaced;
use crate::words::instant::{day_and_time, input_value};
use crate::words::meeting::for_lead;

/// The fields that show their own errors.
const PLACED: [&str; 7] = ["email", "name", "owner", "start_at", "duration_min", "title", "location"];

/// A button that opens the form for a lead, and a line with the meeting that was entered; only for members with the inbox.
#[component]
pub(crate) fn AddMeeting(of: Signal<MeetingFor>) -> impl IntoView {
    let may = use_session().may(Permission::UseInbox);
    may.then(|| {
        let adding = Adding::new(of);
        view! {
            <div class="meeting-add">
                <button class="button" type="button" on:click=handler(move |_| adding.ask())>
                    "Add a meeting"
                </button>
                <AddedMeeting adding />
            </div>
            <AddMeetingForm adding done=|_| {} />
        }
    })
}

/// The line that says which meeting was entered.
#[component]
pub(crate) fn AddedMeeting(adding: Adding) -> impl IntoView {
    let clock = use_clock();
    let words = move |row: MeetingRow| {
        let at = day_and_time(browser::local(row.start_at), browser::local(clock.now_untracked()).day);
        view! {
            "Meeting added: "
            <a class="link" href=format!("/app/meetings/{}", row.id)>{at}</a>
        }
    };
    view! { <p class="meeting-said" role="status">{dynamic(move || adding.added.get().map(words))}</p> }
}

/// The form, while it is open; `done` gets the meeting.
#[component]
pub(crate) fn AddMeetingForm(adding: Adding, #[prop(into)] done: Callback<MeetingRow>) -> impl IntoView {
    dynamic(move || adding.is_asked.get().then(|| asking(adding, done)))
}

fn asking(adding: Adding, done: Callback<MeetingRow>) -> AnyView {
    let failure = adding.failure;
    let of = adding.of.get_untracked();
    let errors = move |field| refused_at(failure, field);
    let email = (!of.has_email).then(|| {
        text_field(("meeting-email", "E-mail address", "The invitation goes there."), errors("email"), adding.email)
    });
    let name =
        of.lead.is_none().then(|| text_field(("meeting-name", "Name", "Optional."), errors("name"), adding.name));
    let usual = "Empty: as in Settings > Meetings.";
    view! {
        <Dialog
            title="Add a meeting"
            confirm="Add"
            is_busy=adding.is_busy
            failure=derived(move || unplaced(failure.get(), &PLACED))
            confirmed=move |()| adding.add(false, done)
            closed=move |()| adding.close()
        >
            {email}
            {name}
            {owner(adding)}
            {time(adding)}
            {taken(adding, done)}
            {duration(adding)}
            {text_field(("meeting-title", "Title", usual), errors("title"), adding.title)}
            {text_field(("meeting-place", "Place", usual), errors("location"), adding.place)}
            <p class="field-hint">"The lead gets an invitation by e-mail, if mail is set up."</p>
        </Dialog>
    }
    .into_any()
}

/// The members by name, the reader first.
fn owner(adding: Adding) -> AnyView {
    let own = adding.own_email();
    let options = move || {
        let members = adding.members.get().into_iter().filter(|member| member.email != own);
        let option = |id: String, name: String| view! { <option value=id>{name}</option> }.into_any();
        members.map(|member| option(member.id.to_string(), member.name)).collect::<Vec<_>>()
    };
    view! {
        <Field id="meeting-owner".to_owned() label="Owner" hint="" errors=refused_at(adding.failure, "owner")>
            <select
                class="input"
                id="meeting-owner"
                aria-describedby="meeting-owner-notes"
                on:change:target=move |event| {
                    adding.owner.set(event.target().value());
                    adding.taken.set(Taken::No);
                }
            >
                <option value="">"You"</option>
                {dynamic(options)}
            </select>
        </Field>
    }
    .into_any()
}

/// Date and time, in the reader's zone, and what that is for the lead.
fn time(adding: Adding) -> AnyView {
    let refused = refused_at(adding.failure, "start_at");
    let errors =
        derived(move || if adding.is_past.get() { vec!["Choose a time to come.".to_owned()] } else { refused.get() });
    let theirs = move || {
        let (start, zone) = (adding.start()?, adding.of.with(|of| of.zone.clone())?);
        for_lead(start, browser::local(start), &zone, zones::offset_minutes(&zone, start))
    };
    let min = input_value(browser::local(use_clock().now_untracked()));
    let hint = format!("In your time zone: {}.", zones::time_zone());
    view! {
        <Field id="meeting-at".to_owned() label="Date and time" hint errors>
            <input
                class="input"
                id="meeting-at"
                type="datetime-local"
                min=min
                aria-describedby="meeting-at-notes"
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                prop:value=adding.at
                on:input:target=move |event| adding.type_time(event.target().value())
            />
        </Field>
        <p class="field-hint" aria-live="polite">{dynamic(theirs)}</p>
    }
    .into_any()
}

fn duration(adding: Adding) -> AnyView {
    let errors = refused_at(adding.failure, "duration_min");
    view! {
        <Field id="meeting-duration".to_owned() label="Duration" hint="In minutes." errors>
            <input
                class="input"
                id="meeting-duration"
                type="number"
                min="5"
                max="480"
                inputmode="numeric"
                aria-describedby="meeting-duration-notes"
                bind:value=adding.duration
            />
        </Field>
    }
    .into_any()
}

/// What is in the way at that time. Only another meeting of Knock always is.
fn taken(adding: Adding, done: Callback<MeetingRow>) -> AnyView {
    let words = move || match adding.taken.get() {
        Taken::No => "",
        Taken::Busy => "That time is taken in the calendar.",
        Taken::Meeting => "Another meeting is at that time.",
    };
    let anyway = move || {
        let pressed = move |_| adding.add(true, done);
        (adding.taken.get() == Taken::Busy).then(|| {
            view! {
                <button class="button" type="button" on:click=handler(pressed)>
                    "Add it anyway"
                </button>
            }
        })
    };
    view! {
        <p class="field-error" role="alert">{derived(words)}</p>
        {dynamic(anyway)}
    }
    .into_any()
}
