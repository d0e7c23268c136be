//! Commands of Slack on a store: a check of a channel that is no longer in use is dropped, and cards are updated together.

use knock_engine::commands::{NoteSlackProblem, SLACK_CARDS, UpdateSlackCards};
use knock_engine::{Changes, Command};
use knock_model::{ConversationId, Destination, LeadId, Millis};
use knock_ports::{SlackChoice, Store};
use knock_store::Scratch;
use knock_wire::SlackProblem;

/// Returns the channels with problems after one was found in `C0OLD`, while `selected` is the monitoring channel.
fn broken_channels(store: &dyn Store, selected: &str, is_check: bool) -> Vec<String> {
    let (kind, channel, text) = ("channel_gone".into(), "C0OLD".into(), "the channel is archived".into());
    let note = NoteSlackProblem {
        problem: SlackProblem { kind, channel, text, since: Millis(1), places: Vec::new() },
        is_check,
    };
    let choice = SlackChoice { monitoring_channel: selected.into(), ..SlackChoice::default() };
    let mut noted = |ledger: &mut dyn knock_ports::Ledger| {
        ledger.save_slack_choice(&choice)?;
        note.run(ledger, &mut Changes::default())
    };
    store.write(&mut noted).expect("stored");
    let mut channels = Vec::new();
    let mut read = |view: &dyn knock_ports::View| {
        channels = view.slack_problems()?.into_iter().map(|problem| problem.channel).collect();
        Ok(())
    };
    store.read(&mut read).expect("read");
    channels
}

#[test]
fn a_check_that_ends_after_another_channel_was_selected_is_dropped() {
    let scratch = Scratch::new();
    let store = scratch.store();
    assert!(broken_channels(&*store, "C0NEW", true).is_empty());
    assert_eq!(broken_channels(&*store, "C0OLD", true), ["C0OLD"]);
}

#[test]
fn a_post_that_was_refused_is_stored_whatever_is_selected() {
    let scratch = Scratch::new();
    assert_eq!(broken_channels(&*scratch.store(), "C0NEW", false), ["C0OLD"]);
}

#[test]
fn the_cards_of_a_chat_are_updated_once_for_all_that_changes_within_seconds() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let lead = LeadId::from_bytes([2; 16]);
    let update = |chat: u8, at: i64| {
        let conversation = ConversationId::from_bytes([chat; 16]);
        let update = UpdateSlackCards { conversation, lead, now: Millis(at) };
        store.write(&mut |ledger| update.run(ledger, &mut Changes::default())).expect("stored");
    };
    // The reversed id is the ordering key: those of two chats differ.
    for (chat, at) in [(1, 1_000), (1, 1_500), (1, 2_900), (3, 2_900)] {
        update(chat, at);
    }
    let mut due = Vec::new();
    let mut read = |view: &dyn knock_ports::View| {
        let waiting = view.deliveries(Destination::SLACK, i64::MAX, 10)?;
        assert!(waiting.iter().all(|entry| entry.effect.kind == SLACK_CARDS));
        due = waiting.into_iter().map(|entry| entry.due_at).collect();
        Ok(())
    };
    store.read(&mut read).expect("read");
    due.sort_unstable();
    assert_eq!(due, [Millis(3_000), Millis(4_900)]);
}
