//! Decoding of bytes as text, by the charset given by the sender, the first bytes or the page itself.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The number of bytes in which a page declares its charset.
const HEAD: usize = 1_024;

/// Decodes a text. Without any hint it is UTF-8 if that is valid, else Windows-1252 (Latin-1 with more characters).
pub(super) fn decoded(bytes: &[u8], content_type: &str) -> String {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.or_else(|| named(content_type)).or_else(|| of_page(bytes)).unwrap_or_else(|| guessed(bytes));
    encoding.decode(bytes).0.into_owned()
}

/// Returns the charset of a content type.
fn named(content_type: &str) -> Option<&'static Encoding> {
    let (_, rest) = content_type.split_once("charset=")?;
    let label = rest.trim_start_matches(['"', '\'']);
    let end = label.find(['"', '\'', ';', ' ', '/', '>']).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

/// Returns the charset that a page declares in its head, in either of the two ways.
fn of_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let (_, meta) = head.split_once("<meta").filter(|(_, rest)| rest.contains("charset="))?;
    // A page that can be read as bytes is not UTF-16, whatever it declares.
    named(meta).map(|encoding| if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_to_name_a_charset_is_understood() {
        let latin: &[u8] = b"Gr\xf6\xdfe";
        let page: &[u8] = b"<meta name=viewport><meta charset=\"iso-8859-1\"><p>Gr\xf6\xdfe";
        let older: &[u8] = b"<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-1\"><p>Gr\xf6\xdfe";
        for (bytes, content_type) in [
            ("Größe".as_bytes(), "text/html; charset=utf-8"),
            ("Größe".as_bytes(), ""),
            ("\u{feff}Größe".as_bytes(), "text/html; charset=iso-8859-1"),
            (latin, "text/plain;charset=ISO-8859-1"),
            (latin, "text/plain; charset=\"latin1\""),
            (latin, ""),
            (page, "text/html"),
            (older, "text/html"),
        ] {
            let text = decoded(bytes, content_type);
            assert!(text.ends_with("Größe"), "{text} {content_type}");
        }
    }
}
