//! The outcome of a meeting, noted in a list.

use futures_util::FutureExt;
use knock_model::MeetingId;
use leptos::prelude::*;

use super::MeetingLine;
use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::rows::Rows;
use crate::state::session::{Session, use_session};
use crate::words::meeting_action::MeetingAction;

/// The outcomes of a list's meetings, one at a time.
#[derive(Clone, Copy)]
pub(crate) struct Marking {
    session: Session,
    rows: Rows<MeetingLine>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last one.
    pub(crate) said: RwSignal<&'static str>,
}

/// The id of the link to a meeting, which gets the focus once its outcome is noted.
pub(crate) fn link_id(meeting: MeetingId) -> String {
    format!("meeting-{meeting}")
}

impl Marking {
    pub(crate) fn new(rows: Rows<MeetingLine>) -> Marking {
        let (session, said) = (use_session(), RwSignal::new(""));
        Marking { session, rows, is_busy: RwSignal::new(false), failure: RwSignal::new(None), said }
    }

    /// Notes an outcome; the line shows the server's answer.
    pub(crate) fn mark(self, meeting: MeetingId, action: MeetingAction) {
        let (client, rows) = (self.session.client(), self.rows);
        let work = async move {
            let row = client.change_meeting(meeting, &action.patch()).await?;
            rows.update(MeetingLine::Meeting(Box::new(row)));
            Ok(())
        };
        let ended = move |failure: Option<Failure>| match failure {
            None => {
                self.said.set(action.done());
                focus_later(link_id(meeting));
            }
            Some(failure) => self.failure.set(Some(action.failure(failure))),
        };
        self.said.set("");
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
