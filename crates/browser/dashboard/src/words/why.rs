//! The explanation of a signal's category and points, in sentences.

use knock_intent::{CategoryRule, ENGAGED_MS, ENGAGED_STRENGTH, profile, strength};
use knock_model::{Category, Millis, SignalType};
use knock_wire::TimelineEntry;

use super::number::points;
use super::signal::type_label;
use crate::kit::letters;

const RULES: [CategoryRule; 10] = [
    CategoryRule::Override,
    CategoryRule::Channel,
    CategoryRule::CtaName,
    CategoryRule::CtaLabel,
    CategoryRule::Form,
    CategoryRule::Host,
    CategoryRule::LinkPath,
    CategoryRule::Path,
    CategoryRule::Referrer,
    CategoryRule::Rest,
];

/// The rule that gave the category; an unknown rule is shown by its own word.
pub(crate) fn rule_words(rule: &str) -> String {
    let Some(known) = RULES.into_iter().find(|known| known.as_str() == rule) else { return rule.to_owned() };
    match known {
        CategoryRule::Override => "a category of your own",
        CategoryRule::Channel => "the channel of the Knock Link",
        CategoryRule::CtaName => "the name of the call to action",
        CategoryRule::CtaLabel => "the label of the call to action",
        CategoryRule::Form => "the name of the form",
        CategoryRule::Host => "the host the link leads to",
        CategoryRule::LinkPath => "the path the link leads to",
        CategoryRule::Path => "the path of the page",
        CategoryRule::Referrer => "the host the visitor came from",
        CategoryRule::Rest => "no rule matched, so it counts as the rest",
    }
    .to_owned()
}

/// The match of the rule, as the second half of a sentence.
pub(crate) fn matched_words(matched: &str) -> Option<String> {
    (!matched.is_empty()).then(|| format!("matched \u{201c}{matched}\u{201d}"))
}

/// The worth of a signal: its weight, the decay, and its points.
pub(crate) fn worth_words(entry: &TimelineEntry, now: Millis) -> String {
    let mut words = weight_words(entry.kind);
    let has_weight = strength(entry.kind) > 0.0 || entry.kind == SignalType::Engagement;
    if has_weight {
        words.push(' ');
        words.push_str(&decay_words(entry.category, entry.at, now));
    }
    if entry.points > 0.0 {
        words.push_str(&format!(" It gives {} points to this score now.", points(entry.points)));
    }
    words
}

fn weight_words(kind: SignalType) -> String {
    let weight = strength(kind);
    let name = letters::lower(type_label(kind));
    let seconds = ENGAGED_MS.0 / 1_000;
    match kind {
        SignalType::PageView => {
            format!("A {name} weighs {weight}, and {ENGAGED_STRENGTH} more once the page was visible for {seconds} s.")
        }
        SignalType::Engagement => {
            format!("Visible time adds {ENGAGED_STRENGTH} to its page view once it reaches {seconds} s.")
        }
        _ if weight > 0.0 => format!("A {name} weighs {weight}."),
        _ => format!("A signal of type {name} gives no points by itself."),
    }
}

fn decay_words(category: Category, at: Millis, now: Millis) -> String {
    let profile = profile(category);
    if profile.ceiling <= 0.0 {
        return format!("{} never gives points.", category.as_str());
    }
    let days = (now - at).0.max(0) as f64 / Millis::DAY.0 as f64;
    let left = (100.0 * libm::exp2(-days / profile.half_life_days)).round();
    let left = if left >= 100.0 { "All of it is left".to_owned() } else { format!("{left}% of it is left") };
    format!(
        "{left}: {} counts half after {} days and gives at most {} points.",
        category.as_str(),
        profile.half_life_days,
        profile.ceiling,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_rule_has_words_and_an_unknown_one_stands_for_itself() {
        for rule in RULES {
            assert_ne!(rule_words(rule.as_str()), rule.as_str());
        }
        assert_eq!(rule_words("chat"), "chat");
        assert_eq!(matched_words(""), None);
    }

    #[wasm_bindgen_test]
    fn the_weight_is_the_one_of_the_score() {
        assert_eq!(weight_words(SignalType::FormSubmit), "A form submit weighs 8.");
        assert_eq!(
            weight_words(SignalType::PageView),
            "A page view weighs 1, and 0.5 more once the page was visible for 30 s."
        );
    }

    #[wasm_bindgen_test]
    fn what_weighs_nothing_has_nothing_left_of_it() {
        let entry = TimelineEntry { kind: SignalType::Identify, points: 0.0, ..sample::entry() };
        assert_eq!(worth_words(&entry, entry.at), "A signal of type identify gives no points by itself.");
        let entry = TimelineEntry { kind: SignalType::Cta, ..sample::entry() };
        assert_eq!(
            worth_words(&entry, entry.at + Millis::days(7)),
            "A call to action weighs 3. 50% of it is left: Pricing counts half after 7 days and gives at most 35 \
             points. It gives 7.7 points to this score now."
        );
    }

    #[wasm_bindgen_test]
    fn decay_halves_after_the_half_life() {
        let words = |days| decay_words(Category::Pricing, Millis(0), Millis::days(days));
        assert_eq!(words(0), "All of it is left: Pricing counts half after 7 days and gives at most 35 points.");
        assert_eq!(words(7), "50% of it is left: Pricing counts half after 7 days and gives at most 35 points.");
        assert_eq!(decay_words(Category::Job, Millis(0), Millis(0)), "Find a Job never gives points.");
    }
}
