//! The fields of the meeting settings: slots, reminders and the invitation.

use knock_model::UnreachableCalendar;
use leptos::prelude::*;

use super::duration_box::duration_box;
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::field::Field;
use crate::state::settings::meeting_form::{MeetingForm, Of};

/// The limit of the server.
const MOST_REMINDERS: usize = 5;
/// The lead time of a new reminder, in minutes.
const REMINDER: u32 = 1_440;
const ADD: &str = "add-reminder";

/// Lengths, notice and limits.
#[component]
pub(crate) fn BookingFields(form: MeetingForm) -> impl IntoView {
    view! {
        {minutes(form, "duration_min", "Duration", "", |all| &mut all.duration_min)}
        {optional(
            form,
            "step_min",
            "Slot interval (minutes)",
            "Empty: same as the duration.",
            |all| &mut all.step_min,
        )}
        {minutes(form, "buffer_before_min", "Buffer before", "", |all| &mut all.buffer_before_min)}
        {minutes(form, "buffer_after_min", "Buffer after", "", |all| &mut all.buffer_after_min)}
        {minutes(
            form,
            "notice_min",
            "Minimum notice",
            "Slots that begin sooner are not offered.",
            |all| &mut all.notice_min,
        )}
        {number(form, "horizon_days", "Booking window (days)", "How far ahead visitors can book.", |all| {
            &mut all.horizon_days
        })}
        {optional(
            form,
            "max_per_day",
            "Daily limit per member",
            "Empty: no limit.",
            |all| &mut all.max_per_day,
        )}
        {minutes(
            form,
            "cutoff_min",
            "Reschedule and cancel cutoff",
            "How long before the start visitors can still change a meeting.",
            |all| &mut all.cutoff_min,
        )}
        {minutes(
            form,
            "dropoff_min",
            "Drop-off after",
            "Inactivity after which a qualified visitor counts as not booked. 0: at once.",
            |all| &mut all.dropoff_min,
        )}
        {confirmation_field(form)}
        {never_spam_field(form)}
    }
}

/// The domains that the team knows better than the lists of throw-away mail.
fn never_spam_field(form: MeetingForm) -> AnyView {
    let errors = derived(move || form.errors("never_spam"));
    let hint = "One a line, such as acme.com. Addresses of these domains are never taken for fake or disposable ones.";
    view! {
        <Field id="never_spam".to_owned() label="Domains that are never spam" hint errors>
            <textarea
                class="input"
                id="never_spam"
                rows="3"
                aria-describedby="never_spam-notes"
                prop:value=derived(move || form.field(|all| &mut all.never_spam).join("\n"))
                on:input:target=move |event| {
                    form.change(|all| all.never_spam = event.target().value().split('\n').map(str::to_owned).collect());
                }
            ></textarea>
        </Field>
    }
    .into_any()
}

/// The confirmation of first bookings, which has no effect without mail.
fn confirmation_field(form: MeetingForm) -> AnyView {
    let is_on = derived(move || form.field(|all| &mut all.confirm_first_bookings));
    let no_mail = untrack(|| form.is_without_mail.get())
        .then(|| view! { <p class="field-hint">"No mail server is set up: this has no effect."</p> });
    view! {
        {choice(
            "confirm_first_bookings",
            "Confirm first bookings by mail",
            "Who books with an address for the first time gets a link by mail. The slot is held for 30 minutes, and the meeting is booked once the link is opened and confirmed.",
            is_on,
            move |is_on| form.change(|all| all.confirm_first_bookings = is_on),
        )}
        {no_mail}
    }
    .into_any()
}

/// The reminders before a meeting.
#[component]
pub(crate) fn ReminderFields(form: MeetingForm) -> impl IntoView {
    // Redrawn when one is added or removed, and when the saved ones return sorted.
    let count = memo(move || (form.draft.with(|draft| draft.reminders_min.len()), form.is_busy.get()));
    let lines = move || (0..count.get().0).map(|at| reminder(form, at)).collect_view();
    let is_full = derived(move || count.get().0 >= MOST_REMINDERS);
    let add = move |_| {
        form.change(|draft| draft.reminders_min.push(REMINDER));
        focus_later(id_of(count.get_untracked().0.saturating_sub(1)));
    };
    let unsent = "No mail server is set up: no reminder is sent. Calendar entries ring 15 minutes before.";
    let no_mail = move || form.is_without_mail.get().then(|| view! { <p class="field-hint">{unsent}</p> });
    view! {
        {dynamic(no_mail)}
        <div class="other-hours">
            {dynamic(lines)} <button class="button" id=ADD type="button" prop:disabled=is_full on:click=handler(add)>
                "Add a reminder"
            </button>
        </div>
    }
}

fn id_of(at: usize) -> String {
    format!("reminder-{at}")
}

fn reminder(form: MeetingForm, at: usize) -> AnyView {
    let number = at + 1;
    let minutes = form.draft.with_untracked(|draft| draft.reminders_min.get(at).copied().unwrap_or_default());
    let set = move |minutes| {
        form.change(|draft| {
            if let Some(reminder) = draft.reminders_min.get_mut(at) {
                *reminder = minutes;
            }
        });
    };
    let remove = move |_| {
        form.change(|draft| {
            if at < draft.reminders_min.len() {
                draft.reminders_min.remove(at);
            }
        });
        focus_later(ADD.to_owned());
    };
    let errors = move || form.errors(&format!("reminders_min/{at}")).into_iter();
    let id = id_of(at);
    view! {
        <div class="field">
            <div class="week-range">
                {duration_box(&id, Some(format!("Reminder {number}")), minutes, set)} <span>"before the start"</span>
                <button class="button button-quiet" type="button" on:click=handler(remove)>
                    "Remove"
                    <span class="unseen">{format!(" reminder {number}")}</span>
                </button>
            </div>
            <div id=format!("{id}-notes")>
                {dynamic(move || errors().map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect_view())}
            </div>
        </div>
    }
    .into_any()
}

/// Title, place and text, and the behaviour with an unreachable calendar.
#[component]
pub(crate) fn InvitationFields(form: MeetingForm) -> impl IntoView {
    let errors = derived(move || form.errors("description"));
    view! {
        {text(form, "title", "Title", "", |all| &mut all.title)}
        {text(
            form,
            "location",
            "Location",
            "Such as https://meet.example/{{meeting}}, or a telephone number. Without one, the page and the invitation name no place.",
            |all| &mut all.location,
        )}
        <Field id="description".to_owned() label="Description" hint="Optional." errors>
            <textarea
                class="input"
                id="description"
                rows="4"
                aria-describedby="description-notes"
                prop:value=derived(move || form.field(|all| &mut all.description))
                on:input:target=move |event| form.change(|all| all.description = event.target().value())
            ></textarea>
        </Field>
    }
}

/// The settings of special cases.
pub(crate) fn case_fields(form: MeetingForm) -> AnyView {
    let offers = derived(move || form.field(|all| &mut all.unreachable_calendar) == UnreachableCalendar::Offer);
    let set = move |offers: bool| {
        let wanted = if offers { UnreachableCalendar::Offer } else { UnreachableCalendar::Block };
        form.change(|all| all.unreachable_calendar = wanted);
    };
    view! {
        {choice(
            "offer",
            "Offer slots of members whose calendar cannot be read",
            "Based on working hours and meetings in Knock only. Otherwise none of their slots are offered until the calendar can be read again.",
            offers,
            set,
        )}
    }
    .into_any()
}

fn choice(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    is_on: Signal<bool>,
    set: impl Fn(bool) + 'static,
) -> AnyView {
    view! {
        <div class="event-choice">
            <input
                type="checkbox"
                id=id
                prop:checked=is_on
                on:change:target=move
                |event|
                set(event.target().checked())
            />
            <label for=id>{label}</label>
            <p class="field-hint">{hint}</p>
        </div>
    }
    .into_any()
}

fn minutes(form: MeetingForm, id: &'static str, label: &'static str, hint: &'static str, of: Of<u32>) -> AnyView {
    let errors = derived(move || form.errors(id));
    let value = untrack(|| form.field(of));
    let set = move |minutes| form.change(|all| *of(all) = minutes);
    let control = duration_box(id, None, value, set);
    view! {
        <Field id=id.to_owned() label hint errors>
            {control}
        </Field>
    }
    .into_any()
}

fn number(form: MeetingForm, id: &'static str, label: &'static str, hint: &'static str, of: Of<u32>) -> AnyView {
    let value = untrack(|| form.field(of)).to_string();
    // The server refuses what is not a number, at its field.
    let set = move |text: &str| form.change(|all| *of(all) = text.trim().parse().unwrap_or(u32::MAX));
    number_field(form, (id, label, hint), value, set)
}

fn optional(
    form: MeetingForm,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    of: Of<Option<u32>>,
) -> AnyView {
    let value = untrack(|| form.field(of)).map(|number| number.to_string()).unwrap_or_default();
    let number = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap_or(u32::MAX));
    let set = move |text: &str| form.change(|all| *of(all) = number(text.trim()));
    number_field(form, (id, label, hint), value, set)
}

fn number_field(
    form: MeetingForm,
    (id, label, hint): (&'static str, &'static str, &'static str),
    value: String,
    set: impl Fn(&str) + Send + Sync + 'static,
) -> AnyView {
    let errors = derived(move || form.errors(id));
    // The field keeps the typed text, even if it is not a number yet.
    let typed = RwSignal::new(value);
    view! {
        <Field id=id.to_owned() label hint errors>
            <input
                class="input alerts-number"
                id=id
                type="number"
                min="0"
                inputmode="numeric"
                aria-describedby=format!("{id}-notes")
                prop:value=typed
                on:input:target=move |event| {
                    typed.set(event.target().value());
                    typed.with_untracked(|text| set(text));
                }
            />
        </Field>
    }
    .into_any()
}

fn text(form: MeetingForm, id: &'static str, label: &'static str, hint: &'static str, of: Of<String>) -> AnyView {
    let errors = derived(move || form.errors(id));
    view! {
        <Field id=id.to_owned() label hint errors>
            <input
                class="input"
                id=id
                autocomplete="off"
                aria-describedby=format!("{id}-notes")
                prop:value=derived(move || form.field(of))
                on:input:target=move |event| form.change(|all| *of(all) = event.target().value())
            />
        </Field>
    }
    .into_any()
}
