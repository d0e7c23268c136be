//! What reports read of what was done about leads: decisions, runs of workflows, writes to CRMs, unanswered questions.

use knock_agent::Language;
use knock_intent::History;
use knock_model::{
    ConversationId, CrmSystem, Destination, Email, Label, LeadId, MessageChannel, MessageId, Millis, SessionId,
    SignalId, SiteId, VisitorId, WorkflowId,
};
use knock_ports::{
    Completion, Conversation, CrmCompanyEffect, CrmEffect, CrmLogged, Decided, Effect, FirstTouch, Lead, Ledger,
    Message, MessageAuthor, NewDelivery, ReportDecision, ReportRun, ReportWrite, Store, StoreError, View,
};
use knock_routing::{Assignee, Decision, Field, Funnel, LeadFields, Outcome, Reason, SkipReason, Skipped, Turn, Value};
use knock_store::Scratch;
use knock_workflow::{Entry, Run, RunKey, RunState, StoppedBy, Waiting};
use std::sync::Arc;

const NOW: Millis = Millis(1_795_000_000_000);
/// A lead that is marked as spam.
const SPAM: u8 = 9;

fn id(number: u8) -> LeadId {
    LeadId::new([number; 16])
}

fn workflow() -> WorkflowId {
    WorkflowId::new([7; 16])
}

fn days(count: i64) -> Millis {
    NOW + Millis::days(count)
}

fn lead(number: u8) -> Lead {
    Lead {
        id: id(number),
        email: Email::parse(&format!("lead{number}@globex.test")).ok(),
        is_spam: number == SPAM,
        name: "".into(),
        phone: None,
        company: Label::default(),
        account: None,
        first_touch: FirstTouch::default(),
        history: History::default(),
        signals: 0,
        first_seen_at: days(-90),
        last_seen_at: days(-90),
    }
}

/// A store with three leads, the last of them spam.
fn with_leads() -> Scratch {
    let scratch = Scratch::new();
    write(&scratch.store(), |ledger| [1, 2, SPAM].iter().try_for_each(|number| ledger.save_lead(&lead(*number))));
    scratch
}

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn read<T>(store: &Arc<dyn Store>, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let read = store.read(&mut |view| {
        found = Some(work(view)?);
        Ok(())
    });
    read.expect("it is read");
    found.expect("it was read")
}

/// A decision about a lead, by turn in a segment.
fn decided(number: u8, at: Millis) -> Decided {
    let rep = |name: &str| name.to_owned();
    let mut fields = LeadFields::default();
    fields.set(&Field::parse("intent.score").expect("a field"), Value::text("High"));
    fields.set(&Field::parse("email").expect("a field"), Value::text("ann@globex.test"));
    let decision = Decision {
        funnel: Funnel::Chat,
        rule: "default_chat".to_owned(),
        rule_name: "Default".to_owned(),
        version: 1,
        segment: Some("large".to_owned()),
        segment_name: "Large".to_owned(),
        outcome: Outcome::Assigned,
        assignee: Some(Assignee::Rep { id: rep("ann") }),
        reason: Reason::SegmentRoundRobin,
        notes: Vec::new(),
        notify: Vec::new(),
        turn: Some(Turn { rep: rep("ann"), number: 3 }),
        skipped: vec![Skipped { rep: rep("bo"), reason: SkipReason::Away }],
    };
    Decided { id: SignalId::new(at, &[number; 10]), lead: id(number), at, link: "Website".to_owned(), fields, decision }
}

#[test]
fn decisions_are_read_by_their_instant_with_the_score_and_without_spam() {
    let scratch = with_leads();
    let store = scratch.store();
    let mut waiting = decided(2, days(-2));
    waiting.decision.outcome = Outcome::Waiting;
    waiting.decision.reason = Reason::NobodyAvailable;
    (waiting.decision.segment, waiting.decision.turn, waiting.decision.assignee) = (None, None, None);
    (waiting.decision.skipped, waiting.fields) = (Vec::new(), LeadFields::default());
    let all = [decided(1, days(-1)), decided(SPAM, days(-3)), waiting];
    write(&store, |ledger| all.iter().try_for_each(|decided| ledger.append_decision(decided)));
    let by_turn = ReportDecision {
        lead: id(1),
        at: days(-1),
        funnel: Funnel::Chat,
        rule: "default_chat".to_owned(),
        segment: Some("large".to_owned()),
        outcome: Outcome::Assigned,
        assignee: Some(Assignee::Rep { id: "ann".to_owned() }),
        reason: Reason::SegmentRoundRobin,
        turn: Some("ann".to_owned()),
        skipped: vec![Skipped { rep: "bo".to_owned(), reason: SkipReason::Away }],
        score: "High".to_owned(),
    };
    let unavailable = ReportDecision {
        lead: id(2),
        at: days(-2),
        segment: None,
        outcome: Outcome::Waiting,
        assignee: None,
        reason: Reason::NobodyAvailable,
        turn: None,
        skipped: Vec::new(),
        score: String::new(),
        ..by_turn.clone()
    };
    assert_eq!(read(&store, |view| view.report_decisions()), [unavailable, by_turn]);
}

fn run(number: u32, enrolled_at: Millis) -> Run {
    let waiting = Waiting { step: "a".into(), entered_at: enrolled_at, due_at: days(9), after: u64::from(number) };
    Run {
        workflow: workflow().to_string(),
        version: 1,
        number,
        cause: format!("signal:{number}"),
        enrolled_at,
        enrolled_by: u64::from(number) * 4_096,
        state: RunState::Active(waiting),
        log: Vec::new(),
    }
}

fn done(at: Millis) -> Entry {
    Entry { step: "a".into(), at, outcome: knock_workflow::Outcome::Done }
}

/// Stores a run of a lead that did one step.
fn runs(ledger: &mut dyn Ledger, number: u8, run: &Run, did: Millis, end: Option<RunState>) -> Result<(), StoreError> {
    let key = RunKey { workflow: run.workflow.clone(), number: run.number };
    ledger.begin_run(id(number), run)?;
    ledger.append_run_entry(id(number), &key, &done(did))?;
    end.map_or(Ok(()), |end| ledger.save_run_state(id(number), &key, 1, &end))
}

#[test]
fn runs_are_read_that_began_are_active_or_did_a_step_since_then() {
    let scratch = with_leads();
    let store = scratch.store();
    write(&store, |ledger| {
        runs(ledger, 1, &run(1, days(-60)), days(-50), Some(RunState::Finished))?;
        runs(ledger, 1, &run(2, days(-40)), days(-2), Some(RunState::Stopped(StoppedBy::Spam)))?;
        runs(ledger, 1, &run(3, days(-30)), days(-29), None)?;
        runs(ledger, 2, &run(1, days(-1)), days(0), Some(RunState::Finished))?;
        runs(ledger, SPAM, &run(1, days(-1)), days(0), None)
    });
    let of = |lead: u8, enrolled: i64, did: i64, is_over: bool, is_stopped: bool| ReportRun {
        lead: id(lead),
        workflow: workflow(),
        enrolled_at: days(enrolled),
        is_over,
        is_stopped,
        log: vec![done(days(did))],
    };
    let stopped = of(1, -40, -2, true, true);
    let active = of(1, -30, -29, false, false);
    let finished = of(2, -1, 0, true, false);
    assert_eq!(
        read(&store, |view| view.report_runs(days(-5))),
        [stopped.clone(), active.clone(), finished.clone()],
        "not what was over before"
    );
    let all = read(&store, |view| view.report_runs(Millis(0)));
    assert_eq!(all, [of(1, -60, -50, true, false), stopped, active.clone(), finished]);
    assert_eq!(read(&store, |view| view.report_runs(days(1))), [active]);
}

fn logged(cause_at: Millis, at: Millis, company: Option<&str>) -> CrmLogged {
    let company = company.map(str::to_owned);
    CrmLogged { at, cause: "chat_status".into(), cause_at, company, properties: Vec::new() }
}

fn written(number: u8, cause_at: Millis, written_at: Option<Millis>) -> ReportWrite {
    ReportWrite { lead: id(number), crm: "hubspot".into(), cause: "chat_status".into(), cause_at, written_at }
}

/// Enqueues an effect at HubSpot and gives it up.
fn gives_up(ledger: &mut dyn Ledger, to: Destination, number: u8, effect: Effect) -> Result<(), StoreError> {
    let (lead, at) = (Some(id(number)), effect.at);
    ledger.enqueue(&NewDelivery { to, effect, lead, ordering_key: [number; 16], stored_at: at })?;
    for claimed in ledger.claim(to, NOW, NOW + Millis::DAY, NOW + Millis::days(2), 9)? {
        ledger.complete_attempt(claimed.number, claimed.attempts, &Completion::Parked, "refused", NOW)?;
    }
    Ok(())
}

#[test]
fn writes_of_contacts_are_read_those_that_were_given_up_too() {
    let scratch = with_leads();
    let store = scratch.store();
    let system = CrmSystem::Hubspot;
    let effect = |number: u8| CrmEffect { lead: id(number), cause: "chat_status".into() };
    let of_company = CrmCompanyEffect { lead: id(2), cause: "chat_status".into(), is_second: false };
    let contact = |number: u8| Effect {
        kind: CrmEffect::KIND,
        data: serde_json::to_string(&effect(number)).expect("JSON"),
        at: days(-3),
    };
    let company =
        Effect { kind: CrmCompanyEffect::KIND, data: serde_json::to_string(&of_company).expect("JSON"), at: days(-3) };
    write(&store, |ledger| {
        ledger.append_crm_write(system, [1; 16], id(1), &logged(days(-9), days(-9), None))?;
        ledger.append_crm_write(system, [2; 16], id(1), &logged(days(-6), days(-1), None))?;
        ledger.append_crm_write(system, [3; 16], id(1), &logged(days(-1), days(-1), Some("77")))?;
        ledger.append_crm_write(system, [4; 16], id(SPAM), &logged(days(-1), days(-1), None))?;
        gives_up(ledger, Destination::crm(system), 2, contact(2))?;
        gives_up(ledger, Destination::crm(system), SPAM, contact(SPAM))?;
        gives_up(ledger, Destination::crm_companies(system), 2, company.clone())
    });
    let late = written(1, days(-6), Some(days(-1)));
    let given_up = written(2, days(-3), None);
    assert_eq!(read(&store, |view| view.report_writes(days(-5))), [late.clone(), given_up.clone()]);
    let all = read(&store, |view| view.report_writes(Millis(0)));
    assert_eq!(all, [written(1, days(-9), Some(days(-9))), late, given_up]);
    assert_eq!(read(&store, |view| view.report_writes(days(1))), []);
}

fn opened(number: u8) -> Conversation {
    Conversation {
        id: ConversationId::new([number; 16]),
        lead: id(number),
        site: SiteId(1),
        visitor: VisitorId::new(NOW, &[number; 10]),
        session: SessionId::new(NOW, &[number; 10]),
        link: "Website".into(),
        opened_at: days(-9),
        secret: None,
        language: Language::En,
        utm: knock_routing::Utm::default(),
        identified: None,
        time_zone: String::new(),
    }
}

fn question(of: u8, seq: u8, at: Millis, unanswered: Option<&str>) -> Message {
    Message {
        seq: seq.into(),
        id: MessageId::new(at, &[of; 10]),
        author: MessageAuthor::Lead,
        text: "Do you ship to Norway?".into(),
        at,
        choices: Vec::new(),
        source: None,
        unanswered: unanswered.map(str::to_owned),
        files: Vec::new(),
        card: None,
        channel: MessageChannel::Chat,
    }
}

#[test]
fn questions_without_an_answer_are_read_by_their_instant_and_without_spam() {
    let scratch = with_leads();
    let store = scratch.store();
    let subject = Some("ship norway");
    write(&store, |ledger| {
        for number in [1, 2, SPAM] {
            ledger.create_conversation(&opened(number))?;
            let asked = [question(number, 1, days(-8), subject), question(number, 2, days(-2), None)];
            asked.iter().try_for_each(|asked| ledger.append_message(opened(number).id, asked))?;
        }
        ledger.append_message(opened(1).id, &question(1, 3, days(-1), subject))?;
        ledger.append_message(opened(2).id, &question(2, 3, days(-3), subject))
    });
    let since = |from: Millis| read(&store, |view| view.report_questions(from));
    assert_eq!(since(days(-3)), [(id(2), days(-3)), (id(1), days(-1))]);
    assert_eq!(since(Millis(0)).len(), 4);
    assert_eq!(since(days(0)), []);
}
