//! The texts of a playbook in its form.

use knock_wire::{FieldError, Playbook, StepDraft};

/// A text, with the key of its field while the form is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextLine {
    /// The key of the field.
    pub(crate) id: usize,
    pub(crate) text: String,
}

/// A step with its texts, in order of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StepLines {
    pub(crate) step: String,
    /// The placeholders of its texts.
    pub(crate) places: Vec<String>,
    pub(crate) lines: Vec<TextLine>,
}

/// The steps of a playbook; fields get numbers from `next` on.
pub(crate) fn steps_of(playbook: &Playbook, next: usize) -> Vec<StepLines> {
    let mut ids = next..;
    let mut line = |text: &String| TextLine { id: ids.next().unwrap_or_default(), text: text.clone() };
    let mut steps = Vec::new();
    for step in &playbook.steps {
        let lines = step.texts.iter().map(&mut line).collect();
        steps.push(StepLines { step: step.step.clone(), places: step.places.clone(), lines });
    }
    steps
}

/// The number of the next field.
pub(crate) fn next_id(steps: &[StepLines]) -> usize {
    steps.iter().flat_map(|step| &step.lines).map(|line| line.id + 1).max().unwrap_or_default()
}

/// The request: all steps and texts, so that the server's errors can be placed.
pub(crate) fn drafts(steps: &[StepLines]) -> Vec<StepDraft> {
    let texts = |step: &StepLines| step.lines.iter().map(|line| line.text.clone()).collect();
    steps.iter().map(|step| StepDraft { step: step.step.clone(), texts: texts(step) }).collect()
}

/// Whether the form differs from a playbook. Spaces around a text and empty texts are dropped when it is
/// saved.
pub(crate) fn differs(steps: &[StepLines], playbook: &Playbook) -> bool {
    let texts = |step: &StepLines| {
        let texts = step.lines.iter().map(|line| line.text.trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>()
    };
    let known = playbook.steps.iter().map(|step| (step.step.as_str(), step.texts.clone()));
    !steps.iter().map(|step| (step.step.as_str(), texts(step))).eq(known)
}

/// An error of the server at a place of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The name of the step; empty if the error is at none.
    pub(crate) step: String,
    /// The field of the text; none if the error is at the step itself.
    pub(crate) line: Option<usize>,
    pub(crate) reason: String,
}

/// The errors of a request that was built from these steps, by field; `at` is the position of the steps in the request.
pub(crate) fn faults(errors: &[FieldError], sent: &[StepLines], at: &str) -> Vec<Fault> {
    errors.iter().map(|error| fault(error, sent, at)).collect()
}

fn fault(error: &FieldError, sent: &[StepLines], at: &str) -> Fault {
    let place = error.pointer.strip_prefix(at).unwrap_or_default();
    let mut parts = place.split('/').skip(1);
    let step = parts.next().and_then(|number| sent.get(number.parse::<usize>().ok()?));
    let line = parts.nth(1).and_then(|number| step?.lines.get(number.parse::<usize>().ok()?));
    let Some(step) = step else {
        return Fault { step: String::new(), line: None, reason: error.reason.clone() };
    };
    // The server names the step for clients without a form.
    let named = format!("({}) ", step.step);
    let reason = error.reason.strip_prefix(&named).unwrap_or(&error.reason).to_owned();
    Fault { step: step.step.clone(), line: line.map(|line| line.id), reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_form_differs_once_a_text_says_something_else() {
        let playbook = sample::playbook(1);
        let mut steps = steps_of(&playbook, 4);
        assert_eq!(steps[0].lines[0].id, 4);
        assert!(!differs(&steps, &playbook));
        steps[0].lines[0].text.push(' ');
        steps[1].lines.push(TextLine { id: 9, text: String::new() });
        assert!(!differs(&steps, &playbook), "what is dropped is no change");
        steps[0].lines[0].text.push('!');
        assert!(differs(&steps, &playbook));
        assert_eq!(next_id(&steps), 10);
    }

    #[wasm_bindgen_test]
    fn errors_stand_at_the_text_that_was_sent() {
        let steps = steps_of(&sample::playbook(1), 0);
        let check = |pointer: &str, reason: &str, expected: (&str, Option<usize>, &str)| {
            let error = FieldError { pointer: pointer.to_owned(), reason: reason.to_owned() };
            let Fault { step, line, reason } = fault(&error, &steps, "/draft/steps");
            assert_eq!((step.as_str(), line, reason.as_str()), expected);
        };
        check("/draft/steps/1/texts/1", "(human) has {x}", ("human", Some(2), "has {x}"));
        check("/draft/steps/1", "(human) has no text", ("human", None, "has no text"));
        check("/draft/steps", "(wait) has no text", ("", None, "(wait) has no text"));
        check("/version", "is odd", ("", None, "is odd"));
    }
}
