//! Changes that a page sends one at a time.

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

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
