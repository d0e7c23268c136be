//! Changing an open meeting: one change at a time, confirmed in a dialog or made at once.

use futures_util::FutureExt;
use knock_model::MeetingId;
use knock_wire::{Assignee, MeetingPatch, MeetingRow};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::changing::{focus_after_dialog, one_at_a_time};
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::meeting_action::MeetingAction;

/// The change to confirm or under way.
#[derive(Clone, Copy)]
pub(crate) struct MeetingChanges {
    pub(crate) session: Session,
    pub(crate) id: MeetingId,
    pub(crate) meeting: Single<MeetingRow>,
    /// The action to confirm.
    pub(crate) asked: RwSignal<Option<MeetingAction>>,
    /// The possible new owners, once loaded.
    pub(crate) members: RwSignal<Vec<Assignee>>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
    /// The element that gets the focus afterwards: the button that had it may be removed.
    pub(crate) region: NodeRef<Div>,
}

impl MeetingChanges {
    /// The state; nothing is requested yet.
    pub(crate) fn new(id: MeetingId, meeting: Single<MeetingRow>) -> MeetingChanges {
        MeetingChanges {
            session: use_session(),
            id,
            meeting,
            asked: RwSignal::new(None),
            members: RwSignal::new(Vec::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(""),
            region: NodeRef::new(),
        }
    }

    /// Handles the press of a button: most changes need a confirmation.
    pub(crate) fn choose(self, action: MeetingAction) {
        self.failure.set(None);
        self.said.set("");
        match action {
            MeetingAction::TookPlace
            | MeetingAction::NoShow
            | MeetingAction::UndoTookPlace
            | MeetingAction::UndoNoShow
            | MeetingAction::FollowMove
            | MeetingAction::PutBack => self.make(action, action.patch()),
            MeetingAction::Reassign => {
                self.load_members();
                self.asked.set(Some(action));
            }
            MeetingAction::Reschedule | MeetingAction::Cancel | MeetingAction::FollowDeletion => {
                self.asked.set(Some(action));
            }
        }
    }

    /// Makes a change; if it is refused, the meeting is loaded again.
    pub(crate) fn make(self, action: MeetingAction, patch: MeetingPatch) {
        let (client, id, meeting) = (self.session.client(), self.id, self.meeting);
        let work = async move {
            let now = client.change_meeting(id, &patch).await?;
            meeting.value.try_set(Some(now));
            Ok(())
        };
        let ended = move |failure: Option<Failure>| match failure {
            None => {
                self.asked.set(None);
                self.said.set(action.done());
                focus_after_dialog(self.region);
            }
            Some(failure) => {
                self.failure.set(Some(action.failure(failure)));
                meeting.load();
            }
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    /// Closes the confirmation.
    pub(crate) fn close(self) {
        self.asked.set(None);
        self.failure.set(None);
    }

    fn load_members(self) {
        let client = self.session.client();
        spawn_local(async move {
            match client.assignees().await {
                Ok(found) => drop(self.members.try_set(found.assignees)),
                Err(failure) => drop(self.failure.try_set(Some(failure))),
            }
        });
    }
}
