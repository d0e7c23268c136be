//! The inbox in words: views and their addresses, counts and waiting times.

use super::inbox_filter::InboxFilter;
use super::span::span_words;
use knock_status::chat::InboxView;
use knock_wire::InboxCounts;

const MINUTE: i64 = 60_000;
/// The limit of counting.
const MOST: u32 = 10_000;

/// The name of a view.
pub(crate) const fn view_words(view: InboxView) -> &'static str {
    match view {
        InboxView::Mine => "Mine",
        InboxView::Mentions => "Mentions",
        InboxView::Unassigned => "Unassigned",
        InboxView::Waiting => "Waiting",
        InboxView::FollowUp => "Follow up",
        InboxView::Open => "All open",
        InboxView::Snoozed => "Snoozed",
        InboxView::Done => "Done",
        InboxView::Closed => "Closed",
        InboxView::Rejected => "Rejected",
        InboxView::Spam => "Spam",
    }
}

/// The empty state of a view: title and description.
pub(crate) const fn nothing_words(view: InboxView) -> (&'static str, &'static str) {
    match view {
        InboxView::Mine => ("Nothing assigned to you", "Open conversations that are assigned to you are listed here."),
        InboxView::Mentions => {
            ("No new mentions", "Chats in which a colleague mentions you are listed here until you open them.")
        }
        InboxView::Unassigned => ("Nothing unassigned", "Open conversations without a rep are listed here."),
        InboxView::Waiting => ("No lead waits", "Leads with unanswered messages are listed here."),
        InboxView::FollowUp => (
            "Nothing to follow up",
            "Open conversations are listed here 12 hours after a reply that the lead left unanswered.",
        ),
        InboxView::Open => ("No open conversations", "New conversations appear here automatically."),
        InboxView::Snoozed => {
            ("Nothing snoozed", "Conversations that were put aside are listed here until they are due.")
        }
        InboxView::Done => {
            ("Nothing done", "Conversations marked as done are listed here until the lead writes again.")
        }
        InboxView::Closed => ("Nothing closed", "A conversation closes after 12 days without activity of the lead."),
        InboxView::Rejected => ("No rejected leads", "Conversations of rejected leads are listed here."),
        InboxView::Spam => ("No spam", "Conversations marked as spam are listed here only."),
    }
}

/// The address of a view with a filter, with an open conversation beside it, if any.
pub(crate) fn inbox_address(view: InboxView, filter: &InboxFilter, open: Option<&str>) -> String {
    let open = open.map(|id| format!("/{id}")).unwrap_or_default();
    format!("/app/inbox{open}?{}", view_query(view, filter))
}

/// The query of that address.
pub(crate) fn view_query(view: InboxView, filter: &InboxFilter) -> String {
    format!("view={}{}", view.as_str(), filter.query())
}

/// The view of an address without one: the first of these with conversations.
pub(crate) fn first_view(counts: &InboxCounts) -> InboxView {
    match (counts.mine, counts.waiting) {
        (1.., _) => InboxView::Mine,
        (0, 1..) => InboxView::Waiting,
        (0, 0) => InboxView::Open,
    }
}

/// The number of conversations in a view.
pub(crate) const fn count_of(counts: &InboxCounts, view: InboxView) -> u32 {
    match view {
        InboxView::Mine => counts.mine,
        InboxView::Mentions => counts.mentions,
        InboxView::Unassigned => counts.unassigned,
        InboxView::Waiting => counts.waiting,
        InboxView::FollowUp => counts.follow_up,
        InboxView::Open => counts.open,
        InboxView::Snoozed => counts.snoozed,
        InboxView::Done => counts.done,
        InboxView::Closed => counts.closed,
        InboxView::Rejected => counts.rejected,
        InboxView::Spam => counts.spam,
    }
}

/// The count, up to the limit.
pub(crate) fn count_words(count: u32) -> String {
    if count >= MOST { "10,000+".to_owned() } else { count.to_string() }
}

/// The urgency of a waiting time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patience {
    /// A short time.
    Fresh,
    /// 5 minutes or more.
    Long,
    /// Half an hour or more.
    TooLong,
}

impl Patience {
    /// The urgency after a waiting time in milliseconds.
    pub(crate) const fn after(waited: i64) -> Patience {
        match waited {
            ..=299_999 => Patience::Fresh,
            300_000..1_800_000 => Patience::Long,
            1_800_000.. => Patience::TooLong,
        }
    }
}

/// `Waiting 4 min`.
pub(crate) fn waiting_words(waited: i64) -> String {
    if waited < MINUTE { "Waiting".to_owned() } else { format!("Waiting {}", span_words(waited)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_wait_is_shown_in_minutes_and_grows_more_urgent() {
        for (waited, words, patience) in [
            (-5, "Waiting", Patience::Fresh),
            (MINUTE - 1, "Waiting", Patience::Fresh),
            (4 * MINUTE, "Waiting 4 min", Patience::Fresh),
            (5 * MINUTE, "Waiting 5 min", Patience::Long),
            (29 * MINUTE, "Waiting 29 min", Patience::Long),
            (30 * MINUTE, "Waiting 30 min", Patience::TooLong),
            (26 * 60 * MINUTE, "Waiting 1 day", Patience::TooLong),
        ] {
            assert_eq!((waiting_words(waited).as_str(), Patience::after(waited)), (words, patience), "{waited}");
        }
    }

    #[wasm_bindgen_test]
    fn a_view_is_in_the_address() {
        let all = InboxFilter::default();
        assert_eq!(inbox_address(InboxView::Open, &all, None), "/app/inbox?view=open");
        let high = all.with("score", "High");
        assert_eq!(inbox_address(InboxView::Snoozed, &high, Some("1")), "/app/inbox/1?view=snoozed&score=High");
    }

    #[wasm_bindgen_test]
    fn the_first_view_is_the_members_own_then_who_waits_then_all() {
        let counts = |mine, waiting| InboxCounts { mine, waiting, open: 9, ..InboxCounts::default() };
        assert_eq!(first_view(&counts(1, 5)), InboxView::Mine);
        assert_eq!(first_view(&counts(0, 5)), InboxView::Waiting);
        assert_eq!(first_view(&counts(0, 0)), InboxView::Open);
    }

    #[wasm_bindgen_test]
    fn a_count_that_was_not_finished_says_so() {
        assert_eq!(
            (count_words(0), count_words(9_999), count_words(10_000)),
            ("0".into(), "9999".into(), "10,000+".into())
        );
    }
}
