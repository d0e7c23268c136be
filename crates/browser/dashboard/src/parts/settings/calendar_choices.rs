//! The calendars that block times, and the one that meetings are written into.

use knock_wire::{CalendarAccount, CalendarChoice};
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::Field;
use crate::state::calendars::state::{Calendars, Part};
use crate::state::calendars::usage::{chosen_option, option_of};

const INTO: &str = "calendar-events";

/// The calendars of an account, each with a box that says whether its events block times.
pub(super) fn read_boxes(account: Signal<CalendarAccount>, calendars: Calendars) -> AnyView {
    let part = Part::Account(account.with_untracked(|account| account.id));
    let named = |calendar: &CalendarChoice| (calendar.id.clone(), calendar.name.clone());
    // A tick redraws no box: the focus stays in it.
    let listed = memo(move || account.with(|account| account.calendars.iter().map(named).collect::<Vec<_>>()));
    let boxes = move || listed.get().into_iter().map(|of| read_box(account, calendars, of)).collect_view();
    let errors = move || {
        let all = calendars.errors(part, "/reads").into_iter();
        all.map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect_view()
    };
    view! {
        <fieldset class="calendar-choices" hidden=derived(move || listed.with(Vec::is_empty))>
            <legend class="field-label">"Events of these calendars block times"</legend>
            {dynamic(boxes)}
            <div role="alert">{dynamic(errors)}</div>
        </fieldset>
        <p class="field-hint" hidden=derived(move || !listed.with(Vec::is_empty))>
            "This account has no calendars. Check now finds those that you make there."
        </p>
    }
    .into_any()
}

fn read_box(account: Signal<CalendarAccount>, calendars: Calendars, (id, name): (String, String)) -> AnyView {
    let shown = id.clone();
    let is_read = derived(move || {
        account.with(|account| account.calendars.iter().any(|calendar| calendar.is_read && calendar.id == shown))
    });
    let of = account.with_untracked(|account| account.id);
    view! {
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=is_read
                on:change:target=move |event| calendars.read(of, &id, event.target().checked())
            />
            <bdi>{name}</bdi>
        </label>
    }
    .into_any()
}

/// The choice of the calendar that meetings are written into, of all accounts together.
#[component]
pub(crate) fn WriteMeetingsInto(calendars: Calendars) -> impl IntoView {
    let chosen = memo(move || chosen_option(&calendars.all()));
    // Redrawn when there are other calendars, and not when another one is chosen.
    let groups = memo(move || calendars.all().iter().filter_map(group).collect::<Vec<_>>());
    let options = move || {
        let groups = groups.get();
        let is_only = groups.len() == 1;
        groups.into_iter().map(|group| group_options(group, is_only, chosen)).collect_view()
    };
    let is_none = move || chosen.with(String::is_empty);
    let errors = derived(move || calendars.errors(Part::EventsIn, "/events_in"));
    view! {
        <div class="panel calendar-into">
            <Field id=INTO.to_owned() label="Write meetings into" hint="" errors>
                <select
                    class="input"
                    id=INTO
                    aria-describedby="calendar-events-notes"
                    aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                    on:change:target=move |event| calendars.write_into(&event.target().value())
                >
                    <option value="" prop:selected=derived(is_none)>"No calendar"</option>
                    {dynamic(options)}
                </select>
            </Field>
            <p class="field-hint" hidden=derived(move || !is_none())>"Meetings are written into no calendar."</p>
            <ActionFailure of=derived(move || calendars.unplaced(Part::EventsIn, &["/events_in".to_owned()])) />
            <p class="muted" role="status">{derived(move || calendars.said(Part::EventsIn))}</p>
        </div>
    }
}

/// The name of an account, and the values and names of its calendars that take meetings; none without any.
fn group(account: &CalendarAccount) -> Option<(String, Vec<(String, String)>)> {
    // The chosen one may have become read-only since.
    let is_offered = |calendar: &&CalendarChoice| calendar.takes_meetings || calendar.id == account.events_in;
    let option = |calendar: &CalendarChoice| (option_of(account.id, &calendar.id), calendar.name.clone());
    let mut options: Vec<_> = account.calendars.iter().filter(is_offered).map(option).collect();
    let chosen = option_of(account.id, &account.events_in);
    if !account.events_in.is_empty() && !options.iter().any(|(value, _)| *value == chosen) {
        options.push((chosen, "A calendar that was not found".to_owned()));
    }
    (!options.is_empty()).then(|| (account.name.clone(), options))
}

fn group_options((name, options): (String, Vec<(String, String)>), is_only: bool, chosen: Memo<String>) -> AnyView {
    let option = |(value, name): (String, String)| {
        let own = value.clone();
        let is_chosen = derived(move || chosen.with(|chosen| *chosen == own));
        view! { <option value=value prop:selected=is_chosen>{name}</option> }.into_any()
    };
    let options = options.into_iter().map(option).collect_view();
    if is_only { options.into_any() } else { view! { <optgroup label=name>{options}</optgroup> }.into_any() }
}
