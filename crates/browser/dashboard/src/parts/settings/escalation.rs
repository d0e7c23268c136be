//! Who else is notified of a wait, and when a hand-over is offered: a form for those who may change it, else a text.

use knock_wire::TeamNotifications;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::Field;
use crate::parts::form::save_bar::Unsaved;
use crate::parts::page::loaded::Loaded;
use crate::state::settings::team_notification_form::TeamNotificationForm;
use crate::words::absence::team_notification_words;

const ABSENCES: &str = "<option value=\"day\">After the end of their next working day</option>\
    <option value=\"hours\">After a number of hours</option><option value=\"never\">Never</option>";

/// The settings of the whole team.
#[component]
pub(crate) fn Escalation() -> impl IntoView {
    let form = TeamNotificationForm::start();
    let content = move || {
        if form.is_editable() {
            view! { <Fields form /> }.into_any()
        } else {
            let words = move || team_notification_words(&form.draft.get());
            view! { <p>{derived(words)}</p> }.into_any()
        }
    };
    view! {
        <section class="panel alerts-form" aria-labelledby="escalation">
            <h2 class="panel-title" id="escalation">"Escalation"</h2>
            <p class="muted">
                "For the whole team: when a lead waits for a member who does not answer, others are notified too. The minutes count in the working hours of that member."
            </p>
            <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
                {dynamic(content)}
            </Loaded>
        </section>
    }
}

#[component]
fn Fields(form: TeamNotificationForm) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            {number(
                form,
                "pool_minutes",
                "Other members of the pool, after (minutes)",
                "0 is never.",
                |draft| draft.pool_minutes,
                |draft, minutes| draft.pool_minutes = minutes,
            )}
            {number(
                form,
                "manager_minutes",
                "Managers and admins, after (minutes)",
                "0 is never.",
                |draft| draft.manager_minutes,
                |draft, minutes| draft.manager_minutes = minutes,
            )}
            <AbsenceFields form />
            <ActionFailure of=derived(move || form.unplaced()) />
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=form.is_busy>"Save for the team"</button>
                <Unsaved is_changed=derived(move || form.is_changed()) discard=move |()| form.discard() />
                <p class="muted" role="status">{form.said}</p>
            </div>
        </form>
    }
}

/// When a hand-over of the chats of an absent member is offered.
#[component]
fn AbsenceFields(form: TeamNotificationForm) -> impl IntoView {
    let choice = derived(move || match form.draft.with(|draft| draft.absence_hours) {
        None => "day",
        Some(0) => "never",
        Some(_) => "hours",
    });
    let has_no_hours = derived(move || choice.get() != "hours");
    view! {
        <Field
            id="absence".to_owned()
            label="Offer a hand-over of an absent member's open chats"
            hint="To the member when they set themselves away for longer, and to managers and admins once the absence has lasted for that time."
            errors=Signal::stored(Vec::new())
        >
            <select
                class="input"
                id="absence"
                aria-describedby="absence-notes"
                inner_html=ABSENCES
                prop:value=choice
                on:change:target=move |event| form.choose_absence(&event.target().value())
            ></select>
        </Field>
        <div hidden=has_no_hours>
            {number(
                form,
                "absence_hours",
                "Hours of absence",
                "1 to 720.",
                |draft| draft.absence_hours.unwrap_or_default(),
                |draft, hours| draft.absence_hours = Some(hours),
            )}
        </div>
    }
}

type Read = fn(&TeamNotifications) -> u32;
type Write = fn(&mut TeamNotifications, u32);

fn number(
    form: TeamNotificationForm,
    field: &'static str,
    label: &'static str,
    hint: &'static str,
    read: Read,
    write: Write,
) -> AnyView {
    let id = field.replace('_', "-");
    let value = derived(move || form.draft.with(read).to_string());
    view! {
        <Field id=id.clone() label hint errors=derived(move || form.errors(field))>
            <input
                class="input alerts-number"
                id=id.clone()
                aria-describedby=format!("{id}-notes")
                type="number"
                min="0"
                inputmode="numeric"
                prop:value=value
                on:change:target=move |event| {
                    // The server refuses what is not a number, at its field.
                    let number = event.target().value().parse().unwrap_or(u32::MAX);
                    form.change(|draft| write(draft, number));
                }
            />
        </Field>
    }
    .into_any()
}
