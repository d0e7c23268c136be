//! The quiet hours of the week.

use knock_wire::QuietHours;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::field::Field;
use crate::parts::page::when::When;
use crate::state::settings::notification_form::NotificationForm;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// The limit of the server.
const MOST: usize = 10;

/// Quiet hours with their days, and the time zone of all of them.
#[component]
pub(crate) fn QuietTimes(form: NotificationForm) -> impl IntoView {
    let count = memo(move || form.quiet_count());
    let add = move |_| {
        let hours = QuietHours { days: vec![1, 2, 3, 4, 5], from: "18:00".to_owned(), to: "09:00".to_owned() };
        form.change(|draft| draft.quiet.push(hours));
    };
    let errors = derived(move || form.errors("time_zone"));
    view! {
        <fieldset class="alerts-quiet">
            <legend class="field-label">"Quiet hours"</legend>
            <p class="field-hint">"No sounds or notifications in these hours. Chats are still counted."</p>
            {dynamic(move || (0..count.get()).map(|place| line(form, place)).collect::<Vec<_>>())}
            <button class="button" type="button" hidden=derived(move || count.get() >= MOST) on:click=handler(add)>
                "Add quiet hours"
            </button>
            <When is=derived(move || { count.get() > 0 })>
                <Field id="time-zone".to_owned() label="Time zone" hint="Such as Europe/Berlin." errors>
                    <input
                        class="input"
                        id="time-zone"
                        aria-describedby="time-zone-notes"
                        prop:value=derived(move || form.draft.with(|draft| draft.time_zone.clone()))
                        on:change:target=move |event| {
                            let zone = event.target().value();
                            form.change(|draft| draft.time_zone = zone.trim().to_owned());
                        }
                    />
                </Field>
            </When>
        </fieldset>
    }
}

fn line(form: NotificationForm, place: usize) -> AnyView {
    let days = (1..).zip(DAYS).map(|(day, name)| day_box(form, place, day, name)).collect::<Vec<_>>();
    view! {
        <div class="alerts-hours" role="group" aria-label=format!("Quiet hours {}", place + 1)>
            <div class="alerts-days">{days}</div>
            <div class="alerts-times">
                {time(form, place, "From", |hours| &mut hours.from)} {time(form, place, "To", |hours| &mut hours.to)}
                <button
                    class="button button-quiet"
                    type="button"
                    on:click=handler(move |_| form.change(|draft| drop(draft.quiet.remove(place))))
                >
                    "Remove"
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn day_box(form: NotificationForm, place: usize, day: u8, name: &'static str) -> AnyView {
    let is_on = move || form.draft.with(|draft| draft.quiet.get(place).is_some_and(|hours| hours.days.contains(&day)));
    let change = move |is_on: bool| {
        form.change_quiet(place, |hours| {
            hours.days.retain(|other| *other != day);
            hours.days.extend(is_on.then_some(day));
        });
    };
    view! {
        <label class="choice">
            <input
                type="checkbox"
                aria-label=name
                prop:checked=derived(is_on)
                on:change:target=move |event| change(event.target().checked())
            />
            <span aria-hidden="true">{&name[..3]}</span>
        </label>
    }
    .into_any()
}

fn time(form: NotificationForm, place: usize, label: &'static str, of: fn(&mut QuietHours) -> &mut String) -> AnyView {
    let value =
        move || form.draft.with(|draft| draft.quiet.get(place).cloned().map(|mut hours| of(&mut hours).clone()));
    view! {
        <label class="alerts-time">
            {label}
            <input
                class="input"
                type="time"
                prop:value=derived(move || value().unwrap_or_default())
                on:change:target=move |event| {
                    let time = event.target().value();
                    form.change_quiet(place, |hours| *of(hours) = time);
                }
            />
        </label>
    }
    .into_any()
}
