//! What became of a message by which a member wrote first, and the visit of its reader, in words. Pure: no calls of the
//! browser.

use knock_model::Millis;
use knock_wire::{InvitationState, VisitInvitation, VisitRow};

use super::instant::{time_of_day, weekday_label};
use super::number::{count, counted};
use super::signal::bare_path;
use super::span::span_words;
use super::work::Wall;

const MINUTE: i64 = 60_000;

/// The most characters of a message by which a member writes first.
pub(crate) const INVITATION_LIMIT: usize = 1_000;

/// The length of a message beside the limit: `26 of 1,000 characters`.
pub(crate) fn length_words(characters: usize) -> String {
    let number = |number: usize| count(i64::try_from(number).unwrap_or(i64::MAX));
    format!("{} of {} characters", number(characters), number(INVITATION_LIMIT))
}

/// The person if known, else the browser.
pub(crate) fn visitor_name(row: &VisitRow) -> String {
    row.contact.as_ref().map_or_else(|| row.visitor.label(), |contact| contact.display_name.clone())
}

/// `3 pages, 4 min`.
pub(crate) fn visit_words(row: &VisitRow, now: Millis) -> String {
    let spent = (now - row.since_at).0;
    let spent = if spent < MINUTE { "under a minute".to_owned() } else { span_words(spent) };
    format!("{}, {spent}", counted(i64::from(row.pages), "page"))
}

/// Whether their visit is over by what is known.
pub(crate) fn has_left(row: &VisitRow, now: Millis) -> bool {
    row.until_at <= now
}

/// What the line of a visitor says about the message: `You wrote: shown at 14:03.`
pub(crate) fn wrote_words(invitation: &VisitInvitation, wall: Wall) -> String {
    let by = if invitation.is_own { "You" } else { &invitation.by };
    let state = &invitation.state;
    match (state.closed_at, state.shown_at) {
        (Some(at), _) => format!("{by} wrote: they closed it {}.", at_words(at, wall)),
        (None, Some(at)) => format!("{by} wrote: shown {}.", at_words(at, wall)),
        (None, None) => format!("{by} wrote: not shown yet."),
    }
}

/// What a conversation says below the message; nothing where the lead has answered without having seen it.
pub(crate) fn state_words(state: &InvitationState, is_answered: bool, wall: Wall) -> String {
    let closed = state.closed_at.map(|at| format!("They closed it {}.", at_words(at, wall)));
    let shown = state.shown_at.map(|at| {
        let page = if state.url.is_empty() { String::new() } else { format!(" on {}", bare_path(&state.url)) };
        format!("Shown{page} {}.", at_words(at, wall))
    });
    let words: Vec<String> = shown.into_iter().chain(closed).collect();
    match () {
        () if !words.is_empty() => words.join(" "),
        () if is_answered => String::new(),
        () if state.ends_at <= wall.now => "It was not shown.".to_owned(),
        () => {
            let until = weekday_label((wall.local)(state.ends_at).day);
            format!("Not shown yet: it waits for their next page until {until}.")
        }
    }
}

/// `at 14:03`, on another day `on Fri 20 November at 14:03`.
fn at_words(at: Millis, wall: Wall) -> String {
    let (then, today) = ((wall.local)(at), (wall.local)(wall.now).day);
    let time = time_of_day(then);
    if then.day == today { format!("at {time}") } else { format!("on {} at {time}", weekday_label(then.day)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    const WALL: Wall = Wall { local: |at| civil(at, 0), now: sample::AT };

    fn state(shown: Option<i64>, closed: Option<i64>) -> InvitationState {
        let at = |ago: i64| sample::AT - Millis(ago * MINUTE);
        let url = shown.map_or(String::new(), |_| "https://acme.test/pricing?utm=x".to_owned());
        InvitationState { shown_at: shown.map(at), url, closed_at: closed.map(at), ends_at: at(-7 * 24 * 60) }
    }

    #[wasm_bindgen_test]
    fn a_conversation_says_what_became_of_the_first_message() {
        let said = |state: &InvitationState| state_words(state, false, WALL);
        let waits = "Not shown yet: it waits for their next page until Fri 27 November.";
        assert_eq!(said(&state(None, None)), waits);
        assert_eq!(said(&state(Some(5), None)), "Shown on /pricing at 08:33.");
        assert_eq!(
            said(&state(Some(24 * 60), Some(1))),
            "Shown on /pricing on Thu 19 November at 08:38. They closed it at 08:37."
        );
        assert_eq!(said(&state(None, Some(1))), "They closed it at 08:37.");
        assert_eq!(said(&InvitationState { ends_at: sample::AT, ..state(None, None) }), "It was not shown.");
        assert_eq!(state_words(&state(None, None), true, WALL), "");
    }

    #[wasm_bindgen_test]
    fn a_line_says_who_wrote_and_whether_it_was_seen() {
        let said = |is_own, state| wrote_words(&VisitInvitation { by: "Bo Lind".to_owned(), is_own, state }, WALL);
        assert_eq!(said(true, state(None, None)), "You wrote: not shown yet.");
        assert_eq!(said(false, state(Some(5), None)), "Bo Lind wrote: shown at 08:33.");
        assert_eq!(said(true, state(Some(5), Some(4))), "You wrote: they closed it at 08:34.");
    }

    #[wasm_bindgen_test]
    fn a_visit_is_counted_in_pages_and_minutes() {
        let row = VisitRow { pages: 1, since_at: sample::AT - Millis(MINUTE - 1), ..sample::visit(1) };
        assert_eq!(visit_words(&row, sample::AT), "1 page, under a minute");
        let row = VisitRow { pages: 3, since_at: sample::AT - Millis(4 * MINUTE), contact: None, ..row };
        assert_eq!(visit_words(&row, sample::AT), "3 pages, 4 min");
        assert_eq!(visitor_name(&row), row.visitor.label());
        assert!(!has_left(&row, sample::AT) && has_left(&row, row.until_at));
    }
}
