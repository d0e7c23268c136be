//! A record store: loads one record and keeps it up to date.

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

use super::paged::Phase;
use crate::api::Failure;

type Fetch<T> = Arc<dyn Fn() -> LocalBoxFuture<'static, Result<T, Failure>> + Send + Sync>;

/// A record and its state of loading.
pub(crate) struct Single<T: Clone + Send + Sync + 'static> {
    /// The record, once there.
    pub(crate) value: RwSignal<Option<T>>,
    /// The state of loading.
    pub(crate) phase: RwSignal<Phase>,
    turn: StoredValue<u64>,
    fetch: StoredValue<Fetch<T>>,
}

impl<T: Clone + Send + Sync + 'static> Clone for Single<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + Send + Sync + 'static> Copy for Single<T> {}

impl<T: Clone + Send + Sync + 'static> Single<T> {
    /// A record that comes from `fetch`; nothing is requested yet.
    pub(crate) fn new(fetch: impl Fn() -> LocalBoxFuture<'static, Result<T, Failure>> + Send + Sync + 'static) -> Self {
        Single {
            value: RwSignal::new(None),
            phase: RwSignal::new(Phase::Loading),
            turn: StoredValue::new(0),
            fetch: StoredValue::new(Arc::new(fetch)),
        }
    }

    /// Drops the response to a load under way: it may lack a change that was shown meanwhile.
    pub(crate) fn outdate(self) {
        self.turn.update_value(|turn| *turn += 1);
    }

    /// Loads the record; a shown one stays until the response.
    pub(crate) fn load(self) {
        // The page may have been left during the request before.
        let Some(turn) = self.turn.try_get_value() else { return };
        let turn = turn + 1;
        if self.phase.with_untracked(|phase| *phase != Phase::Ready) {
            self.phase.set(Phase::Loading);
        }
        self.turn.set_value(turn);
        let answer = self.fetch.with_value(|fetch| fetch());
        spawn_local(async move {
            let answer = answer.await;
            // The record was dropped or requested again: a late response must not hide a newer one.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(value) => {
                    self.value.try_set(Some(value));
                    self.phase.try_set(Phase::Ready);
                }
                Err(failure) => {
                    self.phase.try_maybe_update(|phase| {
                        let is_shown = *phase == Phase::Ready && failure != Failure::NotFound;
                        if !is_shown {
                            *phase = Phase::Failed(failure);
                        }
                        (!is_shown, ())
                    });
                }
            }
        });
    }
}
