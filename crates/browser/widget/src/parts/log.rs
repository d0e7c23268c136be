//! The log of messages, oldest first. It stays scrolled to its end unless the reader scrolls up.

use knock_model::Millis;
use knock_model::message::split;
use leptos::html::Div;
use leptos::prelude::*;

use super::{EntryRow, Icon, IconMark, MessageText};
use crate::browser;
use crate::chat::{Chat, Delivery, Entry};
use crate::rows::{Calendar, rows};
use crate::view::View;
use crate::words::Text;

#[component]
pub(crate) fn Log(view: View) -> impl IntoView {
    let log = NodeRef::<Div>::new();
    let (is_at_end, has_more_below) = (RwSignal::new(true), RwSignal::new(false));
    let entries = Memo::new(move |_| view.talk.read(Chat::entries));
    let show_end = move || {
        request_animation_frame(move || {
            if let Some(log) = log.try_get_untracked().flatten() {
                browser::show_end(&log);
            }
        });
    };
    Effect::new(move || {
        let is_own = entries.with(|all| all.last().is_some_and(is_unsent));
        if view.is_open.get() && (is_own || is_at_end.get_untracked()) {
            show_end();
        } else if view.is_open.get_untracked() {
            has_more_below.set(true);
        }
    });
    let on_scroll = move |_| {
        let now_at_end = log.get_untracked().is_some_and(|log| browser::is_at_end(&log));
        is_at_end.set(now_at_end);
        if now_at_end {
            has_more_below.set(false);
        }
    };
    // Rows keep their places: a redraw touches only what has changed.
    let shown = move || {
        let now = view.now.get();
        let all = entries.with(|entries| rows(entries, now, view.words, &Wall { now, code: view.words.code() }));
        all.into_iter().map(|row| view! { <EntryRow view row /> }).collect::<Vec<_>>()
    };
    let welcome = &view.look().welcome;
    let welcome = (!welcome.is_empty()).then(|| split(welcome));
    view! {
        <div class="log-frame">
            <div
                class="log"
                node_ref=log
                role="log"
                aria-label=view.say(Text::Log)
                aria-live="polite"
                aria-relevant="additions"
                tabindex="0"
                on:scroll=on_scroll
            >
                {welcome.map(|pieces| view! { <p class="welcome" dir="auto"><MessageText pieces /></p> })}
                <ol class="entries">{shown}</ol>
            </div>
            <button
                class="more-below"
                type="button"
                hidden=move || !has_more_below.get()
                on:click=move |_| show_end()
            >
                <IconMark icon=Icon::Down />
                {view.say(Text::News)}
            </button>
        </div>
    }
}

fn is_unsent(entry: &Entry) -> bool {
    matches!(entry.delivery, Delivery::Pending | Delivery::Sending(0) | Delivery::Waiting)
}

/// The browser's calendar.
struct Wall {
    now: Millis,
    code: &'static str,
}

impl Calendar for Wall {
    fn day(&self, at: Millis) -> i64 {
        browser::local_day(at)
    }

    fn date(&self, at: Millis) -> String {
        browser::date(self.code, at, self.now)
    }

    fn near_day(&self, days: i64) -> String {
        browser::near_day(self.code, days)
    }

    fn time_of_day(&self, at: Millis) -> String {
        browser::time_of_day(self.code, at)
    }

    fn clock(&self, local: &str) -> String {
        browser::clock_words(self.code, local)
    }
}
