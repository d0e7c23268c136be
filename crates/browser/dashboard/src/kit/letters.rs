//! What the browser knows of letters and numbers: the tables of the standard library are 25 KB to download.

use js_sys::{JsString, Number};
use wasm_bindgen::JsValue;

/// A text in small letters.
pub(crate) fn lower(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

/// A text whose first letter is a capital.
pub(crate) fn capitalized(text: &str) -> String {
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    let mut capitalized = String::from(JsString::from(first).to_upper_case());
    capitalized.push_str(rest);
    capitalized
}

/// A finite number in decimal digits, as a person types it.
pub(crate) fn number(text: &str) -> Option<f64> {
    let is_decimal = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    let value = Number::from(JsValue::from_str(text)).value_of();
    (!text.is_empty() && text.chars().all(is_decimal) && value.is_finite()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn letters_change_their_case() {
        assert_eq!(lower("Ana \u{c4}NDERUNG"), "ana \u{e4}nderung");
        for (text, expected) in [("", ""), ("ana", "Ana"), ("\u{e9}lan", "\u{c9}lan"), ("\u{df}x", "SSx")] {
            assert_eq!(capitalized(text), expected);
        }
    }

    #[wasm_bindgen_test]
    fn only_decimal_numbers_are_numbers() {
        for text in ["", " ", "0x10", "Infinity", "inf", "NaN", "1,5", "1e999", "--1", "1.2.3", "e", "1 2"] {
            assert_eq!(number(text), None, "{text}");
        }
        for (text, expected) in [("12", 12.0), ("-0.5", -0.5), ("+3", 3.0), (".5", 0.5), ("5.", 5.0), ("1e3", 1_000.0)]
        {
            assert_eq!(number(text), Some(expected), "{text}");
        }
    }

    #[wasm_bindgen_test]
    fn fractions_of_json_are_read() {
        for (text, expected) in
            [("0.1", Some(0.1)), ("-2.5e-3", Some(-0.0025)), ("1e400", None), ("1.", None), ("1e", None)]
        {
            assert_eq!(knock_json::parse_with_fractions::<f64>(text), expected, "{text}");
        }
    }
}
