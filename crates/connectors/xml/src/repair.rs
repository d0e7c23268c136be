//! What servers write and XML forbids: control characters, bytes of other encodings, signs that are not escaped. One such
//! sign costs itself, not the document.

use std::borrow::Cow;

/// Characters of private use that stand for the bytes of no UTF-8, so that a document can hold them.
const KEPT: u32 = 0x10_FF00;
const MARK: &str = "\u{feff}";

/// The text of a document without what XML forbids. Bytes that are no UTF-8 are kept for [`original`].
pub fn repaired(bytes: &[u8]) -> Cow<'_, str> {
    let text = decoded(bytes);
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix(MARK).unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text.strip_prefix(MARK).map_or_else(|| text.clone(), str::to_owned)),
    };
    if text.chars().all(|c| c != '&' && is_permitted(c)) { text } else { Cow::Owned(without_forbidden(&text)) }
}

/// A text of a repaired document in the bytes that it was written in.
pub fn original(text: &str) -> Cow<'_, [u8]> {
    let kept = |c: char| u32::from(c).checked_sub(KEPT).and_then(|byte| u8::try_from(byte).ok());
    if text.chars().all(|c| kept(c).is_none()) {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match kept(c) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Cow::Owned(bytes)
}

fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return wide(rest, u16::from_be_bytes),
        _ => {}
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().filter_map(|byte| char::from_u32(KEPT + u32::from(*byte))));
    }
    Cow::Owned(text)
}

/// The characters of XML 1.0 (2.2).
const fn is_permitted(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn without_forbidden(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        clean.extend(rest[..at].chars().filter(|c| is_permitted(*c)));
        rest = &rest[at..];
        let length = if let Some(data) = rest.strip_prefix("<![CDATA[") {
            // Nothing is escaped there.
            let end = data.find("]]>").map_or(rest.len(), |end| rest.len() - data.len() + end);
            clean.extend(rest[..end].chars().filter(|c| is_permitted(*c)));
            end
        } else if rest.starts_with('<') {
            clean.push('<');
            1
        } else {
            reference(rest, &mut clean)
        };
        rest = &rest[length..];
    }
    clean.extend(rest.chars().filter(|c| is_permitted(*c)));
    clean
}

/// Adds the reference that a text begins with, if XML permits it, and returns its length. An ampersand that begins none is
/// escaped.
fn reference(text: &str, clean: &mut String) -> usize {
    let end = text.bytes().take(12).position(|byte| byte == b';');
    let name = end.map_or("", |end| &text[1..end]);
    let number = name.strip_prefix('#').map(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    });
    match (end, number) {
        (Some(end), Some(Ok(number))) => {
            if let Some(permitted) = char::from_u32(number).filter(|c| is_permitted(*c)) {
                // In one spelling: `&#X41;` is none.
                clean.push_str(&format!("&#{};", u32::from(permitted)));
            }
            end + 1
        }
        (Some(end), None) if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") => {
            clean.push_str(&text[..=end]);
            end + 1
        }
        _ => {
            clean.push_str("&amp;");
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &[u8], expected: &str) {
        let text = repaired(written);
        let document = roxmltree::Document::parse(&text).expect("it can be parsed");
        assert_eq!(document.root_element().text().unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn what_xml_forbids_costs_itself() {
        check(b"<a>S\x0bT&#11;U&#x0;V&#xD800;\x1f</a>", "STUV");
        check(b"<a>line&#13;\n next &#65;&#X42;</a>", "line\r\n next AB");
        check("<a>\u{fffe}ok\u{ffff} é&#233;</a>".as_bytes(), "ok éé");
        check(b"\xef\xbb\xbf<a>x</a>", "x");
    }

    #[test]
    fn ampersands_that_begin_no_reference_are_text() {
        check(b"<a>R&D &nbsp; &amp; &lt; &#; & </a>", "R&D &nbsp; & < &#; & ");
        check(b"<a><![CDATA[R&D &amp; <b>\x0b&#11;]]></a>", "R&D &amp; <b>&#11;");
    }

    #[test]
    fn bytes_of_another_encoding_come_back() {
        let written = b"<a>Gespr\xe4ch, \xc3\r\n \xa4</a>";
        let text = repaired(written);
        let document = roxmltree::Document::parse(&text).expect("it can be parsed");
        let found = document.root_element().text().expect("a text");
        // A parser makes every end of a line the same.
        assert_eq!(&*original(found), b"Gespr\xe4ch, \xc3\n \xa4");
        assert_eq!(&*original("plain ü"), "plain ü".as_bytes());
    }

    #[test]
    fn wide_documents_are_read() {
        let wide: Vec<u8> = "\u{feff}<a>\u{e4}</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&wide, "\u{e4}");
    }
}
