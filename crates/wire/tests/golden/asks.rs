//! What clients send.

use crate::Shape;
use crate::golden::Golden;
use crate::made::{AT, message, secret, session, visitor};
use knock_intent::{CategoryOverride, OverrideBy};
use knock_model::{CardCalendar, CardKind, Category, EventType, IdentifyPolicy, IntentType, LeadId, TagId};
use knock_wire::{
    BatchEnvelope, ChatHello, ChatStart, ClockChange, ContactChange, ContactsAction, HandoffArrival, HandoffStart,
    LeadAction, LinkAsk, LinkRule, MessageDraft, ReadMark, RepMessageDraft, SampleAsk, SavedViewDraft, SendAgainAsk,
    SessionStart, SignalBody, SiteDraft, WebhookDraft,
};
use serde_json::json;

pub(crate) fn shapes() -> Vec<Shape> {
    let text = str::to_owned;
    let mut shapes = vec![
        batch(),
        signal(),
        Shape::of("chat_hello", &ChatHello { token: secret(), after: 3 }),
        Shape::of("read_mark", &ReadMark { seq: 3 }),
        Shape::of("handoff_start", &HandoffStart { site: text("sitekey"), visitor: visitor().to_string() }),
        Shape::of("handoff_arrival", &HandoffArrival { site: text("sitekey"), token: secret() }),
        Shape::of("session_start", &SessionStart { token: secret() }),
        Shape::of("session_link_ask", &LinkAsk { email: text("ann@acme.test") }),
        Shape::of("clock_change", &ClockChange { now: None, advance_ms: Some(1_000) }),
        Shape::of(
            "contacts_action",
            &ContactsAction {
                contacts: vec![LeadId::new([4; 16]), LeadId::new([5; 16])],
                action: LeadAction::MarkSpam,
            },
        ),
        Shape::of(
            "contact_change",
            &ContactChange { name: Some(text("Ann Lee")), phone: Some(String::new()), company: None },
        ),
        Shape::of("saved_view_draft", &view_draft()),
        Shape::of("link_rule", &LinkRule { rule: Some(text("enterprise")) }),
        Shape::of("sample_ask", &SampleAsk { event: EventType::MeetingBooked }),
        Shape::of("send_again_ask", &SendAgainAsk { number: Some(7) }),
        Shape::of(
            "webhook_draft",
            &WebhookDraft {
                url: text("https://example.com/hooks/knock"),
                events: EventType::ALL.to_vec(),
                sites: vec![text("sitekey")],
                is_active: true,
            },
        ),
    ];
    shapes.extend(chat_starts());
    shapes.extend(message_drafts());
    shapes.extend(site_drafts());
    shapes.extend(actions());
    shapes
}

fn chat_starts() -> [Shape; 3] {
    let text = str::to_owned;
    let first = ChatStart {
        site: Some(text("sitekey")),
        link: None,
        visitor: visitor().to_string(),
        session: session().to_string(),
        secret: None,
        language: None,
        time_zone: None,
        resume: None,
        invitation: None,
        conversation: None,
    };
    let again = || ChatStart {
        site: None,
        link: Some(text("chat")),
        visitor: visitor().to_string(),
        session: session().to_string(),
        secret: Some(secret()),
        language: None,
        time_zone: None,
        resume: None,
        invitation: None,
        conversation: None,
    };
    let (language, time_zone) = (Some(text("de-AT")), Some(text("Europe/Vienna")));
    let mailed = ChatStart { language, time_zone, resume: Some(secret()), ..again() };
    [Shape::of("chat_start", &first), Shape::of("chat_start_again", &again()), Shape::of("chat_start_mailed", &mailed)]
}

fn message_drafts() -> [Shape; 4] {
    let text = str::to_owned;
    [
        Shape::of(
            "message_draft",
            &MessageDraft { id: message(1).to_string(), text: text("What does it cost?"), email: None },
        ),
        Shape::of(
            "message_draft_identified",
            &MessageDraft {
                id: message(1).to_string(),
                text: text("What does it cost?"),
                email: Some(text("ann@acme.test")),
            },
        ),
        Shape::of(
            "rep_message_draft",
            &RepMessageDraft { id: message(1).to_string(), text: text("It costs $49."), card: None, calendar: None },
        ),
        Shape::of(
            "rep_message_draft_card",
            &RepMessageDraft {
                id: message(1).to_string(),
                text: String::new(),
                card: Some(CardKind::Meeting),
                calendar: Some(CardCalendar::Rule),
            },
        ),
    ]
}

fn site_drafts() -> [Shape; 2] {
    let text = str::to_owned;
    [
        Shape::of(
            "site_draft",
            &SiteDraft {
                name: text("Acme"),
                origins: vec![text("https://www.acme.test")],
                with_twins: false,
                base: text("/shop"),
                categories: Some(vec![CategoryOverride {
                    by: OverrideBy::Path,
                    matches: text("/rechner"),
                    category: Category::Pricing,
                }]),
                identify: Some(IdentifyPolicy::Verified),
            },
        ),
        Shape::of(
            "site_draft_typed",
            &SiteDraft {
                name: text("Acme"),
                origins: vec![text("acme.test/pricing")],
                with_twins: true,
                base: String::new(),
                categories: None,
                identify: None,
            },
        ),
    ]
}

fn view_draft() -> SavedViewDraft {
    SavedViewDraft {
        page: "contacts".to_owned(),
        name: "Hot leads".to_owned(),
        query: "score=High&sort=-score".to_owned(),
        is_personal: true,
    }
}

fn actions() -> impl Iterator<Item = Shape> {
    let actions = [
        ("reject", LeadAction::Reject("too small".to_owned())),
        ("undo_reject", LeadAction::UndoReject),
        ("mark_spam", LeadAction::MarkSpam),
        ("unmark_spam", LeadAction::UnmarkSpam),
        ("open_deal", LeadAction::OpenDeal),
        ("done", LeadAction::Done),
        ("snooze", LeadAction::Snooze { until: AT }),
        ("reopen", LeadAction::Reopen),
        ("assign", LeadAction::Assign { to: "me".to_owned() }),
        ("set_type", LeadAction::SetType { kind: IntentType::JobSeeker }),
        ("add_tag", LeadAction::AddTag { tag: TagId::new([10; 16]) }),
        ("remove_tag", LeadAction::RemoveTag { tag: TagId::new([10; 16]) }),
    ];
    actions.into_iter().map(|(name, action)| Shape::of(format!("lead_action_{name}"), &action))
}

/// Signals are read where they lie, so the shapes of a batch borrow.
fn batch() -> Shape {
    let batch = json!({
        "v": 1, "site": "sitekey", "visitor": visitor(), "session": session(), "sent_at": AT, "base": "/shop",
        "intent_type": "Buying", "errors": 0, "lost": 2, "automation": "webdriver", "ignore_dnt": true, "signals": [signal_json()],
    });
    Shape {
        golden: Golden::of("signals_batch", &batch),
        reread: |text| serde_json::to_string(&serde_json::from_str::<BatchEnvelope<'_>>(text)?),
        reread_in_browser: None,
    }
}

fn signal() -> Shape {
    Shape {
        golden: Golden::of("signal", &signal_json()),
        reread: |text| serde_json::to_string(&serde_json::from_str::<SignalBody<'_>>(text)?),
        reread_in_browser: None,
    }
}

fn signal_json() -> serde_json::Value {
    let id = knock_model::SignalId::new(AT, &[3; 10]);
    json!({
        "id": id, "at": AT, "type": "cta", "url": "https://www.acme.test/shop/pricing", "seq": 4, "title": "Pricing",
        "referrer": "https://search.test/", "text": "Get a quote", "href": "https://www.acme.test/quote",
        "name": "quote", "form": "contact", "fields": ["email", "company"], "props": {"link": "outbound"},
        "proof": "00ff", "category": "Pricing", "view": id,
    })
}
