//! The views of the inbox.

use knock_status::chat::InboxView;
use leptos::prelude::*;

use super::own_views::{OwnViews, asked_by};
use crate::kit::reactive::{derived, dynamic, memo};
use crate::state::inbox::list::Inbox;
use crate::state::records::saved_views::SavedViews;
use crate::words::inbox::{count_of, count_words, inbox_address, view_words};

/// A link for each view, with its number of conversations, and the views that members saved.
#[component]
pub(crate) fn ViewList(
    inbox: Inbox,
    /// Views that members saved.
    views: SavedViews,
) -> impl IntoView {
    let (view, filter) = (inbox.view, inbox.filter);
    // One that was saved is the current one where it asks for the same.
    let is_own = memo(move || {
        let shown = (view.get(), filter.get());
        views.all.with(|all| all.iter().any(|own| asked_by(&own.query) == shown))
    });
    let link = move |of: InboxView| {
        let current = move || (view.get() == of && !is_own.get()).then_some("page");
        // The order is kept, a filter is not: the count is that of the whole view.
        let address = derived(move || filter.with(|filter| inbox_address(of, &filter.cleared(), None)));
        let count = move || inbox.counts.get().map(|counts| count_words(count_of(&counts, of)));
        view! {
            <li>
                <a class="view" href=address aria-current=derived(current)>
                    <span>{view_words(of)}</span>
                    <span class="view-count number">{dynamic(count)}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="views" aria-label="Views">
            <ul>{InboxView::ALL.iter().map(|of| link(*of)).collect::<Vec<_>>()}</ul>
            <OwnViews inbox views />
        </nav>
    }
}
