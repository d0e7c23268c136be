//! Who is talking.

use knock_wire::Author;

/// The name above a message.
pub(crate) fn author_name(author: Author, name: &str) -> String {
    match author {
        Author::Lead => "You".to_owned(),
        Author::AiAgent => "AI agent".to_owned(),
        Author::Rep if name.is_empty() => "Team".to_owned(),
        Author::Rep => name.to_owned(),
    }
}

/// Whom the visitor is talking to; `rep` is the one who wrote last.
pub(crate) fn company_words(rep: Option<&str>) -> String {
    match rep {
        None => "You\u{2019}re talking to an AI agent; a person will join when needed.".to_owned(),
        Some("") => "A person has joined the chat.".to_owned(),
        Some(name) => format!("{name} has joined the chat."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_machine_is_called_one_and_a_person_by_name() {
        assert_eq!(author_name(Author::AiAgent, "Ana"), "AI agent");
        assert_eq!(author_name(Author::Rep, "Ana Ruiz"), "Ana Ruiz");
        assert_eq!(author_name(Author::Rep, ""), "Team");
        assert!(company_words(None).contains("AI agent"));
        assert_eq!(company_words(Some("Ana Ruiz")), "Ana Ruiz has joined the chat.");
    }
}
