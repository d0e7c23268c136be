//! The separate questions and statements of a message.

use crate::is_question;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// The parts that are looked at, at most; the last one has the rest.
const MOST: usize = 6;
/// What joins a question to another one.
const JOINTS: [&str; 12] =
    [" and ", " und ", " et ", " y ", " also ", ", ", " sowie ", " e ", " or ", " oder ", " ou ", " o "];
/// What begins a question beside the words that every question begins with.
const BEGINNINGS: [&str; 62] = [
    "il", "ça", "is", "are", "does", "can", "could", "do", "how", "what", "who", "where", "when", "which", "will",
    "did", "if", "gibt", "gibts", "kann", "geht", "habt", "haben", "ist", "sind", "braucht", "wie", "was", "wer", "wo",
    "wann", "welche", "bis", "on", "je", "peut", "faut", "combien", "quel", "quelle", "quels", "quelles", "ou", "où",
    "qui", "quand", "comment", "elle", "est", "hay", "puedo", "tiene", "cuánto", "cuanto", "cuándo", "cuando", "quién",
    "qué", "que", "dónde", "donde", "se",
];

/// The parts in their order: at least one.
pub(super) fn parts(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while found.len() + 1 < MOST {
        let Some((part, after)) = first_part(rest) else { break };
        if part.chars().any(char::is_alphanumeric) {
            found.push(part.trim().to_owned());
        }
        rest = after.trim_start();
    }
    let is_rest = rest.chars().any(char::is_alphanumeric);
    if is_rest || found.is_empty() {
        found.push(rest.to_owned());
    }
    found
}

/// The parts that ask something of their own: of two joined ones, the first asks too, unless it tells of oneself.
pub(super) fn asked(text: &str) -> usize {
    let parts = parts(text);
    let numbered = text.split_whitespace().filter(|word| is_number(word)).count();
    let listed = if numbered >= 2 { numbered } else { 0 };
    let is_asked = |at: usize, part: &str| {
        let after = text.split_once(part).map_or("", |(_, after)| after.trim_start());
        let is_comma = after.starts_with(',') && !JOINTS.iter().any(|joint| after[1..].starts_with(joint));
        let is_joined = at + 1 < parts.len() && !is_comma && !part.ends_with(['.', '!']) && !tells(part);
        part.contains(char::is_alphabetic) && (is_question(part) || begins_question(part) || is_joined)
    };
    let asked = parts.iter().enumerate().filter(|(at, part)| is_asked(*at, part)).count();
    asked.max(listed).max(if announces(text) { 2 } else { 0 })
}

/// Whether a text says that several questions follow.
fn announces(text: &str) -> bool {
    let text = text.to_lowercase();
    let counts =
        ["two ", "2 ", "three ", "3 ", "several ", "zwei ", "drei ", "mehrere ", "deux ", "trois ", "dos ", "tres "];
    let nouns = ["questions", "fragen", "preguntas", "things"];
    counts.iter().any(|count| nouns.iter().any(|noun| text.contains(&alloc::format!("{count}{noun}"))))
}

/// Whether a part tells of who writes: `we are ten people`.
fn tells(part: &str) -> bool {
    let first: String = part.chars().take_while(|sign| sign.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let words = ["i", "we", "my", "our", "the", "ich", "wir", "mein", "meine", "unser", "je", "j", "nous", "mon", "ma"];
    let others = ["yo", "mi", "tengo", "tenemos", "no", "nein", "non", "it", "es", "thanks", "hi", "hello", "ok"];
    words.contains(&first.as_str()) || others.contains(&first.as_str()) || part.chars().count() < 3
}

/// `1)`, `first,`: what a list of questions has before each.
fn is_number(word: &str) -> bool {
    let word = word.to_lowercase();
    let ordinals = ["first", "third", "secondly", "erstens", "zweitens", "drittens", "primo", "secundo", "tertio"];
    let spanish = ["primero", "segundo", "tercero"];
    let name = word.trim_end_matches([',', ':', '.', ')']);
    word.len() == 2 && word.ends_with(')') && name.chars().all(|sign| sign.is_ascii_digit())
        || ordinals.contains(&name)
        || spanish.contains(&name)
}

fn first_part(text: &str) -> Option<(&str, &str)> {
    let signs = text.char_indices().zip(text.chars().skip(1).map(Some).chain([None]));
    for ((at, sign), next) in signs {
        let end = at + sign.len_utf8();
        let is_stop = matches!(sign, '.' | '!' | '?' | ';') && next.is_none_or(char::is_whitespace) || sign == '\n';
        if is_stop && end < text.len() {
            return Some((&text[..end], &text[end..]));
        }
        let joint = JOINTS.iter().find(|joint| text[at..].starts_with(**joint));
        let after = joint.map(|joint| &text[at + joint.len()..]);
        if let Some(after) = after.filter(|after| begins_question(after) && text[..at].split_whitespace().count() > 1) {
            return Some((&text[..at], after));
        }
    }
    None
}

/// Whether a text begins as a question does, after a joining word.
fn begins_question(text: &str) -> bool {
    let text = JOINTS.iter().find_map(|joint| text.strip_prefix(joint.trim_start())).unwrap_or(text);
    let first: String = text.chars().take_while(|sign| sign.is_alphabetic()).flat_map(char::to_lowercase).collect();
    BEGINNINGS.contains(&first.as_str())
}
