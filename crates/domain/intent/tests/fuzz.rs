//! Properties of any stored summary and of any texts of an action (`cargo xtask fuzz`).
#![expect(clippy::expect_used, reason = "a test may stop")]

use knock_intent::{Action, CategoryRule, Evidence, categorise, is_cta_label, profile, provisional_type, score};
use knock_model::{Bucket, Category, Millis, SignalType};

/// A parsed summary is written back the same; its score and type exist and stay within their bounds.
#[test]
fn evidence() {
    knock_fuzz::target("evidence", |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let Ok(evidence) = Evidence::from_text(text) else { return };
        assert_eq!(evidence.to_text(), text);
        assert_eq!(evidence.is_empty(), text.is_empty());
        check_merge(&evidence);
        let Some(now) = done_by(text) else { return };
        let scored = score(&evidence, now);
        assert!((0.0..=100.0).contains(&scored.score), "{}", scored.score);
        assert!((0.0..=1.0).contains(&scored.damping), "{}", scored.damping);
        assert!(scored.engagement <= 100);
        assert!(Category::ALL.iter().all(|category| evidence.raw(*category, now).is_finite()));
        if let Some(next) = scored.next_change_at {
            assert!(next > now);
            // With time alone the score only falls.
            assert!(place(score(&evidence, next).bucket) < place(scored.bucket));
        }
        let _ = provisional_type(&evidence, now);
    });
}

/// Merging depends on no order, and with nothing it changes nothing.
fn check_merge(evidence: &Evidence) {
    let mut newer = Evidence::default();
    newer.add(Category::Pricing, 1.0, Millis(1_780_000_000_000));
    let (mut one, mut two) = (evidence.clone(), newer.clone());
    one.merge(&newer);
    two.merge(evidence);
    assert_eq!(one, two);
    assert_eq!(Evidence::from_text(&one.to_text()).as_ref(), Ok(&one));
    let mut alone = Evidence::default();
    alone.merge(evidence);
    assert_eq!(alone, *evidence);
}

/// The end of the last half-life that a summary tells of; none when that is later than instants go.
fn done_by(text: &str) -> Option<Millis> {
    let mut last = 0_i64;
    for cell in text.split_terminator(';') {
        let mut numbers = cell.split(':').map(|number| number.parse::<u64>().expect("a number"));
        let category = usize::try_from(numbers.next()?).ok().and_then(|place| Category::ALL.get(place))?;
        let half_life = i64::try_from(numbers.next()?).ok()?;
        let length = (profile(*category).half_life_days * Millis::DAY.0 as f64) as i64;
        last = last.max(half_life.checked_add(1)?.checked_mul(length)?);
    }
    Some(Millis(last))
}

fn place(bucket: Bucket) -> usize {
    [Bucket::Low, Bucket::Medium, Bucket::High].iter().position(|one| *one == bucket).expect("one of three")
}

/// One text a line: address, base, link, referrer, name, label, form. Every kind of signal has a category, with its why.
#[test]
fn action() {
    knock_fuzz::target("action", |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let mut lines = text.split('\n');
        let [url, base, href, referrer, name, label, form] = std::array::from_fn(|_| lines.next().unwrap_or_default());
        for kind in SignalType::ALL {
            let action = Action { kind: *kind, url, base, href, referrer, name, label, form };
            let found = categorise(&action);
            assert_eq!(categorise(&action), found);
            assert_eq!(found.matched().is_empty(), found.rule == CategoryRule::Rest, "{found:?}");
            assert!(!matches!(found.rule, CategoryRule::Override | CategoryRule::Channel));
        }
        let _ = is_cta_label(label);
    });
}
