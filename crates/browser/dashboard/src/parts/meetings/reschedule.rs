//! Rescheduling a meeting: an available slot, or another free time.

use futures_util::FutureExt;
use knock_model::Millis;
use knock_wire::MeetingPatch;
use leptos::prelude::*;

use crate::kit::civil::Day;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, effect, handler};
use crate::kit::single::Single;
use crate::kit::{browser, zones};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::field::Field;
use crate::parts::page::loaded::Loaded;
use crate::state::meetings::changing::MeetingChanges;
use crate::words::instant::{date_label, input_value, time_of_day};
use crate::words::meeting_action::MeetingAction;

/// Days with their free times.
type FreeDays = Vec<(Day, Vec<Millis>)>;

/// A day, its available slots, and a field for another time.
#[component]
pub(super) fn Reschedule(changes: MeetingChanges) -> impl IntoView {
    let free = Single::new(move || {
        let client = changes.session.client();
        async move { Ok(by_day(client.meeting_slots(changes.id).await?.starts)) }.boxed_local()
    });
    let [chosen, other] = [(); 2].map(|()| RwSignal::new(String::new()));
    // Kept during a reload of the free times.
    let shown = RwSignal::new(None);
    // A refused time may no longer be offered.
    effect(move || {
        changes.failure.track();
        free.load();
    });
    let start = move || match other.get() {
        text if text.is_empty() => chosen.with(|chosen| chosen.parse().ok().map(Millis)),
        text => browser::instant(&text),
    };
    let is_past = RwSignal::new(false);
    let clock = use_clock();
    let confirmed = move |()| {
        let start_at = untrack(start);
        is_past.set(start_at.is_some_and(|start| start <= clock.instant()));
        if is_past.get_untracked() {
            return;
        }
        changes.make(MeetingAction::Reschedule, MeetingPatch { start_at, ..MeetingPatch::default() });
    };
    let now = input_value(browser::local(clock.now_untracked()));
    let errors =
        derived(move || is_past.get().then(|| "Choose a time to come.".to_owned()).into_iter().collect::<Vec<_>>());
    view! {
        <Dialog
            title="Reschedule the meeting"
            confirm="Reschedule"
            dismiss="Keep the time"
            is_busy=changes.is_busy
            is_ready=derived(move || start().is_some())
            failure=changes.failure
            confirmed
            closed=move |()| changes.close()
        >
            <Loaded phase=free.phase retry=move |()| free.load()>
                {dynamic(move || free.value.get().map(|days| view! { <FreeTimes days shown chosen /> }))}
            </Loaded>
            <Field
                id="other-start".to_owned()
                label="Another time"
                hint="May be outside working hours, but must be free. Replaces a slot chosen above."
                errors
            >
                <input
                    class="input"
                    id="other-start"
                    type="datetime-local"
                    min=now
                    aria-describedby="other-start-notes"
                    prop:value=other
                    aria-invalid=derived(move || is_past.get().to_string())
                    on:input:target=move |event| {
                        is_past.set(false);
                        other.set(event.target().value());
                    }
                />
            </Field>
            <p class="field-hint">{format!("Times are in your time zone: {}.", zones::time_zone())}</p>
        </Dialog>
    }
}

fn by_day(starts: Vec<Millis>) -> FreeDays {
    let mut days = FreeDays::new();
    for start in starts {
        let day = browser::local(start).day;
        match days.last_mut() {
            Some((last, times)) if *last == day => times.push(start),
            _ => days.push((day, vec![start])),
        }
    }
    days
}

#[component]
fn FreeTimes(
    days: FreeDays,
    /// The chosen day; the first one if none is chosen, or if it no longer has a free time.
    shown: RwSignal<Option<Day>>,
    /// The chosen start, in milliseconds; empty for none.
    chosen: RwSignal<String>,
) -> impl IntoView {
    if days.is_empty() {
        return view! { <p>"No slots are free within working hours."</p> }.into_any();
    }
    let today = browser::local(use_clock().now_untracked()).day;
    let is_free = |start: &str| days.iter().flat_map(|(_, times)| times).any(|time| time.0.to_string() == start);
    if !chosen.with_untracked(|chosen| is_free(chosen)) {
        chosen.set(String::new());
    }
    let position = shown.get_untracked().and_then(|day| days.iter().position(|(free, _)| *free == day));
    let number = RwSignal::new(position.unwrap_or_default());
    let option = |(position, (day, _)): (usize, &(Day, Vec<Millis>))| {
        let is_selected = position == number.get_untracked();
        view! { <option value=position.to_string() selected=is_selected>{date_label(*day, today)}</option> }.into_any()
    };
    let options = days.iter().enumerate().map(option).collect::<Vec<_>>();
    let days = StoredValue::new(days);
    let at = move |position: usize| days.with_value(|days| days.get(position).cloned());
    let times = move || {
        let times = at(number.get()).map(|(_, times)| times).unwrap_or_default();
        times.into_iter().map(|start| slot(start, chosen)).collect::<Vec<_>>()
    };
    let choose_day = move |value: &str| {
        let position = value.parse().unwrap_or_default();
        chosen.set(String::new());
        shown.set(at(position).map(|(day, _)| day));
        number.set(position);
    };
    view! {
        <div class="field">
            <label class="field-label" for="slot-day">"Day"</label>
            <select class="input" id="slot-day" on:change:target=move |event| choose_day(&event.target().value())>
                {options}
            </select>
        </div>
        <fieldset class="menu-group">
            <legend class="field-label">"Available slots"</legend>
            <div class="slots">{times}</div>
        </fieldset>
    }
    .into_any()
}

/// A free start.
fn slot(start: Millis, chosen: RwSignal<String>) -> AnyView {
    view! {
        <label class="slot">
            <input
                type="radio"
                name="slot"
                value=start.0.to_string()
                prop:checked=derived(move || chosen.with(|chosen| *chosen == start.0.to_string()))
                on:change=handler(move |_| chosen.set(start.0.to_string()))
            />
            {time_of_day(browser::local(start))}
        </label>
    }
    .into_any()
}
