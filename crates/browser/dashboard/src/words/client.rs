//! Sources of page views in words.

use knock_wire::{Client, TimelineEntry};

/// Browser, system and device, with the language; empty if unknown.
pub(crate) fn browser_words(entry: &TimelineEntry) -> String {
    let Some(Client { device, os, browser, language, .. }) = &entry.client else { return String::new() };
    let program = joined(&[browser, os], " on ");
    joined(&[&program, device, language], ", ")
}

/// City and country; empty if unknown.
pub(crate) fn place_words(entry: &TimelineEntry) -> String {
    entry.client.as_ref().map(|client| joined(&[&client.city, &client.country], ", ")).unwrap_or_default()
}

fn joined(parts: &[&str], by: &str) -> String {
    let known: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    known.join(by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_is_not_known_leaves_no_gap() {
        let mut entry = sample::entry();
        assert_eq!((browser_words(&entry), place_words(&entry)), Default::default());
        let client = Client { device: "desktop".into(), browser: "Firefox".into(), ..Client::default() };
        entry.client = Some(client.clone());
        assert_eq!((browser_words(&entry).as_str(), place_words(&entry).as_str()), ("Firefox, desktop", ""));
        let (os, language, country, city) = ("macOS".into(), "de-AT".into(), "AT".into(), "Vienna".into());
        entry.client = Some(Client { os, language, country, city, ..client });
        assert_eq!(browser_words(&entry), "Firefox on macOS, desktop, de-AT");
        assert_eq!(place_words(&entry), "Vienna, AT");
    }
}
