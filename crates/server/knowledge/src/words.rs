//! The words of a text for comparison: folded, without words that carry no subject, and stemmed.

use knock_agent::Language;
use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;
use tantivy::tokenizer::{
    Language as Stemmed, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer, TokenStream as _,
};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word in bytes: a longer one is no search term.
const LONGEST: usize = 40;

/// The words of a language that carry no subject.
struct Empty {
    /// Ignored in any text.
    common: HashSet<String>,
    /// Ignored in a question too: a passage is not found by them.
    chatty: HashSet<String>,
    /// Words that are frequent in talk about anything: they say little about which taught question is meant.
    general: HashSet<String>,
}

static EMPTY: LazyLock<[Empty; 4]> = LazyLock::new(|| {
    let files = [
        (Language::En, include_str!("../data/en.txt")),
        (Language::De, include_str!("../data/de.txt")),
        (Language::Fr, include_str!("../data/fr.txt")),
        (Language::Es, include_str!("../data/es.txt")),
    ];
    files.map(|(language, file)| {
        let mut lines = file.lines().map(|line| folded_words(line, language).collect());
        let mut next = || lines.next().unwrap_or_default();
        let (common, chatty, mut general): (HashSet<String>, HashSet<String>, HashSet<String>) =
            (next(), next(), next());
        let listed = stop_words::lookup(language.as_str()).unwrap_or_default();
        general.extend(listed.iter().flat_map(|word| folded_words(word, language)));
        Empty { common, chatty, general }
    })
});

fn empty(language: Language) -> &'static Empty {
    let [en, de, fr, es] = &*EMPTY;
    match language {
        Language::En => en,
        Language::De => de,
        Language::Fr => fr,
        Language::Es => es,
    }
}

/// Returns the words of a text in order, without common ones.
pub(crate) fn words(text: &str, language: Language) -> Vec<String> {
    let common = &empty(language).common;
    stems(folded_words(text, language).filter(|word| !common.contains(word)), language)
}

/// Returns the different words of a question by which a passage can be found.
pub(crate) fn asked_words(text: &str, language: Language) -> BTreeSet<String> {
    let Empty { common, chatty, .. } = empty(language);
    // One character is no search term: the 1 of "TLS 1.3" has no meaning of its own.
    let is_said = |word: &String| word.len() > 1 && !common.contains(word) && !chatty.contains(word);
    let said = folded_words(text, language).filter(is_said);
    stems(said, language).into_iter().collect()
}

pub(crate) fn count_common(text: &str, language: Language) -> usize {
    let common = &empty(language).common;
    folded_words(text, language).filter(|word| common.contains(word)).count()
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// In lower case and without accents.
    pub(crate) folded: String,
    /// The same without its ending.
    pub(crate) stem: String,
}

/// Returns all words of a text in order; those too long for a search term are left out.
pub(crate) fn read_words(text: &str, language: Language) -> Vec<Word> {
    // One stem a word: the stemmer would leave out longer words, and cut at other signs ("½" is folded to "1⁄2").
    let is_kept = |word: &String| word.len() + 2 < LONGEST && word.chars().all(char::is_alphanumeric);
    let folded: Vec<String> = folded_words(text, language).filter(is_kept).collect();
    let stems = stems(folded.iter().cloned(), language);
    folded.into_iter().zip(stems).map(|(folded, stem)| Word { folded, stem }).collect()
}

/// Whether a folded word is ignored in any text.
pub(crate) fn is_common(word: &str, language: Language) -> bool {
    empty(language).common.contains(word)
}

/// Whether a folded word is usual in questions of any subject.
pub(crate) fn is_chatty(word: &str, language: Language) -> bool {
    empty(language).chatty.contains(word)
}

/// Whether a folded word is frequent in talk about anything.
pub(crate) fn is_general(word: &str, language: Language) -> bool {
    empty(language).general.contains(word) || is_chatty(word, language)
}

/// The folded words that say little or nothing.
pub(crate) fn empty_words(language: Language) -> impl Iterator<Item = &'static String> {
    let Empty { common, chatty, general } = empty(language);
    common.iter().chain(chatty).chain(general)
}

/// Stems words; a stem has no accents.
fn stems(words: impl Iterator<Item = String>, language: Language) -> Vec<String> {
    let stemmer = Stemmer::new(match language {
        Language::En => Stemmed::English,
        Language::De => Stemmed::German,
        Language::Fr => Stemmed::French,
        Language::Es => Stemmed::Spanish,
    });
    let mut analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST))
        .filter(stemmer)
        .build();
    let text = words.map(|word| for_stemmer(word, language)).collect::<Vec<_>>().join(" ");
    let mut tokens = analyzer.token_stream(&text);
    let mut stems = Vec::new();
    tokens.process(&mut |token| stems.push(without_marks(&token.text)));
    stems
}

/// Returns the words of a text in lower case and without accents, so that "Bäume", "Baeume" and "baume" are one word.
fn folded_words(text: &str, language: Language) -> impl Iterator<Item = String> {
    let is_sign = |sign: char| !sign.is_alphanumeric() && !is_combining_mark(sign);
    text.split(is_sign).filter(|word| !word.is_empty()).map(move |word| folded(word, language))
}

fn folded(word: &str, language: Language) -> String {
    let word = without_marks(&word.to_lowercase()).replace('ß', "ss").replace('œ', "oe").replace('æ', "ae");
    if language == Language::De { without_umlauts(&word) } else { word }
}

fn without_marks(word: &str) -> String {
    word.nfkd().filter(|sign| !is_combining_mark(*sign)).collect()
}

/// Writes `ae`, `oe` and `ue` as `a`, `o` and `u` if they replace an umlaut: not after a vowel or a `q`.
fn without_umlauts(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before = None;
    let mut signs = word.chars().peekable();
    while let Some(sign) = signs.next() {
        out.push(sign);
        let is_own = !matches!(before, Some('a' | 'e' | 'i' | 'o' | 'u' | 'q'));
        if matches!(sign, 'a' | 'o' | 'u') && is_own && signs.peek() == Some(&'e') {
            signs.next();
        }
        before = Some(sign);
    }
    out
}

/// Restores the accents by which a stemmer recognises an ending.
fn for_stemmer(word: String, language: Language) -> String {
    match language {
        Language::En | Language::De => word,
        Language::Es => match word.strip_suffix("on") {
            Some(start) if start.ends_with("ci") || start.ends_with("si") => format!("{start}ón"),
            _ => word,
        },
        // "livrée" and "livrer" are one word.
        Language::Fr => match word.strip_suffix("ee").or_else(|| word.strip_suffix("ees")) {
            Some(start) if start.len() > 2 => format!("{start}e"),
            _ => word,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, left: &str, right: &str, expected: bool) {
        let is_same = words(left, language) == words(right, language);
        assert_eq!(is_same, expected, "{left:?} {:?}, {right:?} {:?}", words(left, language), words(right, language));
    }

    #[test]
    fn forms_of_a_word_are_one_word() {
        for (language, left, right) in [
            (Language::De, "Bäume", "Baum"),
            (Language::De, "Baeume", "Bäume"),
            (Language::De, "baume", "BÄUME"),
            (Language::De, "Rückgabe", "Rueckgabe"),
            (Language::De, "Straße", "Strasse"),
            (Language::En, "cafés", "cafe"),
            (Language::En, "invoices", "invoice"),
            (Language::Fr, "livrée", "livrees"),
            (Language::Fr, "réductions", "reduction"),
            (Language::Es, "facturación", "facturaciones"),
            (Language::Es, "facturacion", "facturación"),
            (Language::Es, "envíos", "envio"),
        ] {
            check(language, left, right, true);
        }
    }

    #[test]
    fn other_words_stay_apart() {
        check(Language::De, "neue Quelle", "nu Quelle", false);
        check(Language::De, "Steuer", "Stur", false);
        check(Language::En, "price", "prize", false);
        check(Language::Es, "pan", "paño", true);
    }

    #[test]
    fn words_that_say_nothing_are_left_out() {
        assert!(words("Do you have the?", Language::En).is_empty());
        assert!(asked_words("Hello, can you please help me?", Language::En).is_empty());
        assert!(asked_words("Guten Tag, können Sie mir bitte helfen?", Language::De).is_empty());
        assert!(asked_words("Bonjour, pouvez-vous m'aider s'il vous plaît ?", Language::Fr).is_empty());
        assert!(asked_words("Hola, buenos días, ¿me puede ayudar por favor?", Language::Es).is_empty());
    }

    #[test]
    fn signs_are_no_words() {
        assert!(words(r#"' - @ ? % " \ ( ) + * : ~ ^ [ ] { } && || !"#, Language::En).is_empty());
    }
}
