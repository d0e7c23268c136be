//! Derived data depends on facts alone: deleted and recomputed, it is the same, and corrupted data is repaired.

use crate::story::{Step, Story, steps};
use knock_engine::commands::{Rebuild, Rebuilt, Step as Piece, Tally};
use knock_model::AccountId;
use proptest::prelude::*;

fn lived(steps: &[Step]) -> Story {
    let mut story = Story::begin();
    steps.iter().for_each(|step| story.step(*step));
    story.fire();
    story
}

fn changed(rebuilt: &Rebuilt) -> [u64; 5] {
    let changed =
        [rebuilt.browsers, rebuilt.persons, rebuilt.chats, rebuilt.companies].map(|Tally { changed, .. }| changed);
    [changed[0], changed[1], changed[2], changed[3], rebuilt.leftovers]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuild_of_any_history_changes_nothing(steps in steps(4, 60)) {
        let story = lived(&steps);
        let before = story.derived();
        let rebuilt = story.rebuild();
        prop_assert_eq!(story.derived(), before);
        prop_assert_eq!(changed(&rebuilt), [0; 5]);
    }
}

/// Corrupts every derived value, some so that they cannot be parsed.
fn spoil(story: &Story) {
    let zero = story.scratch.bytes(&[0; 16]);
    let spoilt = format!(
        "
        UPDATE spans SET from_at = -from_at, evidence = 'junk', lead = NULL WHERE from_at > 0;
        DELETE FROM spans WHERE from_at = 0;
        UPDATE session_sequences SET highest = highest + 1, seen = 0;
        UPDATE leads SET evidence = 'junk', bucket = 2, folded_until = 9000000000000, next_change_at = 1, signals = 99,
            first_seen_at = 5, last_seen_at = 6, name = 'Spoilt', phone = '5', company = 'Spoilt', account = NULL, first_touch = '', is_spam = 1 - is_spam;
        UPDATE accounts SET evidence = 'junk', bucket = 9, folded_until = 4, next_change_at = 1, contacts = 7,
            signals = 8, first_seen_at = 5, last_seen_at = 6;
        DELETE FROM bucket_changes;
        UPDATE chats SET status = 'Lost', is_spam = 1 - is_spam, active_at = 1, folder = 9, waiting_since = 5, owner = 'x',
            is_queued = 1 - is_queued, course = {zero};
        DELETE FROM timers WHERE kind = 2;
        UPDATE timers SET due_at = due_at + 1;
        INSERT INTO timers VALUES (1, {zero}, 9000000000000000), (2, {zero}, 9000000000000000), (3, {zero}, 9000000000000000),
            (4, {zero}, 9000000000000000);
        INSERT INTO bucket_changes VALUES ({zero}, 1, NULL, 1, NULL);
        INSERT INTO chats VALUES ({zero}, 'New', 0, 0, 1, 0, NULL, '', 0, '', NULL, NULL, NULL, NULL);
    "
    );
    story.scratch.execute(&spoilt);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

    #[test]
    fn a_rebuild_mends_what_was_spoilt(steps in steps(4, 60)) {
        let story = lived(&steps);
        let before = story.derived();
        spoil(&story);
        let rebuilt = story.rebuild();
        prop_assert_eq!(story.derived(), before);
        for tally in [rebuilt.browsers, rebuilt.persons, rebuilt.chats, rebuilt.companies] {
            prop_assert_eq!(tally.changed, tally.recomputed);
        }
        prop_assert_eq!(rebuilt.leftovers, 6);
        prop_assert_eq!(changed(&story.rebuild()), [0; 5]);
    }
}

#[test]
fn a_due_timer_of_an_unreadable_person_stops_no_rebuild() {
    let story =
        lived(&[Step::Signals { visitor: 0, kind: 3, category: 1, age: 0, email: 0 }, Step::Open { visitor: 1 }]);
    let before = story.derived();
    story.scratch.execute("UPDATE leads SET evidence = 'junk'; UPDATE timers SET due_at = 1;");
    story.rebuild();
    assert_eq!(story.derived(), before);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn who_writes_between_two_pieces_is_not_lost(before in steps(4, 40), between in steps(4, 30)) {
        let mut story = lived(&before);
        let spoilt = "UPDATE spans SET evidence = ''; DELETE FROM bucket_changes;
            UPDATE leads SET evidence = '', bucket = NULL, folded_until = 0, signals = 99, is_spam = 1 - is_spam;
            UPDATE accounts SET evidence = '', contacts = 7; UPDATE chats SET status = 'Lost';";
        story.scratch.execute(spoilt);
        let (mut so_far, mut next, mut between) = (Rebuilt::default(), Some(Piece::Browsers(None)), between.into_iter());
        while let Some(step) = next {
            let fresh = std::array::from_fn(|place| AccountId::new([u8::try_from(place).expect("few"); 16]));
            (so_far, next) = story.commit(Rebuild { step, now: story.now, fresh, so_far });
            between.by_ref().take(4).for_each(|step| story.step(step));
        }
        story.fire();
        let after = story.derived();
        prop_assert_eq!(changed(&story.rebuild()), [0; 5]);
        prop_assert_eq!(story.derived(), after);
    }
}

/// An action can be earlier than the timer of the snooze.
#[test]
fn a_chat_that_is_reopened_at_the_end_of_its_snooze_waits_again() {
    let [snooze, reopen] = [7, 8].map(|action| Step::Act { visitor: 0, action });
    let wait = Step::Wait { ms: 3 * 24 * 60 * 60 * 1_000, is_fired: false };
    let story = lived(&[Step::Open { visitor: 0 }, Step::Write { visitor: 0, text: 1 }, snooze, wait, reopen]);
    assert_eq!(changed(&story.rebuild()), [0; 5]);
}
