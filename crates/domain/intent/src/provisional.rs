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
    for (kind, weight) in ORDER.into_iter().zip(weights(evidence, now)) {
        if weight > best.1 {
            best = (kind, weight);
        }
    }
    best.0
}

/// How much of the activity left at `now` speaks for each type.
pub(crate) fn weights(evidence: &Evidence, now: Millis) -> [f64; ORDER.len()] {
    let mut weights = [0.0; ORDER.len()];
    for category in Category::ALL {
        if let Some(at) = ORDER.iter().position(|kind| *kind == suggested(*category)) {
            weights[at] += evidence.raw(*category, now);
        }
    }
    weights
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
