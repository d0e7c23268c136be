//! Records for the tests.

mod calendar;
mod home;
mod notes;
mod received;
mod reports;
mod timeline;
mod visits;
mod workflows;

use knock_model::{
    ActorKind, AnswerId, AuditAction, Bucket, Category, ConversationId, DeliveryState, EventType, IdentifyPolicy,
    IntentType, LeadId, MeetingId, MeetingState, MessageId, Millis, RepId, SignalId, SignalType, SourceId, SourceKind,
    SourceState, WebhookId,
};
use knock_routing::Rule;
use knock_status::chat::{ChatOwner, ChatStatus, EventKind, Folder, StatusCause, StatusRule};
use knock_wire::{
    AuditActor, AuditEntry, AuditSubject, Author, Backtest, BandOutcomes, BucketChange, BucketOutcomes, ChatState,
    ContactRef, ConversationRecord, ConversationRow, Delivery, Intent, KnowledgeSource, KnownAnswer, Mail, MeetingRow,
    Message, OutcomeRate, Playbook, PlaybookStep, RateInterval, RawSecret, RuleInputs, RuleRep, RuleTurn, ScoreCause,
    ScoreCourse, ScoreSample, Site, StatusChange, TextsOf, Webhook, Word,
};

pub(crate) use calendar::{calendar_account, calendar_app, calendar_change, consent_provider, member_schedule};
pub(crate) use home::{busy_day, home, home_figure, home_step, home_team};
pub(crate) use notes::{note, tag};
pub(crate) use received::{bounce, received_mail};
pub(crate) use reports::{report, report_by_hour, report_items, report_list};
pub(crate) use timeline::{entry, event};
pub(crate) use visits::{act, visit};
pub(crate) use workflows::{workflow, workflow_draft};

pub(crate) const AT: Millis = Millis(1_795_163_907_123);

/// A conversation of a known lead with the AI agent.
pub(crate) fn conversation() -> ConversationRow {
    let lead = LeadId::new([4; 16]);
    ConversationRow {
        id: ConversationId::new([6; 16]),
        lead,
        contact: Some(ContactRef {
            id: lead,
            email: "ann@globex.test".to_owned(),
            display_name: "ann@globex.test".to_owned(),
            phone: String::new(),
        }),
        state: chat_state(),
        intent: Intent {
            bucket: Bucket::High,
            score: 62.4,
            kind: IntentType::Buying,
            provisional_type: IntentType::Buying,
            engagement: 40,
            at: AT,
            next_change_at: None,
        },
        last: Some(message(1)),
        link: "chat".to_owned(),
        opened_at: AT,
        folder: Some(Folder::Open.into()),
        waiting_since: None,
        snoozed_until: None,
        form: None,
        lead_messages: Some(1),
        unread: None,
        active_at: Some(AT),
        on_site_until: None,
        hits: Vec::new(),
        tags: Vec::new(),
    }
}

fn chat_state() -> ChatState {
    ChatState {
        status: ChatStatus::AiDiscovery.into(),
        owner: ChatOwner::AiAgent.into(),
        since: AT,
        rule: StatusRule(ChatStatus::AiDiscovery).into(),
        next_change_at: None,
        next_status: None,
        is_queued: false,
        rep_owner: None,
        responding_rep: None,
        response_minutes: None,
        reject_reason: None,
        rejected_by: None,
        rejected_by_name: String::new(),
        is_spam: false,
        flags: Vec::new(),
    }
}

/// A message of the lead.
pub(crate) fn message(seq: u64) -> Message {
    let (at, random) = (AT + Millis(1_000 * i64::from(seq as u32)), [seq as u8; 10]);
    let (id, text) = (MessageId::new(at, &random), format!("Question {seq}"));
    Message::plain(seq, id, Author::Lead, text, at)
}

/// The conversation with one message and its history.
pub(crate) fn record() -> ConversationRecord {
    let conversation = conversation();
    let change = StatusChange {
        at: AT,
        status: conversation.state.status.clone(),
        owner: conversation.state.owner.clone(),
        cause: StatusCause::Fact(EventKind::LeadMessage).into(),
        rule: conversation.state.rule.clone(),
    };
    ConversationRecord {
        conversation,
        messages: vec![message(1)],
        history: vec![change],
        decisions: Vec::new(),
        types: Vec::new(),
        assignments: Vec::new(),
        work: Vec::new(),
        forms: Vec::new(),
        acts: Vec::new(),
        read_seq: 0,
        mail_to: None,
        bounce: None,
        mails: Vec::new(),
        trust: None,
        sources: Vec::new(),
        notes: Vec::new(),
        places: None,
        time_zone: None,
        crm_owner: None,
    }
}

/// A webhook with every event.
pub(crate) fn webhook(number: u8) -> Webhook {
    Webhook {
        id: WebhookId::new([number; 16]),
        url: format!("https://crm.test/hook/{number}"),
        events: EventType::ALL.iter().map(|event| (*event).into()).collect(),
        sites: Vec::new(),
        is_active: true,
        why_stopped: String::new(),
        signing_secret: format!("whsec_{number}").into(),
        created_at: AT,
        waiting: 0,
        parked: 0,
    }
}

/// A delivery of a message to a webhook.
pub(crate) fn delivery(number: i64, state: DeliveryState) -> Delivery {
    Delivery {
        number,
        event: EventType::MessageCreated.into(),
        at: AT,
        state: state.into(),
        due_at: None,
        attempts: 1,
        answer: "answered 200".to_owned(),
        data: serde_json::json!({"text": "Hello"}),
        is_sample: false,
    }
}

/// A sign-in link that was mailed, or is to be.
pub(crate) fn mail(number: i64, state: DeliveryState) -> Mail {
    Mail {
        number,
        kind: "mail.sign_in_link".to_owned(),
        to: format!("ann{number}@globex.test"),
        subject: "Your sign-in link for Knock".to_owned(),
        text: "Open this link to sign in to Knock:".to_owned(),
        at: AT,
        state: state.into(),
        due_at: None,
        attempts: 1,
        answer: "250 Ok".to_owned(),
    }
}

/// A change of a role by the command line.
pub(crate) fn audit_entry(id: i64) -> AuditEntry {
    let by = ActorKind::CommandLine;
    let fields = |role: &str| [("role".to_owned(), role.into())].into();
    AuditEntry {
        id,
        at: AT,
        actor: AuditActor { kind: by.into(), id: by.as_str().to_owned(), name: String::new() },
        action: AuditAction::MemberRoleChanged.into(),
        subject: AuditSubject { kind: "member".to_owned(), id: "m".to_owned(), name: "bo@us.test".to_owned() },
        before: fields("rep"),
        after: fields("manager"),
        receipt: None,
    }
}

/// A site that waits for its first signal.
pub(crate) fn site() -> Site {
    Site {
        key: "demo".to_owned(),
        name: "Shop".to_owned(),
        origins: vec!["https://shop.test".to_owned()],
        base: String::new(),
        demo: false,
        snippet: "<script async crossorigin src=\"https://knock.test/k.js\" data-site=\"demo\"></script>".to_owned(),
        snippet_pinned:
            "<script async crossorigin src=\"https://knock.test/t/1/k.js\" integrity=\"sha384-x\"></script>".to_owned(),
        identify: IdentifyPolicy::Open,
        identify_secret: RawSecret::default(),
        waits_for_consent: false,
        last_signal_at: None,
        removed_at: None,
        categories: Vec::new(),
    }
}

/// A score that a form raised and that has fallen since.
pub(crate) fn course() -> ScoreCourse {
    let (form, fallen) = (AT - Millis::days(20), AT - Millis::DAY);
    let signal = SignalId::new(form, &[9; 10]);
    let change = |at, from, to, signal| BucketChange { at, from: Some(from), to, signal };
    let cause = ScoreCause {
        signal,
        at: form,
        kind: SignalType::FormSubmit,
        category: Category::Demo,
        url: "https://acme.test/contact".to_owned(),
        title: "Contact".to_owned(),
        points: 48.5,
        score: 50.0,
    };
    let sample = |at, score| ScoreSample { at, score };
    ScoreCourse {
        from: AT - Millis::days(90),
        to: AT,
        samples: vec![sample(form - Millis(1), 1.5), sample(form, 50.0), sample(AT, 40.0)],
        changes: vec![
            change(form, Bucket::Low, Bucket::High, Some(signal)),
            change(fallen, Bucket::High, Bucket::Medium, None),
        ],
        causes: vec![cause],
        left_out: 2,
    }
}

/// A backtest of a large history.
pub(crate) fn backtest() -> Backtest {
    let outcomes = |leads, qualified, rate| OutcomeRate { leads, qualified, rate };
    let rate = |share, low, high| Some(RateInterval { share, low, high });
    let known = || outcomes(1_200, 600, rate(0.5, 0.4718, 0.5282));
    let of = |bucket, outcomes| BucketOutcomes { bucket, outcomes };
    let band = |from, outcomes| BandOutcomes { from, to: from + 10, outcomes };
    Backtest {
        from: AT - Millis::days(365),
        at: AT,
        all: outcomes(2_409, 900, rate(0.3736, 0.3545, 0.3931)),
        is_enough: true,
        buckets: vec![of(Bucket::High, known()), of(Bucket::Medium, known()), of(Bucket::Low, outcomes(9, 1, None))],
        bands: vec![band(90, known()), band(80, outcomes(9, 1, None))],
        too_old: 0,
        is_cut: false,
    }
}

/// A question with its answer.
pub(crate) fn answer(number: u8) -> KnownAnswer {
    KnownAnswer {
        id: AnswerId::new(AT, &[number; 10]),
        question: format!("Question {number}?"),
        wordings: Vec::new(),
        answer: format!("Answer {number}."),
        updated_at: AT,
    }
}

/// A source with two passages.
pub(crate) fn source(number: u8, kind: SourceKind, state: SourceState) -> KnowledgeSource {
    let is_file = kind == SourceKind::File;
    KnowledgeSource {
        id: SourceId::new(AT, &[number; 10]),
        kind: kind.into(),
        address: (!is_file).then(|| format!("https://shop.test/{number}")),
        name: is_file.then(|| format!("{number}.pdf")),
        content_type: is_file.then(|| "application/pdf".to_owned()),
        bytes: is_file.then_some(2_048),
        state: state.into(),
        passages: 2,
        last_read_at: Some(AT),
        next_read_at: None,
        error: None,
        created_at: AT,
    }
}

/// A meeting of half an hour on Tuesday, 2 June 2026, at 10:00 in Berlin.
pub(crate) fn meeting() -> MeetingRow {
    let start_at = Millis(1_780_387_200_000);
    MeetingRow {
        id: MeetingId::new([7; 16]),
        lead: LeadId::new([8; 16]),
        email: "ann@acme.test".to_owned(),
        name: "Ann Lee".to_owned(),
        start_at,
        end_at: start_at + Millis(1_800_000),
        zone: "America/Vancouver".to_owned(),
        title: "Meeting with Knock".to_owned(),
        location: String::new(),
        owner: RepId::new([9; 16]),
        owner_name: "Bo".to_owned(),
        with: Vec::new(),
        state: Word::Known(MeetingState::Booked),
        cancelled_by: None,
        cancelled_by_name: String::new(),
        reason: String::new(),
        link: "Website".to_owned(),
        added_by: None,
        booked_at: AT,
        updated_at: AT,
        answers: Vec::new(),
        is_declined: false,
        calendar_change: None,
    }
}

/// A playbook of two steps.
pub(crate) fn playbook(version: u32) -> Playbook {
    let step = |step: &str, places: &[&str], texts: &[&str]| PlaybookStep {
        step: step.to_owned(),
        texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        places: places.iter().map(|place| (*place).to_owned()).collect(),
    };
    Playbook {
        kind: "general".to_owned(),
        language: "en".to_owned(),
        version,
        saved_at: (version > 0).then_some(AT),
        site: None,
        texts_of: if version == 0 { TextsOf::Standard } else { TextsOf::Workspace },
        is_standard: version == 0,
        steps: vec![
            step("greeting", &["workspace"], &["Hi from {workspace}"]),
            step("human", &["rep"], &["Of course.", "{rep} is here."]),
        ],
    }
}

/// A rule of chats: job seekers to the AI agent, buyers to a pool.
pub(crate) fn chat_rule() -> Rule {
    rule(
        r#"{"id": "r1", "name": "Website", "funnel": "chat", "version": 3, "segments": [
            {"id": "jobs", "name": "Job seekers", "assign": {"ai_agent": "hiring"},
             "when": {"all": [{"field": "intent.type", "op": "eq", "value": "Job seeker"}]}},
            {"id": "buyers", "name": "Buyers", "assign": {"pool": ["a", "b"]},
             "when": {"all": [{"field": "intent.type", "op": "eq", "value": "Buying"}]}}],
            "fallback": {"assign": {"rep": "a"}}}"#,
    )
}

/// A rule of meetings with a group within its condition.
pub(crate) fn meeting_rule() -> Rule {
    rule(
        r#"{"id": "r2", "name": "Demos", "funnel": "meeting", "version": 1, "reject_private_email": true, "segments": [
            {"id": "large", "name": "Large companies", "monitoring_channel": "large",
             "assign": {"calendar": "any", "reps": ["a", "b"], "duration_min": 45},
             "when": {"all": [{"field": "company.employees", "op": "gte", "value": 200},
                              {"any": [{"field": "session.country", "op": "in", "value": ["AT", "DE"]},
                                       {"not": {"any": [{"field": "email.is_free", "op": "eq", "value": true}]}}]}]}}],
            "fallback": {"disqualify": true}}"#,
    )
}

fn rule(text: &str) -> Rule {
    knock_json::parse_with_fractions(text).expect("a rule")
}

/// Inputs of rules: Ann and Bo, where Ann had the last turn.
pub(crate) fn rule_inputs() -> RuleInputs {
    let rep = |id: &str, name: &str| RuleRep {
        id: id.to_owned(),
        name: name.to_owned(),
        email: format!("{}@us.example", name.to_lowercase()),
        state: Word::Known(knock_routing::RepState::Active),
        is_full: false,
        has_calendar: true,
    };
    let turn = RuleTurn { rule: "r1".into(), segment: "buyers".into(), rep: "a".into(), number: 4 };
    RuleInputs { reps: vec![rep("a", "Ann"), rep("b", "Bo")], turns: vec![turn], ..RuleInputs::default() }
}
