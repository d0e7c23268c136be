//! Lists whose lines are updated in place: a changed line keeps its element, its focus and its open parts.

use knock_model::{
    AccountId, AnswerId, CalendarAccountId, ConversationId, LeadId, SignalId, SourceId, VisitorId, WebhookId,
};
use knock_wire::{
    AccountRow, AuditEntry, CalendarAccount, ContactRow, ConversationRow, Delivery, KnowledgePassage, KnowledgeSource,
    KnownAnswer, LinkShown, Mail, Site, TestResult, TimelineEntry, UnansweredQuestion, VisitRow, Webhook,
};
use leptos::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A line that is identified by its key.
pub(crate) trait Keyed: Clone + PartialEq + Send + Sync + 'static {
    /// The type of the key.
    type Key: Clone + Eq + Send + Sync + 'static;

    fn key(&self) -> Self::Key;
}

impl Keyed for ContactRow {
    type Key = LeadId;
    fn key(&self) -> LeadId {
        self.id
    }
}

impl Keyed for AccountRow {
    type Key = AccountId;
    fn key(&self) -> AccountId {
        self.id
    }
}

impl Keyed for TimelineEntry {
    type Key = SignalId;
    fn key(&self) -> SignalId {
        self.id
    }
}

impl Keyed for ConversationRow {
    type Key = ConversationId;
    fn key(&self) -> ConversationId {
        self.id
    }
}

impl Keyed for VisitRow {
    type Key = (String, VisitorId);
    fn key(&self) -> (String, VisitorId) {
        (self.site.clone(), self.visitor)
    }
}

impl Keyed for LinkShown {
    type Key = String;
    fn key(&self) -> String {
        self.slug.clone()
    }
}

impl Keyed for Mail {
    type Key = i64;
    fn key(&self) -> i64 {
        self.number
    }
}

impl Keyed for AuditEntry {
    type Key = i64;
    fn key(&self) -> i64 {
        self.id
    }
}

impl Keyed for Delivery {
    type Key = i64;
    fn key(&self) -> i64 {
        self.number
    }
}

impl Keyed for Webhook {
    type Key = WebhookId;
    fn key(&self) -> WebhookId {
        self.id
    }
}

impl Keyed for CalendarAccount {
    type Key = CalendarAccountId;
    fn key(&self) -> CalendarAccountId {
        self.id
    }
}

impl Keyed for Site {
    type Key = String;
    fn key(&self) -> String {
        self.key.clone()
    }
}

impl Keyed for KnownAnswer {
    type Key = AnswerId;
    fn key(&self) -> AnswerId {
        self.id
    }
}

impl Keyed for TestResult {
    type Key = String;
    fn key(&self) -> String {
        self.text.clone()
    }
}

impl Keyed for KnowledgeSource {
    type Key = SourceId;
    fn key(&self) -> SourceId {
        self.id
    }
}

impl Keyed for KnowledgePassage {
    type Key = u32;
    fn key(&self) -> u32 {
        self.position
    }
}

impl Keyed for UnansweredQuestion {
    type Key = String;
    fn key(&self) -> String {
        self.id.clone()
    }
}

/// A line, and the signal of its value.
#[derive(Clone)]
pub(crate) struct Row<T: Keyed> {
    id: usize,
    pub(crate) key: T::Key,
    pub(crate) value: ArcRwSignal<T>,
}

/// A drawn line of any kind.
#[derive(Clone)]
pub(crate) struct Drawn {
    /// The key of its elements.
    pub(crate) id: usize,
    pub(crate) draw: Arc<dyn Fn() -> AnyView + Send + Sync>,
}

impl Drawn {
    /// A line with the key `id`, drawn by `draw`.
    pub(crate) fn new(id: usize, draw: impl Fn() -> AnyView + Send + Sync + 'static) -> Drawn {
        Drawn { id, draw: Arc::new(draw) }
    }
}

impl<T: Keyed> Row<T> {
    fn new(value: T) -> Row<T> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Row { id, key: value.key(), value: ArcRwSignal::new(value) }
    }

    pub(crate) fn drawn(self, draw: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static) -> Drawn {
        let Row { id, value, .. } = self;
        Drawn::new(id, move || draw(value.clone().into()))
    }
}

/// The lines of a list, in order.
pub(crate) struct Rows<T: Keyed>(RwSignal<Vec<Row<T>>>);

impl<T: Keyed> Clone for Rows<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Keyed> Copy for Rows<T> {}

impl<T: Keyed> Rows<T> {
    pub(crate) fn new() -> Rows<T> {
        Rows(RwSignal::new(Vec::new()))
    }

    pub(crate) fn all(self) -> Vec<Row<T>> {
        self.0.get()
    }

    /// The lines, each drawn by `draw`.
    pub(crate) fn drawn(self, draw: impl Fn(Signal<T>) -> AnyView + Copy + Send + Sync + 'static) -> Vec<Drawn> {
        self.all().into_iter().map(|row| row.drawn(draw)).collect()
    }

    /// The values of the lines, without following them.
    pub(crate) fn values(self) -> Vec<T> {
        self.0.with_untracked(|rows| rows.iter().map(|row| row.value.get_untracked()).collect())
    }

    /// Subscribes to the set of lines and their order.
    pub(crate) fn follow(self) {
        self.0.track();
    }

    pub(crate) fn count(self) -> usize {
        self.0.with(Vec::len)
    }

    /// Whether there is no line.
    pub(crate) fn is_empty(self) -> bool {
        self.0.with(Vec::is_empty)
    }

    /// The same, without following it.
    pub(crate) fn is_empty_untracked(self) -> bool {
        self.0.with_untracked(Vec::is_empty)
    }

    /// Whether there is a line with this key.
    pub(crate) fn has(self, key: &T::Key) -> bool {
        self.0.try_with_untracked(|rows| rows.iter().any(|row| row.key == *key)).unwrap_or_default()
    }

    /// The line with this key, without following it.
    pub(crate) fn find(self, key: &T::Key) -> Option<T> {
        self.0.with_untracked(|rows| rows.iter().find(|row| row.key == *key).map(|row| row.value.get_untracked()))
    }

    /// The lines, without following them.
    pub(crate) fn all_untracked(self) -> Vec<Row<T>> {
        self.0.get_untracked()
    }

    /// Puts or moves a line before the first line with a greater `place`; the others must be in that order.
    pub(crate) fn put_in_order<Place: PartialOrd>(self, value: T, place: impl Fn(&T) -> Place) {
        let (key, at) = (value.key(), place(&value));
        self.update(value.clone());
        let (from, to) = self.0.with_untracked(|rows| {
            let from = rows.iter().position(|row| row.key == key);
            let mut others = rows.iter().filter(|row| row.key != key);
            let to = others.position(|row| row.value.with_untracked(|other| place(other) > at));
            (from, to.unwrap_or(rows.len() - usize::from(from.is_some())))
        });
        if from != Some(to) {
            self.0.update(|rows| {
                let row = from.map_or_else(|| Row::new(value), |from| rows.remove(from));
                rows.insert(to, row);
            });
        }
    }

    pub(crate) fn remove(self, key: &T::Key) {
        if self.has(key) {
            self.0.update(|rows| rows.retain(|row| row.key != *key));
        }
    }

    /// Removes the lines that `is_gone` is for.
    pub(crate) fn remove_each(self, is_gone: impl Fn(&T) -> bool) {
        let is_row_gone = |row: &Row<T>| row.value.with_untracked(&is_gone);
        if self.0.with_untracked(|rows| rows.iter().any(is_row_gone)) {
            self.0.update(|rows| rows.retain(|row| !is_row_gone(row)));
        }
    }

    /// Replaces all lines; known ones keep their elements.
    pub(crate) fn set(self, values: Vec<T>) {
        let known = self.0.get_untracked();
        let rows = values.into_iter().map(|value| kept(&known, value)).collect();
        self.0.set(rows);
    }

    /// Changes a line in place; `false` if there is none with this key.
    pub(crate) fn update(self, value: T) -> bool {
        let find = |rows: &Vec<Row<T>>| rows.iter().find(|row| row.key == value.key()).map(|row| row.value.clone());
        let Some(signal) = self.0.try_with_untracked(find).flatten() else { return false };
        replace(&signal, value);
        true
    }

    /// Applies `change` to every line; it returns whether it changed the line.
    pub(crate) fn change_each(self, change: impl Fn(&mut T) -> bool) {
        for row in self.0.get_untracked() {
            row.value.maybe_update(&change);
        }
    }

    /// Puts a line first, or changes it in place.
    pub(crate) fn put_first(self, value: T) {
        self.put_before(value, |_| true);
    }

    pub(crate) fn keep_first(self, most: usize) {
        if self.0.with_untracked(Vec::len) > most {
            self.0.update(|rows| rows.truncate(most));
        }
    }

    /// Puts a line before the first one that `is_behind` it, else last; or changes it in place.
    pub(crate) fn put_before(self, value: T, is_behind: impl Fn(&T) -> bool) {
        if self.update(value.clone()) {
            return;
        }
        self.0.update(|rows| {
            let at = rows.iter().position(|row| row.value.with_untracked(&is_behind)).unwrap_or(rows.len());
            rows.insert(at, Row::new(value));
        });
    }
}

fn kept<T: Keyed>(known: &[Row<T>], value: T) -> Row<T> {
    let key = value.key();
    match known.iter().find(|row| row.key == key) {
        Some(row) => {
            replace(&row.value, value);
            row.clone()
        }
        None => Row::new(value),
    }
}

fn replace<T: Keyed>(signal: &ArcRwSignal<T>, value: T) {
    signal.maybe_update(|old| {
        let is_new = *old != value;
        *old = value;
        is_new
    });
}
