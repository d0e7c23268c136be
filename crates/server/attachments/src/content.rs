//! Detects the type of a file by its bytes.

use crate::Unusable;
use crate::archive;
use infer::MatcherType;
use knock_model::FileKind;

/// The number of bytes searched for markup: comments and spaces may come before it.
const HEAD: usize = 4_096;
/// The starts of markup that browsers execute.
const MARKUP: [&str; 6] = ["<svg", "<html", "<script", "<!doctype", "<?xml", "<body"];

/// Returns the kind of a file; its name only decides between text and a table.
pub(crate) fn kind(content: &[u8], name: &str) -> Result<FileKind, Unusable> {
    if content.is_empty() {
        return Err(Unusable::Empty);
    }
    // An archive is always inspected before its kind is decided.
    if content.starts_with(b"PK") {
        return archive::kind(content);
    }
    // Some readers accept a PDF after other bytes; here it must start at the first byte.
    let is_at_start = |media_type: &str| media_type != "application/pdf" || content.starts_with(b"%PDF-");
    match infer::get(content).filter(|found| is_at_start(found.mime_type())) {
        Some(found) => of_media_type(found.mime_type(), found.matcher_type()),
        None => text(content, name),
    }
}

fn of_media_type(media_type: &str, matcher: MatcherType) -> Result<FileKind, Unusable> {
    match (media_type, matcher) {
        ("image/png", _) => Ok(FileKind::Png),
        ("image/jpeg", _) => Ok(FileKind::Jpeg),
        ("image/gif", _) => Ok(FileKind::Gif),
        ("image/webp", _) => Ok(FileKind::Webp),
        ("application/pdf", _) => Ok(FileKind::Pdf),
        ("image/heif" | "image/heic" | "image/avif", _) => Err(Unusable::Heic),
        ("text/html" | "text/xml" | "application/xhtml+xml" | "image/svg+xml", _) => Err(Unusable::Markup),
        ("text/x-shellscript", _) | (_, MatcherType::App) => Err(Unusable::Program),
        _ => Err(Unusable::OtherType),
    }
}

/// Returns the kind of a UTF-8 text without control characters, which is neither markup nor a script.
fn text(content: &[u8], name: &str) -> Result<FileKind, Unusable> {
    let text = std::str::from_utf8(content).map_err(|_| Unusable::OtherType)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.chars().any(|sign| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t')) {
        return Err(Unusable::OtherType);
    }
    let begin = text.trim_start();
    if begin.is_empty() {
        return Err(Unusable::Empty);
    }
    if begin.starts_with("#!") {
        return Err(Unusable::Program);
    }
    if is_markup(begin) {
        return Err(Unusable::Markup);
    }
    let is_table = name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("csv"));
    Ok(if is_table { FileKind::Csv } else { FileKind::Text })
}

/// Whether a text starts like a tag; a text about tags does not.
fn is_markup(begin: &str) -> bool {
    let Some(rest) = begin.strip_prefix('<') else { return false };
    let is_tag = rest.starts_with(|sign: char| sign.is_ascii_alphabetic() || matches!(sign, '!' | '?' | '/'));
    let head: String = begin.chars().take(HEAD).collect::<String>().to_ascii_lowercase();
    is_tag || MARKUP.iter().any(|tag| head.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide() {
        let check = |content: &[u8], name: &str, expected| {
            assert_eq!(kind(content, name), expected, "{name}: {}", content.escape_ascii());
        };
        check(b"", "a.txt", Err(Unusable::Empty));
        check(b" \n", "a.txt", Err(Unusable::Empty));
        check(b"Hello <b>you</b>", "a.html", Ok(FileKind::Text));
        check(b"a,b\r\n1,2\r\n", "a.CSV", Ok(FileKind::Csv));
        check("\u{feff}caf\u{e9}".as_bytes(), "x.png", Ok(FileKind::Text));
        check(b"5 < 6 and <3", "a", Ok(FileKind::Text));
        check(b"<!-- a --><svg onload=alert(1)>", "a.txt", Err(Unusable::Markup));
        check(b"\n<html><script>", "photo.png", Err(Unusable::Markup));
        check(b"<?xml version=\"1.0\"?><svg/>", "a.svg", Err(Unusable::Markup));
        check("\u{feff} <SVG>".as_bytes(), "a.svg", Err(Unusable::Markup));
        check(b"#!/bin/sh\nrm -rf /", "a.txt", Err(Unusable::Program));
        check(b"MZ\x90\0\x03\0\0\0", "a.pdf", Err(Unusable::Program));
        check(&[&b"\x7fELF\x02\x01\x01"[..], &[0; 60]].concat(), "a.png", Err(Unusable::Program));
        check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a.heic", Err(Unusable::Heic));
        check(b"%PDF-1.7\n<html><script>alert(1)</script>", "a.html", Ok(FileKind::Pdf));
        check(b"<html><script>alert(1)</script>%PDF-1.4", "a.pdf", Err(Unusable::Markup));
        check(b"text\0with NUL", "a.txt", Err(Unusable::OtherType));
        check(b"\xff\xfeh\0i\0", "a.txt", Err(Unusable::OtherType));
        check(b"Rar!\x1a\x07\0", "a.zip", Err(Unusable::OtherType));
    }
}
