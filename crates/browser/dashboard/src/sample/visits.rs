//! Visitors on a site.

use knock_intent::LONGEST_STAY;
use knock_model::{Millis, VisitorId};
use knock_wire::{VisitRow, VisitorActShown};

use super::{AT, conversation};

/// An anonymous visitor who reads the prices, the `number`-th from the last one who came.
pub(crate) fn visit(number: u8) -> VisitRow {
    let viewed_at = AT - Millis(i64::from(number) * 1_000);
    VisitRow {
        site: "sitekey".to_owned(),
        site_title: "Acme".to_owned(),
        visitor: VisitorId::new(AT, &[number; 10]),
        contact: None,
        account: None,
        url: "https://acme.test/pricing".to_owned(),
        title: "Pricing".to_owned(),
        since_at: viewed_at,
        viewed_at,
        until_at: viewed_at + LONGEST_STAY,
        pages: 1,
        intent: conversation().intent,
        owner: String::new(),
        conversation: None,
        invitation: None,
        refusal: String::new(),
    }
}

/// The end of a chat by its visitor.
pub(crate) fn act() -> VisitorActShown {
    VisitorActShown {
        at: AT,
        what: "ended".to_owned(),
        values: Vec::new(),
        consent: String::new(),
        rating: None,
        comment: String::new(),
        rep: String::new(),
        to: String::new(),
    }
}
