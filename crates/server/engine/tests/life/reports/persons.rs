//! Persons in reports: merged, erased, spam, seen late; and a member that left.

use super::{ANN, CAT, all, ask, check, people, read, shown, two};
use crate::audit::invite;
use crate::story::{EMAILS, Step, Story, rep};
use knock_engine::commands::{MergeContacts, RemoveMember, RepMessage, UndoMerge};
use knock_model::{Email, LeadId, MessageId, Millis};
use knock_report::{Anchor, Dimension};

pub(super) fn known(story: &Story, email: usize) -> LeadId {
    let address = Email::parse(EMAILS[email]).expect("an address");
    read(story, |view| view.lead_by_email(&address).expect("it is read")).expect("known").id
}

#[test]
fn merged_contacts_are_one_person_and_two_again_after_the_undo() {
    let mut story = two();
    let before = all(&story);
    let (stays, goes, id) = (known(&story, ANN), known(&story, CAT), story.signal_id());
    let (fresh, now) = (story.fresh().account, story.now);
    story.change(MergeContacts { stays, goes, id, member: Some(rep()), now, fresh });
    assert_eq!(people(&story), [Some(1.0); 3]);
    check(&story);
    let fresh = [story.fresh().account, story.fresh().account];
    story.change(UndoMerge { lead: stays, merge: id, now, fresh });
    assert_eq!(people(&story), [Some(2.0); 3]);
    assert_eq!(all(&story), before);
}

#[test]
fn of_an_erased_person_nothing_is_counted() {
    let mut story = two();
    assert!(story.erase(CAT).0.is_some());
    assert_eq!(people(&story), [Some(1.0); 3]);
    check(&story);
}

#[test]
fn spam_is_not_counted_until_that_is_taken_back() {
    let mut story = two();
    story.step(Step::Act { visitor: 1, action: 2 });
    assert_eq!(people(&story), [Some(1.0); 3]);
    check(&story);
    story.step(Step::Act { visitor: 1, action: 4 });
    assert_eq!(people(&story), [Some(2.0); 3]);
    check(&story);
}

#[test]
fn a_late_visit_makes_a_person_be_seen_earlier() {
    let mut story = two();
    let of = knock_report::report("funnel").expect("a report");
    let days = |story: &Story| {
        let shown = shown(story, of, &ask(story, Some(Dimension::Day), Some(Anchor::FirstSeen)));
        let leads = shown.columns.iter().position(|column| column.name == "leads").expect("a metric");
        let days = shown.rows.into_iter().filter(|row| row.values[leads] > Some(0.0));
        days.map(|row| (row.key, row.values[leads])).collect::<Vec<_>>()
    };
    assert_eq!(days(&story), [("2026-06-01".to_owned(), Some(2.0))]);
    story.step(Step::Signals { visitor: 1, kind: 0, category: 1, age: 3 * Millis::DAY.0, email: CAT });
    assert_eq!(days(&story), [("2026-05-29".to_owned(), Some(1.0)), ("2026-06-01".to_owned(), Some(1.0))]);
    check(&story);
}

#[test]
fn a_removed_member_keeps_their_row_and_their_name() {
    let story = two();
    let leaving = invite(&story, "bo@us.example");
    let (conversation, now) = (story.conversations[&0], story.now);
    let (id, text) = (MessageId::new(now, &[0x77; 10]), "Hello".into());
    story.commit(RepMessage {
        conversation,
        id,
        rep: leaving,
        text,
        file: None,
        card: None,
        seen: None,
        mail_after: None,
        now,
    });
    story.change(RemoveMember { member: leaving, successor: None, now });
    story.fire();
    let team = shown(&story, knock_report::report("team").expect("a report"), &ask(&story, None, None));
    let sent = team.columns.iter().position(|column| column.name == "messages_sent").expect("a metric");
    let key = leaving.to_string();
    let row = team.rows.iter().find(|row| row.key == key).expect("a row");
    assert_eq!((row.label.as_str(), row.values[sent]), ("bo@us.example", Some(1.0)));
    check(&story);
}
