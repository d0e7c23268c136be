//! Outcomes of leads, with the score before them as it was known then.

use crate::story::{Step, Story, steps};
use knock_engine::{Outcome, Presenter};
use knock_model::{Category, Millis};
use proptest::prelude::*;

const FORM: usize = 1;
const IDENTIFY: usize = 3;
const REJECT: usize = 0;
const TAKE_BACK: usize = 1;
const SPAM: usize = 2;
const DEAL: usize = 5;

/// Returns all outcomes, read two at a time.
fn outcomes(story: &Story, since: Millis) -> Vec<Outcome> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let read = story.store().read(&mut |view| {
            let piece = Presenter::new(view, story.now)?.outcomes(since, after, 2)?;
            found.extend(piece.found);
            after = piece.next;
            Ok(())
        });
        read.expect("it reads");
        if after.is_none() {
            return found;
        }
    }
}

/// Returns the score of a lead shown at an instant; 0 if nothing about the lead had arrived.
fn shown(story: &Story, outcome: &Outcome, at: Millis) -> f64 {
    let mut score = 0.0;
    let read = story.store().read(&mut |view| {
        let presenter = Presenter::as_of(view, at)?;
        if let Some(lead) = presenter.lead(outcome.lead)? {
            score = presenter.contact_row(&lead)?.intent.score;
        }
        Ok(())
    });
    read.expect("it reads");
    score
}

fn rounded(score: f64) -> f64 {
    (score * 10.0).round() / 10.0
}

/// A visitor with an open chat and a message.
fn chatting(visitor: u8) -> Story {
    let mut story = Story::begin();
    story.step(Step::Open { visitor });
    story.step(Step::Write { visitor, text: 0 });
    wait(&mut story, Millis::MINUTE);
    story
}

fn wait(story: &mut Story, span: Millis) {
    story.step(Step::Wait { ms: span.0, is_fired: true });
}

fn act(story: &mut Story, visitor: u8, action: usize) {
    story.step(Step::Act { visitor, action });
    wait(story, Millis(1));
}

/// Checks the outcomes after these actions: whether each is `Qualified`.
fn check(actions: &[usize], expected: &[bool]) {
    let mut story = chatting(0);
    for action in actions {
        act(&mut story, 0, *action);
        wait(&mut story, Millis::MINUTE);
    }
    let found: Vec<bool> = outcomes(&story, Millis(0)).iter().map(|outcome| outcome.is_qualified).collect();
    assert_eq!(found, expected, "{actions:?}");
}

#[test]
fn an_outcome_is_what_stands_and_spam_is_none() {
    check(&[], &[]);
    check(&[DEAL], &[true]);
    check(&[REJECT], &[false]);
    check(&[REJECT, TAKE_BACK], &[]);
    check(&[REJECT, TAKE_BACK, DEAL], &[true]);
    check(&[REJECT, DEAL], &[false]);
    check(&[SPAM], &[]);
    // The outcome of a qualified lead does not change.
    check(&[DEAL, SPAM], &[true]);
}

#[test]
fn nothing_that_came_after_the_outcome_is_known_to_the_score() {
    let mut story = chatting(0);
    let now = story.now;
    act(&mut story, 0, REJECT);
    let before = outcomes(&story, Millis(0));
    assert_eq!((before.len(), before[0].at), (1, now));

    // A form after it, and one before it that arrives late.
    for age in [0, Millis::DAY.0] {
        wait(&mut story, Millis::MINUTE);
        let category = Category::Demo.index();
        story.step(Step::Signals { visitor: 0, kind: FORM, category, age, email: 0 });
    }
    assert_eq!(outcomes(&story, Millis(0)), before);
    assert_eq!(outcomes(&story, now), before);
    assert_eq!(outcomes(&story, now + Millis(1)), []);
}

#[test]
fn before_signals_are_kept_one_by_one_there_is_no_score() {
    let mut story = chatting(0);
    act(&mut story, 0, DEAL);
    wait(&mut story, Millis::days(100));
    story.expire_signals(story.now - Millis::days(50));
    let found = outcomes(&story, Millis(0));
    assert_eq!((found.len(), found[0].score, found[0].is_qualified), (1, None, true));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn the_score_is_the_one_that_was_shown_just_before(steps in steps(1, 40)) {
        let mut story = Story::begin();
        for step in steps {
            // The person of a browser does not change.
            let is_claim = matches!(step, Step::Signals { kind: IDENTIFY, .. });
            if !is_claim {
                story.step(step);
                wait(&mut story, Millis(1));
            }
        }
        for outcome in outcomes(&story, Millis(0)) {
            let expected = shown(&story, &outcome, outcome.at - Millis(1));
            prop_assert_eq!(outcome.score.map(rounded), Some(expected), "{:?}", outcome);
        }
    }
}
