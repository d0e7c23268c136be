//! The marks of a message: what is seen of it without knowing a word, such as a link or capitals.

use super::fold::beginning;

/// Number of marks that there is room for.
pub const MARKS: usize = 32;

/// The marks that depend on capitals. They tell of spam only: a purpose is the same in any case.
pub const CASED_MARKS: u32 = 1 << LOUD | 1 << LOUD_WORDS;

const LINK: u32 = 0;
const LINKS: u32 = 1;
const MESSENGER: u32 = 2;
const PHONE: u32 = 3;
const ADDRESS: u32 = 4;
const MONEY: u32 = 5;
const PERCENT: u32 = 6;
const LOUD: u32 = 7;
const LOUD_WORDS: u32 = 8;
const EXCLAIMS: u32 = 9;
const EXCLAIMS_MORE: u32 = 10;
const ASKS: u32 = 11;
const PICTURE: u32 = 12;
const PICTURES: u32 = 13;
const BIG_NUMBER: u32 = 14;
const OTHER_SCRIPT: u32 = 15;
/// The first of the marks for the number of words.
const LENGTH: u32 = 16;

/// The most words of each length but the last.
const LENGTHS: [usize; 8] = [0, 1, 2, 4, 8, 16, 32, 64];

/// Places by which strangers move a talk to a messenger or hide where a link leads.
const MESSENGERS: [&str; 10] =
    ["whatsapp", "telegram", "wechat", "skype", "t.me/", "wa.me/", "bit.ly/", "tinyurl", "signal me", "viber"];

/// Endings that make a name with a dot a link; any word could stand before a dot that lacks its space.
const ENDINGS: [&str; 38] = [
    "com", "net", "org", "io", "co", "de", "fr", "es", "info", "biz", "ru", "cn", "xyz", "top", "online", "site",
    "shop", "club", "me", "ly", "app", "dev", "uk", "eu", "us", "example", "test", "click", "link", "live", "store",
    "win", "bet", "vip", "cc", "tk", "ai", "agency",
];

/// A piece between two spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Link,
    Address,
    Text,
}

impl Piece {
    pub(super) fn of(piece: &str) -> Piece {
        let bare = piece.trim_matches(|c: char| "()[]<>{},;:!?\"'.*".contains(c));
        if bare.contains("://") || bare.starts_with("www.") {
            return Piece::Link;
        }
        if let Some((name, host)) = bare.split_once('@') {
            let is_address = !name.is_empty() && host.contains('.') && !host.starts_with('.');
            return if is_address { Piece::Address } else { Piece::Text };
        }
        let host = bare.split(['/', '?']).next().unwrap_or(bare);
        let is_host = host.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
        match host.rsplit_once('.') {
            Some((name, ending)) if is_host && !name.is_empty() && ENDINGS.contains(&ending) => Piece::Link,
            _ => Piece::Text,
        }
    }
}

/// The marks of a text, which is also given folded and by its number of words.
pub(super) fn of(text: &str, folded: &str, words: usize) -> u32 {
    let count = |kind: Piece| folded.split(' ').filter(|piece| Piece::of(piece) == kind).count();
    let signs = |sign: char| folded.matches(sign).count();
    let (letters, capitals, loud_words) = capitals(beginning(text));
    let pictures = folded.chars().filter(|c| is_picture(*c)).count();
    let links = count(Piece::Link);
    let marks = [
        (LINK, links > 0),
        (LINKS, links > 1),
        (MESSENGER, MESSENGERS.iter().any(|name| folded.contains(name))),
        (PHONE, has_phone(folded)),
        (ADDRESS, count(Piece::Address) > 0),
        (MONEY, has_money(folded)),
        (PERCENT, folded.contains("0%") || folded.contains("0 %")),
        (LOUD, letters >= 12 && capitals * 2 > letters),
        (LOUD_WORDS, loud_words >= 2),
        (EXCLAIMS, signs('!') > 0),
        (EXCLAIMS_MORE, signs('!') > 2),
        (ASKS, signs('?') > 0),
        (PICTURE, pictures > 0),
        (PICTURES, pictures > 2),
        (BIG_NUMBER, folded.contains("00000") || folded.contains("0,000") || folded.contains("0.000")),
        (OTHER_SCRIPT, is_mostly_other_script(folded)),
    ];
    let length = LENGTHS.iter().position(|most| words <= *most).unwrap_or(LENGTHS.len());
    let seen = marks.iter().filter(|(_, is_there)| *is_there).fold(0, |seen, (mark, _)| seen | 1 << mark);
    seen | 1 << (LENGTH + length as u32)
}

/// Letters, capitals among them, and words of four or more capitals.
fn capitals(text: &str) -> (usize, usize, usize) {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let is_loud = |word: &&str| word.chars().count() >= 4 && word.chars().all(char::is_uppercase);
    (letters, capitals, text.split(|c: char| !c.is_alphanumeric()).filter(is_loud).count())
}

/// Nine digits or more with nothing but the signs of telephone numbers between them.
fn has_phone(folded: &str) -> bool {
    let mut digits = 0;
    folded.chars().any(|c| {
        match c {
            '0' => digits += 1,
            ' ' | '-' | '(' | ')' | '+' | '/' | '.' => {}
            _ => digits = 0,
        }
        digits >= 9
    })
}

/// A sign or the name of a currency beside a digit.
fn has_money(folded: &str) -> bool {
    const NAMES: [&str; 8] = ["usd", "eur", "dollar", "gbp", "euro", "chf", "btc", "usdt"];
    let is_sign = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₿');
    let beside = |at: usize, sign: char| {
        let before = folded.get(..at).unwrap_or("").trim_end();
        let after = folded.get(at + sign.len_utf8()..).unwrap_or("").trim_start();
        before.ends_with(['0', 'k', 'm']) || after.starts_with('0')
    };
    let named = |word: &str| NAMES.iter().any(|name| word.starts_with(name));
    folded.char_indices().any(|(at, c)| is_sign(c) && beside(at, c))
        || folded.split('0').skip(1).any(|after| named(after.trim_start_matches([' ', 'k', 'm', '.', ','])))
}

/// The blocks of pictures and dingbats.
const fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}')
}

fn is_mostly_other_script(folded: &str) -> bool {
    let letters = folded.chars().filter(|c| c.is_alphabetic());
    let (latin, other) =
        letters.fold((0, 0), |(latin, other), c| if c < '\u{250}' { (latin + 1, other) } else { (latin, other + 1) });
    other > latin
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    fn marks(text: &str) -> u32 {
        of(text, &fold(text), text.split_whitespace().count())
    }

    #[test]
    fn links_and_addresses_are_told_from_words_with_dots() {
        let cases = [
            ("https://a.b/c", Piece::Link),
            ("(www.acme.example)", Piece::Link),
            ("acme.com", Piece::Link),
            ("acme.io/pricing?x=0", Piece::Link),
            ("node.js", Piece::Text),
            ("z.b.", Piece::Text),
            ("thanks.can", Piece::Text),
            ("ann@acme.example,", Piece::Address),
            ("@home", Piece::Text),
            ("", Piece::Text),
        ];
        for (piece, expected) in cases {
            assert_eq!(Piece::of(piece), expected, "{piece}");
        }
    }

    #[test]
    fn marks_are_seen() {
        let cases = [
            ("see acme.com", LINK),
            ("acme.com or www.acme.example", LINKS),
            ("write me on WhatsApp", MESSENGER),
            ("call +49 (151) 234-567 89", PHONE),
            ("only $ 20", MONEY),
            ("20k EUR a year", MONEY),
            ("up to 90 % off", PERCENT),
            ("BUY CHEAP FOLLOWERS now", LOUD),
            ("GREAT NEWS for you, dear owner of this site", LOUD_WORDS),
            ("hey!!!", EXCLAIMS_MORE),
            ("how much?", ASKS),
            ("🎉", PICTURE),
            ("100,000 visitors", BIG_NUMBER),
            ("שלום לכולם", OTHER_SCRIPT),
        ];
        for (text, mark) in cases {
            assert!(marks(text) & 1 << mark != 0, "{text}");
        }
    }

    #[test]
    fn plain_messages_have_no_mark_but_their_length() {
        for text in ["hi", "we are 20 people on the team plan", "My CSV import fails since 3 pm, order 4711"] {
            assert_eq!(marks(text) & !(0x1ff << LENGTH), 0, "{text}");
        }
    }
}
