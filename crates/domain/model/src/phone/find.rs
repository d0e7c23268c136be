//! A telephone number in a message. Numbers of orders, prices, dates and accounts are in messages too, so only what
//! is written as a telephone number is one, and a bare row of digits only beside a word that says so.

use super::{Phone, plain};
use alloc::string::String;
use alloc::vec::Vec;

/// The characters of a message that are looked at.
const MOST_SIGNS: usize = 4_000;
/// The characters before a number that say what it is.
const BEFORE: usize = 32;

/// Beginnings of words before a number that is called.
const CALLED: [&str; 27] = [
    "phone",
    "tel",
    "tél",
    "call",
    "ring",
    "mobil",
    "móvil",
    "movil",
    "cell",
    "whatsapp",
    "handy",
    "ruf",
    "anruf",
    "erreich",
    "reach me",
    "my number",
    "nummer ist",
    "llam",
    "llám",
    "mi numero",
    "mi número",
    "mon numero",
    "mon numéro",
    "portable",
    "appel",
    "joindre",
    "sms",
];
/// Beginnings of words before a number of something else.
const OTHER: [&str; 43] = [
    "order", "bestell", "best.", "auftrag", "invoice", "rechnung", "factur", "pedido", "command", "ticket", "kunden",
    "customer", "client", "iban", "konto", "account", "cuenta", "compte", "vat", "ust", "siret", "siren", "serial",
    "serien", "ref", "réf", "sku", "isbn", "tracking", "sendung", "contract", "vertrag", "contrat", "article",
    "artikel", "steuer", "tax", "licen", "lizenz", "card", "karte", "carte", "imei",
];
/// What follows an amount.
const UNITS: [&str; 9] = ["€", "$", "£", "%", "eur", "usd", "chf", "gbp", "dollar"];

impl Phone {
    /// The first telephone number in a text.
    pub fn find(text: &str) -> Option<Phone> {
        let signs: Vec<char> = text.chars().take(MOST_SIGNS).map(plain_in_text).collect();
        let mut at = 0;
        while let Some(start) = (at..signs.len()).find(|at| is_first(signs[*at])) {
            let end = (start + 1..signs.len()).find(|at| !is_within(signs[*at])).unwrap_or(signs.len());
            if let Some(found) = in_run(&signs, start, end) {
                return Some(found);
            }
            at = end;
        }
        None
    }
}

/// A line break ends a number, all other spaces may be in it.
fn plain_in_text(sign: char) -> char {
    if sign == '\n' { sign } else { plain(sign) }
}

fn is_first(sign: char) -> bool {
    sign.is_ascii_digit() || matches!(sign, '+' | '(')
}

fn is_within(sign: char) -> bool {
    sign.is_ascii_digit() || matches!(sign, ' ' | '-' | '.' | '/' | '(' | ')')
}

/// The number in a row of digits and signs: all of it, else a part between two wide gaps.
fn in_run(signs: &[char], start: usize, end: usize) -> Option<Phone> {
    let whole = Candidate::of(signs, start, end).and_then(Candidate::accepted);
    if whole.is_some() {
        return whole;
    }
    let is_digit = |at: &usize| signs[*at].is_ascii_digit();
    let mut from = start;
    while let Some(first) = (from..end).find(|at| is_first(signs[*at])) {
        // A part ends where two signs or more stand before the next digit.
        let last = (first + 1..end).find(|at| !is_digit(at) && (at + 1 >= end || !is_digit(&(at + 1)))).unwrap_or(end);
        let part = Candidate::of(signs, first, last).filter(|_| (first, last) != (start, end));
        if let Some(found) = part.and_then(Candidate::accepted) {
            return Some(found);
        }
        from = last.max(first + 1);
    }
    None
}

/// What may be a number: groups of digits, and the signs between them.
struct Candidate {
    text: String,
    groups: Vec<String>,
    gaps: Vec<String>,
    has_plus: bool,
    is_called: bool,
    is_other: bool,
}

impl Candidate {
    /// None where it is a part of something longer.
    fn of(signs: &[char], start: usize, end: usize) -> Option<Candidate> {
        // `(+49) 30`: the number begins at the plus.
        let start = if signs[start..end].starts_with(&['(', '+']) { start + 1 } else { start };
        let last = (start..end).rev().find(|at| signs[*at].is_ascii_digit())?;
        if is_joined_before(&signs[..start]) || is_joined_after(&signs[last + 1..]) {
            return None;
        }
        let mut text: String = signs[start..=last].iter().collect();
        if text.matches('(').count() != text.matches(')').count() {
            text.retain(|sign| !matches!(sign, '(' | ')'));
        }
        let has_plus = text.starts_with('+');
        let (mut groups, mut gaps): (Vec<String>, Vec<String>) = Default::default();
        let mut was_digit = false;
        // The zero in `+49 (0) 30` is no group of its own.
        let is_international = has_plus || text.starts_with("00");
        let dialled = if is_international { text.replace("(0)", " ") } else { text.clone() };
        for sign in dialled.chars() {
            let list = if sign.is_ascii_digit() { &mut groups } else { &mut gaps };
            if sign.is_ascii_digit() != was_digit || list.is_empty() {
                list.push(String::new());
            }
            list.last_mut()?.push(sign);
            was_digit = sign.is_ascii_digit();
        }
        // Only what stands between two groups is a gap.
        if !dialled.starts_with(|sign: char| sign.is_ascii_digit()) {
            gaps.remove(0);
        }
        let before = before(&signs[..start]);
        let is_called = CALLED.iter().any(|word| has_word(&before, word));
        let is_other = OTHER.iter().any(|word| has_word(&before, word)) || has_iban(&signs[..start]);
        Some(Candidate { text, groups, gaps, has_plus, is_called, is_other })
    }

    fn accepted(self) -> Option<Phone> {
        let digits = self.groups.concat();
        let is_number = if self.has_plus {
            self.is_international(&digits)
        } else if self.is_other || self.is_date() || self.is_ip() {
            false
        } else if let Some(rest) = digits.strip_prefix("00") {
            self.is_grouped() && is_between(rest, 9, 15) && (self.groups.len() > 1 || digits.len() >= 12)
        } else {
            self.is_national(&digits)
        };
        Phone::parse(&self.text).ok().filter(|_| is_number && self.has_single_gaps())
    }

    fn is_international(&self, digits: &str) -> bool {
        // An amount with a sign: `+1 000 000 000`.
        let thousands = self.groups.len() > 1 && self.groups[1..].iter().all(|group| group.len() == 3);
        let is_amount = thousands && digits.ends_with("000") || digits.chars().skip(3).all(|digit| digit == '0');
        is_between(digits, 8, 15) && !is_amount && self.groups.len() <= 8
    }

    fn is_national(&self, digits: &str) -> bool {
        let lengths: Vec<usize> = self.groups.iter().map(String::len).collect();
        let is_decimal = lengths.len() == 2 && self.gaps.iter().all(|gap| gap == ".");
        if self.is_called {
            return (9..=12).contains(&digits.len()) && self.is_grouped();
        }
        if is_decimal || lengths.len() < 2 {
            return false;
        }
        if digits.starts_with('0') {
            return (9..=12).contains(&digits.len()) && self.is_grouped() && (2..=6).contains(&lengths[0]);
        }
        match lengths[..] {
            // North America: (415) 555-0132, but not 415 555 0132.
            [3, 3, 4] => self.is_american(0) && self.gaps.iter().any(|gap| gap != " "),
            [1, 3, 3, 4] => digits.starts_with('1') && self.is_american(1),
            // Spain: 912 34 56 78; with three digits in each group it could be an amount.
            [3, 2, 2, 2] => digits.starts_with(['6', '7', '8', '9']),
            _ => false,
        }
    }

    /// Whether the area and the exchange begin as they do in North America.
    fn is_american(&self, at: usize) -> bool {
        self.groups[at..].iter().take(2).all(|group| !group.starts_with(['0', '1']))
    }

    /// Whether the groups are as long as those of telephone numbers: two digits at least, but for an extension.
    fn is_grouped(&self) -> bool {
        let last = self.groups.len() - 1;
        let is_long = |(at, group): (usize, &String)| {
            let is_extension = at == last && self.gaps.last().is_some_and(|gap| gap == "-");
            // `0033 1 99 00 12 34`: the area of a country may have one digit.
            let is_area = at == 1 && self.groups[0].starts_with("00");
            group.len() >= 2 || at == 0 || is_area || is_extension
        };
        self.groups.len() <= 6 && self.groups.iter().enumerate().all(is_long)
    }

    /// Whether one sign at most stands in each gap, beside spaces and brackets.
    fn has_single_gaps(&self) -> bool {
        let signs = |gap: &String| gap.chars().filter(|sign| matches!(sign, '-' | '.' | '/')).count();
        self.gaps.iter().all(|gap| gap.len() <= 3 && signs(gap) <= 1)
    }

    /// Whether a date is in it. Five groups of two digits are a number of France.
    fn is_date(&self) -> bool {
        let is_french = self.groups.len() == 5 && self.groups.iter().all(|group| group.len() == 2);
        let number = |group: &String| group.parse::<u32>().unwrap_or(u32::MAX);
        let is_day = |day: &String, month: &String| {
            let (day, month) = (number(day), number(month));
            (1..=31).contains(&day) && (1..=31).contains(&month) && day.min(month) <= 12
        };
        let is_date = |(groups, gaps): (&[String], &[String])| match (groups, gaps) {
            ([a, b, c], [first, second]) if first == second && matches!(&**first, "." | "-" | "/") => {
                let is_year_last = a.len() <= 2 && b.len() <= 2 && matches!(c.len(), 2 | 4) && is_day(a, b);
                is_year_last || a.len() == 4 && b.len() <= 2 && c.len() <= 2 && is_day(b, c)
            }
            _ => false,
        };
        !is_french && self.groups.windows(3).zip(self.gaps.windows(2)).any(is_date)
    }

    fn is_ip(&self) -> bool {
        self.groups.len() == 4 && self.gaps.iter().all(|gap| gap == ".") && self.groups.iter().all(|it| it.len() <= 3)
    }
}

/// Whether a number after a country's prefix has so many digits, and begins as those of countries do.
fn is_between(digits: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&digits.len()) && !digits.starts_with('0')
}

/// Whether the text before a number belongs to it.
fn is_joined_before(before: &[char]) -> bool {
    let Some(last) = before.last() else { return false };
    let is_number_before = before.len() > 1 && before[before.len() - 2].is_ascii_digit();
    match last {
        '.' | ',' | ':' => is_number_before,
        '@' | '#' | '_' | '=' | '&' | '/' | '\\' | '-' | '%' | '€' | '$' | '£' | '+' => true,
        last => last.is_alphanumeric(),
    }
}

/// Whether the text after a number belongs to it, or says that it is an amount.
fn is_joined_after(after: &[char]) -> bool {
    let is_next = after.get(1).is_some_and(|next| next.is_alphanumeric());
    let is_joined = match after.first() {
        Some('-' | '/' | ':' | ',' | '.') => is_next,
        Some('@' | '#' | '_' | '=' | '&' | '%') => true,
        Some(next) => next.is_alphanumeric(),
        None => false,
    };
    let rest: String =
        after.iter().skip_while(|sign| **sign == ' ').take(8).flat_map(|sign| sign.to_lowercase()).collect();
    is_joined || UNITS.iter().any(|unit| rest.starts_with(unit))
}

/// The words right before a number, of its sentence.
fn before(signs: &[char]) -> String {
    let from = signs.len().saturating_sub(BEFORE);
    let text: String = signs[from..].iter().flat_map(|sign| sign.to_lowercase()).collect();
    let line = text.rsplit('\n').next().unwrap_or_default();
    let mut sentence = line;
    for end in [". ", "! ", "? ", "; "] {
        // `Tel. 030`: the words of an abbreviation are of the same sentence.
        let (last, rest) = sentence.rsplit_once(end).unwrap_or(("", sentence));
        if !last.is_empty() && !rest.trim().is_empty() {
            sentence = rest;
        }
    }
    sentence.into()
}

/// Whether a word begins with `stem`.
fn has_word(text: &str, stem: &str) -> bool {
    text.match_indices(stem).any(|(at, _)| !text[..at].ends_with(char::is_alphabetic))
}

/// Whether an account number begins right before: `NL91 ABNA 0417 1643 00`.
fn has_iban(before: &[char]) -> bool {
    let from = before.len().saturating_sub(BEFORE);
    before[from..].windows(4).enumerate().any(|(at, four)| {
        let begins = at == 0 || !before[from + at - 1].is_alphanumeric();
        begins && four[..2].iter().all(char::is_ascii_uppercase) && four[2..].iter().all(char::is_ascii_digit)
    })
}

#[cfg(test)]
mod tests;
