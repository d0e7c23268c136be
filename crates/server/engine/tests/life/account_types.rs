//! `Knock: Intent Type` of a company follows its contacts.

use crate::story::{Step, Story};
use knock_engine::commands::SetType;
use knock_engine::{Notice, Presenter};
use knock_model::{Category, IntentType, Millis, SignalId};
use knock_ports::{AccountFilter, AccountQuery};
use knock_wire::AccountRow;

const FORM: usize = 1;
const IDENTIFY: usize = 3;
const SPAM: usize = 2;

/// Ann and Bob of one company, each with a chat.
fn begin() -> Story {
    let mut story = Story::begin();
    for visitor in [0, 1] {
        let (category, email) = (Category::Home.index(), usize::from(visitor));
        story.step(Step::Signals { visitor, kind: IDENTIFY, category, age: 0, email });
        story.step(Step::Open { visitor });
    }
    story
}

fn set_type(story: &mut Story, visitor: u8, kind: IntentType) {
    story.now = story.now + Millis(1);
    let conversation = story.conversations[&visitor];
    let id = SignalId::new(story.now, &[visitor + 100; 10]);
    assert!(story.change(SetType { conversation, id, kind, now: story.now }));
}

fn accounts(story: &Story, filter: &AccountFilter) -> Vec<AccountRow> {
    let mut found = Vec::new();
    let read = story.store().read(&mut |view| {
        found = Presenter::new(view, story.now)?
            .account_rows(&AccountQuery { filter: filter.clone(), limit: 1, ..AccountQuery::default() })?
            .0;
        Ok(())
    });
    read.expect("it reads");
    found
}

fn account_type(story: &Story) -> IntentType {
    accounts(story, &AccountFilter::default())[0].intent.kind
}

#[test]
fn the_type_is_that_of_the_strongest_contact_who_has_one() {
    let mut story = begin();
    assert_eq!(account_type(&story), IntentType::Unknown);
    set_type(&mut story, 0, IntentType::Support);
    assert_eq!(account_type(&story), IntentType::Support);
    set_type(&mut story, 1, IntentType::Buying);

    let form = Step::Signals { visitor: 1, kind: FORM, category: Category::Demo.index(), age: 0, email: 1 };
    story.step(form);
    assert_eq!(account_type(&story), IntentType::Buying);
    story.step(Step::Act { visitor: 1, action: SPAM });
    assert_eq!(account_type(&story), IntentType::Support);
}

#[test]
fn accounts_are_found_by_type_and_score() {
    let mut story = begin();
    let of = |intent_type| AccountFilter { intent_type: Some(intent_type), ..AccountFilter::default() };
    assert_eq!(accounts(&story, &of(IntentType::Unknown)).len(), 1);
    set_type(&mut story, 0, IntentType::Support);
    set_type(&mut story, 1, IntentType::Buying);
    story.step(Step::Signals { visitor: 0, kind: FORM, category: Category::Demo.index(), age: 0, email: 0 });
    story.step(Step::Signals { visitor: 0, kind: FORM, category: Category::Demo.index(), age: 0, email: 0 });
    let expected = account_type(&story);
    assert_eq!(expected, IntentType::Support);
    for kind in IntentType::ALL {
        // An account with a contact of the type, but of another type itself, is not among them.
        assert_eq!(accounts(&story, &of(*kind)).len(), usize::from(*kind == expected), "{kind:?}");
    }
    let bucket = accounts(&story, &AccountFilter::default())[0].intent.bucket;
    for wanted in knock_model::Bucket::ALL {
        let filter = AccountFilter { bucket: Some(*wanted), ..AccountFilter::default() };
        assert_eq!(accounts(&story, &filter).len(), usize::from(*wanted == bucket), "{wanted:?}");
    }
}

#[test]
fn watchers_are_notified_when_the_type_changes() {
    let mut story = begin();
    let account = accounts(&story, &AccountFilter::default())[0].id;
    let mut watched = story.writer.as_ref().expect("it runs").watch();
    set_type(&mut story, 0, IntentType::Support);
    let mut notices = Vec::new();
    while let Ok(more) = watched.try_recv() {
        notices.extend(more.iter().cloned());
    }
    assert!(notices.contains(&Notice::Account(account)), "{notices:?}");
}
