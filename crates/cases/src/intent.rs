//! `knock explain intent`: signals to score, bucket and contributions.

use crate::instant;
use knock_intent::{ENGAGED_STRENGTH, Evidence, PAGE_VIEW_LONG, provisional_type, score, strength};
use knock_model::{Bucket, Category, IntentType, Millis, SignalType};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    #[serde(deserialize_with = "instant::read")]
    now: Millis,
    signals: Vec<CaseSignal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseSignal {
    id: String,
    #[serde(deserialize_with = "instant::read")]
    at: Millis,
    #[serde(rename = "type", deserialize_with = "read_strength")]
    strength: f64,
    category: Category,
}

#[derive(Serialize)]
pub(crate) struct Answer {
    score: f64,
    bucket: Bucket,
    contributions: Vec<Contribution>,
    engagement: u8,
    provisional_type: IntentType,
    #[serde(serialize_with = "instant::write_maybe")]
    next_change_at: Option<Millis>,
    why: Why,
}

#[derive(Serialize)]
struct Contribution {
    id: String,
    points: f64,
}

#[derive(Serialize)]
struct Why {
    damping: f64,
    categories: Vec<CategoryPoints>,
}

#[derive(Serialize)]
struct CategoryPoints {
    category: Category,
    points: f64,
}

pub(crate) fn answer(case: &Case) -> Answer {
    let mut seen = BTreeSet::new();
    let signals: Vec<&CaseSignal> = case.signals.iter().filter(|signal| seen.insert(&signal.id)).collect();
    // What lies in the future has age 0.
    let at = |signal: &CaseSignal| signal.at.min(case.now);
    let mut evidence = Evidence::default();
    for signal in &signals {
        evidence.add(signal.category, signal.strength, at(signal));
    }
    let scored = score(&evidence, case.now);
    let contributions = signals.iter().map(|signal| Contribution {
        id: signal.id.clone(),
        points: rounded(scored.contribution(signal.category, signal.strength, at(signal)), 100.0),
    });
    let categories = Category::ALL.iter().filter(|category| scored.has_evidence(**category));
    Answer {
        score: rounded(scored.score, 10.0),
        bucket: scored.bucket,
        contributions: contributions.collect(),
        engagement: scored.engagement,
        provisional_type: provisional_type(&evidence, case.now),
        next_change_at: scored.next_change_at,
        why: Why {
            damping: rounded(scored.damping, 10_000.0),
            categories: categories
                .map(|category| CategoryPoints {
                    category: *category,
                    points: rounded(scored.points[category.index()], 100.0),
                })
                .collect(),
        },
    }
}

/// The strength of a type; `page_view_long` and `engagement` tell of a view that reached 30 s.
fn read_strength<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    let word = Cow::<'de, str>::deserialize(from)?;
    match (&*word, SignalType::parse(&word)) {
        ("page_view_long", _) => Ok(PAGE_VIEW_LONG),
        (_, Some(SignalType::Engagement)) => Ok(ENGAGED_STRENGTH),
        (_, Some(kind)) => Ok(strength(kind)),
        (_, None) => Err(serde::de::Error::custom(format!("`{word}` is not a type of signal"))),
    }
}

fn rounded(number: f64, steps: f64) -> f64 {
    (number * steps).round() / steps
}
