//! The name that a lead gives.

use super::spoken::is_word;
use alloc::string::String;
use alloc::vec::Vec;
use knock_intent::folded;

static GIVEN: &str = include_str!("../../data/names.txt");

/// What stands before a name and hardly anything else.
const CLEAR: [&str; 33] = [
    "my name is",
    "my names",
    "my name s",
    "the name is",
    "name is",
    "name",
    "you can call me",
    "mein name ist",
    "mein name lautet",
    "mein name",
    "ich heisse",
    "ich heiss",
    "heisse",
    "mein name ware",
    "nennt mich",
    "nennen sie mich",
    "kannst",
    "je m appelle",
    "moi c est",
    "mon nom est",
    "mon prenom est",
    "nom",
    "prenom",
    "tu peux m appeler",
    "vous pouvez m appeler",
    "me llamo",
    "mi nombre es",
    "nombre",
    "me puedes decir",
    "me puedes llamar",
    "al habla el",
    "al habla",
    "moi je m appelle",
];
/// What stands before a name, and before much else.
const OTHER: [&str; 21] = [
    "i m",
    "im",
    "i am",
    "this is",
    "it s",
    "its",
    "call me",
    "ich bin der",
    "ich bin die",
    "ich bin",
    "bin",
    "hier ist",
    "hier spricht",
    "hier",
    "je suis",
    "ici",
    "c est",
    "appelez moi",
    "soy",
    "aqui",
    "llamame",
];
/// What follows a name.
const AFTER: [&str; 12] = [
    "here",
    "speaking",
    "hier",
    "am apparat",
    "a l appareil",
    "au telephone",
    "por aqui",
    "mein name",
    "am telefon",
    "zu mir sagen",
    "al aparato",
    "al telefono",
];
const TITLES: [&str; 28] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "herr",
    "frau",
    "m",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "sr",
    "sra",
    "srta",
    "don",
    "dona",
    "dra",
    "senor",
    "senora",
    "el",
    "la",
    "der",
    "die",
    "professor",
    "doktor",
    "docteur",
];
const GREETINGS: [&str; 12] =
    ["hi", "hello", "hey", "hallo", "moin", "bonjour", "bonsoir", "salut", "hola", "buenas", "dias", "tag"];
/// The words of a name, at most.
const MOST: usize = 3;

/// A name found in a message.
pub(super) struct Named {
    pub name: String,
    /// Whether the message does little else.
    pub is_all: bool,
}

struct Word<'a> {
    raw: &'a str,
    folded: String,
    /// Whether a comma or an end follows.
    is_last: bool,
}

/// The name that a message gives, without titles.
pub(super) fn name(text: &str) -> Option<Named> {
    if text.len() > 120 || text.contains(['?', '@']) {
        return None;
    }
    let words = words(text);
    let start = words.iter().take_while(|word| GREETINGS.contains(&word.folded.as_str())).count();
    let rest = &words[start..];
    if let Some(after) = begun(rest, &CLEAR) {
        return named(&rest[after..], true);
    }
    // In German each noun has a capital: "ich bin Kunde".
    let is_noun = |named: &Named| {
        matches!(rest[0].folded.as_str(), "ich" | "bin")
            && !is_given(named.name.split(' ').next().map(folded).unwrap_or_default().as_str())
            && !named.name.contains(' ')
    };
    if let Some(found) =
        begun(rest, &OTHER).and_then(|after| named(&rest[after..], false)).filter(|named| !is_noun(named))
    {
        return Some(found);
    }
    let end = AFTER.iter().find_map(|after| ended(rest, after));
    if let Some(end) = end {
        let first = end.saturating_sub(MOST);
        return named(&rest[first..end], rest[first..end].iter().all(|word| is_capital(word.raw)));
    }
    bare(rest)
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for raw in text.split_whitespace() {
        let is_last = raw.ends_with([',', '.', ';', ':', '!']);
        let raw = raw.trim_matches(|sign: char| !sign.is_alphanumeric());
        let lower = folded(raw);
        // `I'm Ann` and `je m'appelle` are compared in parts; `O'Neil` is one word.
        let parts: Vec<&str> =
            if is_capital(raw) && raw.len() > 4 { Vec::from([raw]) } else { raw.split(['\'', '’', '-']).collect() };
        if parts.len() > 1 && !lower.is_empty() {
            let count = parts.len();
            words.extend(parts.into_iter().enumerate().map(|(at, raw)| Word {
                raw,
                folded: folded(raw),
                is_last: is_last && at + 1 == count,
            }));
        } else if !raw.is_empty() {
            words.push(Word { raw, folded: lower, is_last });
        }
    }
    words
}

/// The number of words of the longest phrase that the words begin with.
fn begun(words: &[Word<'_>], phrases: &[&str]) -> Option<usize> {
    let fits = |phrase: &&&str| {
        phrase.split(' ').enumerate().all(|(at, part)| words.get(at).is_some_and(|word| word.folded == part))
    };
    phrases.iter().filter(fits).map(|phrase| phrase.split(' ').count()).max()
}

/// The place where a phrase ends the words.
fn ended(words: &[Word<'_>], phrase: &str) -> Option<usize> {
    let start = words.len().checked_sub(phrase.split(' ').count())?;
    let fits = phrase.split(' ').zip(&words[start..]).all(|(part, word)| word.folded == part);
    (fits && start > 0).then_some(start)
}

/// The name that the words begin with. Where little says so, it is a given name, or several words with capitals.
fn named(words: &[Word<'_>], is_clear: bool) -> Option<Named> {
    let titles = words.iter().take_while(|word| TITLES.contains(&word.folded.as_str())).count();
    let words = &words[titles..];
    let first = words.first()?;
    let is_letters = first.raw.chars().all(|sign| sign.is_alphabetic() || "'’-".contains(sign));
    let is_likely = is_given(&first.folded) || titles > 0 && is_capital(first.raw) || {
        let is_unknown = !is_word(&first.folded);
        is_clear && (is_capital(first.raw) || is_unknown) || is_unknown && is_capital(first.raw) && is_followed(words)
    };
    if !is_letters || !is_likely || first.raw.chars().count() < 2 {
        return None;
    }
    let mut count = 1;
    while count < MOST && !words[count - 1].is_last && words.get(count).is_some_and(|next| is_capital(next.raw)) {
        count += 1;
    }
    let name: Vec<&str> = words[..count].iter().map(|word| word.raw).collect();
    Some(Named { name: name.join(" "), is_all: words.len() <= count + 6 })
}

/// Whether the text goes on as after a name: with another name, its company, or not at all.
fn is_followed(words: &[Word<'_>]) -> bool {
    let joins = ["from", "von", "vom", "de", "from", "del", "at", "bei", "chez"];
    words[0].is_last || words.get(1).is_none_or(|next| is_capital(next.raw) || joins.contains(&next.folded.as_str()))
}

/// A name alone: a given name that a family name may follow.
fn bare(words: &[Word<'_>]) -> Option<Named> {
    let titles = words.iter().take_while(|word| TITLES.contains(&word.folded.as_str())).count();
    let first = words.get(titles)?;
    let is_name = is_capital(first.raw) && (is_given(&first.folded) || titles > 0);
    let named = if is_name { named(&words[titles..], true) } else { None };
    let named = named.filter(|named| {
        let count = named.name.split(' ').count();
        let is_alone = words.len() == titles + count;
        is_alone || words.get(titles + count - 1).is_some_and(|last| last.is_last)
    })?;
    (words.len() <= 7).then_some(named)
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a word is a given name, one of the two of `Anna-Maria` too.
fn is_given(word: &str) -> bool {
    word.split('-').next().is_some_and(|first| GIVEN.split_whitespace().any(|known| known == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_without_titles() {
        for (text, expected) in [
            ("My name is Ruth Okafor", "Ruth Okafor"),
            ("i'm laura", "laura"),
            ("hello, this is Bruno from Acme", "Bruno"),
            ("Paula here", "Paula"),
            ("ich heiße Dörte", "Dörte"),
            ("Hier ist Frau Krüger", "Krüger"),
            ("je m'appelle Odile Petit", "Odile Petit"),
            ("soy Marta", "Marta"),
            ("name: Sean O'Brien", "Sean O'Brien"),
            ("Dr. Helen Marsh", "Helen Marsh"),
        ] {
            assert_eq!(name(text).map(|named| named.name).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_said_of_oneself_is_no_name() {
        for text in [
            "I'm interested",
            "i am lost",
            "this is urgent",
            "ich bin Kunde",
            "bin zufrieden",
            "je suis client",
            "soy nuevo",
            "call me tomorrow",
            "Pricing",
            "it's broken",
            "",
        ] {
            assert_eq!(name(text).map(|named| named.name), None, "{text}");
        }
    }
}
