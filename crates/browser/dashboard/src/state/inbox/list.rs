//! The inbox store: the current view, sorted and up to date, and the counts of all views.

use futures_util::FutureExt;
use knock_model::{AI_AGENT, ConversationId, LeadId, Millis};
use knock_status::chat::{InboxView, Urgency};
use knock_wire::{Author, ConversationPage, ConversationRow, InboxCounts, LiveEvent, Message, Word};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

use crate::api::Failure;
use crate::kit::paged::Paged;
use crate::kit::reactive::effect;
use crate::state::live::use_live;
use crate::state::session::{Session, use_session};

/// The minimum interval between refreshes, however many changes arrive.
const REFRESH: Duration = Duration::from_secs(1);

/// The shown part of the inbox.
#[derive(Clone, Copy)]
pub(crate) struct Inbox {
    pub(crate) list: Paged<ConversationRow>,
    /// The number of conversations in each view; none before the first response.
    pub(crate) counts: RwSignal<Option<InboxCounts>>,
    pub(crate) view: Memo<InboxView>,
    pub(crate) search: RwSignal<String>,
    /// Whether lines would have moved while held.
    pub(crate) is_behind: RwSignal<bool>,
    /// Whether the pointer or the keyboard focus is on a line: nothing moves then.
    is_held: StoredValue<bool>,
    is_asking: StoredValue<bool>,
    /// The number of the last request: responses to earlier ones are ignored.
    turn: StoredValue<u64>,
    session: Session,
}

impl Inbox {
    /// Loads a view and follows it.
    pub(crate) fn start(view: Memo<InboxView>, search: RwSignal<String>) -> Inbox {
        let session = use_session();
        let counts = RwSignal::new(None);
        let list = Paged::new(move |after| {
            let (view, search) = (view.get_untracked(), search.get_untracked());
            async move {
                let page = session.client().inbox(view, &search, after.as_deref()).await?;
                Ok(counted(counts, page))
            }
            .boxed_local()
        });
        let (is_held, is_asking, turn) = (StoredValue::new(false), StoredValue::new(false), StoredValue::new(0));
        let is_behind = RwSignal::new(false);
        let inbox = Inbox { list, counts, view, search, is_behind, is_held, is_asking, turn, session };
        effect(move || {
            view.track();
            untrack(|| {
                inbox.is_behind.set(false);
                list.start();
            });
        });
        let live = use_live();
        live.after_gap(move || inbox.ask());
        live.listen(move |event| match event {
            LiveEvent::Conversation(row) => inbox.take(row),
            LiveEvent::Personal(_) => inbox.ask_soon(),
            LiveEvent::Contact(contact) => inbox.rescore(contact.id, |row| row.intent = contact.intent.clone()),
            LiveEvent::Signal(_)
            | LiveEvent::Account(_)
            | LiveEvent::Refused(_)
            | LiveEvent::Knowledge(_)
            | LiveEvent::Note(_)
            | LiveEvent::Presence(_)
            | LiveEvent::Meeting(_)
            | LiveEvent::Missed(_) => {}
        });
        inbox
    }

    /// Holds the lines while the pointer or the focus is on them; releases them and applies deferred moves.
    pub(crate) fn hold(self, is_held: bool) {
        self.is_held.set_value(is_held);
        if !is_held && self.is_behind.get_untracked() {
            self.settle();
        }
    }

    /// Sorts the lines, adds missing ones and removes those that left the view.
    pub(crate) fn settle(self) {
        self.is_behind.set(false);
        self.is_held.set_value(false);
        self.ask();
    }

    /// Removes the lines of leads on whom the member has just acted, even those that are held, and asks for the rest.
    pub(crate) fn leave(self, leads: &[LeadId]) {
        let rows = self.list.rows;
        for row in rows.all_untracked() {
            if row.value.with_untracked(|row| leads.contains(&row.lead)) {
                rows.remove(&row.key);
            }
        }
        self.settle();
    }

    /// Searches again.
    pub(crate) fn search_anew(self) {
        self.list.ask_anew();
    }

    /// Marks a conversation as read up to a message, and refreshes once the server has stored it.
    pub(crate) async fn read(self, id: ConversationId, seq: u64) -> Result<(), Failure> {
        self.session.client().read(id, seq).await?;
        self.ask();
        Ok(())
    }

    /// Takes a changed conversation.
    fn take(self, row: &ConversationRow) {
        let rows = self.list.rows;
        let known = rows.find(&row.id);
        // The list is newer.
        if known.as_ref().is_some_and(|known| known.intent.at > row.intent.at) {
            return;
        }
        self.ask_soon();
        let email = self.session.email_untracked();
        let row = ConversationRow { unread: unread(known.as_ref(), row), ..row.clone() };
        // Which notes name the member is not in the row: the server says it in answer to the next request.
        let belongs = match self.view.get_untracked() {
            InboxView::Mentions => known.is_some(),
            view => belongs(&row, view, &email),
        };
        if known.is_none() && (!belongs || !self.search.with_untracked(String::is_empty)) {
            return;
        }
        if self.is_held.get_value() {
            let moves = !belongs || known.is_none_or(|known| place(&known) != place(&row));
            rows.update(row);
            self.is_behind.update(|is_behind| *is_behind |= moves);
        } else if belongs {
            self.forget_earlier(&row);
            self.put(row);
        } else {
            rows.remove(&row.id);
        }
    }

    /// Puts a line in its place. After the last loaded line, unloaded ones may precede it: it is left out then.
    fn put(self, row: ConversationRow) {
        let (rows, id) = (self.list.rows, row.id);
        rows.put_in_order(row, place);
        if self.list.has_more_untracked() && rows.all_untracked().last().is_some_and(|last| last.key == id) {
            rows.remove(&id);
        }
    }

    /// Removes the line of an earlier conversation of the lead: each lead has only that of the newest one.
    fn forget_earlier(self, row: &ConversationRow) {
        let rows = self.list.rows;
        let earlier = rows
            .all_untracked()
            .into_iter()
            .find(|line| line.key != row.id && line.value.with_untracked(|known| known.lead == row.lead));
        if let Some(earlier) = earlier {
            rows.remove(&earlier.key);
        }
    }

    /// Takes changed data of a lead.
    fn rescore(self, lead: LeadId, change: impl Fn(&mut ConversationRow)) {
        let rows = self.list.rows;
        let is_theirs = |row: &ConversationRow| row.lead == lead;
        let Some(mut row) = rows
            .all_untracked()
            .iter()
            .find_map(|line| line.value.with_untracked(|row| is_theirs(row).then(|| row.clone())))
        else {
            return;
        };
        let before = place(&row);
        change(&mut row);
        if self.is_held.get_value() {
            self.is_behind.update(|is_behind| *is_behind |= before != place(&row));
            rows.update(row);
        } else {
            self.put(row);
        }
    }

    /// Requests the counts and the first page soon, once for all calls until then.
    fn ask_soon(self) {
        if self.is_asking.get_value() {
            return;
        }
        self.is_asking.set_value(true);
        let ask = move || {
            if self.is_asking.try_set_value(false).is_none() {
                self.ask();
            }
        };
        set_timeout(ask, REFRESH);
    }

    /// Requests the counts and the first page now.
    pub(crate) fn ask(self) {
        // The page may have been left during the request before.
        let Some(turn) = self.turn.try_get_value() else { return };
        let (turn, view, search) = (turn + 1, self.view.get_untracked(), self.search.get_untracked());
        self.turn.set_value(turn);
        spawn_local(async move {
            let answer = self.session.client().inbox(view, &search, None).await;
            let is_last = self.turn.try_get_value() == Some(turn);
            let is_same =
                is_last && self.view.get_untracked() == view && self.search.with_untracked(|now| *now == search);
            if let (Ok(page), true) = (answer, is_same) {
                let (fresh, next) = counted(self.counts, page);
                self.join(fresh, next);
            }
        });
    }

    /// Joins a fresh first page with the lines after it.
    fn join(self, fresh: Vec<ConversationRow>, next: Option<String>) {
        let rows = self.list.rows;
        let shown = rows.values();
        let count = fresh.len();
        let joined = joined(fresh, &shown, next.is_none());
        let goes_on = joined.len() > count;
        let is_same = joined.iter().map(|row| row.id).eq(shown.iter().map(|row| row.id));
        if is_same || self.is_held.get_value() {
            self.is_behind.update(|is_behind| *is_behind |= !is_same);
            joined.into_iter().take(count).for_each(|row| _ = rows.update(row));
        } else {
            rows.set(joined);
            if !goes_on {
                self.list.go_on_at(next);
            }
        }
    }
}

/// The inbox around an open conversation.
pub(crate) fn use_inbox() -> Option<Inbox> {
    use_context()
}

fn counted(counts: RwSignal<Option<InboxCounts>>, page: ConversationPage) -> (Vec<ConversationRow>, Option<String>) {
    counts.try_set(page.counts);
    (page.conversations, page.next)
}

/// The sort key of a row.
fn place(row: &ConversationRow) -> (Urgency, LeadId) {
    let active_at: Millis = row.active_at.unwrap_or(row.opened_at);
    (Urgency::of(row.waiting_since, Some(row.intent.bucket), active_at), row.lead)
}

/// Whether a conversation is in a view of the member with this address.
fn belongs(row: &ConversationRow, view: InboxView, email: &str) -> bool {
    let owner = row.state.rep_owner.as_deref().unwrap_or_default();
    row.folder == Some(Word::Known(view.folder()))
        && match view {
            InboxView::Mine => owner == email,
            InboxView::Unassigned => owner.is_empty() || owner == AI_AGENT,
            InboxView::Waiting => row.waiting_since.is_some(),
            InboxView::Open
            | InboxView::Mentions
            | InboxView::Snoozed
            | InboxView::Done
            | InboxView::Closed
            | InboxView::Rejected
            | InboxView::Spam => true,
        }
}

/// The number of unread messages after a change from the live feed, which is the same for all members.
fn unread(known: Option<&ConversationRow>, row: &ConversationRow) -> Option<u32> {
    let (known, now) = (known?, row.lead_messages?);
    let new = now.saturating_sub(known.lead_messages.unwrap_or(now));
    // What a colleague has answered is new to no one.
    let is_answered = row.last.as_ref().is_some_and(|last| last.author == Author::Rep && is_after(last, known));
    row.unread.or_else(|| known.unread.map(|unread| if is_answered { 0 } else { unread + new }))
}

fn is_after(message: &Message, row: &ConversationRow) -> bool {
    row.last.as_ref().is_none_or(|last| last.seq < message.seq)
}

/// A fresh first page, and the lines after it.
fn joined(fresh: Vec<ConversationRow>, shown: &[ConversationRow], is_all: bool) -> Vec<ConversationRow> {
    let last = fresh.last().map(place).filter(|_| !is_all);
    let is_behind = |row: &&ConversationRow| {
        last.is_some_and(|last| place(row) > last) && fresh.iter().all(|other| other.id != row.id)
    };
    let behind: Vec<ConversationRow> = shown.iter().filter(is_behind).cloned().collect();
    fresh.into_iter().chain(behind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use knock_status::chat::Folder;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn line(number: u8, waits: Option<i64>, active_at: i64) -> ConversationRow {
        ConversationRow {
            id: ConversationId::new([number; 16]),
            lead: LeadId::new([number; 16]),
            waiting_since: waits.map(Millis),
            active_at: Some(Millis(active_at)),
            ..sample::conversation()
        }
    }

    fn numbers(rows: &[ConversationRow]) -> Vec<u8> {
        rows.iter().map(|row| row.lead.as_bytes()[0]).collect()
    }

    #[wasm_bindgen_test]
    fn each_view_knows_its_own() {
        let mut row = line(1, Some(5), 5);
        let of = |row: &ConversationRow| -> Vec<&str> {
            let views = InboxView::ALL.iter().filter(|view| belongs(row, **view, "ann@us.test"));
            views.map(|view| view.as_str()).collect()
        };
        assert_eq!(of(&row), ["unassigned", "waiting", "open"]);
        row.state.rep_owner = Some(AI_AGENT.to_owned());
        row.waiting_since = None;
        assert_eq!(of(&row), ["unassigned", "open"]);
        row.state.rep_owner = Some("ann@us.test".to_owned());
        assert_eq!(of(&row), ["mine", "open"]);
        for folder in [Folder::Snoozed, Folder::Done, Folder::Closed, Folder::Rejected, Folder::Spam] {
            row.folder = Some(folder.into());
            assert_eq!(of(&row), [folder.as_str()]);
        }
    }

    #[wasm_bindgen_test]
    fn who_waits_longest_stands_first_and_others_by_activity() {
        let mut rows = vec![line(1, None, 9), line(2, Some(20), 1), line(3, None, 10), line(4, Some(10), 1)];
        rows.sort_by_key(place);
        assert_eq!(numbers(&rows), [4, 2, 3, 1]);
    }

    #[wasm_bindgen_test]
    fn a_fresh_page_replaces_what_it_covers_and_keeps_what_is_behind_it() {
        let shown = [line(1, Some(1), 0), line(2, Some(2), 0), line(3, Some(3), 0), line(4, None, 5)];
        let fresh = || vec![line(5, Some(0), 0), line(3, Some(3), 0)];
        assert_eq!(numbers(&joined(fresh(), &shown, false)), [5, 3, 4]);
        assert_eq!(numbers(&joined(fresh(), &shown, true)), [5, 3]);
        assert_eq!(numbers(&joined(Vec::new(), &shown, true)), [0; 0]);
    }

    #[wasm_bindgen_test]
    fn new_messages_of_the_lead_add_to_what_is_unread() {
        let row = |messages, unread| ConversationRow { lead_messages: Some(messages), unread, ..line(1, None, 0) };
        assert_eq!(unread(Some(&row(3, Some(1))), &row(5, None)), Some(3));
        assert_eq!(unread(Some(&row(3, Some(0))), &row(3, None)), Some(0));
        assert_eq!(unread(Some(&row(3, Some(2))), &row(4, Some(0))), Some(0), "a list knows who reads");
        assert_eq!(unread(None, &row(4, None)), None);
    }

    #[wasm_bindgen_test]
    fn an_answer_of_the_team_ends_what_is_unread() {
        let row = |seq, author, unread| {
            let last = Some(Message { author, ..sample::message(seq) });
            ConversationRow { last, lead_messages: Some(2), unread, ..line(1, None, 0) }
        };
        let known = row(3, Author::Lead, Some(2));
        assert_eq!(unread(Some(&known), &row(4, Author::Rep, None)), Some(0));
        assert_eq!(unread(Some(&known), &row(4, Author::AiAgent, None)), Some(2));
        let marked = row(4, Author::Rep, Some(1));
        assert_eq!(unread(Some(&marked), &row(4, Author::Rep, None)), Some(1), "marked as unread after the answer");
    }
}
