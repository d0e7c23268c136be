//! A list that is loaded page by page and kept up to date.

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

use super::rows::{Keyed, Rows};
use crate::api::Failure;

/// The state of loading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Under way, nothing to show yet.
    Loading,
    /// Loaded.
    Ready,
    /// Failed, nothing to show.
    Failed(Failure),
}

/// The effect of a loaded page on the shown rows.
#[derive(Clone, Copy)]
enum Take {
    /// Joined with the shown lines; the first page as fresh.
    Merge,
    /// In place of the shown lines.
    Replace,
    /// After the shown lines.
    Append,
}

/// A page: lines and the cursor of the next one.
pub(crate) type Page<T> = (Vec<T>, Option<String>);
type Answer<T> = LocalBoxFuture<'static, Result<Page<T>, Failure>>;
type Fetch<T> = Arc<dyn Fn(Option<String>) -> Answer<T> + Send + Sync>;

/// A list and its state of loading.
pub(crate) struct Paged<T: Keyed> {
    pub(crate) rows: Rows<T>,
    /// The state of the first page.
    pub(crate) phase: RwSignal<Phase>,
    /// The state of the next page; `Ready` if none was requested.
    pub(crate) more: RwSignal<Phase>,
    next: RwSignal<Option<String>>,
    turn: StoredValue<u64>,
    /// Whether the first page is being loaded.
    is_loading: StoredValue<bool>,
    fetch: StoredValue<Fetch<T>>,
}

impl<T: Keyed> Clone for Paged<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Keyed> Copy for Paged<T> {}

impl<T: Keyed> Paged<T> {
    /// A list whose pages come from `fetch`; nothing is requested yet.
    pub(crate) fn new(fetch: impl Fn(Option<String>) -> Answer<T> + Send + Sync + 'static) -> Paged<T> {
        Paged {
            rows: Rows::new(),
            phase: RwSignal::new(Phase::Loading),
            more: RwSignal::new(Phase::Ready),
            next: RwSignal::new(None),
            turn: StoredValue::new(0),
            is_loading: StoredValue::new(false),
            fetch: StoredValue::new(Arc::new(fetch)),
        }
    }

    /// Whether there is a next page.
    pub(crate) fn has_more(self) -> bool {
        self.next.with(Option::is_some)
    }

    /// The same, without following it.
    pub(crate) fn has_more_untracked(self) -> bool {
        self.next.with_untracked(Option::is_some)
    }

    /// Sets the cursor of the next page.
    pub(crate) fn go_on_at(self, next: Option<String>) {
        self.next.set(next);
    }

    /// Loads the first page; nothing is shown until then.
    pub(crate) fn start(self) {
        if self.turn.is_disposed() {
            return;
        }
        self.phase.set(Phase::Loading);
        self.more.set(Phase::Ready);
        self.rows.set(Vec::new());
        self.load(None, Take::Merge);
    }

    /// Loads the first page again; the shown lines stay until then.
    pub(crate) fn refresh(self) {
        if self.phase.try_with_untracked(|phase| *phase == Phase::Ready).unwrap_or_default() {
            self.load(None, Take::Merge);
        } else {
            self.start();
        }
    }

    /// Loads the first page once more if it is being loaded: the shown lines were changed since, and a late response from
    /// before would undo that here.
    pub(crate) fn outdate(self) {
        if self.is_loading.try_get_value().unwrap_or_default() {
            self.refresh();
        }
    }

    /// Loads the first page of another query; the shown lines stay until then.
    pub(crate) fn ask_anew(self) {
        self.more.set(Phase::Ready);
        self.load(None, Take::Replace);
    }

    pub(crate) fn load_more(self) {
        let Some(cursor) = self.next.get_untracked() else { return };
        self.more.set(Phase::Loading);
        self.load(Some(cursor), Take::Append);
    }

    fn take(self, how: Take, (values, next): Page<T>) {
        let (values, keeps_next) = match how {
            Take::Merge => join(values, self.rows.values(), next.is_none()),
            Take::Replace => (values, false),
            Take::Append => {
                let mut all = self.rows.values();
                all.extend(values.into_iter().filter(|value| !self.rows.has(&value.key())));
                (all, false)
            }
        };
        self.rows.set(values);
        if !keeps_next {
            self.next.set(next);
        }
    }

    fn load(self, cursor: Option<String>, how: Take) {
        // The page may have been left during the request before.
        let Some(turn) = self.turn.try_get_value() else { return };
        let is_first = cursor.is_none();
        let turn = turn + u64::from(is_first);
        self.turn.set_value(turn);
        if is_first {
            self.is_loading.set_value(true);
        }
        let answer = self.fetch.with_value(|fetch| fetch(cursor));
        spawn_local(async move {
            let answer = answer.await;
            // The list was dropped or requested again meanwhile.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            if is_first {
                self.is_loading.set_value(false);
            }
            let outcome = answer.map(|page| self.take(how, page));
            if is_first {
                self.first_came(outcome);
            } else {
                self.more.set(outcome.map_or_else(Phase::Failed, |()| Phase::Ready));
            }
        });
    }

    /// Notes that the first page came or failed, and goes on with the next one where that was asked for meanwhile.
    fn first_came(self, outcome: Result<(), Failure>) {
        match outcome {
            Ok(()) => self.phase.set(Phase::Ready),
            Err(failure) => self.phase.update(|phase| {
                // The shown lines stay: the shell reports that they may be old.
                if *phase != Phase::Ready {
                    *phase = Phase::Failed(failure);
                }
            }),
        }
        // The request for the next page was overtaken, and its answer is not taken.
        if self.more.get_untracked() == Phase::Loading && self.has_more_untracked() {
            self.load_more();
        } else {
            self.more.set(Phase::Ready);
        }
    }
}

/// A fresh first page joined with the shown lines: newer lines, which came live meanwhile, stay before it, older ones
/// after it. If the two have no line in common, or the page is the whole list, older lines are dropped: there would be
/// a gap between them. Returns whether older lines stayed.
fn join<T: Keyed>(fresh: Vec<T>, shown: Vec<T>, is_all: bool) -> (Vec<T>, bool) {
    let is_fresh = |value: &T| fresh.iter().any(|other| other.key() == value.key());
    let common = shown.iter().position(is_fresh);
    let newer = common.unwrap_or(if fresh.is_empty() { shown.len() } else { 0 });
    let (newer, older): (Vec<_>, Vec<_>) =
        shown.into_iter().enumerate().filter(|(_, value)| !is_fresh(value)).partition(|(at, _)| *at < newer);
    let keeps_older = common.is_some() && !is_all;
    let older = older.into_iter().filter(|_| keeps_older);
    let values = newer.into_iter().map(|(_, value)| value);
    (values.chain(fresh.iter().cloned()).chain(older.map(|(_, value)| value)).collect(), keeps_older)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use knock_model::{Millis, SignalId};
    use knock_wire::TimelineEntry;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn entries(instants: &[i64]) -> Vec<TimelineEntry> {
        let entry = |at: &i64| TimelineEntry { id: SignalId::new(Millis(*at), &[0; 10]), ..sample::entry() };
        instants.iter().map(entry).collect()
    }

    fn check(fresh: &[i64], shown: &[i64], is_all: bool, expected: (&[i64], bool)) {
        let (values, is_joined) = join(entries(fresh), entries(shown), is_all);
        let instants: Vec<i64> = values.iter().map(|entry| entry.id.at().0).collect();
        assert_eq!((instants.as_slice(), is_joined), expected);
    }

    #[wasm_bindgen_test]
    fn older_lines_stay_behind_a_page_that_reaches_them() {
        check(&[9, 8, 7], &[7, 6, 5], false, (&[9, 8, 7, 6, 5], true));
    }

    #[wasm_bindgen_test]
    fn lines_behind_a_gap_go() {
        check(&[9, 8], &[5, 4], false, (&[9, 8], false));
    }

    #[wasm_bindgen_test]
    fn a_line_that_came_live_meanwhile_stays_first() {
        check(&[8, 7], &[9, 8, 7, 6], false, (&[9, 8, 7, 6], true));
        check(&[], &[9], true, (&[9], false));
    }

    #[wasm_bindgen_test]
    fn what_is_gone_from_a_complete_page_goes() {
        check(&[9, 7], &[9, 8, 7, 6], true, (&[9, 7], false));
    }
}
