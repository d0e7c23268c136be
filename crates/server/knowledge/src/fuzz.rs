//! Laws for any document, and for any question about it (`cargo xtask fuzz`).

use crate::document::{MAX_PASSAGES, read_document};
use crate::passages::{LONGEST, quote, sentences};
use crate::words::{asked_words, words};
use knock_agent::Language;

/// The maximum of words in a passage.
const MOST_WORDS: usize = 150;

#[test]
fn document() {
    knock_fuzz::target("document", |bytes| {
        let Ok(read) = read_document(bytes, "text/html", "https://shop.example/") else { return };
        assert!((1..=MAX_PASSAGES).contains(&read.passages.len()));
        for passage in &read.passages {
            let count = passage.text.split_whitespace().count();
            assert!((1..=MOST_WORDS).contains(&count), "{count} words");
            let shown = [&passage.title, &passage.heading, &passage.text];
            assert!(shown.iter().all(|text| !text.contains('\0') && text.trim() == text.as_str()), "{passage:?}");
            for language in Language::ALL {
                let known = words(&passage.text, *language);
                assert!(asked_words(&passage.text, *language).iter().all(|word| known.contains(word)));
            }
            let last = sentences(&passage.text).count().saturating_sub(1);
            for numbers in [[0, last], [last, 0], [last / 2, last]] {
                assert!(quote(&passage.text, &passage.heading, &numbers).chars().count() <= LONGEST);
            }
        }
    });
}
