//! Settings > Meetings: settings of bookings.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::save_bar::SaveBar;
use crate::parts::meetings::place_note::LackNotes;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::settings::calendar_changes_field::calendar_changes_field;
use crate::parts::settings::holiday_picker::HolidayPicker;
use crate::parts::settings::meeting_fields::{BookingFields, InvitationFields, ReminderFields, case_fields};
use crate::state::settings::meeting_form::MeetingForm;

lazy!(schedule => MeetingPreferences);

/// The choices for the workspace's holidays beside countries.
const CHOICES: [(&str, &str); 1] = [("", "None")];

/// The settings of the workspace.
#[component]
pub(crate) fn MeetingPreferences() -> impl IntoView {
    let form = MeetingForm::start();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    view! {
        <div class="page-head">
            <Heading text="Meetings" />
        </div>
        <p class="lead">
            "How visitors book meetings. Members set their working hours in Settings > Availability."
        </p>
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
            <form class="form panels" on:submit=handler(submit) novalidate>
                {panel("booking", "Booking", view! { <BookingFields form /> }.into_any())}
                {panel("days", "Holidays", holidays(form))}
                {panel("reminders", "Reminders", view! { <ReminderFields form /> }.into_any())}
                {panel("invitation", "Invitation", view! {
                    <p class="field-hint">
                        "Placeholders: {{name}} (visitor), {{company}}, {{rep}} (member), {{site}} and {{meeting}} (one room for each meeting)."
                    </p>
                    <LackNotes location=derived(move || form.field(|all| &mut all.location)) />
                    <InvitationFields form />
                }.into_any())}
                {panel("changes", "Changes in calendars", calendar_changes_field(form))}
                {panel("cases", "Unreachable calendars", case_fields(form))}
                <ActionFailure of=derived(move || form.unplaced()) />
                <SaveBar
                    is_changed=derived(move || form.is_changed())
                    is_busy=form.is_busy
                    said=form.said
                    discard=move |()| form.discard()
                />
            </form>
        </Loaded>
    }
}

fn panel(id: &'static str, title: &'static str, fields: AnyView) -> AnyView {
    view! {
        <section class="panel panels" aria-labelledby=id>
            <h2 class="panel-title" id=id>{title}</h2>
            {fields}
        </section>
    }
    .into_any()
}

fn holidays(form: MeetingForm) -> AnyView {
    let errors = derived(move || form.errors("holidays"));
    view! { <HolidayPicker holidays=form.holidays choices=&CHOICES errors /> }.into_any()
}
