//! Access to the state of a booking.
//!
//! `with` and `update` of a signal compile the code of the signal anew for each closure, which was a fifth of the
//! booking. Here that code is compiled once, and a closure gets what the guard holds.

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

    /// A part of the state, tracked.
    pub(crate) fn read<T>(self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.tracked())
    }

    /// A part of the state, untracked.
    pub(crate) fn peek<T>(self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.untracked())
    }

    /// Changes the state; none once the booking is closed.
    pub(super) fn update<T>(self, change: impl FnOnce(&mut State) -> T) -> Option<T> {
        self.writable().map(|mut state| change(&mut state))
    }

    /// A part of the environment; none after the booking is closed.
    pub(super) fn around<T>(self, read: impl FnOnce(&Around) -> T) -> Option<T> {
        self.around.try_read_value().map(|around| read(&around))
    }

    /// Changes the environment; none once the booking is closed.
    pub(super) fn update_around<T>(self, change: impl FnOnce(&mut Around) -> T) -> Option<T> {
        self.around.try_write_value().map(|mut around| change(&mut around))
    }
}
