//! Parameters that several lists have: words of a vocabulary, the order, a tag.

use crate::http::problem::Problem;
use knock_model::TagId;
use knock_wire::FieldError;

/// The tag that a parameter names.
pub(super) fn tag(id: &str) -> Result<TagId, Problem> {
    TagId::parse(id).map_err(|_| wrong("tag", "is not the id of a tag".into()))
}

/// The sort key of a parameter, and whether it is descending.
pub(super) fn order<T: Copy>(text: &str, all: &[T], spelling: fn(T) -> &'static str) -> Result<(T, bool), Problem> {
    let (word, is_descending) = text.strip_prefix('-').map_or((text, false), |word| (word, true));
    Ok((known("sort", word, all, spelling)?, is_descending))
}

/// The value of a vocabulary that a parameter names.
pub(super) fn known<T: Copy>(name: &str, word: &str, all: &[T], spelling: fn(T) -> &'static str) -> Result<T, Problem> {
    all.iter().copied().find(|one| spelling(*one) == word).ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|one| spelling(*one)).collect();
        wrong(name, format!("is none of {}", words.join(", ")))
    })
}

/// The problem of a parameter `name` with a wrong value.
pub(super) fn wrong(name: &str, reason: String) -> Problem {
    Problem::malformed(FieldError { pointer: format!("query/{name}"), reason })
}
