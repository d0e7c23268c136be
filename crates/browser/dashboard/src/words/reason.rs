//! Reasons of errors as sentences: the server gives them without a subject, such as `is not in the future`.

use knock_wire::Problem;

use super::network::network_words;
use crate::kit::letters::capitalized;

/// The subject of an error that is shown at its field.
pub(crate) const HERE: &str = "This";

/// The first words of reasons that go on from a subject.
const VERBS: [&str; 33] = [
    "is", "are", "was", "has", "have", "had", "must", "may", "can", "cannot", "does", "do", "needs", "names", "leads",
    "gives", "holds", "ends", "starts", "begins", "lies", "belongs", "uses", "stands", "repeats", "contains", "goes",
    "asks", "looks", "overlaps", "lacks", "comes", "takes",
];

/// Fields whose labels on the screen are other words than their names in requests.
const LABELS: [(&str, &str); 14] = [
    ("start_at", "Starts"),
    ("end_at", "Ends"),
    ("due_at", "When"),
    ("away_until", "Until"),
    ("hours", "Working hours"),
    ("keep_days", "Days that an answer is valid"),
    ("url", "Address"),
    ("origins", "Addresses of the site"),
    ("duration_min", "Duration"),
    ("step_min", "Slot interval"),
    ("notice_min", "Notice"),
    ("horizon_days", "Days ahead"),
    ("successor", "Who gets the open chats"),
    ("file", "The file"),
];

/// A reason as a sentence about a subject.
pub(crate) fn sentence(subject: &str, reason: &str) -> String {
    if let Some(words) = network_words(reason) {
        return words.to_owned();
    }
    let first = reason.split(' ').next().unwrap_or_default();
    let subject = if subject == HERE && matches!(first, "are" | "have" | "do") { "These" } else { subject };
    let text = match VERBS.contains(&first) {
        true => format!("{subject} {reason}"),
        false if subject == HERE => capitalized(reason),
        false => format!("{subject}: {reason}"),
    };
    if text.ends_with(['.', '!', '?', '\u{2026}']) { text } else { text + "." }
}

/// The errors of a problem as sentences, each about its field by its label; empty without errors.
pub(crate) fn sentences(problem: &Problem) -> String {
    let line = |error: &knock_wire::FieldError| sentence(&subject(&error.pointer), &error.reason);
    problem.errors.iter().map(line).collect::<Vec<_>>().join(" ")
}

/// The field that a pointer names, in quotation marks; one of a list with its place.
fn subject(pointer: &str) -> String {
    let pointer = pointer.trim_start_matches('#');
    let parts = pointer.trim_start_matches("query/").trim_start_matches("header/").split('/');
    let (mut name, mut place) = ("", None);
    for part in parts.filter(|part| !part.is_empty()) {
        match part.parse::<usize>() {
            Ok(at) => place = Some(at + 1),
            Err(_) => name = part,
        }
    }
    let known = LABELS.iter().find(|(field, _)| *field == name).map(|(_, label)| (*label).to_owned());
    let label = known.unwrap_or_else(|| capitalized(&name.replace('_', " ")));
    match (label.as_str(), place) {
        ("", None) => HERE.to_owned(),
        ("", Some(place)) => format!("Line {place}"),
        (label, None) => format!("\u{201c}{label}\u{201d}"),
        (label, Some(place)) => format!("\u{201c}{label}\u{201d}, line {place},"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::FieldError;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_reason_becomes_a_whole_sentence() {
        for (subject, reason, expected) in [
            (HERE, "is the name of another saved reply", "This is the name of another saved reply."),
            (HERE, "must have 1 to 60 characters", "This must have 1 to 60 characters."),
            (HERE, "expected the id of a member", "Expected the id of a member."),
            (HERE, "are more than 20", "These are more than 20."),
            ("Line 2", "is there already", "Line 2 is there already."),
            ("\u{201c}Now\u{201d}", "give either of the two", "\u{201c}Now\u{201d}: give either of the two."),
            (HERE, "It is taken.", "It is taken."),
        ] {
            assert_eq!(sentence(subject, reason), expected);
        }
        assert!(sentence(HERE, "leads into a private network").starts_with("This address is in a private network"));
    }

    #[wasm_bindgen_test]
    fn errors_without_a_field_on_the_screen_name_it_by_its_label() {
        let of = |pointer: &str, reason: &str| {
            let errors = vec![FieldError { pointer: pointer.into(), reason: reason.into() }];
            sentences(&Problem { errors, ..Problem::default() })
        };
        assert_eq!(of("/start_at", "is not in the future"), "\u{201c}Starts\u{201d} is not in the future.");
        assert_eq!(of("/max_per_day", "is more than 50"), "\u{201c}Max per day\u{201d} is more than 50.");
        assert_eq!(of("query/owner", "is no member"), "\u{201c}Owner\u{201d} is no member.");
        assert_eq!(of("/quiet/1/from", "is no time"), "\u{201c}From\u{201d}, line 2, is no time.");
        assert_eq!(of("", "is not JSON"), "This is not JSON.");
        assert_eq!(sentences(&Problem::default()), "");
    }
}
