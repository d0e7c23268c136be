//! Ann in a workflow: a run with its log, a nudge, an action that failed, a refusal, and the end of such mails.

use crate::story::Story;
use knock_model::{LeadId, Millis, NudgeId, WorkflowId};
use knock_ports::Nudge;
use knock_wire::StepContent;
use knock_workflow::{Action, Effect, Entry, Lead, Outcome, Refusal, RefusalReason, Run, RunState, Waiting};

/// What the nudge says.
pub(super) const NUDGED: &str = "A word about the euphonium?";

/// Stores all that a workflow can have of Ann.
pub(super) fn enrol(story: &mut Story, lead: LeadId) {
    let (workflow, at) = (WorkflowId::new([7; 16]).to_string(), story.now);
    let waiting = Waiting { step: "later".into(), entered_at: at, due_at: at + Millis::days(365), after: 1 };
    let run = Run {
        workflow: workflow.clone(),
        version: 1,
        number: 1,
        cause: "form:order".into(),
        enrolled_at: at,
        enrolled_by: 1,
        state: RunState::Active(waiting),
        log: Vec::new(),
    };
    let entry = Entry { step: "bubble".into(), at, outcome: Outcome::Done };
    let effect = Effect { run: run.key(), step: "post".into(), visit: 1, action: Action::Slack, at };
    let reason = RefusalReason::Active;
    let refusal = Refusal { workflow, version: 1, event: "form:again".into(), at, reason };
    let nudge = Nudge {
        id: NudgeId::new([7; 16]),
        lead,
        run: run.key(),
        step: "bubble".into(),
        visit: 1,
        content: StepContent::Nudge {
            text: [("en".to_owned(), NUDGED.to_owned())].into(),
            buttons: Vec::new(),
            agent: None,
        },
        ready_at: at,
        expires_at: at + Millis::MINUTE,
        shown_at: None,
        url: String::new(),
        clicked_at: None,
        closed_at: None,
        withdrawn_at: None,
    };
    story.while_stopped(|store, _| {
        let kept = store.write(&mut |ledger| {
            ledger.save_workflow_lead(lead, &Lead { sent: vec![at], ..Lead::default() })?;
            ledger.begin_run(lead, &run)?;
            ledger.append_run_entry(lead, &run.key(), &entry)?;
            assert!(ledger.claim_effect(lead, &effect)?);
            ledger.note_failed_effect(lead, &effect, "the channel #tuba is gone")?;
            ledger.note_refusal(lead, &refusal)?;
            ledger.save_nudge(&nudge)?;
            ledger.stop_workflow_mail(lead, at)
        });
        kept.expect("it is kept");
    });
}
