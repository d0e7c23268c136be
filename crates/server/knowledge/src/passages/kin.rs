//! Words that mean nearly the same by their letters: other endings, parts of compounds, typing errors.

use knock_agent::Language;

/// The number of letters from which a word may be a part of another one.
const ENOUGH: usize = 5;
/// The number of letters from which a German word may begin a compound, and that the rest of it has.
const ENOUGH_FOR_COMPOUND: usize = 4;
/// The number of letters from which a word may be mistyped.
const ENOUGH_FOR_ERROR: usize = 5;
/// The number of letters that a German participle shares with its verb: "gelöscht", "löschen".
const ENOUGH_FOR_PARTICIPLE: usize = 4;
/// Endings that make another word of the same meaning.
const ENDINGS: [&str; 34] = [
    "ment", "er", "or", "ing", "ion", "ation", "al", "ly", "ist", "ung", "lich", "keit", "heit", "bar", "erei", "isch",
    "eur", "euse", "tion", "age", "able", "ier", "iere", "ee", "miento", "cion", "dor", "dora", "aje", "able", "ado",
    "ada", "ero", "era",
];

/// How much of the meaning of an asked word another one has, 0 to 1. `is_known` if the asked one is in a text as it is:
/// then it is not mistyped.
pub(super) fn kinship(asked: &str, other: &str, is_known: bool, language: Language) -> f64 {
    if asked == other {
        return 1.0;
    }
    // Nearly all words of a site are none: they are left out at once.
    let is_begun = asked.as_bytes().first() == other.as_bytes().first();
    if !is_begun && (language != Language::De || !is_part(asked, other)) {
        return 0.0;
    }
    if asked.starts_with('§') || other.starts_with('§') || has_digit(asked) || has_digit(other) {
        return 0.0;
    }
    let (short, long) = if asked.len() <= other.len() { (asked, other) } else { (other, asked) };
    if let Some(ending) = long.strip_prefix(short) {
        if short.len() >= 3 && ENDINGS.contains(&ending) {
            return 0.9;
        }
        let is_compound =
            language == Language::De && short.len() >= ENOUGH_FOR_COMPOUND && ending.len() >= ENOUGH_FOR_COMPOUND;
        if is_compound || short.len() >= ENOUGH {
            return if ending.len() <= 3 || language == Language::De { 0.75 } else { 0.0 };
        }
    }
    if language == Language::De && short.len() >= ENOUGH && long.ends_with(short) {
        return 0.75;
    }
    if let (Language::De, Some(stem)) = (language, asked.strip_prefix("ge"))
        && stem.len() >= ENOUGH_FOR_PARTICIPLE
        && other.bytes().zip(stem.bytes()).take_while(|(left, right)| left == right).count() >= ENOUGH_FOR_PARTICIPLE
        && other.len() <= stem.len() + 2
    {
        return 0.9;
    }
    let shared = short.bytes().zip(long.bytes()).take_while(|(left, right)| left == right).count();
    let rest = long.len() - shared;
    if shared >= ENOUGH && (rest <= 3 || language == Language::De && shared > ENOUGH) {
        return 0.7;
    }
    if !is_known && short.chars().count() >= ENOUGH_FOR_ERROR && is_one_error(short, long) { 0.8 } else { 0.0 }
}

/// Whether a German word may be the end of another one, or its participle.
fn is_part(asked: &str, other: &str) -> bool {
    asked.ends_with(other) || other.ends_with(asked) || asked.starts_with("ge")
}

fn has_digit(word: &str) -> bool {
    word.contains(|sign: char| sign.is_ascii_digit())
}

/// Whether one letter is missing, wrong or exchanged with the next one.
fn is_one_error(short: &str, long: &str) -> bool {
    if short.len() + 4 < long.len() {
        return false;
    }
    let (short, long): (Vec<char>, Vec<char>) = (short.chars().collect(), long.chars().collect());
    let start = short.iter().zip(&long).take_while(|(left, right)| left == right).count();
    // The first letter is hardly ever wrong.
    if start == 0 || long.len() > short.len() + 1 {
        return false;
    }
    let (short, long) = (&short[start..], &long[start..]);
    let is_missing = long.len() > short.len() && long[1..] == *short;
    let is_wrong = long.len() == short.len() && long.get(1..) == short.get(1..);
    let is_exchanged = long.len() == short.len()
        && long.len() > 1
        && (long[0], long[1]) == (short[1], short[0])
        && long[2..] == short[2..];
    is_missing || is_wrong || is_exchanged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kin_have_a_part_of_the_meaning() {
        for (language, asked, other, is_kin) in [
            (Language::En, "pay", "payment", true),
            (Language::En, "pay", "paypal", false),
            (Language::En, "certif", "certifi", true),
            (Language::En, "deliveri", "delivry", true),
            (Language::En, "recieve", "receive", true),
            (Language::En, "cat", "car", false),
            (Language::En, "table", "tablet", true),
            (Language::De, "kundig", "kundigung", true),
            (Language::De, "geloscht", "losch", true),
            (Language::De, "uhr", "uhrwerk", false),
            (Language::De, "park", "parkplatz", true),
            (Language::En, "park", "parkplaza", false),
            (Language::De, "lieferzeit", "lieferung", true),
            (Language::De, "rechnung", "abrechnung", true),
            (Language::Fr, "jardin", "jardinier", true),
            (Language::Es, "jardin", "jardinero", true),
            (Language::En, "t2000", "t2001", false),
        ] {
            assert_eq!(kinship(asked, other, false, language) > 0.0, is_kin, "{asked} {other}");
        }
        assert!(kinship("house", "horse", true, Language::En) < f64::EPSILON);
    }
}
