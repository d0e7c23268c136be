//! Tables for a warehouse on a real store: pages have each row once, and statuses are those of the facts.

use crate::story::{EMAILS, START, Step, Story, rep, steps};
use knock_engine::commands::{ContactsMerged, MergeContacts};
use knock_engine::{Cell, WarehouseError, WarehouseTable, warehouse_begin, warehouse_page};
use knock_model::{Email, LeadId, Millis};
use knock_ports::View;
use knock_status::{chat, meeting};
use proptest::prelude::*;
use std::collections::BTreeSet;

const ANN: usize = 0;
const CAT: usize = 2;

/// The usual time after which a qualified lead has dropped off.
const DROPOFF: Millis = Millis(30 * Millis::MINUTE.0);
/// More than any story has.
const MOST: u32 = 1_000;
const ALWAYS: (Millis, Millis) = (Millis(i64::MIN), Millis(i64::MAX));

fn read<T>(story: &Story, work: impl Fn(&dyn View) -> T) -> T {
    let mut found = None;
    let read = story.store().read(&mut |view| {
        found = Some(work(view));
        Ok(())
    });
    read.expect("it reads");
    found.expect("it was read")
}

/// All rows of a stretch of time, by pages.
fn by_pages(story: &Story, table: WarehouseTable, (from, to): (Millis, Millis), limit: u32) -> Vec<Vec<Cell>> {
    let (mut rows, mut after) = (Vec::new(), None::<String>);
    loop {
        let page = read(story, |view| warehouse_page(view, table, from, to, after.as_deref(), limit, story.now));
        let page = page.expect("it is read");
        assert!(page.rows.len() <= usize::try_from(limit).expect("small"), "{table:?}");
        rows.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return rows;
        }
    }
}

fn all(story: &Story, table: WarehouseTable) -> Vec<Vec<Cell>> {
    by_pages(story, table, ALWAYS, MOST)
}

fn cell<'r>(table: WarehouseTable, row: &'r [Cell], name: &str) -> &'r Cell {
    let place = table.columns().iter().position(|column| column.name == name).expect("a column");
    &row[place]
}

/// The instant by which a row belongs to a day.
fn instant(table: WarehouseTable, row: &[Cell]) -> Millis {
    let name = match table {
        WarehouseTable::Signals => "received_at",
        WarehouseTable::Messages | WarehouseTable::Decisions => "at",
        WarehouseTable::Chats => "started_at",
        WarehouseTable::Meetings => "booked_at",
        WarehouseTable::Statuses => "began_at",
    };
    let Cell::Instant(at) = cell(table, row, name) else { panic!("{row:?}") };
    *at
}

/// Pages of any size and stretches of time have each row once, in their order, and as many as the database.
fn check_pages(story: &Story) {
    let begin = read(story, warehouse_begin).expect("it is read");
    for table in WarehouseTable::ALL.iter().copied() {
        let rows = all(story, table);
        assert!(rows.iter().all(|row| row.len() == table.columns().len()), "{table:?}");
        let instants: Vec<Millis> = rows.iter().map(|row| instant(table, row)).collect();
        assert!(instants.is_sorted(), "{table:?}");
        assert!(instants.first().is_none_or(|first| begin.is_some_and(|begin| begin <= *first)), "{table:?}");
        for limit in [1, 5] {
            assert_eq!(by_pages(story, table, ALWAYS, limit), rows, "{table:?} {limit}");
        }
        for cut in instants.iter().copied().step_by(instants.len() / 3 + 1) {
            let parts = [(ALWAYS.0, cut), (cut, ALWAYS.1)].map(|part| by_pages(story, table, part, 20));
            assert_eq!(parts.concat(), rows, "{table:?}");
        }
    }
    let stored = story.dump(|table| ["signals", "messages", "meetings", "decisions"].contains(&table.name));
    for (name, stored) in stored {
        let table = WarehouseTable::parse(name).expect("a table");
        assert_eq!(all(story, table).len(), stored.len(), "{name}");
    }
}

/// The statuses are those that the facts say.
fn check_statuses(story: &Story) {
    let mut expected = read(story, |view| {
        let known = view.leads_past(None, 1_000).expect("they are read");
        let chats = view.chat_courses(None, MOST).expect("they are read").into_iter().map(|packed| packed.lead);
        let leads: BTreeSet<LeadId> = known.into_iter().chain(chats).collect();
        leads.into_iter().flat_map(|lead| statuses(view, lead, story.now)).collect::<Vec<_>>()
    });
    expected.sort();
    let table = WarehouseTable::Statuses;
    let text = |row: &[Cell], name: &str| match cell(table, row, name) {
        Cell::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let shown = |row: &Vec<Cell>| {
        let Cell::Integer(number) = cell(table, row, "number") else { panic!("{row:?}") };
        (instant(table, row), text(row, "lead"), text(row, "funnel"), *number, text(row, "status"))
    };
    let found: Vec<_> = all(story, table).iter().map(shown).collect();
    assert_eq!(found, expected);
}

type Shown = (Millis, String, String, i64, String);

fn statuses(view: &dyn View, lead: LeadId, now: Millis) -> Vec<Shown> {
    let chat = chat::derive(&view.chat_facts(lead).expect("they are read"), now);
    let meeting = meeting::derive(&view.meeting_facts(lead).expect("they are read"), now, DROPOFF);
    let of_chat = chat.timeline.iter().map(|entry| ("chat", entry.status.as_str(), entry.at));
    let of_meeting = meeting.timeline.iter().map(|entry| ("meeting", entry.status.as_str(), entry.at));
    let shown = |(number, (funnel, status, at)): (i64, (&str, &str, Millis))| {
        (at, lead.to_string(), funnel.to_owned(), number, status.to_owned())
    };
    (1..).zip(of_chat).chain((1..).zip(of_meeting)).map(shown).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn after_any_history_pages_have_each_row_once_and_statuses_are_those_of_the_facts(steps in steps(4, 40)) {
        let mut story = Story::begin();
        steps.into_iter().for_each(|step| story.step(step));
        story.fire();
        check_pages(&story);
        check_statuses(&story);
    }
}

/// Ann and Cat, each with a chat that a member answered.
fn two() -> (Story, LeadId, LeadId) {
    let mut story = Story::begin();
    for (visitor, email) in [(0, ANN), (1, CAT)] {
        story.step(Step::Signals { visitor, kind: 3, category: 1, age: 0, email });
        story.step(Step::Open { visitor });
        story.step(Step::Write { visitor, text: 1 });
        story.step(Step::Wait { ms: 60_000, is_fired: true });
        story.step(Step::Answer { visitor });
        story.step(Step::Wait { ms: 60_000, is_fired: true });
    }
    let [ann, cat] = [ANN, CAT].map(|email| {
        let address = Email::parse(EMAILS[email]).expect("an address");
        read(&story, |view| view.lead_by_email(&address).expect("it is read").expect("known").id)
    });
    (story, ann, cat)
}

/// The leads of a table's rows.
fn leads(story: &Story, table: WarehouseTable) -> BTreeSet<String> {
    let rows = all(story, table);
    let leads = rows.iter().filter_map(|row| match cell(table, row, "lead") {
        Cell::Text(lead) => Some(lead.clone()),
        _ => None,
    });
    leads.collect()
}

#[test]
fn a_chat_has_its_first_reply_and_a_cursor_is_of_one_table() {
    let (story, ann, _) = two();
    let chats = all(&story, WarehouseTable::Chats);
    let of_ann = &chats[0];
    let shown = |name: &str| cell(WarehouseTable::Chats, of_ann, name).clone();
    assert_eq!(shown("lead"), Cell::Text(ann.to_string()));
    assert_eq!(shown("email"), Cell::Text(EMAILS[ANN].to_owned()));
    assert_eq!([shown("started_at"), shown("first_reply_at")], [START, START + Millis::MINUTE].map(Cell::Instant));
    assert_eq!([shown("lead_messages"), shown("rep_messages")], [Cell::Integer(1), Cell::Integer(1)]);

    let first = |table, after: Option<&str>| {
        read(&story, |view| warehouse_page(view, table, ALWAYS.0, ALWAYS.1, after, 1, story.now))
    };
    for table in [WarehouseTable::Chats, WarehouseTable::Signals, WarehouseTable::Messages, WarehouseTable::Statuses] {
        let next = first(table, None).expect("it is read").next.expect("there are more");
        assert!(next.is_ascii());
        for other in WarehouseTable::ALL.iter().copied().filter(|other| *other != table) {
            assert!(matches!(first(other, Some(&next)), Err(WarehouseError::Cursor)), "{other:?}");
        }
        let cut = &next[..next.len() - 4];
        assert!(
            [cut, "", "elsewhere"].iter().all(|text| matches!(first(table, Some(text)), Err(WarehouseError::Cursor)))
        );
    }
}

#[test]
fn rows_of_merged_persons_are_of_the_one_who_stays() {
    let (mut story, ann, cat) = two();
    let before = WarehouseTable::ALL.iter().map(|table| leads(&story, *table).len()).collect::<Vec<_>>();
    assert_eq!(before, [2, 2, 2, 0, 2, 2]);
    let messages = all(&story, WarehouseTable::Messages).len();
    let (id, fresh, now) = (story.signal_id(), story.fresh().account, story.now);
    let merged = story.change(MergeContacts { stays: ann, goes: cat, id, member: Some(rep()), now, fresh });
    assert_eq!(merged, ContactsMerged::Merged(ann));
    for table in [WarehouseTable::Signals, WarehouseTable::Messages, WarehouseTable::Chats, WarehouseTable::Statuses] {
        assert_eq!(leads(&story, table), BTreeSet::from([ann.to_string()]), "{table:?}");
    }
    assert_eq!(all(&story, WarehouseTable::Messages).len(), messages);
    assert_eq!(all(&story, WarehouseTable::Chats).len(), 1);
    check_pages(&story);
    check_statuses(&story);
}

#[test]
fn an_erased_person_has_no_rows_and_all_others_have_theirs() {
    let (mut story, ann, cat) = two();
    let (_, address) = story.erase(ANN);
    for table in WarehouseTable::ALL.iter().copied() {
        let rows = format!("{:?}", all(&story, table));
        assert!(!rows.contains(address) && !rows.contains(&ann.to_string()), "{table:?}: {rows}");
    }
    assert_eq!(leads(&story, WarehouseTable::Chats), BTreeSet::from([cat.to_string()]));
    check_pages(&story);
    check_statuses(&story);
}

#[test]
fn records_of_an_earlier_version_are_folded_when_they_are_read() {
    let (story, ..) = two();
    let tables = [WarehouseTable::Chats, WarehouseTable::Statuses];
    let before = tables.map(|table| all(&story, table));
    story.scratch.execute("UPDATE chats SET course = NULL;");
    assert_eq!(tables.map(|table| all(&story, table)), before);
}
