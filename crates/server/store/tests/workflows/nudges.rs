//! Nudges and what became of them.

use crate::{ANN, BOB, key, read, run, workflow, write};
use knock_model::{IntentType, LeadId, Millis, NudgeId};
use knock_ports::Nudge;
use knock_store::Scratch;
use knock_wire::{NudgeButton, NudgeCounts, NudgeOpens, StepContent};

fn nudge(number: u8, lead: LeadId, ready_at: i64) -> Nudge {
    let label = [("en".to_owned(), "Let us talk".to_owned())].into();
    Nudge {
        id: NudgeId::new([number; 16]),
        lead,
        run: key(1, 1),
        step: "n".into(),
        visit: number.into(),
        content: StepContent::Nudge {
            text: [("de".to_owned(), "Haben Sie Fragen?".to_owned())].into(),
            buttons: vec![NudgeButton { label, opens: NudgeOpens::Chat }],
            agent: Some(IntentType::ALL[0]),
        },
        ready_at: Millis(ready_at),
        expires_at: Millis(ready_at + 30),
        shown_at: None,
        url: String::new(),
        clicked_at: None,
        closed_at: None,
        withdrawn_at: None,
    }
}

#[test]
fn nudges_that_have_not_ended_are_open() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let shown = Nudge { shown_at: Some(Millis(12)), url: "https://us.example/pricing".into(), ..nudge(1, ANN, 10) };
    let ended = [
        Nudge { clicked_at: Some(Millis(13)), ..Nudge { id: NudgeId::new([2; 16]), ..shown.clone() } },
        Nudge { closed_at: Some(Millis(13)), ..Nudge { id: NudgeId::new([3; 16]), ..shown.clone() } },
        Nudge { withdrawn_at: Some(Millis(13)), ..nudge(4, ANN, 5) },
    ];
    let ready = nudge(5, ANN, 1);
    write(&store, |ledger| {
        ledger.begin_run(ANN, &run(1, 1, 1))?;
        ledger.begin_run(BOB, &run(1, 1, 1))?;
        ledger.save_nudge(&nudge(1, ANN, 10))?;
        ended.iter().chain([&shown, &ready, &nudge(6, BOB, 1)]).try_for_each(|nudge| ledger.save_nudge(nudge))?;
        assert_eq!(ledger.open_nudges(ANN)?, [ready.clone(), shown.clone()]);
        Ok(())
    });
    assert_eq!(read(&store, |view| view.open_nudges(ANN)), [ready.clone(), shown.clone()]);
    assert_eq!(read(&store, |view| view.nudge(ended[0].id)), Some(ended[0].clone()));
    assert_eq!(read(&store, |view| view.nudge(NudgeId::new([9; 16]))), None);
    assert_eq!(read(&store, |view| view.nudges_of(ANN)).len(), 5);
    let counts = NudgeCounts { shown: 3, clicked: 1, closed: 1, not_shown: 1 };
    assert_eq!(read(&store, |view| view.run_steps(workflow(1))).nudges, [("n".to_owned(), counts)].into());
}
