//! What a form had when it was last in step with the server: whether it has changes, and what discards them.

use leptos::prelude::*;

/// The last value that the server knows; none until it has come.
#[derive(Debug)]
pub(crate) struct Kept<T: 'static>(RwSignal<Option<T>>);

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T: Clone + PartialEq + Send + Sync> Kept<T> {
    pub(crate) fn new() -> Kept<T> {
        Kept(RwSignal::new(None))
    }

    /// Keeps a value; no effect after the page was left.
    pub(crate) fn keep(self, value: T) {
        self.0.try_set(Some(value));
    }

    /// Whether the form has another value by now.
    pub(crate) fn differs(self, now: &T) -> bool {
        self.0.with(|kept| kept.as_ref().is_some_and(|kept| kept != now))
    }

    pub(crate) fn value(self) -> Option<T> {
        self.0.get_untracked()
    }
}
