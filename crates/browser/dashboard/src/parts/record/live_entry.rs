//! A signal in the feed of all signals.

use knock_wire::TimelineEntry;
use leptos::prelude::*;

use super::category_chip::CategoryChip;
use super::entry::who_of;
use crate::kit::clock::use_clock;
use crate::parts::page::icon::{IconMark, signal_icon};
use crate::parts::page::time_ago::TimeAgo;
use crate::words::signal::{entry_label, is_fresh, page_of, phrase};

/// A signal in one line: actor, action, page and time.
#[component]
pub(crate) fn LiveEntry(
    /// The signal.
    entry: Signal<TimelineEntry>,
) -> impl IntoView {
    let is_fresh = entry.with_untracked(|entry| is_fresh(entry, use_clock().now_untracked()));
    move || {
        let entry = entry.get();
        view! {
            <li class="live-entry" class=("fresh", is_fresh)>
                <span class="live-type">
                    <IconMark icon=signal_icon(entry.kind) />
                    {entry_label(&entry)}
                </span>
                <span class="live-what">
                    <bdi class="entry-object">{phrase(&entry).object}</bdi>
                    <bdi class="live-page">{page_of(&entry)}</bdi>
                </span>
                <span class="live-category"><CategoryChip category=entry.category /></span>
                <span class="live-who">{who_of(&entry)}</span>
                <span class="live-time number"><TimeAgo at=entry.at /></span>
            </li>
        }
    }
}
