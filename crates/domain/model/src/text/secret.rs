//! Values that must not be stored, wherever a page sends them: secrets, known by the name beside them, and numbers of
//! payment cards.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// The replacement of such a value.
pub const MASK: &str = "***";

/// Parts of names, as one word in lower case, whose values are secrets.
const ANYWHERE: [&str; 11] = [
    "passw",
    "passphrase",
    "passcode",
    "apikey",
    "privatekey",
    "clientsecret",
    "authorization",
    "credential",
    "creditcard",
    "cardnumber",
    "cardno",
];
/// Words of names; also at the end of a word, such as `accesstoken`.
const ENDINGS: [&str; 4] = ["secret", "token", "pwd", "cvv"];
/// Whole words of names only: `discarded`, `classname` and `caliban` hold them too.
const WORDS: [&str; 8] = ["secrets", "card", "cards", "cvc", "cvc2", "cvv2", "iban", "ssn"];

/// Whether the value beside a name is a secret: of a parameter, a property, a field of a form.
pub fn is_secret_name(name: &str) -> bool {
    let joined: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if ANYWHERE.iter().any(|part| joined.contains(part)) {
        return true;
    }
    words(name).iter().any(|word| WORDS.contains(&&**word) || ENDINGS.iter().any(|ending| word.ends_with(ending)))
}

/// The words of `card_no`, `cardNo` and `card-no`, in lower case.
fn words(name: &str) -> Vec<String> {
    let (mut words, mut word, mut is_after_small) = (Vec::new(), String::new(), false);
    for c in name.chars() {
        if !c.is_alphanumeric() || (is_after_small && c.is_uppercase()) {
            words.push(core::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        is_after_small = c.is_lowercase();
    }
    words.push(word);
    words
}

/// The digits of a card number.
const CARD: core::ops::RangeInclusive<usize> = 13..=19;

/// The smallest group of digits on a card.
const SMALLEST_GROUP: usize = 3;
/// A phone number has no more digits after its plus.
const PHONE: usize = 15;

/// A text with numbers of payment cards masked: 13 to 19 digits, perhaps in groups between single spaces or hyphens, with
/// a valid check digit and the beginning of a number that is given to cards. Orders, phones and instants have others.
pub fn without_cards(text: &str) -> Cow<'_, str> {
    if text.bytes().filter(u8::is_ascii_digit).count() < *CARD.start() {
        return Cow::Borrowed(text);
    }
    let (mut masked, mut rest) = (String::new(), 0);
    for run in runs(text) {
        let mut groups = &run[..];
        while !groups.is_empty() {
            let count = cards_groups(text, groups);
            let (card, after) = groups.split_at(count.max(1));
            if let ([first, ..], [.., last], true) = (card, card, count > 0) {
                masked.push_str(&text[rest..first.0]);
                masked.push_str(MASK);
                rest = last.1;
            }
            groups = after;
        }
    }
    if rest == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(&text[rest..]);
    Cow::Owned(masked)
}

/// Start and end of digits that are a word of their own: digits in an id in hexadecimal are no number.
type Group = (usize, usize);

/// Spaces and hyphens between groups of digits.
const fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2010}'..='\u{2013}')
}

/// The groups with a single separator between each two, without those of phone numbers.
fn runs(text: &str) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = Vec::new();
    for group in groups(text) {
        let mut between = runs.last().and_then(|run| run.last()).map_or("", |last| &text[last.1..group.0]).chars();
        match (between.next(), between.next(), runs.last_mut()) {
            (Some(only), None, Some(run)) if is_separator(only) => run.push(group),
            _ => runs.push(alloc::vec![group]),
        }
    }
    runs.retain(|run| {
        let digits: usize = run.iter().map(|(start, end)| end - start).sum();
        let is_phone = run.first().is_some_and(|(start, _)| text[..*start].ends_with('+')) && digits <= PHONE;
        digits >= *CARD.start() && !is_phone
    });
    runs
}

fn groups(text: &str) -> Vec<Group> {
    let (mut groups, mut word) = (Vec::new(), None);
    let ends = core::iter::once((text.len(), ' '));
    for (at, c) in text.char_indices().chain(ends) {
        if c.is_alphanumeric() || c == '_' {
            let (start, is_number) = word.unwrap_or((at, true));
            word = Some((start, is_number && c.is_ascii_digit()));
        } else {
            groups.extend(word.take().filter(|(_, is_number)| *is_number).map(|(start, _)| (start, at)));
        }
    }
    groups
}

/// The number of groups, from the first on, that together are a card; the most, where there is a choice. Smaller groups
/// than those printed on cards are lists and dates.
fn cards_groups(text: &str, groups: &[Group]) -> usize {
    let (mut digits, mut found) = (Vec::new(), 0);
    let printed = groups.iter().take_while(|(start, end)| end - start >= SMALLEST_GROUP);
    for (count, (start, end)) in printed.enumerate() {
        digits.extend(text[*start..*end].chars().filter_map(|c| c.to_digit(10)));
        if digits.len() > *CARD.end() {
            break;
        }
        if is_card(&digits) {
            found = count + 1;
        }
    }
    found
}

fn is_card(digits: &[u32]) -> bool {
    CARD.contains(&digits.len()) && is_of_cards(digits) && is_checked(digits)
}

/// Whether numbers that begin so are given to cards (ISO/IEC 7812): 3 to 6, parts of 2 and 8. Visa alone had 13 digits,
/// which an instant in milliseconds has too.
fn is_of_cards(digits: &[u32]) -> bool {
    let front = digits.iter().take(4).fold(0, |front, digit| front * 10 + digit);
    match front / 1_000 {
        4 => true,
        3 | 5 | 6 => digits.len() > 13,
        2 => digits.len() > 15 && (matches!(front, 2200..=2204 | 2221..=2720)),
        8 => digits.len() > 15 && matches!(front / 100, 81 | 82),
        _ => false,
    }
}

/// The check of Luhn.
fn is_checked(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let weighed = digits.iter().rev().enumerate().map(|(at, digit)| if at % 2 == 0 { *digit } else { doubled(*digit) });
    weighed.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_their_names() {
        for name in [
            "password",
            "Passwort",
            "user_passwd",
            "pwd",
            "newPwd",
            "secret",
            "client_secret",
            "clientSecret",
            "token",
            "accessToken",
            "access_token",
            "csrf-token",
            "authtoken",
            "api_key",
            "API-Key",
            "apikey",
            "x-api-key",
            "Authorization",
            "cvv",
            "CVC",
            "cvv2",
            "iban",
            "IBAN",
            "ssn",
            "user_ssn",
            "card",
            "card_number",
            "cardNumber",
            "credit card",
            "creditcard",
            "credit_card_expiry",
            "credentials",
            "private_key",
            "passphrase",
            "card[number]",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "",
            "email",
            "name",
            "plan",
            "class_name",
            "className",
            "business_name",
            "discarded",
            "postcard",
            "cardinality",
            "scorecard",
            "secretary",
            "tokens_used",
            "tokenized",
            "session",
            "compass",
            "pass",
            "key",
            "keyboard",
            "authored",
            "author",
            "company",
            "panel",
            "Kaliban",
            "dashboard",
            "pin_code",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn card_numbers_are_masked() {
        let cases = [
            ("4111 1111 1111 1111", "***"),
            ("Pay with 4111-1111-1111-1111 now", "Pay with *** now"),
            ("4111111111111111", "***"),
            ("5555555555554444, 378282246310005", "***, ***"),
            ("3782 822463 10005", "***"),
            ("6011\u{a0}1111\u{a0}1111\u{a0}1117", "***"),
            ("2223003122003222", "***"),
            ("30569309025904", "***"),
            ("4222222222222", "***"),
            ("4111 1111 1111 1111 12/29 123", "*** 12/29 123"),
            ("7 4111 1111 1111 1111", "7 ***"),
            ("4111 1111 1111 1111 5555 5555 5555 4444", "*** ***"),
            ("a: 4111111111111111.", "a: ***."),
            ("\u{e4}4 4111111111111111 3x", "\u{e4}4 *** 3x"),
            ("6304000000000000", "***"),
            ("+4111111111111111", "+***"),
        ];
        for (text, expected) in cases {
            assert_eq!(without_cards(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_kept() {
        for text in [
            "",
            "4111 1111 1111 1112",
            "order 202606010000123",
            "order 2026-06-01-000012345",
            "1780000000000",
            "1780000000005 ms",
            "2026-06-01 12:00:00 1780000000000000",
            "+49 30 12345678901",
            "+1 (555) 010-9999, +44 20 7946 0958",
            "id a4111111111111111",
            "4111111111111111a",
            "4111_1111_1111_1111",
            "4111  1111  1111  1111",
            "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            "12345678-1234-1234-1234-123456789012",
            "978-3-16-148410-0",
            "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19",
            "$4,111,111,111,111,111",
            "0000000000000000",
            "1111111111111111",
            "9999999999999999999",
        ] {
            assert_eq!(without_cards(text), text);
        }
    }

    #[test]
    fn what_is_masked_is_masked_once() {
        for text in ["4111 1111 1111 1111 4111 1111 1111 1111", "4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4"] {
            let masked = without_cards(text).into_owned();
            assert_eq!(without_cards(&masked), masked);
        }
    }
}
