//! The events of a calendar account that cannot be read.

use knock_wire::CalendarAccount;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::words::calendar::{unread_event_words, unread_words};

/// A line with their number and a list of the first of them; nothing if all can be read.
pub(crate) fn unread_events(account: Signal<CalendarAccount>) -> AnyView {
    let words = derived(move || account.with(|account| unread_words(&account.health)));
    let list = move || {
        account.with(|account| {
            let all = account.unread.iter().map(|event| view! { <li><bdi>{unread_event_words(event)}</bdi></li> });
            let all: Vec<_> = all.collect();
            let more = account.health.unread.saturating_sub(all.len() as u64);
            view! {
                <ul class="calendar-unread">
                    {all}
                    {(more > 0).then(|| view! { <li>{format!("and {more} more")}</li> })}
                </ul>
            }
        })
    };
    view! {
        <div class="note note-wrong" hidden=derived(move || words.with(String::is_empty))>
            <p>{words}</p>
            {dynamic(list)}
        </div>
    }
    .into_any()
}
