//! Changes that a page sends one at a time.

use futures_util::future::LocalBoxFuture;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

use super::browser;
use crate::api::Failure;

/// Sends a change unless another one of the page is under way; `ended` gets its failure, unless the page was left meanwhile.
pub(crate) fn one_at_a_time(
    is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    work: LocalBoxFuture<'static, Result<(), Failure>>,
    ended: Box<dyn FnOnce(Option<Failure>)>,
) {
    if is_busy.get_untracked() {
        return;
    }
    is_busy.set(true);
    failure.set(None);
    spawn_local(async move {
        let outcome = work.await.err();
        if is_busy.try_set(false).is_none() {
            ended(outcome);
        }
    });
}

/// Moves the focus to a region once the dialog that confirmed a removal is closed: the button that opened it is
/// removed, and while the dialog is open nothing else takes the focus.
pub(crate) fn focus_after_dialog(region: NodeRef<Div>) {
    let focus = move || drop(region.try_get_untracked().flatten().inspect(|region| browser::focus(region)));
    set_timeout(focus, Duration::ZERO);
}

/// Moves the focus to the element with this id after the next drawing: the form with the focus is removed then.
pub(crate) fn focus_later(id: String) {
    set_timeout(move || browser::focus_on(&id), Duration::ZERO);
}
