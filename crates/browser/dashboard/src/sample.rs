//! Records for the tests.

use knock_model::{Category, Millis, SessionId, SignalId, SignalType, VisitorId};
use knock_wire::TimelineEntry;

/// A view of the pricing page by an unknown visitor.
pub(crate) fn entry() -> TimelineEntry {
    let at = Millis(1_795_163_907_123);
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
        name: String::new(),
        form: String::new(),
        fields: Vec::new(),
    }
}
