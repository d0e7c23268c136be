//! The visitors who are on a site now: filtered, the last to come first, and up to date.

use futures_util::FutureExt;
use knock_model::{Millis, SignalType, VisitorId};
use knock_wire::{ContactRow, LiveEvent, TimelineEntry, VisitList, VisitRow};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cmp::Reverse;
use std::time::Duration;

use crate::kit::clock::{ServerClock, use_clock};
use crate::kit::paged::Paged;
use crate::kit::reactive::effect;
use crate::state::live::use_live;
use crate::state::session::{Session, use_session};
use crate::words::invitation::has_left;
use crate::words::visit::{Visit, visit_after};
use crate::words::visit_filter::VisitFilter;

/// The minimum interval between refreshes, however many visitors come and go.
const REFRESH: Duration = Duration::from_secs(2);

/// The shown visitors.
#[derive(Clone, Copy)]
pub(crate) struct OnSite {
    pub(crate) list: Paged<VisitRow>,
    /// Whether the server has more than it lists.
    pub(crate) has_more: RwSignal<bool>,
    pub(crate) filter: Memo<VisitFilter>,
    pub(crate) search: RwSignal<String>,
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

impl OnSite {
    /// Loads the visitors who fit a filter, and follows them.
    pub(crate) fn start(filter: Memo<VisitFilter>, search: RwSignal<String>) -> OnSite {
        let (session, clock) = (use_session(), use_clock());
        let has_more = RwSignal::new(false);
        let list = Paged::new(move |_| {
            let (client, (filter, search)) = (session.client(), asked(filter, search));
            async move {
                let VisitList { visits, has_more: more } = client.visits(&filter, &search).await?;
                has_more.try_set(more);
                Ok((visits, None))
            }
            .boxed_local()
        });
        let (is_held, is_asking, turn) = (StoredValue::new(false), StoredValue::new(false), StoredValue::new(0));
        let is_behind = RwSignal::new(false);
        let on_site = OnSite { list, has_more, filter, search, is_behind, is_held, is_asking, turn, session, clock };
        effect(move || {
            filter.track();
            untrack(|| {
                on_site.is_behind.set(false);
                list.start();
            });
        });
        effect(move || {
            let now = clock.now();
            untrack(|| on_site.drop_left(now));
        });
        on_site.follow();
        on_site
    }

    fn follow(self) {
        let live = use_live();
        live.after_gap(move || self.ask());
        live.listen(move |event| match event {
            LiveEvent::Signal(signal) => self.take(signal),
            LiveEvent::Contact(contact) => self.rename(contact),
            // A member wrote first, the visitor saw it, closed it or answered: which browser it is, only the server knows.
            LiveEvent::Conversation(_) => self.ask_soon(),
            LiveEvent::Account(_)
            | LiveEvent::Refused(_)
            | LiveEvent::Note(_)
            | LiveEvent::Presence(_)
            | LiveEvent::Meeting(_)
            | LiveEvent::Personal(_)
            | LiveEvent::Knowledge(_)
            | LiveEvent::Missed(_) => {}
        });
    }

    /// Whether something is searched for, or the filter can leave out visitors.
    pub(crate) fn is_narrow(self) -> bool {
        self.filter.with(VisitFilter::is_narrow) || self.search.with(|search| !search.trim().is_empty())
    }

    /// Holds the lines while the pointer or the focus is on them; releases them and applies deferred moves.
    pub(crate) fn hold(self, is_held: bool) {
        self.is_held.set_value(is_held);
        if !is_held && self.is_behind.get_untracked() {
            self.settle();
        }
    }

    /// Sorts the lines, adds missing ones and removes those of visitors who left.
    pub(crate) fn settle(self) {
        self.is_behind.set(false);
        self.is_held.set_value(false);
        self.ask();
    }

    /// Searches again.
    pub(crate) fn search_anew(self) {
        self.list.ask_anew();
    }

    /// Takes what a signal says about the visit of its browser.
    fn take(self, signal: &TimelineEntry) {
        let key = (signal.site.clone(), signal.visitor);
        let Some(row) = self.list.rows.find(&key) else {
            if signal.kind != SignalType::Engagement {
                self.ask_soon();
            }
            return;
        };
        match visit_after(Some(row.until_at), signal) {
            Visit::Until(Some(until_at)) => {
                let (url, title, viewed_at) = (signal.url.clone(), signal.title.clone(), signal.at);
                self.replace(&key, VisitRow { url, title, viewed_at, until_at, pages: row.pages + 1, ..row });
            }
            Visit::Until(None) => {
                self.replace(&key, VisitRow { until_at: signal.at, ..row });
                // A list that was read just before knows nothing of the end of the visit.
                self.ask_soon();
            }
            Visit::Same | Visit::Unknown => {}
        }
    }

    /// Replaces a line by what is known now: it comes first, or goes where the visitor has left.
    fn replace(self, key: &(String, VisitorId), row: VisitRow) {
        let (rows, stays) = (self.list.rows, !has_left(&row, self.clock.instant()));
        if self.is_held.get_value() {
            let is_first = rows.all_untracked().first().is_some_and(|first| first.key == *key);
            rows.update(row);
            self.is_behind.update(|is_behind| *is_behind |= !(stays && is_first));
        } else if stays {
            rows.put_in_order(row, |row| Reverse(row.viewed_at));
        } else {
            rows.remove(key);
        }
    }

    fn rename(self, contact: &ContactRow) {
        self.list.rows.change_each(|row| match &mut row.contact {
            Some(known) if known.id == contact.id => {
                known.display_name.clone_from(&contact.display_name);
                row.intent = contact.intent.clone();
                true
            }
            _ => false,
        });
    }

    /// Removes the lines of visits that are over by the clock; held ones stay.
    fn drop_left(self, now: Millis) {
        let rows = self.list.rows;
        for row in rows.values().into_iter().filter(|row| has_left(row, now)) {
            if self.is_held.get_value() {
                self.is_behind.set(true);
            } else {
                rows.remove(&(row.site, row.visitor));
            }
        }
    }

    /// Requests the list soon, once for all calls until then.
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

    /// Requests the list now; the shown lines stay until then.
    pub(crate) fn ask(self) {
        // The page may have been left during the request before.
        let Some(turn) = self.turn.try_get_value() else { return };
        let turn = turn + 1;
        self.turn.set_value(turn);
        let (filter, search) = asked(self.filter, self.search);
        spawn_local(async move {
            let answer = self.session.client().visits(&filter, &search).await;
            let is_last = self.turn.try_get_value() == Some(turn);
            let is_same = is_last && asked(self.filter, self.search) == (filter, search);
            if let (Ok(fresh), true) = (answer, is_same) {
                self.join(fresh);
            }
        });
    }

    fn join(self, fresh: VisitList) {
        let rows = self.list.rows;
        let key = |row: &VisitRow| (row.site.clone(), row.visitor);
        let is_same = fresh.visits.iter().map(key).eq(rows.values().iter().map(key));
        self.has_more.set(fresh.has_more);
        if is_same || self.is_held.get_value() {
            self.is_behind.update(|is_behind| *is_behind |= !is_same);
            fresh.visits.into_iter().for_each(|row| _ = rows.update(row));
        } else {
            rows.set(fresh.visits);
        }
    }
}

/// The filter to ask for, and the search.
fn asked(filter: Memo<VisitFilter>, search: RwSignal<String>) -> (String, String) {
    (filter.with_untracked(VisitFilter::query), search.with_untracked(|search| search.trim().to_owned()))
}
