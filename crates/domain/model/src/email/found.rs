//! The first address in a text that people wrote.

use super::Email;
use super::sign::{is_footnote, is_invisible, is_joiner, is_latin, is_letter, is_without_spaces, narrow, script};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Endings of files, sorted: people mark sizes and versions with `@`, as in `logo@2x.png`. Endings under which companies have
/// addresses, such as those of countries, are not among them.
const FILES: [&str; 105] = [
    "7z", "aac", "apk", "apng", "asp", "aspx", "avi", "avif", "bak", "bmp", "bz2", "cfg", "conf", "cpp", "css", "csv",
    "dat", "db", "dmg", "doc", "docm", "docx", "dwg", "dxf", "eml", "eot", "eps", "epub", "exe", "flac", "gif", "gz",
    "heic", "heif", "htm", "html", "icns", "ico", "ics", "indd", "ini", "iso", "java", "jfif", "jpeg", "jpg", "js",
    "json", "jsx", "less", "log", "m4a", "m4v", "mjs", "mkv", "mov", "mp3", "mp4", "mpeg", "mpg", "msg", "msi", "odp",
    "ods", "odt", "ogg", "otf", "pdf", "php", "pkg", "png", "ppt", "pptx", "psd", "rar", "raw", "rtf", "scss", "sql",
    "sqlite", "svg", "tar", "tgz", "tif", "tiff", "toml", "ts", "tsv", "tsx", "ttf", "txt", "vcf", "vue", "wav",
    "webm", "webp", "woff", "woff2", "xls", "xlsm", "xlsx", "xml", "yaml", "yml", "zip",
];
/// Endings to which people paste the next word: `acme.comPhone`.
const BEFORE_WORDS: [&str; 16] =
    ["com", "net", "org", "io", "ai", "co", "eu", "de", "at", "ch", "fr", "es", "it", "nl", "be", "uk"];
/// Signs of a local part beside letters.
const LOCAL: &str = "!#$%&'*+-/=?^_{|}~.";

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
        // What telephones make of an apostrophe.
        '\u{2019}' => Some('\''),
        c if c.is_whitespace() || c.is_control() => Some(' '),
        c => (!is_invisible(*c) || is_joiner(*c)).then_some(*c),
    });
    kept.collect::<String>().replace("%40", "@").replace("%2B", "+").replace("%2b", "+")
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
        let is_doubled = c == '.' && last == '.';
        if !is_of_label && !"-.".contains(c) || is_other || is_doubled {
            break;
        }
        near = known.or(near);
        last = c;
        end += c.len_utf8();
    }
    let domain = &text[..end];
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
    if is_of_handle(&text[..start]) || is_user_of_address(text) {
        return None;
    }
    let run = &text[start..];
    let run = run.rfind("...").map_or(run, |at| &run[at + 3..]);
    let has_query = run.contains(['=', '?']);
    let is_cut = |c: char| "=?/!#$^|".contains(c) || has_query && c == '&';
    let run = run.rfind(is_cut).map_or(run, |at| &run[at + 1..]);
    let local = without_escapes(run.trim_start_matches(|c: char| !is_letter(c) && !"_%".contains(c)));
    // `_ann@acme.example_` is emphasis; another person may have the mark in the address.
    let local = if behind.starts_with('_') { local.trim_start_matches('_') } else { local };
    // A masked address, or the place for one: `a***n`, `{first}.{last}`.
    (!local.contains(['*', '{', '}'])).then_some(local)
}

/// Whether a text ends in the beginning of a handle, `@ann@social.example`, or of a masked address, `a•••n`.
fn is_of_handle(text: &str) -> bool {
    let masked = text.trim_end_matches(['•', '●', '∗', '·']);
    text.ends_with('@') || masked.len() < text.len() && masked.ends_with(is_letter)
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
    word.rsplit_once("://").is_some_and(|(_, user)| !user.contains(['/', '?', '#', '@']))
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
    is_word && last.chars().count() > 1 && FILES.binary_search(&last).is_err()
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
        ]);
        assert!(FILES.is_sorted());
    }
}
