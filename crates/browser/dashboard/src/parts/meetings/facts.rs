//! The facts of a meeting.

use knock_wire::{ContactRecord, MeetingAnswer, MeetingRow};
use leptos::prelude::*;

use super::marks::marks;
use super::standing_badge::StandingBadge;
use crate::kit::clock::use_clock;
use crate::kit::reactive::dynamic;
use crate::kit::{browser, zones};
use crate::parts::page::time_ago::TimeAgo;
use crate::words::agent::is_web_address;
use crate::words::chat::place_of_chat;
use crate::words::instant::{exact, iso};
use crate::words::meeting::{DECLINED_WHY, cancelled_by, lead_time, origin, span_label};

/// Time, place, participants, answers, the contact and their chats.
#[component]
pub(crate) fn MeetingFacts(
    meeting: Memo<Option<MeetingRow>>,
    /// Its lead.
    contact: RwSignal<Option<ContactRecord>>,
) -> impl IntoView {
    view! {
        <div class="meeting-panels">
            {dynamic(move || meeting.get().map(facts))}
            {dynamic(move || meeting.get().map(|row| lead(row, contact)))}
            {dynamic(move || meeting.get().filter(|row| !row.answers.is_empty()).map(|row| answers(row.answers)))}
        </div>
    }
}

fn facts(row: MeetingRow) -> AnyView {
    let clock = use_clock();
    let (start, end) = (browser::local(row.start_at), browser::local(row.end_at));
    let span = move || span_label(start, end, browser::local(clock.now()));
    let from = origin(&row);
    let by = cancelled_by(&row).unwrap_or_default();
    let declined = if row.is_declined { DECLINED_WHY } else { "" };
    let marks = marks(&row);
    let MeetingRow { start_at, booked_at, updated_at, location, owner_name, with, reason, .. } = row.clone();
    let place = is_web_address(&location).then(|| {
        let href = location.clone();
        view! {
            <a class="link" href=href target="_blank" rel="noopener noreferrer">
                <bdi>{location.clone()}</bdi>
            </a>
        }
        .into_any()
    });
    let has_place = !location.is_empty();
    let place = place.unwrap_or_else(|| view! { <bdi>{location}</bdi> }.into_any());
    let texts = [
        ("Meeting Owner", owner_name),
        ("With", with.join(", ")),
        from,
        ("Answer", declined.to_owned()),
        ("Cancelled by", by),
        ("Reason", reason),
    ];
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    view! {
        <section class="panel" aria-labelledby="meeting-facts">
            <h2 class="panel-title" id="meeting-facts">"Meeting"</h2>
            <p class="status-now"><StandingBadge meeting=row />{marks}</p>
            <dl class="facts">
                {fact("Meeting Time", view! { <time datetime=iso(start_at) title=exact(start)>{dynamic(span)}</time> }.into_any())}
                {has_place.then(|| fact("Where", place))}
                {texts.map(|(name, text)| fact(name, view! { <bdi>{text}</bdi> }.into_any())).collect::<Vec<_>>()}
                {fact("Booked", view! { <TimeAgo at=booked_at /> }.into_any())}
                {(updated_at != booked_at).then(|| fact("Changed", view! { <TimeAgo at=updated_at /> }.into_any()))}
            </dl>
        </section>
    }
    .into_any()
}

fn lead(row: MeetingRow, contact: RwSignal<Option<ContactRecord>>) -> AnyView {
    let start = browser::local(row.start_at);
    let theirs = lead_time(&row, start, zones::offset_minutes(&row.zone, row.start_at));
    let MeetingRow { lead, name, email, zone, .. } = row;
    let shown = if name.is_empty() { email.clone() } else { name };
    let record = view! {
        <a class="link" href=format!("/app/contacts/{lead}")>
            <bdi>{shown}</bdi>
        </a>
    };
    let chats = move || {
        let chats = contact.get().map(|contact| contact.conversations).unwrap_or_default();
        let chat = |chat: knock_wire::ConversationRef| {
            let link = view! {
                <a class="link" href=format!("/app/inbox/{}", chat.id)>
                    {format!("Chat from {}", place_of_chat(&chat.link))}
                </a>
            };
            fact("Chat", link.into_any())
        };
        chats.into_iter().map(chat).collect::<Vec<_>>()
    };
    view! {
        <section class="panel" aria-labelledby="meeting-lead">
            <h2 class="panel-title" id="meeting-lead">"Lead"</h2>
            <dl class="facts">
                {fact("Contact", record.into_any())}
                {fact("E-mail", view! { <bdi>{email}</bdi> }.into_any())}
                {fact("Time zone", view! { <bdi>{zone}</bdi> }.into_any())}
                {theirs.map(|theirs| fact("Their time", view! { <bdi>{theirs}</bdi> }.into_any()))}
                {dynamic(chats)}
            </dl>
        </section>
    }
    .into_any()
}

fn answers(answers: Vec<MeetingAnswer>) -> AnyView {
    let answer = |MeetingAnswer { question, answer }: MeetingAnswer| {
        view! {
            <dt><bdi>{question}</bdi></dt>
            <dd><bdi>{answer}</bdi></dd>
        }
        .into_any()
    };
    view! {
        <section class="panel" aria-labelledby="meeting-answers">
            <h2 class="panel-title" id="meeting-answers">"Answers"</h2>
            <dl class="meeting-answers">{answers.into_iter().map(answer).collect::<Vec<_>>()}</dl>
        </section>
    }
    .into_any()
}

/// A line of a list of facts.
pub(crate) fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! {
        <div class="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}
