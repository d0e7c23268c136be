//! The intent score in words: next change, causes and bars.

use super::span::until;
use knock_intent::{TypeWhy, profile};
use knock_model::{Bucket, Category, IntentType, Millis};
use knock_wire::{BucketChange, CategoryPoints, Intent, TimelineEntry, TypeWhyWord, Word};

/// `falls to Medium in 3 days`; nothing if decay changes nothing more.
pub(crate) fn next_change(intent: &Intent, now: Millis) -> Option<(String, Millis)> {
    let at = intent.next_change_at?;
    let below = match intent.bucket {
        Bucket::High => Bucket::Medium,
        Bucket::Medium | Bucket::Low => Bucket::Low,
    };
    Some((format!("falls to {} {}", below.as_str(), until(at, now)), at))
}

/// The cause of a change of the bucket: the shown signal, an earlier one, or decay.
pub(crate) fn change_cause(change: &BucketChange, shown: &[TimelineEntry]) -> String {
    let Some(signal) = change.signal else { return "as earlier activity faded".to_owned() };
    match shown.iter().find(|entry| entry.id == signal) {
        Some(entry) => format!("{}, {}", crate::words::signal::type_label(entry.kind), entry.category.as_str()),
        None => "by an earlier signal".to_owned(),
    }
}

/// The provisional type, while the type is unknown.
pub(crate) fn provisional(intent: &Intent) -> Option<IntentType> {
    let is_open = intent.kind == IntentType::Unknown && intent.provisional_type != IntentType::Unknown;
    is_open.then_some(intent.provisional_type)
}

/// The reduction of all points by job signals, if any.
pub(crate) fn damping_words(damping: f64) -> Option<String> {
    let left = (100.0 * damping).round();
    (left < 100.0).then(|| format!("Job signals lower all points to {left}%."))
}

/// The length of a category's bar, in percent of its ceiling.
pub(crate) fn share_of_ceiling(category: &CategoryPoints) -> f64 {
    if category.ceiling > 0.0 { (100.0 * category.points / category.ceiling).clamp(0.0, 100.0) } else { 0.0 }
}

/// The length of a category's bar, in percent of the longest: all bars have one scale.
pub(crate) fn share_of_scale(ceiling: f64) -> f64 {
    let longest = Category::ALL.iter().map(|category| profile(*category).ceiling).fold(1.0, f64::max);
    (100.0 * ceiling / longest).clamp(0.0, 100.0)
}

/// The reason of an intent type; an unknown word is shown as it is.
pub(crate) fn type_why_words(why: &TypeWhyWord) -> String {
    match why {
        Word::Known(TypeWhy::Message) => "From the lead's message and earlier activity.",
        Word::Known(TypeWhy::Answer) => "From the answer to the agent's question.",
        Word::Known(TypeWhy::Activity) => "From the lead's activity: the message does not indicate a type.",
        Word::Known(TypeWhy::Nothing) => "Neither the message nor earlier activity indicates a type.",
        Word::Known(TypeWhy::LaterMessage) => "A later message was clear.",
        Word::Known(TypeWhy::Kept) => "No new evidence for another type.",
        Word::Known(TypeWhy::SetByRep) => "Set by a member of the team.",
        Word::Known(TypeWhy::Spam) => "Spam has no intent type.",
        Word::Unknown(word) => word,
    }
    .to_owned()
}

/// The certainty of a type: its likelihood compared with that of the next one.
#[expect(clippy::disallowed_methods, reason = "shown as a round number, never compared")]
pub(crate) fn margin_words(margin: f64) -> String {
    if margin <= 0.0 {
        return String::new();
    }
    // Margins are natural log-odds; odds beyond a thousand to one make no difference.
    let odds = margin.min(7.0).exp();
    if odds >= 999.5 { "More than 999 to 1.".to_owned() } else { format!("About {odds:.0} to 1.") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn intent(bucket: Bucket, next: Option<i64>) -> Intent {
        Intent {
            bucket,
            score: 50.0,
            kind: IntentType::Unknown,
            provisional_type: IntentType::Buying,
            engagement: 10,
            at: Millis(0),
            next_change_at: next.map(Millis),
        }
    }

    #[wasm_bindgen_test]
    fn the_next_change_names_the_bucket_below() {
        let day = 86_400_000;
        for (bucket, next, expected) in [
            (Bucket::High, Some(3 * day), Some("falls to Medium in 3 days")),
            (Bucket::Medium, Some(0), Some("falls to Low now")),
            (Bucket::Low, None, None),
        ] {
            let found = next_change(&intent(bucket, next), Millis(0));
            assert_eq!(found.as_ref().map(|(words, _)| words.as_str()), expected);
        }
    }

    #[wasm_bindgen_test]
    fn a_fall_without_a_signal_is_decay() {
        let change = BucketChange { at: Millis(0), from: Some(Bucket::High), to: Bucket::Medium, signal: None };
        assert_eq!(change_cause(&change, &[]), "as earlier activity faded");
    }

    #[wasm_bindgen_test]
    fn a_suggested_type_is_shown_until_the_type_is_known() {
        let mut intent = intent(Bucket::Low, None);
        assert_eq!(provisional(&intent), Some(IntentType::Buying));
        intent.kind = IntentType::Support;
        assert_eq!(provisional(&intent), None);
    }

    #[wasm_bindgen_test]
    fn damping_is_shown_only_where_it_lowers_points() {
        assert_eq!(damping_words(1.0), None);
        assert_eq!(damping_words(0.64).as_deref(), Some("Job signals lower all points to 64%."));
    }

    #[wasm_bindgen_test]
    fn a_category_without_ceiling_has_an_empty_bar() {
        let job = CategoryPoints { category: Category::Job, points: 0.0, ceiling: 0.0, half_life_days: 14.0 };
        assert_eq!(share_of_ceiling(&job), 0.0);
        assert_eq!(share_of_scale(60.0), 100.0);
        assert_eq!(share_of_scale(15.0), 25.0);
    }

    #[wasm_bindgen_test]
    fn a_margin_is_shown_as_odds() {
        let words: Vec<_> = [0.0, 0.8, 3.0, 13.36].into_iter().map(margin_words).collect();
        assert_eq!(words, ["", "About 2 to 1.", "About 20 to 1.", "More than 999 to 1."]);
        assert_eq!(type_why_words(&Word::parse("something_new")), "something_new");
    }
}
