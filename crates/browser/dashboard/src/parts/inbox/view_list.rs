//! The views of the inbox.

use knock_status::chat::InboxView;
use knock_wire::InboxCounts;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::words::inbox::{count_words, inbox_address, view_words};

/// A link for each view, with its number of conversations.
#[component]
pub(crate) fn ViewList(
    view: Memo<InboxView>,
    /// The number of conversations in each view; none while unknown.
    counts: RwSignal<Option<InboxCounts>>,
) -> impl IntoView {
    let link = move |of: InboxView| {
        let current = move || (view.get() == of).then_some("page");
        let count = move || counts.get().map(|counts| count_words(count_of(&counts, of)));
        view! {
            <li>
                <a class="view" href=inbox_address(of, None) aria-current=derived(current)>
                    <span>{view_words(of)}</span>
                    <span class="view-count number">{dynamic(count)}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="views" aria-label="Views">
            <ul>{InboxView::ALL.iter().map(|of| link(*of)).collect::<Vec<_>>()}</ul>
        </nav>
    }
}

const fn count_of(counts: &InboxCounts, view: InboxView) -> u32 {
    match view {
        InboxView::Mine => counts.mine,
        InboxView::Mentions => counts.mentions,
        InboxView::Unassigned => counts.unassigned,
        InboxView::Waiting => counts.waiting,
        InboxView::Open => counts.open,
        InboxView::Snoozed => counts.snoozed,
        InboxView::Done => counts.done,
        InboxView::Closed => counts.closed,
        InboxView::Rejected => counts.rejected,
        InboxView::Spam => counts.spam,
    }
}
