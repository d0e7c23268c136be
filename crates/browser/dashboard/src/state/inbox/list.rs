//! The inbox store: the current view, sorted and up to date, and the counts of all views.

use futures_util::FutureExt;
use knock_model::{ConversationId, LeadId, Millis, SignalType};
use knock_status::chat::{Folder, InboxView, Urgency};
use knock_wire::{ConversationPage, ConversationRow, InboxCounts, LiveEvent, TimelineEntry, Word};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

use super::placing::{belongs, joined, place, unread};
use crate::api::Failure;
use crate::kit::clock::{ServerClock, use_clock};
use crate::kit::paged::Paged;
use crate::kit::reactive::effect;
use crate::state::live::use_live;
use crate::state::session::{Session, use_session};
use crate::words::inbox::inbox_address;
use crate::words::inbox_filter::{InboxFilter, ON_SITE, YES};
use crate::words::visit::{Visit, visit_after};

/// The minimum interval between refreshes, however many changes arrive.
const REFRESH: Duration = Duration::from_secs(1);

/// The shown part of the inbox.
#[derive(Clone, Copy)]
pub(crate) struct Inbox {
    pub(crate) list: Paged<ConversationRow>,
    /// The number of conversations in each view; none before the first response.
    pub(crate) counts: RwSignal<Option<InboxCounts>>,
    pub(crate) view: Memo<InboxView>,
    pub(crate) filter: Memo<InboxFilter>,
    pub(crate) search: RwSignal<String>,
    /// Whether a search is in all views but spam.
    pub(crate) is_everywhere: RwSignal<bool>,
    /// Whether lines would have moved while held.
    pub(crate) is_behind: RwSignal<bool>,
    /// Whether the pointer or the keyboard focus is on a line: nothing moves then.
    is_held: StoredValue<bool>,
    is_asking: StoredValue<bool>,
    /// The number of the last request: responses to earlier ones are ignored.
    turn: StoredValue<u64>,
    session: Session,
    clock: ServerClock,
}

impl Inbox {
    /// Loads what of a view fits a filter, and follows it.
    pub(crate) fn start(view: Memo<InboxView>, filter: Memo<InboxFilter>, search: RwSignal<String>) -> Inbox {
        let session = use_session();
        let counts = RwSignal::new(None);
        let is_everywhere = RwSignal::new(true);
        let list = Paged::new(move |after| {
            let (view, search) = asked(view, search, is_everywhere);
            let filter = filter.with_untracked(InboxFilter::query);
            async move {
                let page = session.client().inbox(view, &filter, &search, after.as_deref()).await?;
                Ok(counted(counts, page))
            }
            .boxed_local()
        });
        let (is_held, is_asking, turn) = (StoredValue::new(false), StoredValue::new(false), StoredValue::new(0));
        let is_behind = RwSignal::new(false);
        let clock = use_clock();
        let inbox = Inbox {
            list,
            counts,
            view,
            filter,
            search,
            is_everywhere,
            is_behind,
            is_held,
            is_asking,
            turn,
            session,
            clock,
        };
        effect(move || {
            view.track();
            filter.track();
            untrack(|| {
                inbox.is_behind.set(false);
                list.start();
            });
        });
        effect(move || {
            let now = clock.now();
            untrack(|| inbox.check_visits(now));
        });
        let live = use_live();
        live.after_gap(move || inbox.ask());
        live.listen(move |event| match event {
            LiveEvent::Conversation(row) => inbox.take(row),
            LiveEvent::Contact(contact) => inbox.change(contact.id, |row| row.intent = contact.intent.clone()),
            LiveEvent::Signal(signal) => inbox.visit(signal),
            LiveEvent::Personal(_) => inbox.ask_soon(),
            LiveEvent::Account(_)
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
        // What was found stays shown until the list is read again.
        let hits = known.as_ref().map(|known| known.hits.clone()).unwrap_or_default();
        let row = ConversationRow { unread: unread(known.as_ref(), row), hits, ..row.clone() };
        match &known {
            Some(known) => self.replace(known, row),
            None if self.is_whole() && self.has_place_for(&row) => self.add(row),
            // Whether one that was not shown fits a filter, only the server knows.
            None => {}
        }
    }

    /// Whether all conversations of the view are asked for, and a line says whether it is in it: which notes mention the
    /// member is known to the server alone.
    fn is_whole(self) -> bool {
        self.view.get_untracked() != InboxView::Mentions
            && self.search.with_untracked(String::is_empty)
            && !self.filter.with_untracked(InboxFilter::is_narrow)
    }

    fn has_place_for(self, row: &ConversationRow) -> bool {
        let (view, _) = asked(self.view, self.search, self.is_everywhere);
        let is_spam = || row.folder == Some(Word::Known(Folder::Spam));
        view.map_or_else(|| !is_spam(), |view| belongs(row, view, &self.session.email_untracked()))
    }

    fn add(self, row: ConversationRow) {
        if self.is_held.get_value() {
            self.is_behind.set(true);
        } else {
            self.forget_earlier(&row);
            self.put(row);
        }
    }

    /// Replaces a line by what is known now: it moves, and goes where it is in the view or fits the filter no longer.
    fn replace(self, known: &ConversationRow, row: ConversationRow) {
        let (rows, now) = (self.list.rows, self.clock.instant());
        let stays =
            self.has_place_for(&row) && self.filter.with_untracked(|filter| filter.still_fits(known, &row, now));
        if self.is_held.get_value() {
            let moves = !stays || self.place(known) != self.place(&row);
            rows.update(row);
            self.is_behind.update(|is_behind| *is_behind |= moves);
        } else if stays {
            self.forget_earlier(&row);
            self.put(row);
        } else {
            rows.remove(&row.id);
        }
    }

    fn place(self, row: &ConversationRow) -> (Urgency, LeadId) {
        place(row, self.filter.with_untracked(InboxFilter::order))
    }

    /// Puts a line in its place. After the last loaded line, unloaded ones may precede it: it is left out then.
    fn put(self, row: ConversationRow) {
        let (rows, id) = (self.list.rows, row.id);
        rows.put_in_order(row, |row| self.place(row));
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
    fn change(self, lead: LeadId, change: impl Fn(&mut ConversationRow)) {
        if let Some(known) = self.line_of(lead) {
            let mut row = known.clone();
            change(&mut row);
            self.replace(&known, row);
        }
    }

    fn line_of(self, lead: LeadId) -> Option<ConversationRow> {
        let all = self.list.rows.all_untracked();
        all.iter().find_map(|line| line.value.with_untracked(|row| (row.lead == lead).then(|| row.clone())))
    }

    /// Takes what a signal says about the visit of its lead.
    fn visit(self, signal: &TimelineEntry) {
        let Some(lead) = signal.contact.as_ref().map(|contact| contact.id) else { return };
        let is_for_visits = self.filter.with_untracked(|filter| filter.value(ON_SITE) == YES);
        match self.line_of(lead).map(|row| visit_after(row.on_site_until, signal)) {
            Some(Visit::Until(until)) => self.change(lead, |row| row.on_site_until = until),
            Some(Visit::Unknown) => self.ask_soon(),
            Some(Visit::Same) => {}
            // One who comes to the site may fit now.
            None if is_for_visits && signal.kind != SignalType::Engagement => self.ask_soon(),
            None => return,
        }
        // A list that was read just before knows nothing of the end of the visit.
        if signal.kind == SignalType::Engagement {
            self.ask_soon();
        }
    }

    /// Asks again where a visit that the filter asks for is over by the clock.
    fn check_visits(self, now: Millis) {
        let is_over = |row: &ConversationRow| row.on_site_until.is_some_and(|until| until <= now);
        let is_for_visits = self.filter.with_untracked(|filter| filter.value(ON_SITE) == YES);
        if is_for_visits && self.list.rows.values().iter().any(is_over) {
            self.ask_soon();
        }
    }

    /// The address of the shown view, with an open conversation beside it, if any.
    pub(crate) fn address(self, open: Option<&str>) -> String {
        self.filter.with(|filter| inbox_address(self.view.get(), filter, open))
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
        let turn = turn + 1;
        self.turn.set_value(turn);
        let asked = move || (asked(self.view, self.search, self.is_everywhere), self.filter.get_untracked());
        let ((view, search), filter) = asked();
        spawn_local(async move {
            let answer = self.session.client().inbox(view, &filter.query(), &search, None).await;
            let is_last = self.turn.try_get_value() == Some(turn);
            let is_same = is_last && asked() == ((view, search), filter);
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
        let joined = joined(fresh, &shown, self.filter.with_untracked(InboxFilter::order), next.is_none());
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

/// The view to ask for, none for a search in all of them, and the search.
fn asked(
    view: Memo<InboxView>,
    search: RwSignal<String>,
    is_everywhere: RwSignal<bool>,
) -> (Option<InboxView>, String) {
    let search = search.get_untracked().trim().to_owned();
    let is_all = is_everywhere.get_untracked() && !search.is_empty();
    (Some(view.get_untracked()).filter(|_| !is_all), search)
}

fn counted(counts: RwSignal<Option<InboxCounts>>, page: ConversationPage) -> (Vec<ConversationRow>, Option<String>) {
    counts.try_set(page.counts);
    (page.conversations, page.next)
}
