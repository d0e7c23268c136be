//! Every noun of a path of the API is a term of the glossary.

use crate::support::Knock;
use std::collections::BTreeSet;
use std::fs;

/// Words that are no terms: prefixes of paths, the health check, and actions of buttons.
const OTHERS: [&str; 5] = ["api", "v1", "healthz", "remove", "send-again"];

/// Whether the glossary has a word, also if the path has it in the plural.
fn is_term(glossary: &str, word: &str) -> bool {
    let spaced = word.replace(['-', '_'], " ");
    let singular = spaced
        .strip_suffix("ies")
        .map_or_else(|| spaced.strip_suffix('s').unwrap_or(&spaced).to_owned(), |stem| format!("{stem}y"));
    [word, &spaced, &singular].iter().any(|term| glossary.contains(*term))
}

#[test]
fn every_noun_of_a_path_is_in_the_glossary() {
    let document = Knock::start().send("GET", "/api/openapi.json", &[], None).body;
    let paths = document["paths"].as_object().expect("paths");
    let parts = paths.keys().flat_map(|path| path.split('/')).filter(|part| !part.is_empty() && !part.starts_with('{'));
    let words: BTreeSet<&str> = parts.map(|part| part.split('.').next().unwrap_or(part)).collect();
    assert!(words.len() > 80, "{words:?}");
    let glossary = fs::read_to_string("../../../docs/glossary.md").expect("the glossary").to_lowercase();
    let missing: Vec<_> =
        words.into_iter().filter(|word| !OTHERS.contains(word) && !is_term(&glossary, word)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "docs/glossary.md has no such terms");
}
