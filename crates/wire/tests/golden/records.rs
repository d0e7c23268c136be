//! Contacts, accounts, timelines, and the live feed.

use crate::chats::tag;
use crate::made::{AT, account, account_ref, contact_ref, conversation, intent, lead, session, visitor};
use crate::{Shape, chats, meetings, routing};
use knock_intent::FunnelStage;
use knock_model::{
    Bucket, Category, ContactField, CrmSystem, CustomFieldSource, EnrichedField, IntentType, LeadId, LinkKind,
    MeetingId, Millis, SavedViewId, SignalId, SignalType, TimelineEventKind, Trust,
};
use knock_routing::Value;
use knock_status::chat::ChatStatus;
use knock_status::meeting::MeetingStatus;
use knock_wire::{
    AccountPage, AccountRecord, AccountRow, Attribution, BucketChange, CategoryPoints, Client, ContactMergeShown,
    ContactPage, ContactProgress, ContactRecord, ContactRow, ContactsActed, ConversationRef, CustomValueShown,
    EditedDetail, EnrichedShown, Intent, LiveEvent, MeetingChangeKind, MeetingChanged, MergeDraft, MergePreview,
    MergeSide, PersonalNotice, PersonalNoticeKind, RejectReasons, SavedView, SavedViewList, ScoreCause, ScoreCourse,
    ScoreSample, ScoreWhy, TimelineEntry, TimelineEvent, TimelinePage,
};
use serde_json::json;

pub(crate) fn shapes() -> Vec<Shape> {
    let next = Some("1795163907123.BAQEBAQE".to_owned());
    let mut shapes = vec![
        Shape::of("contact_page", &ContactPage { contacts: vec![contact()], next: next.clone() }),
        Shape::of("contact_record", &record()),
        Shape::of("contacts_acted", &ContactsActed { done: 2, without_chat: vec![lead()] }),
        Shape::of("reject_reasons", &RejectReasons::default()),
        Shape::of("saved_view", &saved_view()),
        Shape::of("saved_view_list", &SavedViewList { views: vec![saved_view()] }),
        Shape::of("account_page", &AccountPage { accounts: vec![account_row()], next: next.clone() }),
        Shape::of(
            "account_record",
            &AccountRecord {
                account: account_row(),
                funnel_stage: FunnelStage::Customer.into(),
                why: why(),
                contacts: vec![contact(), ContactRow { account: None, name: String::new(), ..contact() }],
                summed_up: 12,
                enrichment: vec![enriched(EnrichedField::CompanyEmployees, json!(250))],
            },
        ),
        Shape::of("merge_draft", &MergeDraft { goes: lead() }),
        Shape::of("merge_preview", &merge_preview()),
        Shape::of("score_course", &course()),
        Shape::of(
            "timeline_page",
            &TimelinePage { entries: vec![entry(SignalType::Cta), plain_entry()], events: vec![event()], next },
        ),
        Shape::of("intent_without_change", &Intent { next_change_at: None, bucket: Bucket::Low, ..intent() }),
    ];
    shapes.extend(SignalType::ALL.iter().map(|kind| {
        let name = format!("timeline_entry_{}", kind.as_str());
        Shape::of(name, &entry(*kind))
    }));
    shapes.extend(live());
    shapes
}

fn live() -> [Shape; 12] {
    [
        Shape::of("live_signal", &LiveEvent::Signal(entry(SignalType::PageView))),
        Shape::of("live_contact", &LiveEvent::Contact(contact())),
        Shape::of("live_account", &LiveEvent::Account(account_row())),
        Shape::of("live_conversation", &LiveEvent::Conversation(Box::new(chats::row()))),
        Shape::of("live_refused", &LiveEvent::Refused("sitekey".to_owned())),
        Shape::of("live_knowledge", &LiveEvent::Knowledge("sitekey".to_owned())),
        Shape::of("live_note", &LiveEvent::Note(conversation())),
        Shape::of("live_presence", &LiveEvent::Presence(chats::presence())),
        Shape::of("live_meeting", &LiveEvent::Meeting(meeting_changed())),
        Shape::of("live_personal_mention", &LiveEvent::Personal(mentioned())),
        Shape::of("live_personal_reminder", &LiveEvent::Personal(reminded())),
        Shape::of("live_missed", &LiveEvent::Missed(17)),
    ]
}

/// A note that names the member.
fn mentioned() -> PersonalNotice {
    PersonalNotice {
        what: PersonalNoticeKind::Mention,
        lead: lead(),
        name: "Ann Lee".to_owned(),
        conversation: Some(conversation()),
        by: "Bo".to_owned(),
        text: "@Lena can you call them?".to_owned(),
    }
}

/// A reminder about a lead without a conversation.
fn reminded() -> PersonalNotice {
    let (what, text) = (PersonalNoticeKind::Reminder, "Ask about the budget".to_owned());
    PersonalNotice { what, conversation: None, by: String::new(), text, ..mentioned() }
}

fn meeting_changed() -> MeetingChanged {
    MeetingChanged {
        id: MeetingId::new([0x0b; 16]),
        lead: lead(),
        what: MeetingChangeKind::Assigned,
        owner: "ann@us.test".to_owned(),
        former: Some("bo@us.test".to_owned()),
        by: Some("cy@us.test".to_owned()),
        name: "Lee".to_owned(),
        start_at: AT,
    }
}

fn contact() -> ContactRow {
    ContactRow {
        id: lead(),
        email: "ann@globex.test".to_owned(),
        display_name: "Ann Lee".to_owned(),
        name: "Ann Lee".to_owned(),
        phone: "+49 30 1234567".to_owned(),
        company: "Globex".to_owned(),
        account: Some(account_ref()),
        intent: intent(),
        attribution: Attribution {
            channel: "Campaign".to_owned(),
            source: "newsletter".to_owned(),
            campaign: "spring".to_owned(),
            landing_page: "https://www.acme.test/pricing?utm_source=newsletter&utm_campaign=spring".to_owned(),
        },
        progress: ContactProgress {
            owner: "bo@us.example".to_owned(),
            owner_name: "Bo Lee".to_owned(),
            chat_status: ChatStatus::Rejected.into(),
            meeting_status: Some(MeetingStatus::New.into()),
            deal_opened_at: Some(AT),
            reject_reason: "No budget".to_owned(),
            last_reply_at: Some(AT),
            last_message_at: Some(AT),
        },
        signals: 14,
        first_seen_at: AT - Millis::DAY,
        last_seen_at: AT,
        tags: vec![tag()],
    }
}

fn saved_view() -> SavedView {
    SavedView {
        id: SavedViewId::new([6; 16]),
        page: "contacts".to_owned(),
        name: "Hot leads".to_owned(),
        query: "score=High&sort=-score".to_owned(),
        created_by: "ann@acme.test".to_owned(),
        created_at: AT,
        is_personal: true,
    }
}

fn record() -> ContactRecord {
    ContactRecord {
        contact: contact(),
        trust: Some(Trust::Claimed),
        why: why(),
        changes: changes(),
        visitors: 2,
        owner: "rep@acme.test".to_owned(),
        funnel_stage: FunnelStage::Opportunity.into(),
        rejected_by: "Bo Lee".to_owned(),
        decisions: routing::decisions().into_iter().take(1).collect(),
        custom: vec![CustomValueShown {
            name: "plan".to_owned(),
            label: "Plan".to_owned(),
            value: Value::text("gold"),
            source: CustomFieldSource::Identify,
            at: AT,
        }],
        conversations: vec![ConversationRef { id: conversation(), link: "chat".to_owned(), opened_at: AT }],
        chat: Some(Box::new(chats::row().state)),
        meetings: Some(Box::new(meetings::flow())),
        summed_up: 12,
        enrichment: vec![
            enriched(EnrichedField::CompanyTechnologies, json!(["Rust", "PostgreSQL"])),
            enriched(EnrichedField::PersonTitle, json!("Head of Sales")),
        ],
        bounces: vec![chats::bounce()],
        consents: Vec::new(),
        edited: vec![EditedDetail { field: ContactField::Name.into(), by: "Bo Rep".to_owned(), at: AT }],
        merges: vec![ContactMergeShown {
            id: SignalId::new(AT, &[7; 10]),
            name: "Petra Holm".to_owned(),
            email: "petra@holm.test".to_owned(),
            by: "Bo Rep".to_owned(),
            at: AT,
            can_undo: true,
        }],
    }
}

fn enriched(field: EnrichedField, value: serde_json::Value) -> EnrichedShown {
    EnrichedShown { field: field.into(), value, source: "Acme Data".to_owned(), at: AT }
}

fn course() -> ScoreCourse {
    let cause = |kind, points| ScoreCause {
        signal: SignalId::new(AT, &[3; 10]),
        at: AT,
        kind,
        category: Category::Pricing,
        url: "https://www.acme.test/pricing".to_owned(),
        title: "Pricing".to_owned(),
        points,
        score: 62.4,
    };
    ScoreCourse {
        from: AT - Millis::days(90),
        to: AT,
        samples: vec![ScoreSample { at: AT - Millis::DAY, score: 54.7 }, ScoreSample { at: AT, score: 62.4 }],
        changes: changes(),
        causes: vec![cause(SignalType::FormSubmit, 7.7), cause(SignalType::PageView, -1.2)],
        left_out: 3,
    }
}

fn account_row() -> AccountRow {
    AccountRow {
        id: account(),
        domain: "globex.test".to_owned(),
        contacts: 3,
        intent: Intent { kind: IntentType::Unknown, bucket: Bucket::Medium, ..intent() },
        signals: 40,
        first_seen_at: AT - Millis::DAY,
        last_seen_at: AT,
    }
}

/// Every category in turn, most points first.
fn why() -> ScoreWhy {
    let categories = (0..).zip(Category::ALL).map(|(place, category)| CategoryPoints {
        category: *category,
        points: 20.25 - f64::from(place),
        ceiling: 30.0,
        half_life_days: 14.0,
    });
    ScoreWhy { damping: 0.75, categories: categories.collect() }
}

fn changes() -> Vec<BucketChange> {
    let signal = Some(SignalId::new(AT, &[3; 10]));
    vec![
        BucketChange { at: AT, from: None, to: Bucket::High, signal },
        BucketChange { at: AT + Millis::DAY, from: Some(Bucket::High), to: Bucket::Medium, signal: None },
        BucketChange { at: AT + Millis::days(9), from: Some(Bucket::Medium), to: Bucket::Low, signal: None },
    ]
}

fn entry(kind: SignalType) -> TimelineEntry {
    TimelineEntry {
        kind,
        clamped: true,
        matched: "pricing".to_owned(),
        points: 7.74,
        contact: Some(contact_ref()),
        account: Some(account_ref()),
        title: "Pricing".to_owned(),
        referrer: "https://search.test/".to_owned(),
        text: "Get a quote".to_owned(),
        href: "https://www.acme.test/quote.pdf".to_owned(),
        link: Some(LinkKind::Download),
        name: "quote".to_owned(),
        form: "contact".to_owned(),
        fields: vec!["email".to_owned()],
        visible_ms: Some(8_100),
        trust: Some(Trust::Verified),
        client: Some(Client {
            device: "desktop".to_owned(),
            os: "macOS".to_owned(),
            browser: "Firefox".to_owned(),
            language: "de-AT".to_owned(),
            country: "AT".to_owned(),
            city: "Vienna".to_owned(),
        }),
        ..plain_entry()
    }
}

fn merge_preview() -> MergePreview {
    let side = |id: u8, email: &str| MergeSide {
        id: LeadId::new([id; 16]),
        display_name: "Petra Holm".to_owned(),
        name: "Petra Holm".to_owned(),
        emails: vec![email.to_owned()],
        phone: "+49301234567".to_owned(),
        company: "Globex".to_owned(),
        owner: "rep@acme.test".to_owned(),
        intent: intent(),
        signals: 12,
        chats: 1,
        meetings: 1,
        chat_status: "Rep Discovery".to_owned(),
        meeting_status: "Meeting Booked".to_owned(),
        first_seen_at: AT - Millis::DAY,
    };
    let (stays, goes) = (side(4, "petra@globex.test"), side(5, "petra@holm.test"));
    let merged =
        MergeSide { emails: [stays.emails.clone(), goes.emails.clone()].concat(), signals: 24, ..stays.clone() };
    let refused = "A contact that is marked as spam cannot be merged.".to_owned();
    MergePreview { stays, goes, merged, crm: vec![CrmSystem::Hubspot.into()], refused }
}

fn event() -> TimelineEvent {
    TimelineEvent {
        id: SignalId::new(AT, &[5; 10]),
        at: AT,
        kind: TimelineEventKind::Assigned.into(),
        by: "Bo Rep".to_owned(),
        text: "Speaks German".to_owned(),
        from: "AI Agent".to_owned(),
        to: "Ann Lee".to_owned(),
        until: Some(AT + Millis::DAY),
        conversation: Some(conversation()),
        meeting: Some(MeetingId::new([9; 16])),
    }
}

/// Of an anonymous visitor, with nothing but its page.
fn plain_entry() -> TimelineEntry {
    TimelineEntry {
        id: SignalId::new(AT, &[3; 10]),
        at: AT,
        received_at: AT + Millis(400),
        clamped: false,
        kind: SignalType::PageView,
        category: Category::Pricing,
        rule: "path".to_owned(),
        matched: String::new(),
        points: 0.0,
        visitor: visitor(),
        session: session(),
        contact: None,
        account: None,
        site: "sitekey".to_owned(),
        url: "https://www.acme.test/pricing".to_owned(),
        title: String::new(),
        referrer: String::new(),
        text: String::new(),
        href: String::new(),
        link: None,
        name: String::new(),
        form: String::new(),
        fields: Vec::new(),
        cut: Vec::new(),
        visible_ms: None,
        trust: None,
        client: None,
        conversation: None,
    }
}
