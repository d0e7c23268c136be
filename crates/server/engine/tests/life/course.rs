//! The score course of a person, on a real store.

use crate::story::{Step, Story, steps};
use knock_engine::Presenter;
use knock_model::{Category, Millis, SignalType};
use knock_ports::LeadFilter;
use knock_wire::{ContactRow, ScoreCourse};
use proptest::prelude::*;

const FORM: usize = 1;
const IDENTIFY: usize = 3;

/// Returns every person with their course, as of now or of an earlier instant.
fn courses(story: &Story, past: Option<Millis>) -> Vec<(ContactRow, ScoreCourse)> {
    let mut found = Vec::new();
    let read = story.store().read(&mut |view| {
        let presenter = match past {
            None => Presenter::new(view, story.now)?,
            Some(at) => Presenter::as_of(view, at)?,
        };
        for lead in view.leads(&LeadFilter::default(), None, 100)? {
            if let Some(lead) = presenter.lead(lead.id)? {
                found.push((presenter.contact_row(&lead)?, presenter.score_course(&lead, 90)?));
            }
        }
        Ok(())
    });
    read.expect("it reads");
    found
}

fn wait(story: &mut Story, span: Millis) {
    story.step(Step::Wait { ms: span.0, is_fired: true });
}

#[test]
fn a_form_is_a_cause_with_its_category() {
    let mut story = Story::begin();
    let category = Category::Demo.index();
    story.step(Step::Signals { visitor: 0, kind: IDENTIFY, category, age: 0, email: 0 });
    wait(&mut story, Millis::DAY);
    let before = story.now;
    wait(&mut story, Millis::DAY);
    story.step(Step::Signals { visitor: 0, kind: FORM, category, age: 0, email: 0 });
    wait(&mut story, Millis::DAY);
    let (row, course) = courses(&story, None).remove(0);
    let forms: Vec<_> = course.causes.iter().filter(|cause| cause.kind == SignalType::FormSubmit).collect();
    assert_eq!(forms.len(), 1);
    assert!(forms[0].category == Category::Demo && forms[0].points > 20.0, "{:?}", forms[0]);
    assert_eq!(course.samples.last().map(|sample| (sample.at, sample.score)), Some((story.now, row.intent.score)));
    assert!(!course.changes.is_empty());

    // Before it was sent, the form is no cause.
    let (row, course) = courses(&story, Some(before)).remove(0);
    assert!(course.causes.iter().all(|cause| cause.kind != SignalType::FormSubmit));
    assert_eq!(course.samples.last().map(|sample| (sample.at, sample.score)), Some((before, row.intent.score)));
}

#[test]
fn what_is_summed_up_is_shown_from_the_horizon_on() {
    let mut story = Story::begin();
    let category = Category::Demo.index();
    story.step(Step::Signals { visitor: 0, kind: IDENTIFY, category, age: 0, email: 0 });
    story.step(Step::Signals { visitor: 0, kind: FORM, category, age: 0, email: 0 });
    wait(&mut story, Millis::days(40));
    let horizon = story.now - Millis::days(30);
    story.expire_signals(horizon);
    let (row, course) = courses(&story, None).remove(0);
    assert_eq!((course.from, course.samples[0].at), (horizon, horizon));
    assert_eq!(course.samples.last().map(|sample| sample.score), Some(row.intent.score));
    assert!(course.samples[0].score > row.intent.score && course.causes.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn the_last_sample_is_the_score_of_the_record(steps in steps(4, 40)) {
        let mut story = Story::begin();
        let mut instants = vec![];
        for step in steps {
            story.step(step);
            instants.push(story.now);
            wait(&mut story, Millis(1));
        }
        let past = instants.get(instants.len() / 2).copied();
        for at in [None, past] {
            for (row, course) in courses(&story, at) {
                let last = course.samples.last().map_or(0.0, |sample| sample.score);
                prop_assert_eq!(last, row.intent.score, "{} at {:?}", row.display_name, at);
            }
        }
    }
}
