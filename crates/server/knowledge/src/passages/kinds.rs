//! The kinds of facts that a sentence states: an amount, a time, a place. Recognised by their form, in any of the
//! languages.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    /// An amount of money, or that something is free.
    Amount,
    /// A share or a lower price.
    Discount,
    /// Times of the day.
    Hours,
    /// A postal address or a way to a place.
    Place,
    Phone,
    Mail,
    /// A day, a month or a year.
    Date,
    /// A number of hours, days, weeks, months or years.
    Duration,
    Number,
}

impl Kind {
    pub(super) const ALL: [Kind; 9] = [
        Kind::Amount,
        Kind::Discount,
        Kind::Hours,
        Kind::Place,
        Kind::Phone,
        Kind::Mail,
        Kind::Date,
        Kind::Duration,
        Kind::Number,
    ];

    /// The term by which the passages that state such a fact are indexed; no word of a text is one.
    pub(super) const fn term(self) -> &'static str {
        match self {
            Kind::Amount => "§amount",
            Kind::Discount => "§discount",
            Kind::Hours => "§hours",
            Kind::Place => "§place",
            Kind::Phone => "§phone",
            Kind::Mail => "§mail",
            Kind::Date => "§date",
            Kind::Duration => "§duration",
            Kind::Number => "§number",
        }
    }
}

/// The words by which facts are recognised, of all languages: `facts.txt`.
struct Words {
    currencies: HashSet<&'static str>,
    free: HashSet<&'static str>,
    shares: HashSet<&'static str>,
    days: HashSet<&'static str>,
    /// Short names of days, which are other words too.
    days_short: HashSet<&'static str>,
    hours: HashSet<&'static str>,
    closed: HashSet<&'static str>,
    months: HashSet<&'static str>,
    spans: HashSet<&'static str>,
    numbers: HashSet<&'static str>,
    /// The ends of the names of streets.
    streets: HashSet<&'static str>,
    /// Words before the names of streets.
    streets_before: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |name: &str| {
        let lines = include_str!("facts.txt").lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(of, _)| *of == name).flat_map(|(_, words)| words.split(' ')).collect()
    };
    Words {
        currencies: of("currencies"),
        free: of("free"),
        shares: of("shares"),
        days: of("days"),
        days_short: of("days_short"),
        hours: of("hours"),
        closed: of("closed"),
        months: of("months"),
        spans: of("spans"),
        numbers: of("numbers"),
        streets: of("streets"),
        streets_before: of("streets_before"),
    }
});

/// A word of a text with what its form shows.
struct Token<'t> {
    raw: &'t str,
    low: String,
    has_digit: bool,
}

/// The kinds of facts that a text states.
pub(super) fn kinds_of(text: &str) -> Vec<Kind> {
    let tokens: Vec<Token<'_>> = text.split_whitespace().map(token).collect();
    Kind::ALL.into_iter().filter(|kind| states(*kind, &tokens, text)).collect()
}

fn token(raw: &str) -> Token<'_> {
    let low = raw.trim_matches(|sign: char| !sign.is_alphanumeric() && !"%€$£".contains(sign)).to_lowercase();
    Token { raw, has_digit: low.contains(|sign: char| sign.is_ascii_digit()), low }
}

fn states(kind: Kind, tokens: &[Token<'_>], text: &str) -> bool {
    let is_any = |words: &HashSet<&str>| tokens.iter().any(|token| words.contains(&token.low.as_str()));
    match kind {
        Kind::Amount => is_any(&WORDS.free) || has_near(tokens, 1, is_currency),
        Kind::Discount => {
            is_any(&WORDS.shares) || tokens.iter().any(|token| token.has_digit && token.low.ends_with('%'))
        }
        Kind::Hours if tokens.iter().any(is_day) && tokens.iter().any(is_opening) => true,
        Kind::Hours => tokens.iter().any(is_clock) || has_near(tokens, 1, |token| is(token, &WORDS.hours)),
        Kind::Place => has_address(tokens),
        Kind::Phone => has_phone(text),
        Kind::Mail => tokens.iter().any(|token| token.raw.split_once('@').is_some_and(|(_, host)| host.contains('.'))),
        Kind::Date => is_any(&WORDS.months) || is_any(&WORDS.days) || tokens.iter().any(is_date),
        Kind::Duration => has_near(tokens, 2, |token| is(token, &WORDS.spans)),
        Kind::Number => tokens.iter().any(is_number),
    }
}

fn is(token: &Token<'_>, words: &HashSet<&str>) -> bool {
    words.contains(&token.low.as_str())
}

fn is_currency(token: &Token<'_>) -> bool {
    token.low.contains(['€', '$', '£', '¥']) || WORDS.currencies.contains(&token.low.as_str())
}

fn is_number(token: &Token<'_>) -> bool {
    token.low.starts_with(|sign: char| sign.is_ascii_digit() || "€$£".contains(sign)) || is(token, &WORDS.numbers)
}

/// Whether a number has such a word in it or at most so many words from it, as in "30 working days" or "€ 5".
fn has_near(tokens: &[Token<'_>], reach: usize, is_wanted: impl Fn(&Token<'_>) -> bool) -> bool {
    tokens.iter().enumerate().filter(|(_, token)| is_wanted(token)).any(|(at, token)| {
        let near = &tokens[at.saturating_sub(reach)..(at + 2).min(tokens.len())];
        token.has_digit || near.iter().any(is_number)
    })
}

/// 10:00, 9h30 or 9.30am.
fn is_clock(token: &Token<'_>) -> bool {
    let is_time = |(hours, minutes): (&str, &str)| {
        let is_hour = hours.parse::<u8>().is_ok_and(|hours| hours < 25);
        is_hour && minutes.len() == 2 && minutes.parse::<u8>().is_ok_and(|minutes| minutes < 60)
    };
    let mut parts = token.low.split(['–', '-']);
    let is_half_day = token.low.ends_with("am") || token.low.ends_with("pm");
    token.has_digit && (is_half_day || parts.any(|part| part.split_once([':', 'h']).is_some_and(is_time)))
}

/// A day of the week, or a span of them as in "Mo–Fr".
fn is_day(token: &Token<'_>) -> bool {
    let is_short = token.raw.starts_with(char::is_uppercase);
    token
        .low
        .split(['–', '-', '/', '.'])
        .any(|day| WORDS.days.contains(day) || is_short && WORDS.days_short.contains(day))
}

/// Hours beside a day: "9–17" or "closed".
fn is_opening(token: &Token<'_>) -> bool {
    let is_span = token.low.split_once(['–', '-']).is_some_and(|(from, to)| {
        from.parse::<u8>().is_ok_and(|from| from < 24) && to.parse::<u8>().is_ok_and(|to| to < 25)
    });
    is_span || is(token, &WORDS.closed)
}

/// 2026, 3rd or 1.5.2026.
fn is_date(token: &Token<'_>) -> bool {
    let is_year = token.low.len() == 4 && token.low.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year));
    let is_day = ["st", "nd", "rd", "th"]
        .iter()
        .any(|end| token.low.strip_suffix(end).is_some_and(|day| day.parse::<u8>().is_ok_and(|day| day < 32)));
    is_year || is_day
}

/// A postal code before a name, or a street with a number.
fn has_address(tokens: &[Token<'_>]) -> bool {
    let is_name = |token: &Token<'_>| token.raw.starts_with(char::is_uppercase);
    let is_code =
        |token: &Token<'_>| matches!(token.low.len(), 4 | 5) && token.low.chars().all(|sign| sign.is_ascii_digit());
    let is_street = |token: &Token<'_>| is_name(token) && WORDS.streets.iter().any(|end| token.low.ends_with(end));
    tokens.windows(2).any(|pair| {
        let [first, second] = pair else { return false };
        let is_after = is_street(first) && second.has_digit;
        (is_code(first) && is_name(second) && !is_currency(second) && !is(second, &WORDS.months)) || is_after
    }) || tokens.windows(3).any(|three| {
        let [number, street, name] = three else { return false };
        number.has_digit && is(street, &WORDS.streets_before) && is_name(name)
            || is(number, &WORDS.streets_before) && tokens.iter().any(|token| token.has_digit) && is_name(street)
            || number.has_digit && is_name(street) && (is_street(street) || is_street(name))
    })
}

/// Digits as telephone numbers are written: seven or more from a + or a 0, or nine or more in three groups.
fn has_phone(text: &str) -> bool {
    let (mut digits, mut groups, mut is_begun, mut was_digit) = (0, 0, false, false);
    for sign in text.chars() {
        match sign {
            '+' | '(' => is_begun = true,
            '0'..='9' => {
                is_begun |= digits == 0 && sign == '0';
                digits += 1;
                groups += usize::from(!was_digit);
                if is_begun && digits >= 7 || digits >= 9 && groups >= 3 {
                    return true;
                }
            }
            ' ' | '\u{a0}' | '-' | '/' | ')' | '.' => {}
            _ => (digits, groups, is_begun) = (0, 0, false),
        }
        was_digit = sign.is_ascii_digit();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_recognised_by_their_form() {
        for (text, kind, expected) in [
            ("The plan costs 29 euros a month.", Kind::Amount, true),
            ("12,50 € im Monat", Kind::Amount, true),
            ("Dès 8€ par mois", Kind::Amount, true),
            ("From $1,200", Kind::Amount, true),
            ("Delivery is free", Kind::Amount, true),
            ("We have 29 members of staff", Kind::Amount, false),
            ("15 % off", Kind::Discount, true),
            ("Mo–Fr 9:00–17:30", Kind::Hours, true),
            ("9.30am to 5pm", Kind::Hours, true),
            ("de 9 h à 17 h", Kind::Hours, true),
            ("lunes a viernes", Kind::Hours, false),
            ("lunes a viernes", Kind::Date, true),
            ("Mo–Fr 9–17", Kind::Hours, true),
            ("Sonntag: geschlossen", Kind::Hours, true),
            ("So we closed it", Kind::Phone, false),
            ("Set 9-17", Kind::Hours, false),
            ("It costs 10.50 €", Kind::Hours, false),
            ("12 Market Street, Leeds", Kind::Place, true),
            ("Hauptstraße 5, 10115 Berlin", Kind::Place, true),
            ("4 rue Victor Hugo", Kind::Place, true),
            ("Calle Mayor 12", Kind::Place, true),
            ("We walked 2000 Steps", Kind::Phone, false),
            ("Call (0113) 496 0000", Kind::Phone, true),
            ("+49 30 23125 000", Kind::Phone, true),
            ("Llame al 944 00 01 22", Kind::Phone, true),
            ("It has 1000000 rows", Kind::Phone, false),
            ("ask@shop.example", Kind::Mail, true),
            ("since 2019", Kind::Date, true),
            ("within five working days", Kind::Duration, true),
            ("jusqu'à trois semaines", Kind::Duration, true),
            ("some days", Kind::Duration, false),
            ("up to ten users", Kind::Number, true),
        ] {
            assert_eq!(kinds_of(text).contains(&kind), expected, "{text} {kind:?}");
        }
    }
}
