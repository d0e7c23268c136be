//! Contacts merged by a member: one person afterwards, the same after a rebuild, and two again after the undo.

use crate::story::{Dump, EMAILS, Step, Story, rep, steps};
use knock_engine::Presenter;
use knock_engine::commands::{ContactsMerged, MergeContacts, MergeRefusal, MergeUndone, Tally, UndoMerge};
use knock_model::{ContactField, Email, LeadId, SignalId};
use knock_ports::{Lead, View};
use knock_store::{Kind, Table};
use proptest::prelude::*;

const ANN: usize = 0;
const CAT: usize = 2;

fn read<T>(story: &Story, work: impl Fn(&dyn View) -> T) -> T {
    let mut found = None;
    let read = story.store().read(&mut |view| {
        found = Some(work(view));
        Ok(())
    });
    read.expect("it reads");
    found.expect("it was read")
}

fn lead(story: &Story, email: usize) -> Option<Lead> {
    let address = Email::parse(EMAILS[email]).expect("an address");
    read(story, |view| view.lead_by_email(&address).expect("it is read"))
}

fn merge(story: &mut Story, stays: LeadId, goes: LeadId) -> (SignalId, ContactsMerged) {
    let (id, fresh, now) = (story.signal_id(), story.fresh().account, story.now);
    (id, story.change(MergeContacts { stays, goes, id, member: Some(rep()), now, fresh }))
}

fn undo(story: &mut Story, lead: LeadId, merge: SignalId) -> MergeUndone {
    let fresh = [story.fresh().account, story.fresh().account];
    story.change(UndoMerge { lead, merge, now: story.now, fresh })
}

/// All facts, and all that follows from them; the log has both entries of a merge.
fn is_of_persons(table: &Table) -> bool {
    let is_kept = matches!(table.kind, Kind::Fact | Kind::Derived | Kind::Record);
    is_kept && !["audit", "arrivals"].contains(&table.name)
}

/// The rows of persons. Who is notified of a wait again after an undo is another matter: no notification is taken back.
fn persons(story: &Story) -> Dump {
    let mut dump = story.dump(is_of_persons);
    if let Some(timers) = dump.get_mut("timers") {
        timers.retain(|row| !row.starts_with("Int(5)|"));
    }
    dump
}

/// Ann and Cat, each with a chat in a browser of their own, and a detail that the team set.
fn two() -> (Story, LeadId, LeadId) {
    let mut story = Story::begin();
    for (visitor, email) in [(0, ANN), (1, CAT)] {
        story.step(Step::Signals { visitor, kind: 3, category: 1, age: 0, email });
        story.step(Step::Open { visitor });
        story.step(Step::Write { visitor, text: 1 });
        story.step(Step::Answer { visitor });
        story.step(Step::Wait { ms: 60_000, is_fired: true });
    }
    let [ann, cat] = [ANN, CAT].map(|email| lead(&story, email).expect("known").id);
    story.mend_lead(cat, ContactField::Phone, "+49 30 7731773");
    story.fire();
    (story, ann, cat)
}

#[test]
fn both_addresses_reach_the_merged_contact_and_an_undo_makes_two_again() {
    let (mut story, ann, cat) = two();
    let before = persons(&story);
    let preview = read(&story, |view| {
        let lead = |id| view.lead(id).expect("it is read").expect("it is there");
        let presenter = Presenter::new(view, story.now).expect("it is read");
        presenter.merge_preview(&lead(ann), &lead(cat)).expect("it is read").merged
    });
    let (id, merged) = merge(&mut story, ann, cat);
    assert_eq!(merged, ContactsMerged::Merged(ann));
    assert_eq!([ANN, CAT].map(|email| lead(&story, email).map(|lead| lead.id)), [Some(ann), Some(ann)]);
    assert_eq!(read(&story, |view| view.merged_into(cat).expect("it is read")), ann);
    let record = read(&story, |view| {
        let lead = view.lead(ann).expect("it is read").expect("it is there");
        Presenter::new(view, story.now).and_then(|presenter| presenter.contact_record(&lead)).expect("it is read")
    });
    assert_eq!((record.conversations.len(), record.contact.phone.as_str()), (2, "+49 30 7731773"));
    let shown = (record.contact.intent, record.contact.signals, record.contact.phone, record.contact.name);
    assert_eq!(shown, (preview.intent, preview.signals, preview.phone, preview.name), "the preview said so");
    assert_eq!(record.merges.iter().map(|merge| merge.can_undo).collect::<Vec<_>>(), [true]);
    assert_eq!(undo(&mut story, ann, id), MergeUndone::Undone);
    assert_eq!(persons(&story), before);
    assert_eq!(undo(&mut story, ann, id), MergeUndone::Unknown, "once");
}

#[test]
fn a_later_identify_with_either_address_is_the_merged_contact_and_bars_the_undo() {
    let (mut story, ann, cat) = two();
    let (id, _) = merge(&mut story, ann, cat);
    story.step(Step::Wait { ms: 1_000, is_fired: true });
    story.step(Step::Signals { visitor: 2, kind: 3, category: 1, age: 0, email: CAT });
    let known = lead(&story, CAT).expect("known");
    assert_eq!((known.id, known.email.map(|email| email.to_text())), (ann, Some(EMAILS[ANN].to_owned())));
    assert_eq!(undo(&mut story, ann, id), MergeUndone::Changed, "whose the new browser is cannot be known");
}

#[test]
fn visits_after_the_merge_are_of_their_browsers_contact_after_the_undo() {
    let (mut story, ann, cat) = two();
    let signals =
        |story: &Story, id| read(story, |view| view.lead(id).expect("it is read").expect("it is there").signals);
    let before = [ann, cat].map(|id| signals(&story, id));
    let (id, _) = merge(&mut story, ann, cat);
    story.step(Step::Wait { ms: 1_000, is_fired: true });
    story.step(Step::Signals { visitor: 1, kind: 0, category: 1, age: 0, email: CAT });
    assert_eq!(undo(&mut story, ann, id), MergeUndone::Undone);
    let [anns, cats] = before;
    assert_eq!([ann, cat].map(|id| signals(&story, id)), [anns, cats + 2]);
}

#[test]
fn merges_are_undone_the_last_one_first() {
    let (mut story, ann, cat) = two();
    story.step(Step::Signals { visitor: 2, kind: 3, category: 1, age: 0, email: 3 });
    let dee = lead(&story, 3).expect("known").id;
    let before = persons(&story);
    let (first, _) = merge(&mut story, cat, dee);
    let between = persons(&story);
    let (second, _) = merge(&mut story, ann, cat);
    assert_eq!([ANN, CAT, 3].map(|email| lead(&story, email).map(|lead| lead.id)), [Some(ann); 3]);
    assert_eq!(undo(&mut story, ann, first), MergeUndone::Changed);
    assert_eq!(undo(&mut story, ann, second), MergeUndone::Undone);
    assert_eq!(persons(&story), between);
    assert_eq!(undo(&mut story, cat, first), MergeUndone::Undone);
    assert_eq!(persons(&story), before);
}

#[test]
fn a_contact_is_not_merged_with_itself_nor_with_spam() {
    let (mut story, ann, cat) = two();
    assert_eq!(merge(&mut story, ann, ann).1, ContactsMerged::Refused(MergeRefusal::Same));
    assert_eq!(merge(&mut story, ann, LeadId::new([9; 16])).1, ContactsMerged::Unknown);
    story.step(Step::Act { visitor: 1, action: 2 });
    assert_eq!(merge(&mut story, ann, cat).1, ContactsMerged::Refused(MergeRefusal::Spam));
}

#[test]
fn an_erasure_of_a_merged_contact_leaves_nothing_of_either() {
    let (mut story, ann, cat) = two();
    merge(&mut story, ann, cat);
    assert!(story.erase(CAT).0.is_some(), "the second address names the person");
    assert_eq!([ANN, CAT].map(|email| lead(&story, email)), [None, None]);
    assert_eq!(read(&story, |view| view.contact_merges(ann).expect("it is read")), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

    #[test]
    fn after_any_history_a_merge_is_rebuilt_the_same_and_undone_exactly(steps in steps(4, 40)) {
        let mut story = Story::begin();
        steps.iter().for_each(|step| story.step(*step));
        story.fire();
        let known: Vec<Lead> = (0..EMAILS.len()).filter_map(|email| lead(&story, email)).collect();
        let [one, other, ..] = known.as_slice() else { return Ok(()) };
        if one.is_spam || other.is_spam {
            return Ok(());
        }
        let before = persons(&story);
        let (id, merged) = merge(&mut story, one.id, other.id);
        prop_assert_eq!(merged, ContactsMerged::Merged(one.id));
        // A wait of the merged contact may be due at once.
        story.fire();
        let derived = story.derived();
        let rebuilt = story.rebuild();
        prop_assert_eq!(story.derived(), derived);
        for Tally { changed, .. } in [rebuilt.browsers, rebuilt.persons, rebuilt.chats, rebuilt.companies] {
            prop_assert_eq!(changed, 0);
        }
        // What was due at once may have been a decision about a chat: something new.
        let is_new = read(&story, |view| {
            let merges = view.contact_merges(one.id).expect("they are read");
            let merge = merges.iter().find(|merge| merge.id == id).expect("it is there");
            !view.is_as_merged(merge).expect("it is read")
        });
        let undone = undo(&mut story, one.id, id);
        prop_assert_eq!(undone, if is_new { MergeUndone::Changed } else { MergeUndone::Undone });
        if !is_new {
            prop_assert_eq!(persons(&story), before);
        }
    }
}
