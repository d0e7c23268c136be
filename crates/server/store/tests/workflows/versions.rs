//! Workflows with their versions, and the settings of the workspace.

use crate::{ANN, BOB, key, read, run, workflow, write};
use knock_model::{Millis, RepId};
use knock_ports::{StoredVersion, StoredWorkflow};
use knock_store::Scratch;
use knock_wire::{StepContent, WorkflowDraft, WorkflowSettings, WorkflowState};
use knock_workflow::{Cap, RunState, Workflow};

fn definition(of: u8, wait: i64) -> Workflow {
    let text = format!(
        r#"{{"id": "{}", "trigger": {{"on": "message"}}, "steps": [{{"id": "a", "wait": {{"for_ms": {wait}}}}}, {{"id": "n", "do": "nudge"}}]}}"#,
        workflow(of)
    );
    serde_json::from_str(&text).expect("a workflow")
}

fn version(of: u8, number: u32) -> StoredVersion {
    let content = StepContent::Nudge {
        text: [("en".to_owned(), "Shall we talk?".to_owned())].into(),
        buttons: Vec::new(),
        agent: None,
    };
    let draft = WorkflowDraft {
        name: format!("Workflow {of}.{number}"),
        definition: definition(of, i64::from(number)),
        contents: [("n".to_owned(), content)].into(),
    };
    let saved_by = (number > 1).then(|| RepId::from_bytes([9; 16]));
    StoredVersion { workflow: workflow(of), number, draft, saved_at: Millis(i64::from(number)), saved_by }
}

fn stored(of: u8, position: u32, state: WorkflowState, version: u32) -> StoredWorkflow {
    StoredWorkflow { id: workflow(of), position, state, version }
}

#[test]
fn workflows_are_in_their_order_with_archived_ones_last() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let [one, two, three] = [
        stored(1, 0, WorkflowState::Archived, 1),
        stored(2, 2, WorkflowState::Off, 1),
        stored(3, 1, WorkflowState::On, 1),
    ];
    write(&store, |ledger| {
        [stored(1, 3, WorkflowState::Off, 1), two, three, one]
            .iter()
            .try_for_each(|workflow| ledger.save_workflow(workflow, Millis(1)))
    });
    assert_eq!(read(&store, |view| view.workflows()), [three, two, one]);
}

#[test]
fn versions_in_use_are_older_ones_with_leads_inside() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        for version in [version(1, 1), version(1, 2), version(1, 3), version(2, 1)] {
            ledger.append_workflow_version(&version)?;
        }
        ledger.begin_run(ANN, &run(1, 1, 10))?;
        ledger.begin_run(BOB, &run(1, 1, 11))?;
        ledger.begin_run(BOB, &run(2, 1, 12))
    });
    let mut newest = read(&store, |view| view.newest_workflow_versions());
    newest.sort_by_key(|version| version.workflow);
    let mut expected = [version(1, 3), version(2, 1)];
    expected.sort_by_key(|version| version.workflow);
    assert_eq!(newest, expected);
    assert_eq!(read(&store, |view| view.workflow_versions_in_use()), [version(1, 1)]);
    write(&store, |ledger| {
        ledger.save_run_state(ANN, &key(1, 1), 2, &crate::waiting("a", 20))?;
        ledger.save_run_state(BOB, &key(1, 1), 1, &RunState::Finished)
    });
    assert_eq!(read(&store, |view| view.workflow_versions_in_use()), [version(1, 2)]);
    let all = read(&store, |view| view.workflow_versions(workflow(1)));
    assert_eq!(all, [(version(1, 3), 0), (version(1, 2), 1), (version(1, 1), 0)]);
}

#[test]
fn the_settings_of_the_workspace_are_one() {
    let scratch = Scratch::new();
    let store = scratch.store();
    assert_eq!(read(&store, |view| view.workflow_settings()), WorkflowSettings::default());
    let settings = |actions| {
        let cap = Some(Cap { actions, within: Millis::DAY });
        WorkflowSettings { cap, quiet: serde_json::from_str(r#"{"from": "20:00", "to": "08:00", "zone": "UTC"}"#).ok() }
    };
    write(&store, |ledger| {
        ledger.save_workflow_settings(&settings(2))?;
        ledger.save_workflow_settings(&settings(3))
    });
    assert_eq!(read(&store, |view| view.workflow_settings()), settings(3));
}
