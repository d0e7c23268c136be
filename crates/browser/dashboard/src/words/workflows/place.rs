//! The places of a draft that the server's errors name.

use knock_wire::FieldError;

use super::content::LANGUAGES;
use super::draft::{FlowDraft, StepDraft};
use super::tree;
use crate::words::reason::sentence;
use crate::words::rules::draft::SegmentDraft;
use crate::words::rules::fault::{Fault, NAME};

/// The key of how often a lead is enrolled.
pub(crate) const AGAIN: usize = 3;
/// The key of the quiet hours.
pub(crate) const QUIET: usize = 4;
/// The key of the cap.
pub(crate) const CAP: usize = 5;
/// The key of the list of steps.
pub(crate) const STEPS: usize = 6;

/// Parts of what an action says, with their labels.
const PARTS: [(&str, &str); 14] = [
    ("text", "The text"),
    ("body", "The text"),
    ("subject", "The subject"),
    ("buttons", "A button"),
    ("channel", "The channel"),
    ("rep", "The member"),
    ("member", "The member"),
    ("pool", "The members"),
    ("rule", "The rule"),
    ("tag", "The tag"),
    ("field", "The field"),
    ("value", "The value"),
    ("webhook", "The webhook"),
    ("due_in_ms", "The time"),
];

/// The place of an error in the form; none for one outside it.
pub(crate) fn fault_of(draft: &FlowDraft, segments: &[SegmentDraft], error: &FieldError) -> Option<Fault> {
    let parts = parts(&error.pointer);
    let mut rest = parts.iter().copied().skip_while(|part| matches!(*part, "draft" | "definition"));
    let reason = error.reason.clone();
    let group = |key: usize| segments.iter().find(|segment| segment.key == key).map(|segment| segment.when.id);
    let at = match rest.next()? {
        "name" => NAME,
        "trigger" => draft.trigger.key,
        "when" => group(draft.when)?,
        "again" => AGAIN,
        "stop_when" => draft.stops.get(rest.next()?.parse::<usize>().ok()?)?.key,
        "quiet" => QUIET,
        "cap" => CAP,
        "steps" => step_at(&draft.steps, &mut rest).unwrap_or(STEPS),
        "contents" => {
            let id = rest.next()?;
            let step = tree::all(&draft.steps).into_iter().find(|step| step.id == id)?;
            return Some(Fault { at: step.key, reason: sentence(&subject(rest), &reason) });
        }
        _ => return None,
    };
    Some(Fault { at, reason })
}

/// The names and places of a pointer: `/steps/2/wait`, `steps[2].wait`.
fn parts(pointer: &str) -> Vec<&str> {
    pointer.split(['#', '/', '.', '[', ']']).filter(|part| !part.is_empty()).collect()
}

/// The key at a place among steps, also within branches; the event of a wait has its own.
fn step_at<'p>(steps: &[StepDraft], rest: &mut impl Iterator<Item = &'p str>) -> Option<usize> {
    let step = steps.get(rest.next()?.parse::<usize>().ok()?)?;
    Some(match rest.next() {
        Some("then") => step_at(&step.then, rest).unwrap_or(step.key),
        Some("else") => step_at(&step.otherwise, rest).unwrap_or(step.key),
        Some("wait_for") if rest.next() == Some("event") => step.event.key,
        Some(_) | None => step.key,
    })
}

/// The part of what an action says that an error is about, with its language.
fn subject<'p>(rest: impl Iterator<Item = &'p str>) -> String {
    let rest: Vec<&str> = rest.collect();
    let part = rest.first().and_then(|part| PARTS.iter().find(|(known, _)| known == part));
    let label = part.map_or("This", |(_, label)| label);
    let language = rest.last().and_then(|last| LANGUAGES.iter().find(|(code, _)| code == last));
    language.map_or_else(|| label.to_owned(), |(_, name)| format!("{label} in {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn an_error_is_at_the_place_that_it_names() {
        let (draft, segments) = FlowDraft::read(&sample::workflow_draft(), "UTC");
        let of = |pointer: &str| {
            let error = FieldError { pointer: pointer.to_owned(), reason: "is wrong".to_owned() };
            fault_of(&draft, &segments, &error).map(|fault| (fault.at, fault.reason))
        };
        let plain = |at: usize| Some((at, "is wrong".to_owned()));
        let branch = &draft.steps[1];
        for pointer in ["steps[1]", "/draft/definition/steps/1/branch", "/steps/1", "definition.steps[1].branch"] {
            assert_eq!(of(pointer), plain(branch.key), "{pointer}");
        }
        assert_eq!(of("steps[1].then[0].wait.for_ms"), plain(branch.then[0].key));
        assert_eq!(of("/steps/9"), plain(STEPS));
        assert_eq!(of("/stop_when/0"), plain(draft.stops[0].key));
        assert_eq!((of("/name"), of("/trigger/count")), (plain(NAME), plain(draft.trigger.key)));
        let id = &draft.steps[0].id;
        let text = (draft.steps[0].key, "The text in German is wrong.".to_owned());
        assert_eq!(of(&format!("contents.{id}.text.de")), Some(text));
        assert_eq!((of("/workflow"), of("")), (None, None));
    }
}
