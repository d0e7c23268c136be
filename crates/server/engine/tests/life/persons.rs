//! Identity in any order of events: chats, addresses, companies, spam.

use crate::story::{Step, Story};
use knock_model::Millis;
use knock_ports::{Account, AccountFilter, Lead, LeadFilter};

const IDENTIFY: usize = 3;

fn identify(visitor: u8, age: i64, email: usize) -> Step {
    Step::Signals { visitor, kind: IDENTIFY, category: 0, age, email }
}

fn lived(steps: &[Step]) -> Story {
    let mut story = Story::begin();
    steps.iter().for_each(|step| story.step(*step));
    story
}

fn shown(story: &Story) -> (Vec<Lead>, Vec<Account>) {
    let mut shown = None;
    let read = story.store().read(&mut |view| {
        shown = Some((view.leads(&LeadFilter::named(), None, 100)?, view.accounts(&AccountFilter::default(), 100)?));
        Ok(())
    });
    read.expect("it reads");
    shown.expect("rows")
}

#[test]
fn who_chats_first_and_gives_an_address_then_counts_for_their_company() {
    let story = lived(&[Step::Open { visitor: 0 }, identify(0, 0, 0)]);
    let (leads, accounts) = shown(&story);
    assert_eq!(leads.len(), 1);
    assert_eq!((accounts[0].contacts, accounts[0].signals), (1, leads[0].signals));
    assert_eq!(accounts[0].history.evidence, leads[0].history.evidence);
}

#[test]
fn who_turns_out_to_be_a_spammer_is_hidden() {
    let spam = Step::Act { visitor: 0, action: 2 };
    let mut story = lived(&[identify(1, 0, 0), Step::Open { visitor: 0 }, Step::Write { visitor: 0, text: 0 }, spam]);
    assert_eq!(shown(&story).0.len(), 1, "two persons, one of them nameless");
    story.step(identify(0, 0, 0));
    assert_eq!(shown(&story), (vec![], vec![]));
    story.step(Step::Act { visitor: 0, action: 4 });
    let (leads, accounts) = shown(&story);
    assert_eq!((leads.len(), accounts[0].contacts), (1, 1));
}

#[test]
fn where_leads_came_from_is_computed_of_those_that_an_earlier_version_stored() {
    let mut story =
        lived(&[identify(0, 0, 0), Step::Open { visitor: 0 }, identify(1, 0, 1), Step::Open { visitor: 2 }]);
    let all = |story: &Story| {
        let mut leads = Vec::new();
        let read = story.store().read(&mut |view| {
            leads = view.leads(&LeadFilter::default(), None, 100)?;
            Ok(())
        });
        read.expect("it reads");
        leads
    };
    let before = all(&story);
    assert!(before.len() == 3 && before.iter().all(|lead| !lead.first_touch.is_unknown()), "{before:?}");
    story.while_stopped(|_, scratch| scratch.execute("UPDATE leads SET first_touch = '';"));
    assert!(all(&story).iter().all(|lead| lead.first_touch.is_unknown()));
    let writer = story.writer.as_ref().expect("it runs");
    story.runtime.block_on(knock_engine::compute_first_touches(writer)).expect("computed");
    assert_eq!(all(&story), before);
}

#[test]
fn an_earlier_name_does_not_replace_a_later_one_by_arriving_late() {
    let mut story = lived(&[identify(0, 0, 0)]);
    let later = shown(&story).0[0].name.clone();
    story.step(identify(0, 60_000, 0));
    assert_eq!(shown(&story).0[0].name, later);
    story.step(Step::Wait { ms: 1, is_fired: true });
    story.step(identify(0, 0, 0));
    assert_ne!(shown(&story).0[0].name, later);
}

#[test]
fn a_command_that_waited_its_turn_forgets_nothing_that_was_written_meanwhile() {
    let mut story = lived(&[Step::Open { visitor: 0 }]);
    let earlier = story.now + Millis(5);
    story.step(Step::Wait { ms: 10, is_fired: true });
    story.step(Step::Write { visitor: 0, text: 1 });
    story.now = earlier;
    story.step(Step::Act { visitor: 0, action: 1 });
    let mut chats = Vec::new();
    let read = story.store().read(&mut |view| {
        chats = view.chats(false, None, 10)?;
        Ok(())
    });
    read.expect("it reads");
    assert_eq!(chats[0].status.as_deref(), Some("AI Discovery"));
}
