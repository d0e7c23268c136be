//! What a command changed: keys for watchers, and what happened for those who react.

use crate::happened::Happened;
use crate::notice::Notice;
use crate::workflow_index::Index;
use knock_model::Millis;
use knock_ports::{StoreError, View};
use knock_workflow::Origin;
use std::collections::VecDeque;
use std::sync::Arc;

/// One thing that happened.
#[derive(Debug)]
pub(crate) struct Occurrence {
    /// The instant of its command.
    pub(crate) now: Millis,
    pub(crate) origin: Origin,
    pub(crate) what: Happened,
}

/// The changes of a transaction so far.
#[derive(Debug)]
pub struct Changes {
    notices: Vec<Notice>,
    /// What happened and has no reaction yet.
    happened: VecDeque<Occurrence>,
    /// What workflows have not reacted to yet.
    reacted: Vec<Occurrence>,
    /// The cause of what happens now.
    origin: Origin,
    /// The workflows, once they were needed.
    workflows: Option<Arc<Index>>,
}

impl Default for Changes {
    fn default() -> Changes {
        Changes::with_workflows(None)
    }
}

impl Changes {
    /// No changes yet, with the workflows as an earlier transaction knew them.
    pub(crate) const fn with_workflows(workflows: Option<Arc<Index>>) -> Changes {
        Changes {
            notices: Vec::new(),
            happened: VecDeque::new(),
            reacted: Vec::new(),
            origin: Origin::Outside,
            workflows,
        }
    }

    /// Notes a changed key.
    pub fn push(&mut self, notice: Notice) {
        if notice == Notice::Workflows {
            self.workflows = None;
        }
        self.notices.push(notice);
    }

    /// Notes changed keys.
    pub fn extend(&mut self, notices: impl IntoIterator<Item = Notice>) {
        notices.into_iter().for_each(|notice| self.push(notice));
    }

    /// The keys changed so far.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Notes what happened at the instant of a command.
    pub(crate) fn happened(&mut self, now: Millis, what: Happened) {
        self.happened.push_back(Occurrence { now, origin: self.origin, what });
    }

    /// Notes what an action of a workflow does, and all that follows from it, as its doing (WF-T5).
    pub(crate) fn by_workflow<T>(&mut self, act: impl FnOnce(&mut Changes) -> T) -> T {
        let origin = std::mem::replace(&mut self.origin, Origin::Workflow);
        let done = act(self);
        self.origin = origin;
        done
    }

    /// Takes the oldest of what happened without a reaction yet. What follows from it has its cause.
    pub(crate) fn next(&mut self) -> Option<Occurrence> {
        let next = self.happened.pop_front();
        self.origin = next.as_ref().map_or(Origin::Outside, |next| next.origin);
        next
    }

    /// Keeps what all others have reacted to for the workflows, unless it is known that there is none.
    pub(crate) fn keep(&mut self, occurrence: Occurrence) {
        if self.workflows.as_ref().is_none_or(|workflows| !workflows.is_empty()) {
            self.reacted.push(occurrence);
        }
    }

    /// Takes what workflows have not reacted to yet.
    pub(crate) fn take_reacted(&mut self) -> Vec<Occurrence> {
        std::mem::take(&mut self.reacted)
    }

    /// The workflows; they are read once they are needed after a change.
    pub(crate) fn workflows(&mut self, view: &(impl View + ?Sized)) -> Result<Arc<Index>, StoreError> {
        if let Some(known) = &self.workflows {
            return Ok(Arc::clone(known));
        }
        self.reread_workflows(view)
    }

    /// The workflows, read again: another server may have changed them just now.
    pub(crate) fn reread_workflows(&mut self, view: &(impl View + ?Sized)) -> Result<Arc<Index>, StoreError> {
        let read = Arc::new(Index::load(view)?);
        self.workflows = Some(Arc::clone(&read));
        Ok(read)
    }

    /// Notes that there are workflows, which another server may have made just now.
    pub(crate) fn expect_workflows(&mut self) {
        self.workflows = self.workflows.take().filter(|workflows| !workflows.is_empty());
    }

    /// The workflows at the end of a transaction, where they were needed.
    pub(crate) fn known_workflows(&self) -> Option<Arc<Index>> {
        self.workflows.clone()
    }

    /// Adds the changes of a part; its keys only if their rows are other ones by now.
    pub(crate) fn add(&mut self, part: Changes, is_changed: bool) {
        self.happened.extend(part.happened);
        self.reacted.extend(part.reacted);
        if is_changed {
            self.extend(part.notices);
        }
    }

    /// The keys, at the end of the transaction.
    pub(crate) fn into_notices(self) -> Vec<Notice> {
        self.notices
    }
}
