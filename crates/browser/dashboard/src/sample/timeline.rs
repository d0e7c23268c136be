//! Lines of a timeline for the tests.

use super::AT;
use knock_model::{Category, Millis, SessionId, SignalId, SignalType, TimelineEventKind, VisitorId};
use knock_wire::{TimelineEntry, TimelineEvent};

/// A view of the pricing page by an unknown visitor.
pub(crate) fn entry() -> TimelineEntry {
    let at = AT;
    TimelineEntry {
        id: SignalId::new(at, &[1; 10]),
        at,
        received_at: at + Millis(400),
        clamped: false,
        kind: SignalType::PageView,
        category: Category::Pricing,
        rule: "path".to_owned(),
        matched: "pricing".to_owned(),
        points: 7.74,
        visitor: VisitorId::new(at, &[1, 1, 1, 1, 1, 1, 1, 1, 0x3f, 0x9a]),
        session: SessionId::new(at, &[2; 10]),
        contact: None,
        account: None,
        site: "demo".to_owned(),
        url: "https://acme.test/pricing".to_owned(),
        title: "Pricing".to_owned(),
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

/// A chat given to a rep.
pub(crate) fn event() -> TimelineEvent {
    TimelineEvent {
        id: SignalId::new(AT, &[6; 10]),
        at: AT,
        kind: TimelineEventKind::Assigned.into(),
        by: "Lena Team".to_owned(),
        text: String::new(),
        from: "AI Agent".to_owned(),
        to: "Bo Rep".to_owned(),
        until: None,
        conversation: None,
        meeting: None,
    }
}
