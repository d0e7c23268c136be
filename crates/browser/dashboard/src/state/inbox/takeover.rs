//! Says when a colleague takes the open chat from this member.

use knock_wire::AssignmentShown;
use leptos::prelude::*;

use super::team::use_team;
use super::thread::Thread;
use super::toast::Toasts;
use crate::kit::reactive::memo;
use crate::state::session::use_session;
use crate::words::decision::taken_words;

/// Follows the assignments of an open conversation, and says which one took it from this member.
pub(crate) fn follow_assignments(thread: Thread, toasts: Toasts) {
    let (session, team) = (use_session(), use_team());
    let count = memo(move || thread.record.value.with(|record| record.as_ref().map(|record| record.assignments.len())));
    Effect::new(move |before: Option<Option<usize>>| {
        let count = count.get();
        if let (Some(Some(before)), Some(_)) = (before, count) {
            let me = session.email_untracked();
            let taken = thread.record.value.with_untracked(|record| {
                let new = record.as_ref()?.assignments.get(before..)?;
                new.iter()
                    .rev()
                    .find(|assignment| is_taken(assignment, &me))
                    .map(|taken| taken_words(taken, |email| untrack(|| team.name(email))))
            });
            if let Some(words) = taken {
                toasts.show(words, None);
            }
        }
        // Keeps what was known while the record is loaded again.
        count.or(before.flatten())
    });
}

/// Whether an assignment took the chat from this member, by the hand of another.
fn is_taken(assignment: &AssignmentShown, me: &str) -> bool {
    assignment.from == me && assignment.by != me && assignment.to != me
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn only_what_another_takes_from_the_member_is_said() {
        for (by, from, to, expected) in [
            ("bo@us.test", "ann@us.test", "bo@us.test", true),
            ("cy@us.test", "ann@us.test", "bo@us.test", true),
            ("ann@us.test", "ann@us.test", "bo@us.test", false),
            ("bo@us.test", "", "bo@us.test", false),
            ("bo@us.test", "cy@us.test", "ann@us.test", false),
        ] {
            let [by, from, to] = [by, from, to].map(str::to_owned);
            let assignment = AssignmentShown { at: Millis(0), by, from, to, reason: String::new() };
            assert_eq!(is_taken(&assignment, "ann@us.test"), expected, "{assignment:?}");
        }
    }
}
