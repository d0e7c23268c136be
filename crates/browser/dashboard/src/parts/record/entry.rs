//! A signal on a timeline.

use knock_wire::TimelineEntry;
use leptos::prelude::*;

use super::category_chip::CategoryChip;
use super::entry_why::EntryWhy;
use crate::api::records::TimelineOf;
use crate::kit::clock::use_clock;
use crate::kit::reactive::dynamic;
use crate::parts::page::icon::{IconMark, signal_icon};
use crate::parts::page::time_ago::TimeAgo;
use crate::words::number::points;
use crate::words::signal::{entry_label, is_fresh, page_of, phrase, who};

/// A signal: action, category, points and explanation.
#[component]
pub(crate) fn Entry(
    /// The signal.
    entry: Signal<TimelineEntry>,
    of: TimelineOf,
) -> impl IntoView {
    let is_fresh = entry.with_untracked(|entry| is_fresh(entry, use_clock().now_untracked()));
    view! {
        <li class="entry" class=("fresh", is_fresh)>
            {dynamic(move || entry.with(icon))}
            <div class="entry-body">
                {dynamic(move || entry.with(what))}
                <div class="entry-meta">{dynamic(move || entry.with(|entry| about(entry, of)))} <EntryWhy entry /></div>
            </div>
            {dynamic(move || entry.with(side))}
        </li>
    }
}

fn icon(entry: &TimelineEntry) -> AnyView {
    view! {
        <span class="entry-icon" title=entry_label(entry)>
            <IconMark icon=signal_icon(entry.kind) />
        </span>
    }
    .into_any()
}

fn what(entry: &TimelineEntry) -> AnyView {
    let said = phrase(entry);
    view! {
        <p class="entry-what">
            <span class="entry-verb">{said.verb}</span>
            " "
            <bdi class="entry-object">{said.object}</bdi>
        </p>
    }
    .into_any()
}

fn about(entry: &TimelineEntry, of: TimelineOf) -> AnyView {
    let who = match of {
        // The timeline is that of the actor.
        TimelineOf::Contact(_) => None,
        TimelineOf::All | TimelineOf::Account(_) => Some(who_of(entry)),
    };
    view! {
        <CategoryChip category=entry.category />
        {who}
        <bdi class="entry-page">{page_of(entry)}</bdi>
        {entry.conversation.map(|chat| view! { <a class="link" href=format!("/app/inbox/{chat}")>"Open chat"</a> })}
    }
    .into_any()
}

/// Points and time; points that round to zero are left out.
fn side(entry: &TimelineEntry) -> AnyView {
    let worth = Some(points(entry.points)).filter(|text| text != "0.0").map(|text| {
        view! {
            <span class="entry-points number">
                {format!("+{text}")}
                <span class="unseen">" points"</span>
            </span>
        }
    });
    view! {
        <p class="entry-side">
            {worth}
            <TimeAgo at=entry.at />
        </p>
    }
    .into_any()
}

/// The actor: the person, with a link to the record, or the visitor.
pub(super) fn who_of(entry: &TimelineEntry) -> AnyView {
    match entry.contact.clone() {
        Some(contact) => view! {
            <a class="link who" href=format!("/app/contacts/{}", contact.id)>
                <bdi>{contact.display_name}</bdi>
            </a>
        }
        .into_any(),
        None => view! { <span class="who muted">{who(entry)}</span> }.into_any(),
    }
}
