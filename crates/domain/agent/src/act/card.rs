//! Numbers of payment cards in a message.

use alloc::string::String;
use alloc::vec::Vec;

/// The digits of a card number, at least and at most (ISO/IEC 7812).
const LENGTHS: core::ops::RangeInclusive<usize> = 13..=19;
/// The characters after a number in which its expiry and its security code stand.
const BESIDE: usize = 40;

/// The text with card numbers masked but for their last four digits, and what stands beside them: expiry and code. None
/// where it has none. A number is one where it has a prefix of a card network and passes the Luhn check; one that
/// begins with a plus or follows letters and a check number of two digits is a telephone number or an account (IBAN).
pub(super) fn masked(text: &str) -> Option<String> {
    let signs: Vec<char> = text.chars().collect();
    let mut masked = signs.clone();
    let (mut at, mut is_found) = (0, false);
    while at < signs.len() {
        let is_first = signs[at].is_ascii_digit() && (at == 0 || !is_joined(&signs[..at]));
        let Some(end) = is_first.then(|| card_end(&signs[at..])).flatten() else {
            at += 1;
            continue;
        };
        is_found = true;
        let digits: Vec<usize> = (at..at + end).filter(|at| signs[*at].is_ascii_digit()).collect();
        digits[..digits.len() - 4].iter().for_each(|at| masked[*at] = '•');
        let beside = (at + end + BESIDE).min(signs.len());
        mask_beside(&signs[at + end..beside], &mut masked[at + end..beside]);
        at += end;
    }
    is_found.then(|| masked.into_iter().collect())
}

/// Whether a digit continues a longer number or name.
fn is_joined(before: &[char]) -> bool {
    let last = before[before.len() - 1];
    let is_account = before.len() > 5 && {
        // `DE89 3704 0044`: four signs that name the bank's country stand before the groups.
        let start: String = before.iter().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
        start.split_whitespace().any(|word| {
            word.len() >= 4
                && word[..].chars().take(2).all(|sign| sign.is_ascii_uppercase())
                && word.chars().skip(2).take(2).all(|sign| sign.is_ascii_digit())
        })
    };
    last.is_alphanumeric() || last == '+' || is_account
}

/// The end of the card number that a text begins with: its shortest beginning that is one, with no digit after it.
fn card_end(signs: &[char]) -> Option<usize> {
    let mut digits: Vec<u32> = Vec::new();
    let mut found = None;
    for (at, sign) in signs.iter().enumerate() {
        match sign.to_digit(10) {
            Some(digit) => digits.push(digit),
            None if matches!(sign, ' ' | '-' | '\u{a0}' | '.')
                && signs.get(at + 1).is_some_and(char::is_ascii_digit) => {}
            None => break,
        }
        let is_whole = signs.get(at + 1).is_none_or(|next| !next.is_alphanumeric());
        if is_whole && LENGTHS.contains(&digits.len()) && is_card(&digits) {
            found = found.or(Some(at + 1));
        }
        if digits.len() >= *LENGTHS.end() {
            break;
        }
    }
    found
}

/// Whether digits are those of a card: a prefix in use, and the check digit.
fn is_card(digits: &[u32]) -> bool {
    let number = |count: usize| digits[..count].iter().fold(0, |sum, digit| sum * 10 + digit);
    let length = digits.len();
    let is_network = match (number(1), number(2), number(3), number(4)) {
        // Visa
        (4, ..) => matches!(length, 13 | 16 | 19),
        // Mastercard
        (_, 51..=55, ..) | (_, _, _, 2221..=2720) => length == 16,
        // American Express
        (_, 34 | 37, ..) => length == 15,
        // Diners Club
        (_, 36 | 38 | 39, ..) | (_, _, 300..=305, _) => (14..=19).contains(&length),
        // Discover
        (_, 65, ..) | (_, _, 644..=649, _) | (_, _, _, 6011) => (16..=19).contains(&length),
        // JCB
        (_, _, _, 3528..=3589) => (16..=19).contains(&length),
        // UnionPay, Maestro
        (_, 62, ..) => (16..=19).contains(&length),
        (_, 50 | 56..=58 | 63 | 67 | 69, ..) => (13..=19).contains(&length),
        _ => false,
    };
    is_network && is_luhn(digits)
}

fn is_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
        .sum();
    sum.is_multiple_of(10)
}

/// Masks the expiry and the security code after a number: rows of two to four digits.
fn mask_beside(signs: &[char], masked: &mut [char]) {
    let mut at = 0;
    while at < signs.len() {
        let length = signs[at..].iter().take_while(|sign| sign.is_ascii_digit()).count();
        if (1..=4).contains(&length) {
            masked[at..at + length].fill('•');
        }
        if length > 4 {
            break;
        }
        at += length.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_keeps_its_last_four_digits() {
        for (text, expected) in [
            ("take 4111 1111 1111 1111 please", "take •••• •••• •••• 1111 please"),
            ("3714-496353-98431", "••••-••••••-•8431"),
            ("4111111111111111 09/31 code 737", "••••••••••••1111 ••/•• code •••"),
            ("old 4111111111111111, new 5105105105105100", "old ••••••••••••1111, new ••••••••••••5100"),
        ] {
            assert_eq!(masked(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "+49 30 1234567890123",
            "DE89 3704 0044 0532 0130 00",
            "order 4111111111111112",
            "07700 900123",
            "1234567890123456",
            "",
        ] {
            assert_eq!(masked(text), None, "{text}");
        }
    }
}
