//! The id of a teaser: a browser shows each once.

use alloc::format;
use alloc::string::String;

/// An id of the texts by language: another one once one of them has changed.
pub fn teaser_id<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> String {
    let ends = |text: &'t str| text.bytes().chain([0]);
    let bytes = texts.into_iter().flat_map(|(language, text)| ends(language).chain(ends(text)));
    // FNV-1a: short, and the same on every server.
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_text_has_another_id() {
        let texts: [&[(&str, &str)]; 5] =
            [&[], &[("en", "Hi")], &[("en", "Hi!")], &[("de", "Hi")], &[("de", "Hallo"), ("en", "Hi")]];
        let ids = texts.map(|texts| teaser_id(texts.iter().copied()));
        for (place, id) in ids.iter().enumerate() {
            assert!(id.len() == 16 && !ids[..place].contains(id), "{id}");
        }
        assert_eq!(ids[1], teaser_id([("en", "Hi")]));
    }
}
