//! A signal on a timeline.

use knock_wire::TimelineEntry;
use leptos::prelude::*;

use super::{CategoryChip, EntryWhy, IconMark, TimeAgo, signal_icon};
use crate::api::TimelineOf;
use crate::clock::use_clock;
use crate::words::{is_fresh, page_path, phrase, points, type_label, who};

/// What was done, what it was about, what it is worth, and why.
#[component]
pub(crate) fn Entry(
    /// The signal.
    entry: Signal<TimelineEntry>,
    /// Whose timeline it stands on.
    of: TimelineOf,
) -> impl IntoView {
    let at = Signal::derive(move || entry.with(|entry| entry.at));
    let kind = Memo::new(move |_| entry.with(|entry| entry.kind));
    let category = Memo::new(move |_| entry.with(|entry| entry.category));
    let said = Memo::new(move |_| entry.with(phrase));
    let worth = move || entry.with(|entry| entry.points);
    let is_fresh = entry.with_untracked(|entry| is_fresh(entry, use_clock().now_untracked()));
    view! {
        <li class="entry" class=("fresh", is_fresh)>
            <span class="entry-icon" title=move || type_label(kind.get())>
                {move || view! { <IconMark icon=signal_icon(kind.get()) /> }}
            </span>
            <div class="entry-body">
                <p class="entry-what">
                    <span class="entry-verb">{move || said.get().verb}</span>
                    " "
                    <bdi class="entry-object">{move || said.get().object}</bdi>
                </p>
                <div class="entry-meta">
                    {move || view! { <CategoryChip category=category.get() /> }}
                    <EntryWho entry of />
                    <bdi class="entry-page">{move || entry.with(|entry| page_path(&entry.url).to_owned())}</bdi>
                    <EntryWhy entry />
                </div>
            </div>
            <p class="entry-side">
                <span class="entry-points number" class=("muted", move || worth() <= 0.0)>
                    {move || format!("+{}", points(worth()))}
                    <span class="unseen">" points"</span>
                </span>
                <TimeAgo at />
            </p>
        </li>
    }
}

/// Who did it, where the timeline is not of one person.
#[component]
fn EntryWho(entry: Signal<TimelineEntry>, of: TimelineOf) -> impl IntoView {
    match of {
        TimelineOf::Contact(_) => None,
        TimelineOf::All | TimelineOf::Account(_) => Some(view! { <Who entry /> }),
    }
}

/// The person, with a link to the record, or the visitor.
#[component]
pub(super) fn Who(
    /// The signal.
    entry: Signal<TimelineEntry>,
) -> impl IntoView {
    let contact = Memo::new(move |_| entry.with(|entry| entry.contact.clone()));
    move || match contact.get() {
        Some(contact) => view! {
            <a class="link who" href=format!("/app/contacts/{}", contact.id)>
                <bdi>{contact.email}</bdi>
            </a>
        }
        .into_any(),
        None => view! { <span class="who muted">{entry.with(who)}</span> }.into_any(),
    }
}
