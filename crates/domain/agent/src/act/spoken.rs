//! The language that a message is written in: by its script, and by words and letters that few languages have.

use super::table::table;
use crate::Language;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use knock_intent::folded;
use knock_model::vocabulary;
use once_cell::race::OnceBox;

/// A language in which leads write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// One that the agent speaks.
    Own(Language),
    /// Another one.
    Foreign(ForeignLanguage),
}

vocabulary! {
    /// A language that the agent recognises but does not speak, by its code (ISO 639-1).
    ForeignLanguage {
        Italian = "it",
        Portuguese = "pt",
        Dutch = "nl",
        Polish = "pl",
        Russian = "ru",
        Ukrainian = "uk",
        Turkish = "tr",
        Arabic = "ar",
        Persian = "fa",
        Hebrew = "he",
        Hindi = "hi",
        Bengali = "bn",
        Chinese = "zh",
        Japanese = "ja",
        Korean = "ko",
        Vietnamese = "vi",
        Thai = "th",
        Indonesian = "id",
        Swedish = "sv",
        Danish = "da",
        Norwegian = "no",
        Finnish = "fi",
        Czech = "cs",
        Slovak = "sk",
        Hungarian = "hu",
        Romanian = "ro",
        Bulgarian = "bg",
        Greek = "el",
        Croatian = "hr",
        Catalan = "ca",
    }
}

static WORDS: &str = include_str!("../../data/languages.txt");

/// The evidence of a word that one language alone has.
const CLEAR: usize = 12;
/// The languages that share many words with one that the agent speaks.
const KINDRED: [ForeignLanguage; 4] =
    [ForeignLanguage::Italian, ForeignLanguage::Portuguese, ForeignLanguage::Catalan, ForeignLanguage::Dutch];
/// The characters that are looked at.
const LOOKED_AT: usize = 1_000;

type Words = BTreeMap<&'static str, Vec<(Spoken, usize)>>;

/// The language of a message; none where it does not tell: a number, an address, "ok", "why".
pub fn spoken(text: &str) -> Option<Spoken> {
    let words = words(text);
    if let Some(language) = by_script(&words.join(" ")) {
        return Some(language);
    }
    let mut found: Vec<(Spoken, usize)> = Vec::new();
    let mut add = |language: Spoken, evidence: usize| match found.iter_mut().find(|(known, _)| *known == language) {
        Some((_, sum)) => *sum += evidence,
        None => found.push((language, evidence)),
    };
    if text.contains(['¿', '¡']) {
        add(Spoken::Own(Language::Es), 2 * CLEAR);
    }
    for word in &words {
        by_word(word).into_iter().for_each(|(language, evidence)| add(language, evidence));
        by_letters(word).iter().for_each(|language| add(*language, CLEAR));
    }
    found.sort_by_key(|(_, evidence)| core::cmp::Reverse(*evidence));
    let needed = if words.len() < 2 { CLEAR * 4 / 3 } else { CLEAR };
    let second = found.get(1).map_or(0, |(_, evidence)| *evidence);
    let is_clear = |(language, most): &&(Spoken, usize)| match language {
        Spoken::Own(_) => *most >= needed && 4 * most >= 5 * second,
        // One word of a kindred language may be a name or a borrowed word.
        Spoken::Foreign(language) => {
            let least = if KINDRED.contains(language) { CLEAR * 3 / 2 } else { CLEAR };
            *most >= least && 4 * most >= 5 * second
        }
    };
    let clear = found.first().filter(is_clear);
    clear.map(|(language, _)| *language)
}

/// The language to answer in: that of a message where it is one that the agent speaks, else the one before, else the
/// browser's.
pub fn language_after(spoken: Option<Spoken>, before: Option<Language>, browser: Language) -> Language {
    match spoken {
        Some(Spoken::Own(language)) => language,
        _ => before.unwrap_or(browser),
    }
}

/// The words in small letters, without addresses, names of files and numbers.
fn words(text: &str) -> Vec<String> {
    let looked: String = text.chars().take(LOOKED_AT).collect();
    let is_text = |word: &&str| !word.contains(['@', '/', '_', '<', '{']) && !word.starts_with("www.");
    let mut words = Vec::new();
    for word in looked.split_whitespace().filter(is_text) {
        let word = word.to_lowercase().replace('\u{2019}', "'");
        let parts = word.split(|sign: char| !(sign.is_alphabetic() || sign == '\'' || is_mark(sign)));
        let elided = word.split_once('\'').filter(|(start, _)| start.chars().count() <= 2);
        if let Some((start, rest)) = elided {
            words.extend([alloc::format!("{start}'"), String::from(rest)]);
            continue;
        }
        words.extend(parts.map(|part| part.trim_matches('\'')).filter(|part| !part.is_empty()).map(String::from));
    }
    words
}

/// Whether a sign stands with a letter: vowels of Hindi, Bengali and Thai.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{9ff}' | '\u{e00}'..='\u{e7f}')
}

/// The language of a script that one language is written in, as far as its visitors are concerned.
fn by_script(word: &str) -> Option<Spoken> {
    // Words without the letters that Russian lacks.
    const UKRAINIAN: [&str; 7] = ["скільки", "дякую", "доброго дня", "замовлення", "поговорити", "можна", "потрібно"];
    if UKRAINIAN.iter().any(|known| word.contains(known)) {
        return Some(Spoken::Foreign(ForeignLanguage::Ukrainian));
    }
    let language = word.chars().find_map(|sign| match sign {
        '\u{370}'..='\u{3ff}' => Some(ForeignLanguage::Greek),
        '\u{590}'..='\u{5ff}' => Some(ForeignLanguage::Hebrew),
        'پ' | 'چ' | 'ژ' | 'گ' | 'ی' => Some(ForeignLanguage::Persian),
        '\u{900}'..='\u{97f}' => Some(ForeignLanguage::Hindi),
        '\u{980}'..='\u{9ff}' => Some(ForeignLanguage::Bengali),
        '\u{e00}'..='\u{e7f}' => Some(ForeignLanguage::Thai),
        '\u{3040}'..='\u{30ff}' => Some(ForeignLanguage::Japanese),
        '\u{ac00}'..='\u{d7af}' | '\u{1100}'..='\u{11ff}' => Some(ForeignLanguage::Korean),
        'і' | 'ї' | 'є' | 'ґ' => Some(ForeignLanguage::Ukrainian),
        _ => None,
    });
    // What several languages share is looked at after the letters that one of them has.
    let shared = || {
        word.chars().find_map(|sign| match sign {
            '\u{600}'..='\u{6ff}' => Some(ForeignLanguage::Arabic),
            '\u{4e00}'..='\u{9fff}' => Some(ForeignLanguage::Chinese),
            '\u{400}'..='\u{4ff}' => Some(ForeignLanguage::Russian),
            _ => None,
        })
    };
    language.or_else(shared).map(Spoken::Foreign)
}

/// The languages that have a word, with its evidence: less for each other language that has it too.
fn by_word(word: &str) -> Vec<(Spoken, usize)> {
    static KNOWN: OnceBox<Words> = OnceBox::new();
    if let Some(languages) = KNOWN.get_or_init(|| Box::new(read_words())).get(word) {
        let own = languages.iter().filter(|(language, _)| matches!(language, Spoken::Own(_))).count();
        let foreign = languages.len() - own;
        // A neighbour that shares the word is the less likely one.
        return languages
            .iter()
            .map(|(language, evidence)| match language {
                Spoken::Own(_) if foreign > 0 => (*language, evidence * 2 / (3 * own)),
                Spoken::Own(_) => (*language, evidence / own),
                Spoken::Foreign(_) => (*language, evidence / (2 * own + foreign)),
            })
            .collect();
    }
    // A word of the acts is one of a language too: not so certain, as it is compared without accents.
    match table().languages.get(folded(word).replace('\'', "").as_str()).map(Vec::as_slice) {
        Some([language]) if word.len() > 2 => Vec::from([(Spoken::Own(*language), 2 * CLEAR / 3)]),
        _ => Vec::new(),
    }
}

/// Whether a word, in one case and without accents, is known of any language.
pub(super) fn is_word(word: &str) -> bool {
    !by_word(word).is_empty() || table().languages.contains_key(word)
}

fn read_words() -> Words {
    let mut known = Words::new();
    for (code, words) in WORDS.lines().filter_map(|line| line.split_once('\t')) {
        let is_clear = code.ends_with('!');
        let Some(language) = by_code(code.trim_end_matches('!')) else { continue };
        for word in words.split_whitespace() {
            known.entry(word).or_default().push((language, if is_clear { 2 * CLEAR } else { CLEAR }));
        }
    }
    known
}

fn by_code(code: &str) -> Option<Spoken> {
    let own = Language::parse(code).map(Spoken::Own);
    own.or_else(|| ForeignLanguage::parse(code).map(Spoken::Foreign))
}

/// The languages with a letter that few have.
fn by_letters(word: &str) -> &'static [Spoken] {
    const fn foreign(language: ForeignLanguage) -> Spoken {
        Spoken::Foreign(language)
    }
    for sign in word.chars() {
        let languages: &[Spoken] = match sign {
            'ß' => &[Spoken::Own(Language::De)],
            'ñ' => &[Spoken::Own(Language::Es)],
            'œ' | 'ê' | 'û' | 'î' => &[Spoken::Own(Language::Fr)],
            'ã' | 'õ' => &[const { foreign(ForeignLanguage::Portuguese) }],
            'ì' => &[const { foreign(ForeignLanguage::Italian) }],
            'ł' | 'ż' | 'ź' | 'ś' | 'ć' | 'ń' | 'ę' | 'ą' => &[const { foreign(ForeignLanguage::Polish) }],
            'ř' | 'ů' | 'ě' => &[const { foreign(ForeignLanguage::Czech) }],
            'ľ' | 'ĺ' | 'ŕ' => &[const { foreign(ForeignLanguage::Slovak) }],
            'ő' | 'ű' => &[const { foreign(ForeignLanguage::Hungarian) }],
            'ı' | 'ş' | 'ğ' => &[const { foreign(ForeignLanguage::Turkish) }],
            'ș' | 'ț' | 'ă' => &[const { foreign(ForeignLanguage::Romanian) }],
            'å' => &[const { foreign(ForeignLanguage::Swedish) }],
            'ø' | 'æ' => &[const { foreign(ForeignLanguage::Danish) }, const { foreign(ForeignLanguage::Norwegian) }],
            'đ' | 'ơ' | 'ư' | 'ạ' | 'ế' | 'ộ' | 'ả' => &[const { foreign(ForeignLanguage::Vietnamese) }],
            _ => &[],
        };
        if !languages.is_empty() {
            return languages;
        }
    }
    &[]
}

#[cfg(test)]
mod tests;
