//! The telephone number in a message.

use super::card;
use crate::Language;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use knock_intent::folded;
use knock_model::Phone;

/// Words around a number that is all a message says.
const AROUND: [&str; 60] = [
    "it", "its", "is", "s", "sure", "yes", "my", "number", "here", "phone", "cell", "mobile", "call", "me", "on", "at",
    "es", "el", "la", "mi", "claro", "si", "numero", "movil", "fijo", "en", "al", "telefono", "tel", "c", "est", "le",
    "mon", "oui", "bien", "sur", "au", "fixe", "portable", "ok", "ja", "klar", "die", "meine", "nummer", "ist",
    "handy", "festnetz", "unter", "hier", "thanks", "please", "danke", "bitte", "gracias", "merci", "un", "toque",
    "llame", "no",
];

/// The number: written as one, or all that a message says.
pub(super) fn phone(text: &str) -> Option<Phone> {
    if card::masked(text).is_some() {
        return None;
    }
    Phone::find(text).or_else(|| alone(text))
}

/// A row of digits with nothing but words beside it that people say with their number.
fn alone(text: &str) -> Option<Phone> {
    let is_of_number = |sign: char| sign.is_ascii_digit() || " +-./()".contains(sign);
    let first = text.find(|sign: char| sign.is_ascii_digit() || "+(".contains(sign))?;
    let length = text[first..].find(|sign: char| !is_of_number(sign)).unwrap_or(text.len() - first);
    let row = text[first..first + length].trim().trim_end_matches(['.', '-', '/', '(']);
    let rest = folded(&format!("{} {}", &text[..first], &text[first + length..]));
    let mut words = rest.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let digits: String = row.chars().filter(char::is_ascii_digit).collect();
    let groups: Vec<usize> =
        row.split(|sign: char| !sign.is_ascii_digit()).map(str::len).filter(|length| *length > 0).collect();
    let is_spanish = digits.len() == 9 && digits.starts_with(['6', '7', '8', '9']);
    let is_american = digits.len() == 10 && groups == [3, 3, 4] && !digits.starts_with(['0', '1']);
    let is_national = digits.starts_with('0') && (9..=12).contains(&digits.len()) && !digits.ends_with("0000");
    let is_date = groups.len() == 3 && groups.iter().all(|length| matches!(length, 1 | 2 | 4));
    let is_likely = (is_spanish || is_american || is_national) && !is_date && !text.contains(['#', '€', '$', '£']);
    (is_likely && words.all(|word| AROUND.contains(&word))).then(|| Phone::parse(row).ok())?
}

/// A number with the prefix of its country (E.164): one without is of the country of a language, in English of the
/// United Kingdom, and of North America where it has ten digits as they are written there. As it is where neither fits.
pub fn international(phone: &Phone, language: Language) -> Phone {
    let link = phone.link();
    let digits = link.trim_start_matches("tel:").split(';').next().unwrap_or_default();
    let national = digits.strip_prefix('0');
    let whole = match (language, national) {
        _ if digits.starts_with('+') => Some(String::from(digits)),
        (Language::En, Some(rest)) => Some(format!("+44{rest}")),
        (Language::En, None) if digits.len() == 10 => Some(format!("+1{digits}")),
        (Language::En, None) if digits.len() == 11 && digits.starts_with('1') => Some(format!("+{digits}")),
        (Language::De, Some(rest)) => Some(format!("+49{rest}")),
        (Language::Fr, Some(rest)) if digits.len() == 10 => Some(format!("+33{rest}")),
        (Language::Es, None) if digits.len() == 9 => Some(format!("+34{digits}")),
        _ => None,
    };
    whole.and_then(|whole| Phone::parse(&whole).ok()).unwrap_or_else(|| phone.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gets_the_prefix_of_its_country() {
        for (text, language, expected) in [
            ("07700 900456", Language::En, "+447700900456"),
            ("(212) 555-0147", Language::En, "+12125550147"),
            ("it's 617 555 0123", Language::En, "+16175550123"),
            ("+44 (0)20 7946 0999", Language::De, "+442079460999"),
            ("0171 3920012", Language::De, "+491713920012"),
            ("01 99 00 12 34", Language::Fr, "+33199001234"),
            ("es el 612 345 678", Language::Es, "+34612345678"),
        ] {
            let found = phone(text).expect(text);
            assert_eq!(international(&found, language).as_str(), expected, "{text}");
        }
        for text in ["order 600123456", "#612345678", "4111 1111 1111 1111", "12.04.2026", "price 600 123 456"] {
            assert_eq!(phone(text), None, "{text}");
        }
    }
}
