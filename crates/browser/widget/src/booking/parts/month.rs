//! The month as a grid of days. One of them takes the focus; the arrow keys move it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::booking::handle::Booking;
use crate::booking::month::{Day, Month, led};

/// The grid, with the way to other months.
pub(super) fn month(booking: Booking) -> AnyView {
    let words = booking.words;
    let shown = Memo::new(move |_| booking.read(|state| state.month));
    let name = move || shown.get().map(|month| booking.write("month", month.first().midnight()));
    let is_first = move || booking.read(|state| state.month <= state.today.map(Day::month));
    let turn = move |months: i32| {
        if let Some(month) = shown.get_untracked() {
            booking.turn(month.plus(months));
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let day = booking.peek(|state| state.day);
        if let Some(day) = day.and_then(|day| led(&event.key(), day, booking.first_weekday)) {
            event.prevent_default();
            if booking.peek(|state| state.today.is_none_or(|today| today <= day)) {
                booking.pick(day);
                booking.focus(".cal-day[tabindex='0']");
            }
        }
    };
    let weekday = |row: Day| {
        let write = move |kind| booking.write(kind, row.midnight());
        view! { <th scope="col" abbr=write("weekdayLong")>{write("weekday")}</th> }
    };
    // Any Monday, and what follows.
    let first = Day(4 + booking.first_weekday);
    let head = (0..7).map(|number| weekday(first.plus(number))).collect::<Vec<_>>();
    let rows = move || shown.get().map(|month| rows(booking, month));
    view! {
        <div class="cal-head">
            <button
                class="icon-button"
                type="button"
                aria-label=words.say("month.previous")
                disabled=is_first
                on:click=move |_| turn(-1)
            >
                <span class="cal-arrow" aria-hidden="true"></span>
            </button>
            <h4 class="cal-name" id="knock-month" aria-live="polite">{name}</h4>
            <button
                class="icon-button cal-next"
                type="button"
                aria-label=words.say("month.next")
                on:click=move |_| turn(1)
            >
                <span class="cal-arrow" aria-hidden="true"></span>
            </button>
        </div>
        <table class="cal" role="grid" aria-labelledby="knock-month" on:keydown=on_key>
            <thead><tr>{head}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn rows(booking: Booking, month: Month) -> Vec<AnyView> {
    let row = |first: Day| {
        let days = (0..7).map(|number| first.plus(number));
        let cells =
            days.map(|day| if day.month() == month { cell(booking, day) } else { view! { <td></td> }.into_any() });
        view! { <tr>{cells.collect::<Vec<_>>()}</tr> }.into_any()
    };
    month.rows(booking.first_weekday).map(row).collect()
}

fn cell(booking: Booking, day: Day) -> AnyView {
    let (has_times, is_shown) = (
        Memo::new(move |_| booking.read(|state| state.slots.iter().flatten().any(|slot| slot.local.day == day))),
        Memo::new(move |_| booking.read(|state| state.day == Some(day))),
    );
    let date = booking.write("date", day.midnight());
    let without = booking.words.fill("day.none", &[("day", &date)]);
    let label = move || if has_times.get() { date.clone() } else { without.clone() };
    let choose = move |_| {
        if has_times.get_untracked() {
            booking.pick(day);
            booking.focus(".times-title");
        }
    };
    view! {
        <td role="gridcell" aria-selected=move || (is_shown.get() && has_times.get()).to_string()>
            <button
                class="cal-day"
                type="button"
                tabindex=move || if is_shown.get() { "0" } else { "-1" }
                aria-label=label
                aria-disabled=move || (!has_times.get()).to_string()
                aria-current=move || booking.read(|state| state.today == Some(day)).then_some("date")
                on:click=choose
            >
                {booking.write("number", day.midnight())}
            </button>
        </td>
    }
    .into_any()
}
