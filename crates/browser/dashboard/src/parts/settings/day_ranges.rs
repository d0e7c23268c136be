//! The time ranges of a day.

use knock_wire::DayRange;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::state::settings::availability::set_end;
use crate::state::settings::other_hours::remove_at;
use crate::words::availability::field_end;

/// The ranges of a day, to change and remove.
pub(crate) fn day_ranges(day: String, ranges: RwSignal<Vec<DayRange>>) -> AnyView {
    let lines = move || {
        let line = |(at, range): (usize, DayRange)| range_line(&day, ranges, at, range);
        ranges.get().into_iter().enumerate().map(line).collect_view()
    };
    let is_busy = derived(move || !ranges.with(Vec::is_empty));
    view! {
        <span class="muted" hidden=is_busy>"Free"</span>
        {dynamic(lines)}
    }
    .into_any()
}

fn range_line(day: &str, ranges: RwSignal<Vec<DayRange>>, at: usize, (start, end): DayRange) -> AnyView {
    let field = |is_end: bool, value: String| {
        let label = format!("{day}, {} {}", if is_end { "to" } else { "from" }, at + 1);
        view! {
            <input
                class="input week-time"
                type="time"
                required
                aria-label=label
                prop:value=value
                on:input:target=move |event| set_end(ranges, at, is_end, &event.target().value())
            />
        }
        .into_any()
    };
    view! {
        <div class="week-range">
            {field(false, start)}
            <span aria-hidden="true">"–"</span>
            {field(true, field_end(&end))}
            <button class="button button-quiet" type="button" on:click=handler(move |_| remove_at(ranges, at))>
                "Remove"
                <span class="unseen">{format!(" hours {} of {day}", at + 1)}</span>
            </button>
        </div>
    }
    .into_any()
}

/// The errors of a field, a line each.
pub(crate) fn error_lines(errors: impl Fn() -> Vec<String> + Send + 'static) -> AnyView {
    let line = |error| view! { <p class="field-error">{error}</p> }.into_any();
    (move || errors().into_iter().map(line).collect_view()).into_any()
}
