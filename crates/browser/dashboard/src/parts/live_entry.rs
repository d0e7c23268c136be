//! A signal in the feed of all.

use knock_wire::TimelineEntry;
use leptos::prelude::*;

use super::entry::Who;
use super::{CategoryChip, IconMark, TimeAgo, signal_icon};
use crate::clock::use_clock;
use crate::words::{is_fresh, page_path, phrase, type_label};

/// Who did what, where and when, in one line.
#[component]
pub(crate) fn LiveEntry(
    /// The signal.
    entry: Signal<TimelineEntry>,
) -> impl IntoView {
    let at = Signal::derive(move || entry.with(|entry| entry.at));
    let kind = Memo::new(move |_| entry.with(|entry| entry.kind));
    let category = Memo::new(move |_| entry.with(|entry| entry.category));
    let said = Memo::new(move |_| entry.with(phrase));
    let is_fresh = entry.with_untracked(|entry| is_fresh(entry, use_clock().now_untracked()));
    view! {
        <li class="live-entry" class=("fresh", is_fresh)>
            <span class="live-type">
                {move || view! { <IconMark icon=signal_icon(kind.get()) /> }}
                {move || type_label(kind.get())}
            </span>
            <span class="live-what">
                <bdi class="entry-object">{move || said.get().object}</bdi>
                <bdi class="live-page">{move || entry.with(|entry| page_path(&entry.url).to_owned())}</bdi>
            </span>
            <span class="live-category">{move || view! { <CategoryChip category=category.get() /> }}</span>
            <span class="live-who"><Who entry /></span>
            <span class="live-time number"><TimeAgo at /></span>
        </li>
    }
}
