//! Access to the state of a booking.
//!
//! `with` and `update` of a signal compile the code of the signal anew for each closure, which was a fifth of the
//! booking. Here that code is compiled once, and a closure is called between taking a guard and releasing it.

use leptos::prelude::guards::{Plain, ReadGuard};
use leptos::prelude::*;
use std::ops::DerefMut;

use super::handle::{Around, Booking};
use super::state::State;

impl Booking {
    #[inline(never)]
    fn tracked(self) -> ReadGuard<State, Plain<State>> {
        self.state.read()
    }

    #[inline(never)]
    fn untracked(self) -> ReadGuard<State, Plain<State>> {
        self.state.read_untracked()
    }

    #[inline(never)]
    fn writable(&self) -> Option<impl DerefMut<Target = State>> {
        self.state.try_write()
    }

    /// Something of the state, followed.
    pub(crate) fn read<T>(self, read: impl FnOnce(&State) -> T) -> T {
        let state = self.tracked();
        let value = read(&state);
        release(state);
        value
    }

    /// Something of the state as it is now.
    pub(crate) fn peek<T>(self, read: impl FnOnce(&State) -> T) -> T {
        let state = self.untracked();
        let value = read(&state);
        release(state);
        value
    }

    /// Changes the state; none once the booking is closed.
    pub(super) fn update<T>(self, change: impl FnOnce(&mut State) -> T) -> Option<T> {
        let mut state = self.writable()?;
        let value = change(&mut state);
        release(state);
        Some(value)
    }

    /// Something of the environment; none once the booking is closed.
    pub(super) fn around<T>(self, read: impl FnOnce(&Around) -> T) -> Option<T> {
        let around = self.around.try_read_value()?;
        let value = read(&around);
        release(around);
        Some(value)
    }

    /// Changes the environment; none once the booking is closed.
    pub(super) fn update_around<T>(self, change: impl FnOnce(&mut Around) -> T) -> Option<T> {
        let mut around = self.around.try_write_value()?;
        let value = change(&mut around);
        release(around);
        Some(value)
    }
}

/// Releases a guard, in one place for all closures.
#[inline(never)]
fn release<G>(guard: G) {
    drop(guard);
}
