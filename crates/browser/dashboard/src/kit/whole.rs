//! A short list of any kind that is loaded as a whole: its lines come drawn, so that no kind of line is compiled
//! into it.

use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::paged::Phase;
use super::rows::Drawn;
use crate::api::Failure;

/// The lines, or the failure.
pub(crate) type Answer = LocalBoxFuture<'static, Result<Vec<Drawn>, Failure>>;

/// A list and its state of loading.
#[derive(Clone, Copy)]
pub(crate) struct Whole {
    lines: StoredValue<Vec<Drawn>>,
    changes: RwSignal<u64>,
    /// The state of loading.
    pub(crate) phase: RwSignal<Phase>,
    turn: StoredValue<u64>,
}

impl Whole {
    pub(crate) fn new() -> Whole {
        Whole {
            lines: StoredValue::new(Vec::new()),
            changes: RwSignal::new(0),
            phase: RwSignal::new(Phase::Loading),
            turn: StoredValue::new(0),
        }
    }

    /// The lines; subscribes to their changes.
    pub(crate) fn lines(self) -> Vec<Drawn> {
        self.changes.track();
        self.lines.get_value()
    }

    /// Loads the lines of `answer`; the shown ones stay until then.
    pub(crate) fn load(self, answer: Answer) {
        // The page may have been left during the request before.
        let Some(turn) = self.turn.try_get_value() else { return };
        let turn = turn + 1;
        if self.phase.with_untracked(|phase| *phase != Phase::Ready) {
            self.phase.set(Phase::Loading);
        }
        self.turn.set_value(turn);
        spawn_local(async move {
            let answer = answer.await;
            // The list was dropped or requested again: a late response must not hide a newer one.
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            match answer {
                Ok(lines) => {
                    self.lines.set_value(lines);
                    self.changes.update(|changes| *changes += 1);
                    self.phase.set(Phase::Ready);
                }
                Err(failure) => {
                    if self.phase.get_untracked() != Phase::Ready {
                        self.phase.set(Phase::Failed(failure));
                    }
                }
            }
        });
    }

    pub(crate) fn remove(self, id: usize) {
        self.lines.update_value(|lines| lines.retain(|line| line.id != id));
        self.changes.update(|changes| *changes += 1);
    }
}

/// The key of a line from its identifying texts: it is redrawn when one of them changes.
pub(crate) fn line_id(texts: &[&str]) -> usize {
    let bytes = texts.iter().flat_map(|text| text.bytes());
    bytes.fold(7, |id: usize, byte| id.wrapping_mul(31).wrapping_add(usize::from(byte)))
}
