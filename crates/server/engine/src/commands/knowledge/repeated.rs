//! Wordings that say the same as another one of their question.

use knock_ports::KnownAnswer;

/// The position of the first wording that is the question, or an earlier wording, whatever its case.
pub(super) fn repeated(answer: &KnownAnswer) -> Option<usize> {
    let lower: Vec<String> =
        [&answer.question].into_iter().chain(&answer.wordings).map(|text| text.to_lowercase()).collect();
    let is_repeated = |at: &usize| lower.iter().take(at + 1).any(|earlier| Some(earlier) == lower.get(at + 1));
    (0..answer.wordings.len()).find(is_repeated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{AnswerId, Millis, SiteId};

    #[test]
    fn the_first_wording_that_is_there_already_is_found() {
        for (wordings, expected) in [
            (&[][..], None),
            (&["Shipping cost?", "Delivery fee?"], None),
            (&["how much is shipping?"], Some(0)),
            (&["Delivery fee?", "Postage?", "DELIVERY FEE?"], Some(2)),
        ] {
            let answer = KnownAnswer {
                id: AnswerId::new(Millis(1), &[0; 10]),
                site: SiteId(1),
                question: "How much is shipping?".into(),
                wordings: wordings.iter().map(|text| (*text).to_owned()).collect(),
                answer: "Nine euros.".into(),
                updated_at: Millis(1),
            };
            assert_eq!(repeated(&answer), expected, "{wordings:?}");
        }
    }
}
