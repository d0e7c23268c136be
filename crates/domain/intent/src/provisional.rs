//! The provisional intent type: what the mix of actions suggests before the first message.

use crate::evidence::Evidence;
use knock_model::{Category, IntentType, Millis};

/// The types in order of precedence when two weigh the same.
pub(crate) const ORDER: [IntentType; 4] =
    [IntentType::Buying, IntentType::Partnership, IntentType::Support, IntentType::JobSeeker];

/// The type that most of the activity left at `now` speaks for; `Unknown` without any.
/// Home pages say nothing about a purpose. Shown only as provisional, never synced (IF-03, IF-04).
pub fn provisional_type(evidence: &Evidence, now: Millis) -> IntentType {
    let mut best = (IntentType::Unknown, 0.0);
    for kind in ORDER {
        let weight = weight(evidence, now, kind);
        if weight > best.1 {
            best = (kind, weight);
        }
    }
    best.0
}

/// The sum of the evidence left at `now` for each type.
#[cfg(feature = "messages")]
pub(crate) fn weights(evidence: &Evidence, now: Millis) -> [f64; ORDER.len()] {
    ORDER.map(|kind| weight(evidence, now, kind))
}

fn weight(evidence: &Evidence, now: Millis, kind: IntentType) -> f64 {
    let of_kind = Category::ALL.iter().filter(|category| suggested(**category) == kind);
    of_kind.map(|category| evidence.raw(*category, now)).sum()
}

const fn suggested(category: Category) -> IntentType {
    match category {
        Category::Job => IntentType::JobSeeker,
        Category::Support | Category::Login => IntentType::Support,
        Category::Partner => IntentType::Partnership,
        Category::Home => IntentType::Unknown,
        Category::Demo
        | Category::ChatBuying
        | Category::Pricing
        | Category::Security
        | Category::Comparison
        | Category::Integrations
        | Category::CaseStudy
        | Category::Product
        | Category::Docs
        | Category::Blog => IntentType::Buying,
    }
}
