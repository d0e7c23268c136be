//! What the tracker needs of the world around it. Texts stay out there: in here signals, pages and forms are
//! numbers, which costs visitors a third of the bytes.

use crate::event::Kind;
use knock_model::Millis;

/// The page, the browser's storage and the connection to the server. No call fails; results reach the tracker as
/// later events.
pub(crate) trait Host {
    /// 32 random bits.
    fn random(&self) -> u32;

    /// Begins or ends telling what happens on the page.
    fn watch(&self, is_on: bool);

    /// Tells of an event of this kind after a while; a later call for it replaces an earlier one.
    fn wake(&self, kind: Kind, delay: Millis);

    /// When the visitor's session had its last signal, in whichever tab; none without a session.
    fn last_signal(&self) -> Option<Millis>;

    /// Gives the signal that happened at `at` its number in the session, or in a new one. Returns whose it is:
    /// equal numbers, same visitor and session.
    fn claim(&self, at: Millis, is_new_session: bool) -> u32;

    /// Writes down the signal that was claimed last, to be known by `handle`; `amount` is what `what` says. Returns
    /// its size in bytes.
    fn write(&self, handle: u32, what: What, amount: i64) -> u32;

    /// Keeps, under `handle`, the signal of an earlier page from the current `Adopted` event.
    fn adopt(&self, handle: u32);

    /// Drops a signal; whether it is lost or has arrived. No signal was ever known by 0.
    fn drop(&self, handle: u32, is_lost: bool);

    /// Leaves that copy to the next page, at once, and drops every signal here.
    fn release(&self);

    /// Tells of what earlier pages left, one event `Adopted` each.
    fn recover(&self);

    /// Puts a signal into the next batch.
    fn add(&self, handle: u32);

    /// Posts the batch; one event `Reply` follows.
    fn post(&self);

    /// Hands the batch to the browser to deliver after the page; its outcome stays unknown.
    fn hand(&self);

    /// Forgets who the visitor is.
    fn forget_visitor(&self);

    /// Drops every signal, here and in the storage.
    fn forget_signals(&self);

    /// Tells again, in order, of the events that were to be held.
    fn replay(&self);
}

/// What to write down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// The action of the current event.
    Action,
    /// The view of a page that is shown. The page.
    ShownView,
    /// The view of a page that has been left since. The page.
    PassedView,
    /// How long the page view has been visible by now. Milliseconds.
    Engagement,
    /// A form that was begun and not submitted. The form.
    Abandoned,
}
