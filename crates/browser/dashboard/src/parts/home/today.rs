//! Today: waits, meetings, visitors on the site, unanswered questions, and what is broken.

use knock_model::Millis;
use knock_wire::{HomeMeeting, HomeToday, HomeWait};
use leptos::prelude::*;
use leptos_router::components::A;

use super::broken_list::broken_list;
use crate::kit::browser::local;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::state::home::OnHome;
use crate::words::instant::{date_label, time_of_day};
use crate::words::number::counted;

#[component]
pub(crate) fn Today(on_home: OnHome, is_urgent: Signal<bool>) -> impl IntoView {
    // Each part is drawn again for its own changes alone: links keep the focus.
    let today =
        move || on_home.home.value.with(|home| home.as_ref().map(|home| home.today.clone()).unwrap_or_default());
    let broken = memo(move || today().broken);
    let booked = memo(move || {
        let HomeToday { meetings, changed_meetings, .. } = today();
        HomeToday { meetings, changed_meetings, ..HomeToday::default() }
    });
    let (visitors, unanswered) = (memo(move || today().on_site), memo(move || today().unanswered));
    view! {
        <div class="home-today">
            {dynamic(move || {
                let broken = broken.get();
                (!broken.is_empty()).then(|| part("Broken", "home-broken", broken_list(&broken, on_home.instant())))
            })}
            <When is=derived(move || !is_urgent.get())>
                <Waits on_home />
            </When>
            {part(
                "Meetings today and tomorrow",
                "home-meetings",
                dynamic(move || meetings(&booked.get(), on_home.instant())).into_any(),
            )}
            {part("On your site", "home-on-site", dynamic(move || on_site(visitors.get())).into_any())}
            {part("Questions to the agent", "home-questions", dynamic(move || questions(unanswered.get())).into_any())}
        </div>
        {dynamic(move || broken.get().is_empty().then(|| quiet("Nothing is broken.")))}
    }
}

/// The leads who wait for an answer.
#[component]
pub(crate) fn Waits(on_home: OnHome) -> impl IntoView {
    let waits = memo(move || {
        on_home.home.value.with(|home| {
            let HomeToday { waiting, waits, .. } = home.as_ref().map(|home| home.today.clone()).unwrap_or_default();
            HomeToday { waiting, waits, ..HomeToday::default() }
        })
    });
    part("Waiting for an answer", "home-waiting", dynamic(move || waiting(&waits.get())).into_any())
}

pub(super) fn part(title: &'static str, id: &'static str, content: AnyView) -> AnyView {
    view! {
        <section class="panel" aria-labelledby=id>
            <h2 class="panel-title" id=id>
                {title}
            </h2>
            {content}
        </section>
    }
    .into_any()
}

/// A sentence, and a link to more.
pub(super) fn sentence(words: String, path: &'static str, label: &'static str) -> AnyView {
    view! {
        <p>
            {words} " "
            <A href=path attr:class="link">
                {label}
            </A>
        </p>
    }
    .into_any()
}

pub(super) fn quiet(words: &'static str) -> AnyView {
    view! { <p class="muted">{words}</p> }.into_any()
}

fn waiting(HomeToday { waiting, waits, .. }: &HomeToday) -> AnyView {
    if *waiting == 0 {
        return quiet("None of your chats waits, and no unassigned one.");
    }
    let more = (*waiting as usize > waits.len()).then(|| {
        sentence(format!("{} wait in all.", counted((*waiting).into(), "chat")), "/app/inbox", "Show all that wait")
    });
    let lines: Vec<_> = waits.iter().map(wait).collect();
    view! {
        <ul class="home-list">{lines}</ul>
        {more}
    }
    .into_any()
}

fn wait(HomeWait { conversation, name, since, is_mine }: &HomeWait) -> AnyView {
    let name = name.clone();
    let owner = if *is_mine { "your chat, wrote " } else { "unassigned, wrote " };
    view! {
        <li class="home-line">
            <A href=format!("/app/inbox/{conversation}") attr:class="link">
                <bdi>{name.clone()}</bdi>
            </A>
            <span class="muted">{owner} <TimeAgo at=*since /></span>
        </li>
    }
    .into_any()
}

fn meetings(HomeToday { meetings, changed_meetings, .. }: &HomeToday, now: Millis) -> AnyView {
    let changed = (*changed_meetings > 0).then(|| {
        let words = format!("{} changed since you looked.", counted((*changed_meetings).into(), "meeting"));
        sentence(words, "/app/meetings", "Show what changed")
    });
    let lines: Vec<_> = meetings.iter().map(|of| meeting(of, now)).collect();
    let list = if lines.is_empty() {
        quiet("No meetings today or tomorrow.")
    } else {
        view! { <ul class="home-list">{lines}</ul> }.into_any()
    };
    view! { {list} {changed} }.into_any()
}

fn meeting(of: &HomeMeeting, now: Millis) -> AnyView {
    let HomeMeeting { id, name, start_at, end_at, owner_name, is_mine } = of.clone();
    let (start, end) = (local(start_at), local(end_at));
    let day = date_label(start.day, local(now).day);
    let owner = (!is_mine).then(|| view! { <span class="muted"><bdi>{format!("with {owner_name}")}</bdi></span> });
    view! {
        <li class="home-line">
            <span>{format!("{day}, {} to {}", time_of_day(start), time_of_day(end))}</span>
            <A href=format!("/app/meetings/{id}") attr:class="link">
                <bdi>{name.clone()}</bdi>
            </A>
            {owner}
        </li>
    }
    .into_any()
}

fn on_site(count: u32) -> AnyView {
    match count {
        0 => quiet("No one is on your site now."),
        count => sentence(format!("{} now.", counted(count.into(), "visitor")), "/app/live", "Show the visitors"),
    }
}

fn questions(count: u32) -> AnyView {
    match count {
        0 => quiet("No question is without an answer."),
        count => {
            let words = format!("{} without an answer.", counted(count.into(), "question"));
            sentence(words, "/app/agents/unanswered", "Show the questions")
        }
    }
}
