//! The result of a check of a Slack channel that is no longer in use is dropped.

use knock_engine::commands::NoteSlackProblem;
use knock_engine::{Changes, Command};
use knock_model::Millis;
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
