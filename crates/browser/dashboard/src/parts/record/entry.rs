//! A signal on a timeline.

use knock_wire::TimelineEntry;
use leptos::prelude::*;

use crate::api::TimelineOf;
use crate::clock::use_clock;
use crate::parts::{CategoryChip, EntryWhy, IconMark, TimeAgo, signal_icon};
use crate::reactive::dynamic;
use crate::words::{is_fresh, page_of, phrase, points, type_label, who};

/// A signal: action, category, points and explanation.
#[component]
pub(crate) fn Entry(
    /// The signal.
    entry: Signal<TimelineEntry>,
    of: TimelineOf,
) -> impl IntoView {
    let is_fresh = entry.with_untracked(|entry| is_fresh(entry, use_clock().now_untracked()));
    let icon = move || {
        let kind = entry.with(|entry| entry.kind);
        view! {
            <span class="entry-icon" title=type_label(kind)>
                <IconMark icon=signal_icon(kind) />
            </span>
        }
    };
    let what = move || {
        let said = entry.with(phrase);
        view! {
            <p class="entry-what">
                <span class="entry-verb">{said.verb}</span>
                " "
                <bdi class="entry-object">{said.object}</bdi>
            </p>
        }
    };
    let about = move || {
        let entry = entry.get();
        let who = match of {
            // The timeline is that of the actor.
            TimelineOf::Contact(_) => None,
            TimelineOf::All | TimelineOf::Account(_) => Some(who_of(&entry)),
        };
        view! {
            <CategoryChip category=entry.category />
            {who}
            <bdi class="entry-page">{page_of(&entry)}</bdi>
        }
    };
    let side = move || {
        let (worth, at) = entry.with(|entry| (entry.points, entry.at));
        // Points that round to zero are left out.
        let worth = Some(points(worth)).filter(|text| text != "0.0").map(|text| {
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
                <TimeAgo at />
            </p>
        }
    };
    view! {
        <li class="entry" class=("fresh", is_fresh)>
            {dynamic(icon)}
            <div class="entry-body">
                {dynamic(what)}
                <div class="entry-meta">{dynamic(about)} <EntryWhy entry /></div>
            </div>
            {dynamic(side)}
        </li>
    }
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
