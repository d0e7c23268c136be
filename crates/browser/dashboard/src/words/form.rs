//! Forms of leads in words.

use super::signal::bare_path;
use knock_wire::{ChatState, FormShown};

/// The badge of a lead who has sent a form and not chatted, in place of a Chat Status.
pub(crate) const BY_FORM: &str = "Lead by form";

/// The form by its name: `Sent the form Book a demo`.
pub(crate) fn sent_words(form: &FormShown) -> String {
    if form.name.is_empty() { "Sent a form".to_owned() } else { format!("Sent the form {}", form.name) }
}

/// The form in one line: `Sent the form Book a demo on /demo`.
pub(crate) fn form_line(form: &FormShown) -> String {
    let path = bare_path(&form.page);
    let place = if path.is_empty() { String::new() } else { format!(" on {path}") };
    format!("{}{place}", sent_words(form))
}

/// The names of its fields: `Fields: email, company`; empty without any.
pub(crate) fn fields_words(form: &FormShown) -> String {
    if form.fields.is_empty() { String::new() } else { format!("Fields: {}", form.fields.join(", ")) }
}

/// Whether the page of a form can be a link: only addresses of the web are, because a visitor's browser reports it.
pub(crate) fn is_web_page(page: &str) -> bool {
    let scheme = page.split_once("://").map_or("", |(scheme, _)| scheme);
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// Whether the lead has sent a form and not chatted: then they have no Chat Status.
pub(crate) fn is_by_form(state: &ChatState) -> bool {
    state.status.spelling().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sample, sample_form};
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_form_is_named_with_its_page_and_its_fields() {
        let form = sample_form::form();
        assert_eq!(form_line(&form), "Sent the form Book a demo on /demo");
        assert_eq!(fields_words(&form), "Fields: email, company");
        let bare = FormShown { name: String::new(), page: String::new(), fields: Vec::new(), ..form };
        assert_eq!((&*form_line(&bare), &*fields_words(&bare)), ("Sent a form", ""));
    }

    #[wasm_bindgen_test]
    fn only_addresses_of_the_web_are_links() {
        for (page, expected) in [
            ("https://acme.test/demo", true),
            ("HTTP://acme.test", true),
            ("javascript:alert(1)", false),
            ("javascript://acme.test/%0aalert(1)", false),
            ("/demo", false),
            ("", false),
        ] {
            assert_eq!(is_web_page(page), expected, "{page}");
        }
    }

    #[wasm_bindgen_test]
    fn who_has_no_status_is_a_lead_by_form() {
        assert!(is_by_form(&sample_form::conversation().state));
        assert!(!is_by_form(&sample::conversation().state));
    }
}
