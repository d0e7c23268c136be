//! The messages of a conversation, grouped by day, oldest first.

use leptos::html::Div;
use leptos::prelude::*;

use super::act_card::ActCard;
use super::form_card::FormCard;
use super::mail_card::MailCard;
use super::message_line::MessageLine;
use crate::kit::browser;
use crate::kit::civil::Day;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, handler, memo};
use crate::kit::rows::{Drawn, Row, Rows};
use crate::parts::page::empty::Empty;
use crate::parts::page::icon::Icon;
use crate::parts::page::lines::Lines;
use crate::parts::page::when::When;
use crate::state::inbox::lines::Line;
use crate::state::inbox::thread::Thread;
use crate::state::inbox::writing::Journey;
use crate::words::instant::day_label;

/// All messages. The region scrolls from its end upwards: the end stays visible whatever is added or resized,
/// unless the reader has scrolled up.
#[component]
pub(crate) fn Messages(thread: Thread) -> impl IntoView {
    let rows = Rows::new();
    let days = memo(move || {
        let mut days: Vec<Day> = rows.all().iter().map(day).collect();
        days.sort();
        days.dedup();
        days
    });
    let region = NodeRef::<Div>::new();
    let is_at_end = RwSignal::new(true);
    let show_end = move || {
        if let Some(region) = region.get_untracked() {
            browser::scroll_to_end(&region);
        }
    };
    Effect::new(move |before: Option<usize>| {
        let lines = thread.lines();
        let is_own = lines.last().is_some_and(|last| last.journey != Journey::Stored);
        let count = lines.len();
        rows.set(lines);
        if is_own && before.is_some_and(|before| before < count) {
            // The lines are drawn before the next frame.
            request_animation_frame(show_end);
        }
        count
    });
    let scrolled = move |_| {
        if let Some(region) = region.get_untracked() {
            is_at_end.set(browser::is_at_end(&region));
        }
    };
    let drawn = move || {
        let draw = |day: Day| Drawn::new(day.number(), move || view! { <DayOf rows day thread /> }.into_any());
        days.get().into_iter().map(draw).collect::<Vec<_>>()
    };
    view! {
        <div class="messages" role="log" aria-label="Messages" tabindex="0" node_ref=region on:scroll=handler(scrolled)>
            <div class="messages-all">
                <When is=derived(move || rows.is_empty())>
                    <Empty title="No messages yet" icon=Icon::Message>
                        <p>"The lead opened the chat. New messages appear here automatically."</p>
                    </Empty>
                </When>
                <Lines of=derived(drawn) />
            </div>
        </div>
        <When is=derived(move || !is_at_end.get())>
            <div class="newest">
                <button class="button" type="button" on:click=handler(move |_| show_end())>
                    "Newest messages"
                </button>
            </div>
        </When>
    }
}

#[component]
fn DayOf(rows: Rows<Line>, day: Day, thread: Thread) -> impl IntoView {
    let clock = use_clock();
    let label = memo(move || day_label(day, browser::local(clock.now()).day));
    let lines = move || {
        let lines = rows.all().into_iter().filter(|row| self::day(row) == day);
        lines.map(|row| row.drawn(move |line| drawn(line, thread))).collect::<Vec<_>>()
    };
    view! {
        <h2 class="message-day">{label}</h2>
        <ol class="message-list">
            <Lines of=derived(lines) />
        </ol>
    }
}

fn drawn(line: Signal<Line>, thread: Thread) -> AnyView {
    match line.with_untracked(|line| (line.form.clone(), line.mail.clone(), line.act.clone())) {
        (Some(form), ..) => view! { <FormCard form /> }.into_any(),
        (None, Some(mail), _) => view! { <MailCard mail /> }.into_any(),
        (None, None, Some(act)) => view! { <ActCard act /> }.into_any(),
        (None, None, None) => view! { <MessageLine line thread /> }.into_any(),
    }
}

fn day(row: &Row<Line>) -> Day {
    browser::local(row.value.with_untracked(|line| line.message.at)).day
}
