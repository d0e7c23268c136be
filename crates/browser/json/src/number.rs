//! Numbers as JSON writes them.

pub(super) enum Number {
    /// Without a fraction.
    Whole(i64),
    /// With one, or too large to have none.
    Fraction(f64),
}

/// Whether JSON takes it for a whole number: it has no sign for what is positive, no zeros in front, and takes `-0` for
/// a fraction.
pub(super) fn is_whole(number: &str) -> bool {
    !matches!(number.as_bytes(), [b'+', ..] | [b'-', b'0', ..] | [b'0', _, ..])
}

/// A number with a fraction or an exponent; none where JSON knows no such number.
pub(super) fn fraction(number: &str) -> Option<f64> {
    let digits = number.strip_prefix('-').unwrap_or(number);
    let (before, after) =
        digits.split_at(digits.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len()));
    let has_plain_start = before == "0" || !(before.is_empty() || before.starts_with('0'));
    // A point stands between digits; what else is wrong is wrong for the parser too.
    let is_cut = after.strip_prefix('.').is_some_and(|rest| !rest.starts_with(|first: char| first.is_ascii_digit()));
    (has_plain_start && !is_cut).then(|| value(number)).filter(|value| value.is_finite())
}

#[cfg(not(target_arch = "wasm32"))]
fn value(number: &str) -> f64 {
    number.parse().unwrap_or(f64::NAN)
}

/// The browser's own function: that of the standard library is 13 KB to download.
#[cfg(target_arch = "wasm32")]
fn value(number: &str) -> f64 {
    #[wasm_bindgen::prelude::wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = Number)]
        fn number_of(text: &str) -> f64;
    }
    number_of(number)
}
