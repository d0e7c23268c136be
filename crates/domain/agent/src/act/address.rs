//! The e-mail address in a message, as it is meant.

use alloc::string::String;
use alloc::vec::Vec;
use knock_model::Email;

/// An address in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeantEmail {
    /// The address as it is probably meant.
    pub email: Email,
    /// Whether it was typed like that. Another one is asked back before it is used.
    pub is_as_typed: bool,
}

/// Words for the at sign, and for the signs between the parts of an address.
const AT: [&str; 7] = ["at", "ät", "arroba", "arobase", "arobas", "klammeraffe", "chiocciola"];
const DOT: [&str; 5] = ["dot", "punkt", "punto", "point", "."];
const UNDERSCORE: [&str; 3] = ["underscore", "unterstrich", "guionbajo"];
const HYPHEN: [&str; 6] = ["hyphen", "dash", "minus", "bindestrich", "tiret", "guion"];
/// Words that are written in brackets, or between hyphens or underscores, in place of a sign.
const MARKED: [(&str, &str); 5] = [("at", "@"), ("ät", "@"), ("arroba", "@"), ("dot", "dot"), ("punkt", "dot")];
/// Marks around such a word.
const BRACKETS: [(&str, &str); 6] = [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("_", "_"), ("-", "-")];

/// The first address, with its slips mended.
pub(super) fn address(text: &str) -> Option<MeantEmail> {
    if let Some(email) = Email::find(text) {
        let meant = email.meant();
        let is_as_typed = meant.is_none();
        return Some(MeantEmail { email: meant.unwrap_or(email), is_as_typed });
    }
    let written = signs_for_words(text);
    let email = Email::find(&written).or_else(|| written.split_whitespace().find_map(Email::without_dot))?;
    Some(MeantEmail { email: email.meant().unwrap_or(email), is_as_typed: false })
}

/// The text with signs for the words that stand for them in an address: `ann at acme dot com`.
fn signs_for_words(text: &str) -> String {
    let parted = text.split_whitespace().map(parted).collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = parted.split_whitespace().collect();
    let (mut written, mut is_joined) = (String::new(), true);
    for at in 0..words.len() {
        let sign = sign(&words, at, &written);
        if sign.is_none() && !is_joined {
            written.push(' ');
        }
        match sign {
            Some(sign) => written.push(sign),
            None => written.push_str(words[at]),
        }
        is_joined = sign.is_some();
    }
    written
}

/// A word in lower case, with spaces around its at sign and around the words in marks; a slip of the finger beside the at
/// sign is left out. A handle, `@ann@social.example`, stays as it is.
fn parted(word: &str) -> String {
    let mut word = word.to_lowercase();
    if word.starts_with('@') && word[1..].contains('@') {
        return word;
    }
    for (name, sign) in MARKED {
        for (open, close) in BRACKETS {
            word = word.replace(&[open, name, close].concat(), &[" ", sign, " "].concat());
        }
    }
    for (slip, meant) in [("@@", "@"), (".@", "@"), ("@.", "@"), (",com", ".com"), (";com", ".com")] {
        word = word.replace(slip, meant);
    }
    if let Some(ending) = word.strip_prefix('.').filter(|ending| ending.chars().all(char::is_alphabetic)) {
        return [". ", ending].concat();
    }
    let Some((local, domain)) = word.split_once('@') else { return word };
    let domain = domain.replace("..", ".");
    // A comma lies beside the dot: `ann@acme,de`.
    let domain = if domain.contains('.') { domain } else { domain.replacen(',', ".", 1) };
    [local, " @ ", &domain].concat()
}

/// The sign that the word at a place stands for, behind what is written so far.
fn sign(words: &[&str], at: usize, written: &str) -> Option<char> {
    let is_between = at > 0 && at + 1 < words.len();
    if !is_between {
        return None;
    }
    let separator = separator(words[at]);
    if written.rsplit(' ').next().is_some_and(|word| word.contains('@')) {
        return separator;
    }
    // Before the at sign a word is a sign if an at sign follows, behind further parts: `ann dot lee at`.
    separator.filter(|_| leads_to_at(words, at + 2)).or_else(|| is_at(words, at).then_some('@'))
}

/// The sign that a word stands for between the parts of an address.
fn separator(word: &str) -> Option<char> {
    let lists: [(&[&str], char); 3] = [(&DOT, '.'), (&UNDERSCORE, '_'), (&HYPHEN, '-')];
    lists.into_iter().find(|(list, _)| list.contains(&word)).map(|(_, sign)| sign)
}

/// Whether an at sign stands at a place, or behind parts of a name that begin there.
fn leads_to_at(words: &[&str], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let is_sign = at + 1 < words.len() && is_at(words, at);
    is_sign || separator(word).is_some() && leads_to_at(words, at + 2)
}

/// Whether the word at a place stands for the at sign: `at` alone does before a domain in words, before a great provider,
/// and behind a name that no sentence has.
fn is_at(words: &[&str], at: usize) -> bool {
    let word = words[at];
    let (before, behind) = (words[at - 1], words[at + 1].trim_end_matches(['.', ',', '!', '?']));
    let is_unclear = matches!(word, "at" | "ät");
    // "At this point" is English; the dot has that name in French, whose at sign has another.
    let is_spelled = words.get(at + 2).is_some_and(|next| *next != "point" && separator(next).is_some());
    let is_name = before.trim_end_matches('.').contains(['.', '_']);
    let is_address = behind.contains('.') && (is_name || Email::has_great_provider(behind));
    word == "@" || AT.contains(&word) && (!is_unclear || is_spelled || is_address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_meant() {
        for (text, expected, is_as_typed) in [
            ("it is Ann@Acme.example", "ann@acme.example", true),
            ("ann@gmial.com", "ann@gmail.com", false),
            ("sorry, ann@gmail.com not gmial", "ann@gmail.com", true),
            ("ann at acme dot com", "ann@acme.com", false),
            ("ann.lee (at) acme.example", "ann.lee@acme.example", false),
            ("ann ät acme punkt de", "ann@acme.de", false),
            ("ana arroba acme punto es", "ana@acme.es", false),
            ("ann @ acme.example", "ann@acme.example", false),
            ("ann@hotmailcom", "ann@hotmail.com", false),
            ("ann@gmail", "ann@gmail.com", false),
            ("ann@acme.comPhone 030", "ann@acme.com", true),
            ("ann@gmail,com", "ann@gmail.com", false),
            ("ann@gmail.fr", "ann@gmail.com", false),
            ("ann@acme,de", "ann@acme.de", false),
            ("ann@gmail", "ann@gmail.com", false),
            ("it is ann@gmailcom.", "ann@gmail.com", false),
            ("ann @ Outlook", "ann@outlook.com", false),
            ("ann@acme .com", "ann@acme.com", false),
            ("ann@@acme.com", "ann@acme.com", false),
            ("ann@acme..com", "ann@acme.com", false),
            ("ann.@acme.com", "ann@acme.com", false),
            ("ann punkt lee ät acme punkt de", "ann.lee@acme.de", false),
            ("ann dot lee at acme dot com", "ann.lee@acme.com", false),
            ("ann underscore lee at acme dot com", "ann_lee@acme.com", false),
            ("ann minus lee ät acme minus shop punkt de", "ann-lee@acme-shop.de", false),
            ("ana punto lee arroba acme punto com punto mx", "ana.lee@acme.com.mx", false),
            ("ann {at} acme {dot} com", "ann@acme.com", false),
            ("ann <at> acme <dot> com", "ann@acme.com", false),
            ("ann(ät)acme.de", "ann@acme.de", false),
            ("ann_at_acme_dot_com", "ann@acme.com", false),
            ("ann-at-acme-dot-com", "ann@acme.com", false),
            ("it is ann.lee at acme.com", "ann.lee@acme.com", false),
            ("ann at gmail.com", "ann@gmail.com", false),
            ("see me at acme.com or ann at acme dot com", "ann@acme.com", false),
        ] {
            let found = address(text).expect(text);
            assert_eq!((found.email.as_str(), found.is_as_typed), (expected, is_as_typed), "{text}");
        }
        for text in [
            "we meet at 5",
            "are you at home.",
            "@home",
            "the point is at the end",
            "banner@2x.jpg",
            "no-reply@acme.example",
            "@ann@social.example",
            "follow @ann@social.example please",
            "you find us at acme.com",
            "I am at work. Punkt.",
            "at what point do you bill",
            "meet at 5 punkt 12",
            "ann@gmail-team",
            "up to the minute, dash at noon",
            "a•••n@acme.example",
            "our state-of-the-art shop",
            "it is pending at this point and late",
            "can I use it at a point of sale",
            "Come by our room at some point so we can talk",
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }
}
