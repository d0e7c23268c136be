//! Authors in words.

use knock_wire::Author;

use super::{Text, Words};

/// The name above a message.
pub(crate) fn author_name(words: Words, author: Author, name: &str) -> String {
    match author {
        Author::Lead => words.say(Text::You),
        Author::AiAgent => words.say(Text::Agent),
        Author::Rep if name.is_empty() => words.say(Text::Team),
        Author::Rep => name,
    }
    .to_owned()
}

/// The author that the head shows; `rep` is the rep who wrote last.
pub(crate) fn company_words(words: Words, rep: Option<&str>) -> String {
    match rep {
        None => words.say(Text::WhomAgent).to_owned(),
        Some("") => words.say(Text::WhomPerson).to_owned(),
        Some(name) => words.fill(Text::WhomRep, &[("name", name)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_machine_is_called_one_and_a_person_by_name() {
        let words = Words::of_tag("en");
        assert_eq!(author_name(words, Author::AiAgent, "Ana"), "AI agent");
        assert_eq!(author_name(words, Author::Rep, "Ana Ruiz"), "Ana Ruiz");
        assert_eq!(author_name(words, Author::Rep, ""), "Team");
        assert!(company_words(words, None).contains("AI agent"));
        assert_eq!(company_words(words, Some("Ana Ruiz")), "Ana Ruiz has joined the chat.");
    }
}
