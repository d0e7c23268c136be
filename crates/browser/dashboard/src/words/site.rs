//! The site form: from its texts to a draft, and from a problem document back to its fields.

use knock_wire::{FieldError, Problem, Site, SiteDraft};

const FIELDS: [&str; 3] = ["name", "origins", "base"];

/// The draft that the form's texts say: origins one per line.
pub(crate) fn draft_of(name: &str, origins: &str, base: &str) -> SiteDraft {
    SiteDraft {
        name: name.trim().to_owned(),
        origins: origins.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        with_twins: false,
        base: base.trim().to_owned(),
        // The form does not show them: those there are stay.
        categories: None,
        identify: None,
    }
}

/// The errors at a field, given by its name in the draft: those of its elements name the line.
pub(crate) fn field_errors(problem: &Problem, field: &str) -> Vec<String> {
    let words = |error: &FieldError| {
        Some(match place(&error.pointer, field)? {
            Place::Field => error.reason.clone(),
            Place::Line(line) => format!("Line {line}: {}", error.reason),
        })
    };
    problem.errors.iter().filter_map(words).collect()
}

/// The errors at no field of the form, in one sentence.
pub(crate) fn unplaced_errors(problem: &Problem) -> String {
    let is_unplaced = |error: &&FieldError| FIELDS.iter().all(|field| place(&error.pointer, field).is_none());
    let words = |error: &FieldError| format!("{}: {}", error.pointer, error.reason);
    problem.errors.iter().filter(is_unplaced).map(words).collect::<Vec<_>>().join("; ")
}

enum Place {
    Field,
    Line(usize),
}

/// Where in the field a JSON pointer points; none when it points elsewhere.
fn place(pointer: &str, field: &str) -> Option<Place> {
    let rest = pointer.trim_start_matches('#').strip_prefix('/')?.strip_prefix(field)?;
    match rest.strip_prefix('/') {
        Some(element) => Some(element.parse::<usize>().map_or(Place::Field, |at| Place::Line(at + 1))),
        None => rest.is_empty().then_some(Place::Field),
    }
}

/// The base path in words.
pub(crate) fn base_words(base: &str) -> String {
    if base.is_empty() { "the whole host".to_owned() } else { base.to_owned() }
}

/// Where a site may send from.
pub(crate) fn sends_from_words(site: &Site) -> Vec<String> {
    let mut origins = site.origins.clone();
    origins.push("this server's own pages".into());
    if site.demo {
        origins.push("any page on this machine".into());
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_draft_has_one_origin_per_filled_line() {
        let draft = draft_of(" Shop ", "https://a.test\n\n  https://b.test \r\n", " /shop ");
        assert_eq!(draft.origins, ["https://a.test", "https://b.test"]);
        assert_eq!((draft.name.as_str(), draft.base.as_str()), ("Shop", "/shop"));
    }

    #[wasm_bindgen_test]
    fn errors_stand_at_their_field() {
        let error = |pointer: &str, reason: &str| FieldError { pointer: pointer.into(), reason: reason.into() };
        let errors = vec![error("/name", "is empty"), error("/origins/1", "has a path"), error("/origins", "are none")];
        let problem = Problem { errors, ..Problem::default() };
        assert_eq!(field_errors(&problem, "name"), ["is empty"]);
        assert_eq!(field_errors(&problem, "origins"), ["Line 2: has a path", "are none"]);
        assert!(field_errors(&problem, "base").is_empty());
        assert_eq!(unplaced_errors(&problem), "");
        let problem = Problem { errors: vec![error("/key", "is taken")], ..Problem::default() };
        assert_eq!(unplaced_errors(&problem), "/key: is taken");
    }
}
