//! Forms of leads in words.

use knock_wire::{ConversationRow, FormShown};

/// The form in one line: `Sent the form Book a demo on /demo`.
pub(crate) fn form_line(form: &FormShown) -> String {
    let path = path_of(&form.page);
    let place = if path.is_empty() { String::new() } else { format!(" on {path}") };
    format!("{}{place}", sent_words(form))
}

/// The form as it stands among the messages: name, page, names of the fields.
pub(crate) fn form_text(form: &FormShown) -> String {
    let mut lines = vec![sent_words(form)];
    lines.extend(Some(form.page.clone()).filter(|page| !page.is_empty()));
    if !form.fields.is_empty() {
        lines.push(format!("Fields: {}. Knock keeps their names, not their values.", form.fields.join(", ")));
    }
    lines.join("\n")
}

/// Whether a lead sent a form and has not chatted: they have no Chat Status.
pub(crate) fn is_by_form(row: &ConversationRow) -> bool {
    row.state.status.spelling().is_empty()
}

/// Where a message to a lead by form goes, by the address that mails reach.
pub(crate) fn mailed_words(mail_to: Option<&str>, email: &str) -> String {
    match mail_to {
        Some(to) => format!("It is mailed to {to}, with a link to answer here. "),
        None => format!("No mail reaches this lead from here, because mail is not set up: write to {email} yourself. "),
    }
}

fn sent_words(form: &FormShown) -> String {
    if form.name.is_empty() { "Sent a form".to_owned() } else { format!("Sent the form {}", form.name) }
}

/// The path of an address, without its host, query and fragment.
fn path_of(page: &str) -> &str {
    let rest = page.split_once("://").map_or(page, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_form_is_named_with_its_page_and_its_fields() {
        let page = "https://acme.test/demo?utm=1#top".to_owned();
        let form = FormShown { at: Millis(1), name: "Book a demo".into(), page, fields: vec!["email".into()] };
        assert_eq!(form_line(&form), "Sent the form Book a demo on /demo");
        let text = form_text(&form);
        assert!(
            text.starts_with("Sent the form Book a demo\nhttps://acme.test/demo?utm=1#top\nFields: email."),
            "{text}"
        );
        let bare = FormShown { name: String::new(), page: String::new(), fields: Vec::new(), ..form };
        assert_eq!((form_line(&bare), form_text(&bare)), ("Sent a form".to_owned(), "Sent a form".to_owned()));
    }
}
