//! The month as a grid of days. One of them is focusable; the arrow keys move the focus.

use leptos::web_sys::{Event, KeyboardEvent};
use wasm_bindgen::JsCast;

use super::{Below, El, el, heading};
use crate::booking::handle::Booking;
use crate::booking::month::{Day, Month, led};

/// The grid, with buttons for other months.
pub(super) fn month(booking: Booking) -> Vec<El> {
    let words = booking.words;
    let first_is_shown = move || booking.read(|state| state.month <= state.today.map(Day::month));
    let turn = move |months: i32| {
        if let Some(month) = booking.peek(|state| state.month) {
            booking.turn(month.plus(months));
        }
    };
    let way = |class: &str, label: &str, months: i32| {
        el("button", class)
            .attr("type", "button")
            .attr("aria-label", label)
            .on("click", move |_| turn(months))
            .add([el("span", "cal-arrow").attr("aria-hidden", "true")])
    };
    let name = move || {
        let month = booking.read(|state| state.month);
        month.map(|month| booking.write("month", month.first().midnight())).unwrap_or_default()
    };
    let head = el("div", "cal-head").add([
        way("icon-button", words.say("month.previous"), -1)
            .keeps("disabled", move || first_is_shown().then(String::new)),
        heading(booking, Below::Twice, "cal-name").attr("id", "knock-month").attr("aria-live", "polite").says(name),
        way("icon-button cal-next", words.say("month.next"), 1),
    ]);
    // The days stay when their slots arrive, and so does the focus.
    let key = move || {
        let day = |day: Option<Day>| day.map_or(-1, |day| day.0);
        booking.read(|state| [day(state.month.map(Month::first)), day(state.today), 0])
    };
    let rows = el("tbody", "").shows(key, move || rows(booking));
    let weekday = |number: i32| {
        // Seven days from a Monday.
        let at = Day(4 + booking.first_weekday + number).midnight();
        let full = booking.write("weekdayLong", at);
        el("th", "").attr("scope", "col").attr("abbr", &full).text(&booking.write("weekday", at))
    };
    let weekdays = el("tr", "").add_all((0..7).map(weekday));
    let grid = el("table", "cal")
        .attr("role", "grid")
        .attr("aria-labelledby", "knock-month")
        .on("keydown", move |event| press(booking, &event))
        .add([el("thead", "").add([weekdays]), rows]);
    vec![head, grid]
}

/// Moves the focus with the arrow keys and similar keys.
fn press(booking: Booking, event: &Event) {
    let key = event.unchecked_ref::<KeyboardEvent>().key();
    let (day, today) = booking.peek(|state| (state.day, state.today));
    if let Some(day) = day.and_then(|day| led(&key, day, booking.first_weekday)) {
        event.prevent_default();
        if today.is_none_or(|today| today <= day) {
            booking.pick(day);
            booking.focus(".cal-day[tabindex='0']");
        }
    }
}

fn rows(booking: Booking) -> Vec<El> {
    let Some(month) = booking.peek(|state| state.month) else { return Vec::new() };
    let row = |first: Day| el("tr", "").add_all((0..7).map(|number| cell(booking, month, first.plus(number))));
    month.rows(booking.first_weekday).map(row).collect()
}

fn cell(booking: Booking, month: Month, day: Day) -> El {
    if day.month() != month {
        return el("td", "");
    }
    let has_times = move || booking.read(|state| state.has_times(day));
    let is_shown = move || booking.read(|state| state.day == Some(day));
    let date = booking.write("date", day.midnight());
    let without = booking.words.fill("day.none", &[("day", &date)]);
    let button = el("button", "cal-day")
        .attr("type", "button")
        .keeps("aria-label", move || Some(if has_times() { &date } else { &without }.clone()))
        .keeps("aria-disabled", move || Some((!has_times()).to_string()))
        .keeps("tabindex", move || Some(if is_shown() { "0" } else { "-1" }.to_owned()))
        .text(&booking.write("number", day.midnight()))
        .on("click", move |_| {
            if booking.peek(|state| state.has_times(day)) {
                booking.pick(day);
                booking.focus(".times-title");
            }
        });
    let is_today = booking.peek(|state| state.today == Some(day));
    let button = if is_today { button.attr("aria-current", "date") } else { button };
    let selected = move || Some((has_times() && is_shown()).to_string());
    el("td", "").attr("role", "gridcell").keeps("aria-selected", selected).add([button])
}
