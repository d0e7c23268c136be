//! Actions of a member on a meeting, in words.

use knock_wire::{MeetingPatch, Problem};

use crate::api::Failure;

/// An action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MeetingAction {
    Reschedule,
    Reassign,
    Cancel,
    /// Notes that it took place.
    TookPlace,
    /// Notes that the lead did not attend.
    NoShow,
    UndoTookPlace,
    UndoNoShow,
    /// Moves the meeting to where its event was moved in a calendar.
    FollowMove,
    /// Cancels the meeting, whose event was deleted in a calendar.
    FollowDeletion,
    /// Puts the event back into that calendar as the meeting is.
    PutBack,
}

impl MeetingAction {
    pub(crate) const fn label(self) -> &'static str {
        self.texts()[0]
    }

    /// The message after the action.
    pub(crate) const fn done(self) -> &'static str {
        self.texts()[1]
    }

    const fn texts(self) -> [&'static str; 4] {
        match self {
            MeetingAction::Reschedule => [
                "Reschedule",
                "The meeting was rescheduled.",
                "The meeting was not rescheduled",
                "The time is not free in the participants' calendars, or the meeting has begun or was cancelled. Choose another time.",
            ],
            MeetingAction::Reassign => [
                "Reassign",
                "The meeting was reassigned.",
                "The meeting was not reassigned",
                "That member is not free then, or the meeting has begun or was cancelled. Choose another member, or reschedule first.",
            ],
            MeetingAction::Cancel => [
                "Cancel the meeting",
                "The meeting was cancelled.",
                "The meeting was not cancelled",
                "It has begun or was already cancelled.",
            ],
            MeetingAction::TookPlace => outcome("It took place", "Noted that the meeting took place."),
            MeetingAction::NoShow => outcome("No-show", "Marked as no-show."),
            MeetingAction::UndoTookPlace => outcome("Undo", "What was noted was removed."),
            MeetingAction::UndoNoShow => outcome("Undo no-show", "The no-show mark was removed."),
            MeetingAction::FollowMove => [
                "Move the meeting",
                "The meeting was moved.",
                "The meeting was not moved",
                "The time is not free or is over, or the meeting or its event was changed meanwhile. Put the event back, or reschedule the meeting.",
            ],
            MeetingAction::FollowDeletion => [
                "Cancel the meeting",
                "The meeting was cancelled.",
                "The meeting was not cancelled",
                "It has begun, or the meeting or its event was changed meanwhile.",
            ],
            MeetingAction::PutBack => [
                "Put the event back",
                "The event is put back into the calendar.",
                "The event was not put back",
                "The meeting has begun, or the meeting or its event was changed meanwhile.",
            ],
        }
    }

    /// The change of an outcome, or the answer to one in a calendar; nothing for the other actions.
    pub(crate) fn patch(self) -> MeetingPatch {
        let none = MeetingPatch::default();
        let answer = |word: &str| Some(word.to_owned());
        match self {
            MeetingAction::TookPlace => MeetingPatch { took_place: Some(true), ..none },
            MeetingAction::UndoTookPlace => MeetingPatch { took_place: Some(false), ..none },
            MeetingAction::NoShow => MeetingPatch { no_show: Some(true), ..none },
            MeetingAction::UndoNoShow => MeetingPatch { no_show: Some(false), ..none },
            MeetingAction::FollowMove | MeetingAction::FollowDeletion => {
                MeetingPatch { calendar_change: answer("apply"), ..none }
            }
            MeetingAction::PutBack => MeetingPatch { calendar_change: answer("undo"), ..none },
            MeetingAction::Reschedule | MeetingAction::Reassign | MeetingAction::Cancel => none,
        }
    }

    /// A conflict in words with advice; other failures unchanged.
    pub(crate) fn failure(self, failure: Failure) -> Failure {
        let [_, _, title, detail] = self.texts();
        match failure {
            Failure::Refused(problem) if problem.status_code == 409 => {
                Failure::Refused(Problem { title: title.to_owned(), detail: detail.to_owned(), ..problem })
            }
            other => other,
        }
    }
}

/// The texts of an action on the outcome.
const fn outcome(label: &'static str, done: &'static str) -> [&'static str; 4] {
    [label, done, "The change was not saved", "The meeting has not begun, or was cancelled."]
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_conflict_says_what_to_do() {
        let problem =
            |status_code| Failure::Refused(Problem { status_code, title: "No".to_owned(), ..Problem::default() });
        let said = MeetingAction::Reschedule.failure(problem(409));
        assert!(
            matches!(&said, Failure::Refused(problem) if problem.title == "The meeting was not rescheduled"),
            "{said:?}"
        );
        assert_eq!(MeetingAction::Reschedule.failure(problem(422)), problem(422));
    }

    #[wasm_bindgen_test]
    fn an_answer_to_a_change_in_a_calendar_is_one_word() {
        for (action, word) in [
            (MeetingAction::FollowMove, Some("apply")),
            (MeetingAction::FollowDeletion, Some("apply")),
            (MeetingAction::PutBack, Some("undo")),
            (MeetingAction::Cancel, None),
        ] {
            let answer = MeetingPatch { calendar_change: word.map(str::to_owned), ..MeetingPatch::default() };
            assert_eq!(action.patch(), answer, "{action:?}");
        }
    }
}
