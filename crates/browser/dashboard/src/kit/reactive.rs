//! Signals, effects and listeners whose closure is boxed before the framework gets it.
//!
//! The framework compiles a kilobyte for each type of closure. Boxed closures of one signature are one
//! type, and share that code. The functions that box are inlined, so that a closure costs its own body and little else.

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
