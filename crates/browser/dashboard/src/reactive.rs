//! Signals, effects and listeners whose closure is boxed before the framework gets it.
//!
//! The framework compiles a kilobyte for each type of closure. Boxed closures of one signature are one
//! type, and share that code. The functions that box are inlined, so that a closure costs its own body and little else.

use std::ops::Deref;
use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// A signal that is computed again on each read.
#[inline(always)]
pub(crate) fn derived<T: Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    derive(Box::new(compute))
}

#[inline(never)]
fn derive<T: Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
    Signal::derive(compute)
}

/// A signal that is computed again when a value it read changes, and notifies its readers only of a different value.
#[inline(always)]
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    memoize(Box::new(compute))
}

#[inline(never)]
fn memoize<T: PartialEq + Send + Sync + 'static>(compute: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| compute())
}

/// Runs now, and again each time a value it read changes.
#[inline(always)]
pub(crate) fn effect<T>(mut run: impl FnMut() -> T + 'static) {
    run_again(Box::new(move || drop(run())));
}

#[inline(never)]
fn run_again(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}

/// The handler of an element's event.
pub(crate) type Handler<E> = Box<dyn FnMut(E)>;

/// A listener for `on:` in a view.
#[inline(always)]
pub(crate) fn handler<E: 'static>(listen: impl FnMut(E) + 'static) -> Handler<E> {
    Box::new(listen)
}

/// A part of a view that is redrawn each time a value it read changes.
#[inline(always)]
pub(crate) fn dynamic<V: IntoAny>(mut draw: impl FnMut() -> V + Send + 'static) -> SharedReactiveFunction<AnyView> {
    Arc::new(Mutex::new(move || draw().into_any()))
}

/// Reads a signal and subscribes to it. The framework's function of this name is compiled for each closure, guards
/// once for each type of value.
pub(crate) trait With: Read {
    /// Calls `fun` with the value.
    #[inline(always)]
    #[track_caller]
    fn with<U>(&self, fun: impl FnOnce(&<Self::Value as Deref>::Target) -> U) -> U {
        fun(&self.read())
    }
}

impl<S: Read> With for S {}

/// Reads a signal without subscribing to it.
pub(crate) trait WithUntracked: ReadUntracked {
    /// Calls `fun` with the value.
    #[inline(always)]
    #[track_caller]
    fn with_untracked<U>(&self, fun: impl FnOnce(&<Self::Value as Deref>::Target) -> U) -> U {
        fun(&self.read_untracked())
    }

    /// The same, nothing when the signal is disposed.
    #[inline(always)]
    fn try_with_untracked<U>(&self, fun: impl FnOnce(&<Self::Value as Deref>::Target) -> U) -> Option<U> {
        self.try_read_untracked().map(|guard| fun(&guard))
    }
}

impl<S: ReadUntracked> WithUntracked for S {}

/// Changes a signal and notifies its subscribers; nothing when the signal is disposed.
pub(crate) trait Update: Write {
    /// Calls `fun` with the value.
    #[inline(always)]
    fn update(&self, fun: impl FnOnce(&mut Self::Value)) {
        self.try_update(fun);
    }

    /// Calls `fun` with the value and returns its result.
    #[inline(always)]
    fn try_update<U>(&self, fun: impl FnOnce(&mut Self::Value) -> U) -> Option<U> {
        self.try_write().map(|mut guard| fun(&mut guard))
    }

    /// Calls `fun` with the value, and notifies subscribers if it returns true.
    #[inline(always)]
    fn maybe_update(&self, fun: impl FnOnce(&mut Self::Value) -> bool) {
        self.try_maybe_update(|value| (fun(value), ()));
    }

    /// Calls `fun` with the value, notifies subscribers if it returns true first, and returns the second.
    #[inline(always)]
    fn try_maybe_update<U>(&self, fun: impl FnOnce(&mut Self::Value) -> (bool, U)) -> Option<U> {
        let mut guard = self.try_write()?;
        let (is_changed, result) = fun(&mut guard);
        if !is_changed {
            guard.untrack();
        }
        Some(result)
    }
}

impl<S: Write> Update for S {}
