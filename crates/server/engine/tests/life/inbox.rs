//! The stored inbox row of a chat equals the one derived from its facts, after any events, and each chat is in one
//! folder.

use crate::story::{Step, Story, rep, steps};
use knock_engine::{Presenter, compute_chat_owners};
use knock_model::{LeadId, Millis};
use knock_ports::{ChatSummary, InboxCounts, InboxQuery};
use knock_status::chat::{Folder, InboxView, RepOwner};
use knock_wire::{ConversationRow, Word};
use proptest::prelude::*;

fn lived(steps: &[Step]) -> Story {
    let mut story = Story::begin();
    steps.iter().for_each(|step| story.step(*step));
    story.fire();
    story
}

/// Returns the chats of a view with their rows, and the counts of all views.
fn view(story: &Story, view: InboxView) -> (Vec<(ChatSummary, ConversationRow)>, InboxCounts) {
    let query = InboxQuery::first(view, Some(rep()), 200);
    let mut shown = None;
    let read = story.store().read(&mut |reader| {
        let presenter = Presenter::new(reader, story.now)?;
        let chats = reader.inbox(&query)?.chats;
        let leads: Vec<LeadId> = chats.iter().map(|chat| chat.lead).collect();
        let rows = presenter.conversation_rows(&leads, query.member)?;
        assert!(rows.iter().map(|row| row.lead).eq(leads), "each chat has a row");
        shown = Some((chats.into_iter().zip(rows).collect(), reader.inbox_counts(query.member)?));
        Ok(())
    });
    read.expect("it reads");
    shown.expect("shown")
}

/// Returns the row of one chat, read in its own transaction.
fn alone(story: &Story, chat: &ChatSummary) -> ConversationRow {
    let mut shown = None;
    let read = story.store().read(&mut |reader| {
        shown = Presenter::new(reader, story.now)?.conversation_row(chat)?;
        if let Some(row) = &mut shown {
            row.unread = Some(reader.unread(rep(), row.id)?);
        }
        Ok(())
    });
    read.expect("it reads");
    shown.expect("it has a row")
}

fn only(story: &Story, of: InboxView) -> ChatSummary {
    let (mut rows, counts) = view(story, of);
    assert_eq!((rows.len(), counts.of(of)), (1, 1), "{of:?}");
    rows.remove(0).0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_of_each_chat_is_what_its_row_says_alone_and_among_others(steps in steps(4, 60)) {
        let story = lived(&steps);
        let counts = view(&story, InboxView::Open).1;
        for of in InboxView::ALL {
            let (rows, _) = view(&story, *of);
            // The other views contain open chats only.
            let is_whole = [InboxView::Open, InboxView::Closed, InboxView::Rejected, InboxView::Spam].contains(of);
            prop_assert_eq!(rows.len(), counts.of(*of) as usize, "{:?}", of);
            for (chat, row) in rows {
                prop_assert!(!is_whole || row == alone(&story, &chat), "{row:?}");
                prop_assert_eq!(&row.folder, &Some(Word::Known(chat.folder)));
                prop_assert_eq!(row.waiting_since, chat.waiting_since);
                prop_assert_eq!(row.active_at, Some(chat.active_at));
                prop_assert_eq!(chat.folder, of.folder());
            }
        }
    }
}

#[test]
fn a_lead_waits_from_the_first_message_to_the_first_reply() {
    let mut story = lived(&[Step::Open { visitor: 0 }]);
    assert_eq!(only(&story, InboxView::Unassigned).waiting_since, None);
    story.write(0, "we need a quote");
    let wrote = story.now;
    story.step(Step::Wait { ms: 1_000, is_fired: true });
    story.write(0, "are you there?");
    let chat = only(&story, InboxView::Waiting);
    assert_eq!(chat.waiting_since, Some(wrote));
    story.step(Step::Answer { visitor: 0 });
    let chat = only(&story, InboxView::Mine);
    assert_eq!((chat.waiting_since, chat.owner), (None, Some(RepOwner::Rep(rep().to_string()))));
    assert_eq!(view(&story, InboxView::Waiting).1.of(InboxView::Waiting), 0);
}

#[test]
fn a_deal_is_done_until_the_lead_writes() {
    let deal = Step::Act { visitor: 0, action: 5 };
    let mut story = lived(&[Step::Open { visitor: 0 }, Step::Wait { ms: 1, is_fired: true }, deal]);
    let chat = only(&story, InboxView::Done);
    assert_eq!((chat.status.as_deref(), chat.folder), (Some("Qualified"), Folder::Done));
    story.write(0, "hello again");
    let chat = only(&story, InboxView::Waiting);
    assert_eq!((chat.status.as_deref(), chat.folder), (Some("Qualified"), Folder::Open));
    story.step(Step::Wait { ms: Millis::days(30).0, is_fired: true });
    assert_eq!(only(&story, InboxView::Waiting).folder, Folder::Open);
}

#[test]
fn what_an_earlier_version_did_not_keep_is_computed_after_the_start() {
    let mut story = lived(&[
        Step::Open { visitor: 0 },
        Step::Write { visitor: 0, text: 1 },
        Step::Open { visitor: 1 },
        Step::Write { visitor: 1, text: 1 },
        Step::Answer { visitor: 1 },
        Step::Open { visitor: 2 },
    ]);
    let before = story.derived();
    story.while_stopped(|_, scratch| {
        scratch.execute("UPDATE chats SET owner = NULL, waiting_since = NULL, course = NULL;")
    });
    assert_ne!(story.derived(), before);
    let writer = story.writer.as_ref().expect("it runs");
    story.runtime.block_on(compute_chat_owners(writer, &crate::story::Still(story.now))).expect("computed");
    assert_eq!(story.derived(), before);
}
