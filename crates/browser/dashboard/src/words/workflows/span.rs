//! A span of time in a form: a number and its unit.

use knock_model::Millis;

use crate::kit::letters;

/// The units in milliseconds with their names, the shortest first.
pub(crate) const UNITS: [(i64, &str); 4] =
    [(1_000, "seconds"), (60_000, "minutes"), (3_600_000, "hours"), (86_400_000, "days")];
/// The longest span of a workflow: a hundred years.
const LONGEST: f64 = 36_525.0 * 86_400_000.0;

/// A span as typed; without a number there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SpanDraft {
    pub(crate) number: String,
    /// The unit in milliseconds.
    pub(crate) unit: i64,
}

impl SpanDraft {
    /// No number yet, in this unit.
    pub(crate) const fn empty(unit: i64) -> SpanDraft {
        SpanDraft { number: String::new(), unit }
    }

    /// A saved span, in the longest unit in which it is a whole number.
    pub(crate) fn read(span: Millis) -> SpanDraft {
        let fits = |(unit, _): &&(i64, &str)| span.0 != 0 && span.0 % unit == 0;
        let unit = UNITS.iter().rev().find(fits).map_or(1_000, |(unit, _)| *unit);
        SpanDraft { number: (span.0 as f64 / unit as f64).to_string(), unit }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.number.trim().is_empty()
    }

    /// The span; the error says what is missing.
    pub(crate) fn written(&self) -> Result<Millis, String> {
        let number = letters::number(self.number.trim()).filter(|number| *number > 0.0);
        let span = number.map(|number| libm::round(number * self.unit as f64));
        match span {
            Some(span) if (1.0..=LONGEST).contains(&span) => Ok(Millis(span as i64)),
            Some(_) => Err("Fill in a shorter time.".to_owned()),
            None => Err("Fill in a number above 0.".to_owned()),
        }
    }

    /// The span, or none without a number.
    pub(crate) fn maybe(&self) -> Result<Option<Millis>, String> {
        if self.is_empty() { Ok(None) } else { self.written().map(Some) }
    }
}

/// A span in the form, `2 hours`, `1 day`; dots while it has no number.
pub(crate) fn draft_words(span: &SpanDraft) -> String {
    let unit = UNITS.iter().find(|(unit, _)| *unit == span.unit).map_or("", |(_, name)| name);
    match span.number.trim() {
        "" => format!("\u{2026} {unit}"),
        "1" => format!("1 {}", unit.trim_end_matches('s')),
        number => format!("{number} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_span_is_read_in_its_unit_and_written_again() {
        for (span, words) in [
            (7_200_000, "2 hours"),
            (86_400_000, "1 day"),
            (5_400_000, "90 minutes"),
            (1_500, "1.5 seconds"),
            (30_000, "30 seconds"),
        ] {
            let draft = SpanDraft::read(Millis(span));
            assert_eq!((draft.written(), draft_words(&draft)), (Ok(Millis(span)), words.to_owned()));
        }
    }

    #[wasm_bindgen_test]
    fn what_is_no_span_says_what_is_missing() {
        let of = |number: &str| SpanDraft { number: number.to_owned(), unit: 86_400_000 };
        for number in ["", "0", "-1", "two"] {
            assert_eq!(of(number).written(), Err("Fill in a number above 0.".to_owned()), "{number}");
        }
        assert_eq!(of("40000").written(), Err("Fill in a shorter time.".to_owned()));
        assert_eq!((of(" ").maybe(), of("0.5").maybe()), (Ok(None), Ok(Some(Millis(43_200_000)))));
    }
}
