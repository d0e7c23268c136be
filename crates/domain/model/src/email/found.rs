//! The first address in a text that people wrote.

use super::file_endings::is_file;
use super::sign::{
    is_footnote, is_invisible, is_joiner, is_latin, is_letter, is_like_latin, is_without_spaces, narrow, script,
};
use super::{Email, IDEOGRAPHIC_STOPS, UNREADABLE};
use crate::text::is_common_top;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Endings to which people paste the next word: `acme.comPhone`.
const BEFORE_WORDS: [&str; 16] =
    ["com", "net", "org", "io", "ai", "co", "eu", "de", "at", "ch", "fr", "es", "it", "nl", "be", "uk"];
/// Signs of a local part beside letters.
const LOCAL: &str = "!#$%&'*+-/=?^_{|}~.";
/// Signs that stand for hidden letters, beside `*`.
const MASKS: [char; 16] = ['•', '●', '∗', '·', '○', '◦', '×', '■', '▪', '█', '▓', '▒', '░', '⁎', '✱', UNREADABLE];
/// What stands for a sign where an address was copied from the source of a page, or out of another address.
const ESCAPES: [(&str, &str); 7] =
    [("%40", "@"), ("%2B", "+"), ("%2b", "+"), ("&#64;", "@"), ("&#x40;", "@"), ("&commat;", "@"), ("&#46;", ".")];

/// The first address in a text.
pub(super) fn find(text: &str) -> Option<Email> {
    let text = plain(text);
    text.match_indices('@').find_map(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let (domain, behind) = domain_of(after);
        let local = local_of(before, domain, behind)?;
        let email = Email::parse(&format!("{local}@{domain}")).ok()?;
        let is_another = behind.starts_with('@') || is_path(behind);
        (!is_another && is_mail_domain(email.domain()) && !email.is_unread()).then_some(email)
    })
}

/// The text with the signs that are meant, and without those that no one sees.
fn plain(text: &str) -> String {
    let signs: Vec<char> = text.chars().map(narrow).collect();
    let is_mark = |at: usize| signs.get(at).is_some_and(|c| "@.".contains(*c));
    let kept = signs.iter().enumerate().filter_map(|(at, c)| match c {
        // A line may break here: within an address that is no end.
        '\u{200b}' => (!is_mark(at + 1) && (at == 0 || !is_mark(at - 1))).then_some(' '),
        &UNREADABLE => Some(UNREADABLE),
        c if c.is_whitespace() || c.is_control() => Some(' '),
        c => (!is_invisible(*c) || is_joiner(*c)).then_some(*c),
    });
    ESCAPES.iter().fold(kept.collect(), |text: String, (escape, sign)| text.replace(escape, sign)).replace('…', "...")
}

/// The domain at the start of a text, and what stands behind it.
fn domain_of(text: &str) -> (&str, &str) {
    let mut near = None;
    let mut last = '@';
    let mut end = 0;
    for c in text.chars() {
        let is_of_label = is_letter(c) && !is_footnote(c);
        let known = script(c).filter(|_| is_of_label);
        // A name in any script may have an ending in Latin letters.
        let is_other = known.is_some_and(|of| near.is_some_and(|near| near != of && !(is_latin(of) && last == '.')));
        let is_stop = IDEOGRAPHIC_STOPS.contains(&c) && is_dot(&text[..end], &text[end + c.len_utf8()..]);
        let is_doubled = c == '.' && last == '.';
        if !is_of_label && !"-.".contains(c) && !is_stop || is_other || is_doubled {
            break;
        }
        near = known.or(near);
        last = if is_stop { '.' } else { c };
        end += c.len_utf8();
    }
    let domain = &text[..sentence(&text[..end])];
    let end = domain.len();
    let dash = domain.match_indices("--").find(|(at, _)| !domain[..*at].ends_with("xn")).map_or(end, |(at, _)| at);
    let domain = without_word(domain[..dash].trim_end_matches(['.', '-']));
    (domain, &text[domain.len()..])
}

/// A domain without the word that was pasted to it: one that begins with a capital within the last label.
fn without_word(domain: &str) -> &str {
    let last = domain.rfind('.').map_or(0, |dot| dot + 1);
    let capital = domain[last..].find(|c: char| c.is_ascii_uppercase());
    let cut = capital.map(|at| last + at).filter(|at| {
        let word = domain[*at..].chars().nth(1);
        BEFORE_WORDS.contains(&&domain[last..*at]) && word.is_some_and(|c| c.is_ascii_lowercase())
    });
    cut.map_or(domain, |at| &domain[..at])
}

/// Whether a full stop of an East Asian keyboard is the dot of a domain: behind it stands what domains end in.
fn is_dot(before: &str, behind: &str) -> bool {
    let end = behind.find(|c| !is_letter(c)).unwrap_or(behind.len());
    !before.contains('.') && is_common_top(&behind[..end].to_lowercase())
}

/// The length of a domain without the sentence that follows its last dot: `acme.com.Thanks`.
fn sentence(domain: &str) -> usize {
    let is_capital = |label: &str| label.chars().next().is_some_and(char::is_uppercase);
    let (mut before, mut start) = ("", 0);
    for (at, label) in domain.split('.').enumerate() {
        let is_word = is_capital(label) && label.chars().skip(1).all(|c| c.is_lowercase());
        let is_after = at == 1 || is_common_top(before);
        if at > 0 && is_word && !is_capital(before) && is_after && !is_common_top(&label.to_lowercase()) {
            return start - 1;
        }
        before = label;
        start += label.len() + 1;
    }
    domain.len()
}

/// The local part at the end of a text, before that domain and what stands behind it; none where it would be a piece of
/// something else.
fn local_of<'t>(text: &'t str, domain: &str, behind: &str) -> Option<&'t str> {
    let mut start = text.len();
    let mut near = None;
    for (at, c) in text.char_indices().rev() {
        let is_letter = is_letter(c) && !is_footnote(c);
        let known = script(c).filter(|_| is_letter);
        if !is_letter && !LOCAL.contains(c) || known.is_some_and(|of| is_end(near, of, domain)) {
            break;
        }
        near = known.or(near);
        start = at;
    }
    let run = &text[start..];
    if is_piece(&text[..start])
        || near.is_some_and(|near| is_disguised(&text[..start], near))
        || is_user_of_address(text)
        || is_masked_by_dots(run)
    {
        return None;
    }
    let run = run.rfind("...").map_or(run, |at| &run[at + 3..]);
    let has_query = run.contains(['=', '?']);
    let is_cut = |c: char| "=?/!#|".contains(c) || has_query && c == '&';
    let run = run.rfind(is_cut).map_or(run, |at| &run[at + 1..]);
    let local = without_escapes(run.trim_start_matches(|c: char| !is_letter(c) && !"_%".contains(c)));
    // `_ann@acme.example_` is emphasis; another person may have the mark in the address.
    let local = if behind.starts_with('_') { local.trim_start_matches('_') } else { local };
    let local = unquoted(local, run, behind);
    // A masked address, or the place for one: `a***n`, `{first}.{last}`, `%name%`.
    let is_place = local.starts_with('%') && local.ends_with('%');
    (!is_place && !local.contains(['*', '{', '}'])).then_some(local)
}

/// The local part behind the mark that opens a quotation without a space before it: `to'ann@acme.example'`.
fn unquoted<'t>(local: &'t str, run: &str, behind: &str) -> &'t str {
    let is_closed = behind.strip_prefix('\'').is_some_and(|rest| !rest.starts_with(is_letter));
    match local.rfind('\'') {
        Some(at) if is_closed && !run.starts_with('\'') => &local[at + 1..],
        _ => local,
    }
}

/// Whether what follows a text is the rest of something longer: of a handle, `@ann@social.example`, of a masked address,
/// `a•••n`, of a name whose hyphen a program made a dash, `ann–lee`.
fn is_piece(text: &str) -> bool {
    let masked = text.trim_end_matches(MASKS);
    let is_masked = masked.len() < text.len() && masked.ends_with(is_letter);
    text.ends_with('@') || is_masked || text.strip_suffix('–').is_some_and(|before| before.ends_with(is_letter))
}

/// Whether a letter of another script stands for one that looks alike, as the Cyrillic ones in `аnn` and `mаrtin`: `near` is
/// the script of the letters behind.
fn is_disguised(text: &str, near: u8) -> bool {
    let of = |c: char| script(c).filter(|_| is_letter(c));
    let Some(other) = text.chars().next_back().and_then(of) else { return false };
    if is_without_spaces(other) || is_without_spaces(near) {
        return false;
    }
    let run = text.chars().rev().take_while(|c| of(*c) == Some(other)).count();
    let before = text.chars().rev().nth(run).and_then(of);
    is_latin(other) || before == Some(near) || run == 1 && is_like_latin(other)
}

/// Whether letters of a local part are hidden behind dots, not a sentence: a single one stands beside them.
fn is_masked_by_dots(run: &str) -> bool {
    let Some((before, behind)) = run.rsplit_once("...") else { return false };
    let is_single = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    is_single(before.trim_end_matches('.')) || is_single(behind)
}

/// Whether a letter of this script stands before the local part, not in it: `near` is the script of the letters behind it.
/// Words without spaces before digits are text, but in an address of their script.
fn is_end(near: Option<u8>, of: u8, domain: &str) -> bool {
    let of_domain = domain.chars().find_map(script);
    near.map_or(is_without_spaces(of) && of_domain != Some(of), |near| near != of)
}

/// Whether a text ends in the user of a web address, which may be a password: `https://ann:pw` before `@`.
fn is_user_of_address(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or(text);
    let is_user = |user: &str| !user.contains(['/', '?', '#', '@']);
    let is_secret = |user: &str| is_user(user) && user.contains(':');
    word.rsplit_once("://").map_or_else(|| word.strip_prefix("//").is_some_and(is_secret), |(_, user)| is_user(user))
}

/// The local part behind signs that an address spells by numbers: `%3Cann`.
fn without_escapes(local: &str) -> &str {
    let is_escape =
        |at: &usize| local.as_bytes().get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    let last = local.match_indices('%').map(|(at, _)| at).rfind(is_escape);
    last.map_or(local, |at| &local[at + 3..])
}

/// Whether a text goes on as the path on a server: `git@git.example:team/project`.
fn is_path(behind: &str) -> bool {
    let word = behind.split(' ').next().unwrap_or_default();
    word.strip_prefix(':').is_some_and(|path| path.contains('/') && !path.contains("//"))
}

/// Whether a domain ends as domains do, not as files and versions.
fn is_mail_domain(domain: &str) -> bool {
    let last = domain.rsplit('.').next().unwrap_or_default();
    let is_word = last.starts_with("xn--") || !last.contains(char::is_numeric);
    is_word && last.chars().count() > 1 && !is_file(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let found = Email::find(text).map(|email| email.to_text()).unwrap_or_default();
            assert_eq!(found, *expected, "{text}");
        }
    }

    #[test]
    fn an_address_is_found_where_people_write_it() {
        check(&[
            ("Mail me at Ann@Acme.example.", "ann@acme.example"),
            ("(ann@acme.example)!", "ann@acme.example"),
            ("ann@acme.example, bob@acme.example", "ann@acme.example"),
            ("we are @home, call me", ""),
            ("", ""),
            ("'ann@acme.example'", "ann@acme.example"),
            ("**ann@acme.example**", "ann@acme.example"),
            ("_ann@acme.example_", "ann@acme.example"),
            ("_ann@acme.example", "_ann@acme.example"),
            ("|ann@acme.example|", "ann@acme.example"),
            ("write to:ann@acme.example--thanks", "ann@acme.example"),
            ("mail...ann@acme.example...soon", "ann@acme.example"),
            ("→ann@acme.example👍", "ann@acme.example"),
            ("ann@acme.example¹", "ann@acme.example"),
            ("•ann@acme.example", "ann@acme.example"),
            ("mailto:ann@acme.example?subject=x", "ann@acme.example"),
            ("https://acme.example/login?email=ann@acme.example", "ann@acme.example"),
            ("https://acme.example/?a=1&email=ann%2Bx%40acme.example&b=2", "ann+x@acme.example"),
            ("/unsubscribe/ann@acme.example/now", "ann@acme.example"),
            ("mailto:%20ann@acme.example", "ann@acme.example"),
            ("`ann@acme.example`", "ann@acme.example"),
            ("‘ann@acme.example’", "ann@acme.example"),
            ("‚ann@acme.example‘", "ann@acme.example"),
            ("to'ann@acme.example'", "ann@acme.example"),
            ("that is ann@acme.example's", "ann@acme.example"),
            ("~~ann@acme.example~~", "ann@acme.example"),
            ("[ann@acme.example](mailto:ann@acme.example)", "ann@acme.example"),
            ("&lt;ann@acme.example&gt;", "ann@acme.example"),
            ("ann&#64;acme&#46;example", "ann@acme.example"),
            ("email=ann@acme.example;name=x", "ann@acme.example"),
            ("ann@acme.com.Thanks a lot", "ann@acme.com"),
            ("ann@acme.example.Cheers, Ann", "ann@acme.example"),
            ("Show your ticket@kiosk.Valid until May", ""),
            ("Ann@Acme.Example", "ann@acme.example"),
            ("ann@acme.Com", "ann@acme.com"),
            ("Ann@Acme.Berlin", "ann@acme.berlin"),
            ("ANN@ACME.BERLIN", "ann@acme.berlin"),
            ("Ann@Mail.Acme.Example", "ann@mail.acme.example"),
            ("ann@acme.co.Uk", "ann@acme.co.uk"),
            ("ann@shop.berlin.example", "ann@shop.berlin.example"),
            ("my mail—ann@acme.example", "ann@acme.example"),
            ("–ann@acme.example–", "ann@acme.example"),
            ("mail…ann@acme.example…", "ann@acme.example"),
            ("ann@acme.exampleª ❤️", "ann@acme.example"),
        ]);
    }

    #[test]
    fn a_word_that_was_pasted_behind_an_address_is_none_of_it() {
        check(&[
            ("Mail ann@acme.comPhone +1 555", "ann@acme.com"),
            ("ann@acme.deTel. 030", "ann@acme.de"),
            ("ann@acme.co.ukThanks", "ann@acme.co.uk"),
            ("Ann@Acme.Com", "ann@acme.com"),
            ("ANN@ACME.COM", "ann@acme.com"),
            ("ann@McDonalds.com", "ann@mcdonalds.com"),
            ("ann@acme.exampleThanks", "ann@acme.examplethanks"),
            ("ann@acme.comP", "ann@acme.comp"),
        ]);
    }

    #[test]
    fn signs_of_another_script_end_an_address() {
        check(&[
            ("写信到ann@acme.example谢谢", "ann@acme.example"),
            ("連絡先はann.lee@acme.exampleまで", "ann.lee@acme.example"),
            ("메일은ann@acme.example입니다", "ann@acme.example"),
            ("почта:ann@acme.exampleспасибо", "ann@acme.example"),
            ("ติดต่อann@acme.exampleครับ", "ann@acme.example"),
            ("Mail：ann＠müller.example。", "ann@müller.example"),
            ("我的邮箱是12345678@qq.com", "12345678@qq.com"),
            ("张三12@例子.中国，谢谢", "张三12@例子.中国"),
            ("иван1@пример.рф", "иван1@пример.рф"),
            ("пишите: иван.петров@почта.example", "иван.петров@почта.example"),
            ("nguyễn@côngty.example", "nguyễn@côngty.example"),
            ("mu\u{308}ller@acme.example", "mu\u{308}ller@acme.example"),
            ("केन्द्र@उदाहरण.भारत।", "केन्द्र@उदाहरण.भारत"),
            ("info@株式会社.example", "info@株式会社.example"),
            ("邮箱：ann@acme。com，谢谢", "ann@acme.com"),
            ("ann@acme.example。Thanks", "ann@acme.example"),
            ("张三@例子.中国。谢谢", "张三@例子.中国"),
            ("ann@acme｡example", "ann@acme.example"),
            ("私のメールは「ann@acme.example」です", "ann@acme.example"),
            ("אימייל:ann@acme.exampleתודה", "ann@acme.example"),
            ("بريديann@acme.example،شكرا", "ann@acme.example"),
            ("ईमेल-ann@acme.exampleधन्यवाद", "ann@acme.example"),
            ("ኢሜይልann@acme.exampleአመሰግናለሁ", "ann@acme.example"),
            ("ელფოსტაann@acme.exampleმადლობა", "ann@acme.example"),
            ("էլփոստann@acme.exampleշնորհակալություն", "ann@acme.example"),
            ("δημήτρης@παράδειγμα.ελ", "δημήτρης@παράδειγμα.ελ"),
            ("ann﹫acme．example", "ann@acme.example"),
        ]);
    }

    #[test]
    fn what_stands_before_is_not_cut_into_the_address_of_another_person() {
        check(&[
            ("o'hara@acme.example", "o'hara@acme.example"),
            ("o’hara@acme.example", "o'hara@acme.example"),
            ("r&d@acme.example", "r&d@acme.example"),
            ("an\u{ad}na@acme.example", "anna@acme.example"),
            ("ann@\u{200b}acme.example", "ann@acme.example"),
            ("a***n@acme.example", ""),
            ("a•••n@acme.example", ""),
            ("{first}.{last}@acme.example", ""),
            ("@ann@social.example", ""),
            ("ann@home@acme.example", ""),
            ("\"ann lee\"@acme.example", ""),
            ("postgres://knock:secret@db.example/knock", ""),
            ("https://ann@acme.example/x", ""),
            ("git@git.example:team/project.git", ""),
            ("o´hara@acme.example", "o'hara@acme.example"),
            ("o`hara@acme.example", "o'hara@acme.example"),
            ("oʼhara@acme.example", "o'hara@acme.example"),
            ("'o'hara@acme.example'", "o'hara@acme.example"),
            ("ann‑lee@acme‑corp.example", "ann-lee@acme-corp.example"),
            ("ann–lee@acme.example", ""),
            ("аnn@acme.example", ""),
            ("mаrtin@acme.example", ""),
            ("aнн@acme.example", ""),
            ("ann@аcme.example", ""),
            ("m\u{fffd}ller@acme.example", ""),
            ("abc$1@acme.example", "abc$1@acme.example"),
            ("$ann@acme.example", "ann@acme.example"),
            ("a…n@acme.example", ""),
            ("a...n@acme.example", ""),
            ("jo▒▒n@acme.example", ""),
            ("a█n@acme.example", ""),
            ("%name%@acme.example", ""),
            ("[first].[last]@acme.example", ""),
            ("//ann:secret@db.example/knock", ""),
            ("mongodb+srv://ann:secret@db.example", ""),
            ("https://medium.example/@ann.lee", ""),
            ("https://maps.example/@52.52,13.41,15z", ""),
        ]);
    }

    #[test]
    fn names_of_files_and_versions_are_no_addresses() {
        check(&[
            ("the file banner@2x.jpg is too big", ""),
            ("photo@large.gif", ""),
            ("no-reply@acme.example wrote to me at ann@acme.example", "ann@acme.example"),
            ("see Plan@v2.PDF and data@2026.xlsx", ""),
            ("logo@2x.png is blurred, ann@acme.example", "ann@acme.example"),
            ("vue@3.2.x", ""),
            ("5@3.50eur1", ""),
            ("deck@q4.key, mail@old.pst and chart@2x.ai", ""),
            ("react@18.2.0 lodash@latest image@sha256:abcdef", ""),
            ("ann@acme.ai", "ann@acme.ai"),
            ("ann@docs.acme.sh", "ann@docs.acme.sh"),
        ]);
    }
}
