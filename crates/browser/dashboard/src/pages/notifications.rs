//! Settings > Notifications: events, channels and this browser.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::Field;
use crate::parts::form::save_bar::SaveBar;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::settings::alert_table::{AlertTable, switch_box};
use crate::parts::settings::browser_alerts::BrowserAlerts;
use crate::parts::settings::escalation::Escalation;
use crate::parts::settings::push_devices::PushDevices;
use crate::parts::settings::quiet_times::QuietTimes;
use crate::state::settings::notification_form::NotificationForm;

lazy!(schedule => NotificationsPage);

/// The settings of the member, and the permissions of their browser.
#[component]
pub(crate) fn NotificationsPage() -> impl IntoView {
    let form = NotificationForm::start();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    view! {
        <div class="page-head">
            <Heading text="Notifications" />
        </div>
        <p class="lead">"What you are notified of. These settings are yours alone and apply in every browser; those of the whole team are at the end."</p>
        <BrowserAlerts notifications=form.notifications />
        <PushDevices notifications=form.notifications />
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
            <form class="panel alerts-form" on:submit=handler(submit) novalidate>
                <AlertTable form />
                <Minutes form />
                {switch_box(form, "Mail me once when a lead waits", |draft| &mut draft.mail)}
                {switch_box(form, "Mail me when somebody mentions me in a note", |draft| &mut draft.mention_mail)}
                {switch_box(form, "Mail me my reminders", |draft| &mut draft.reminder_mail)}
                {switch_box(form, "Also for meetings of colleagues", |draft| &mut draft.all_meetings)}
                {switch_box(form, "Also for unassigned chats", |draft| &mut draft.covers_unassigned)}
                {switch_box(form, "Show what the lead wrote in notifications", |draft| &mut draft.shows_text)}
                <QuietTimes form />
                <ActionFailure of=derived(move || form.unplaced()) />
                <SaveBar
                    is_changed=derived(move || form.is_changed())
                    is_busy=form.is_busy
                    said=form.said
                    discard=move |()| form.discard()
                />
            </form>
        </Loaded>
        <Escalation />
    }
}

#[component]
fn Minutes(form: NotificationForm) -> impl IntoView {
    let errors = derived(move || form.errors("wait_minutes"));
    let value = derived(move || form.draft.with(|draft| draft.wait_minutes.to_string()));
    view! {
        <Field id="wait-minutes".to_owned() label="A lead waits after (minutes)" hint="0 is never." errors>
            <input
                class="input alerts-number"
                id="wait-minutes"
                aria-describedby="wait-minutes-notes"
                type="number"
                min="0"
                max="1440"
                prop:value=value
                on:change:target=move |event| {
                    let minutes = event.target().value().parse().unwrap_or(u32::MAX);
                    form.change(|draft| draft.wait_minutes = minutes);
                }
            />
        </Field>
    }
}
