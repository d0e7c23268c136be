//! The addresses of pages that report what they did.

use knock_ingest::scrubbed;
use knock_model::text::one_line;

/// The longest kept address of a page, in characters.
const LONGEST_URL: usize = 2_000;

/// The address of a page as it is kept: without parameters, which may say who the visitor is. Data of browsers is not
/// trusted: anything but a web page is dropped.
pub(super) fn page_of(url: &str) -> String {
    let url = one_line(url);
    let page = scrubbed(url.split(['?', '#']).next().unwrap_or_default());
    let is_page = page.starts_with("https://") || page.starts_with("http://");
    if is_page { page.chars().take(LONGEST_URL).collect() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn a_page_is_kept_without_its_parameters() {
        assert_eq!(page_of("https://a.example/p?email=x@y.example#top"), "https://a.example/p");
        let page = page_of("https://ann:secret@a.example/\0p");
        assert!(!page.contains("secret") && !page.contains('\0'), "{page:?}");
        assert_eq!(page_of("javascript:alert(1)"), "");
        assert_eq!(page_of(&format!("https://a.example/{}", "x".repeat(3_000))).len(), 2_000);
    }
}
