//! What a command changed: keys for watchers, and what happened for those who react.

use crate::happened::Happened;
use crate::notice::Notice;
use knock_model::Millis;
use std::collections::VecDeque;

/// The changes of a transaction so far.
#[derive(Debug, Default)]
pub struct Changes {
    notices: Vec<Notice>,
    /// What happened and has no reaction yet, each with the instant of its command.
    happened: VecDeque<(Millis, Happened)>,
}

impl Changes {
    /// Notes a changed key.
    pub fn push(&mut self, notice: Notice) {
        self.notices.push(notice);
    }

    /// Notes changed keys.
    pub fn extend(&mut self, notices: impl IntoIterator<Item = Notice>) {
        self.notices.extend(notices);
    }

    /// The keys changed so far.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Notes what happened at the instant of a command.
    pub(crate) fn happened(&mut self, now: Millis, what: Happened) {
        self.happened.push_back((now, what));
    }

    /// Takes the oldest of what happened without a reaction yet.
    pub(crate) fn next(&mut self) -> Option<(Millis, Happened)> {
        self.happened.pop_front()
    }

    /// Adds the changes of a part; its keys only if their rows are other ones by now.
    pub(crate) fn add(&mut self, part: Changes, is_changed: bool) {
        self.happened.extend(part.happened);
        if is_changed {
            self.notices.extend(part.notices);
        }
    }

    /// The keys, at the end of the transaction.
    pub(crate) fn into_notices(self) -> Vec<Notice> {
        self.notices
    }
}
