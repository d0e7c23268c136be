//! The selected lines of the inbox.

use std::collections::BTreeSet;

use knock_model::LeadId;
use leptos::prelude::*;

use super::list::Inbox;
use crate::kit::reactive::effect;

/// The leads of the selected lines: each lead has one line.
#[derive(Clone, Copy)]
pub(crate) struct Selection {
    inbox: Inbox,
    pub(crate) chosen: RwSignal<BTreeSet<LeadId>>,
}

impl Selection {
    /// Nothing is selected yet. What leaves the view is no longer selected, and nothing is once the view or
    /// the filter changes.
    pub(crate) fn start(inbox: Inbox) -> Selection {
        let chosen = RwSignal::new(BTreeSet::new());
        let selection = Selection { inbox, chosen };
        effect(move || {
            inbox.list.rows.follow();
            let shown = untrack(|| selection.shown());
            selection.keep(|lead| shown.contains(lead));
        });
        effect(move || {
            inbox.view.track();
            inbox.filter.track();
            selection.keep(|_| false);
        });
        selection
    }

    pub(crate) fn has(self, lead: LeadId) -> bool {
        self.chosen.with(|chosen| chosen.contains(&lead))
    }

    pub(crate) fn is_empty(self) -> bool {
        self.chosen.with(BTreeSet::is_empty)
    }

    pub(crate) fn count(self) -> usize {
        self.chosen.with(BTreeSet::len)
    }

    /// Whether every shown line is selected.
    pub(crate) fn has_all(self) -> bool {
        self.inbox.list.rows.follow();
        let shown = self.shown();
        !shown.is_empty() && self.chosen.with(|chosen| shown.is_subset(chosen))
    }

    /// The leads of the selected lines, without following them.
    pub(crate) fn leads(self) -> Vec<LeadId> {
        self.chosen.with_untracked(|chosen| chosen.iter().copied().collect())
    }

    /// Selects a line, or no longer.
    pub(crate) fn choose(self, lead: LeadId, is_chosen: bool) {
        self.chosen.update(|chosen| _ = if is_chosen { chosen.insert(lead) } else { chosen.remove(&lead) });
    }

    /// Selects all shown lines, or none.
    pub(crate) fn choose_all(self, is_chosen: bool) {
        self.chosen.set(if is_chosen { self.shown() } else { BTreeSet::new() });
    }

    fn keep(self, is_kept: impl Fn(&LeadId) -> bool) {
        self.chosen.maybe_update(|chosen| {
            let before = chosen.len();
            chosen.retain(|lead| is_kept(lead));
            chosen.len() != before
        });
    }

    fn shown(self) -> BTreeSet<LeadId> {
        self.inbox.list.rows.values().iter().map(|row| row.lead).collect()
    }
}
