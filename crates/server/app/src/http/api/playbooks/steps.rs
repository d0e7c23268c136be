//! Playbooks for display, and the validation of drafts.

use super::in_use::InUse;
use crate::http::problem::Problem;
use knock_agent::{InvalidText, Language, Playbook};
use knock_ports::PlaybookVersion;
use knock_routing::AgentKind;
use knock_wire::{FieldError, PlaybookStep, StepDraft, TextsOf};

/// A version with the texts that it has now: the own ones, or those beneath.
pub(super) fn shown(version: PlaybookVersion, in_use: &InUse<'_>) -> knock_wire::Playbook {
    let (playbook, texts_of) = in_use.texts(&version);
    let PlaybookVersion { kind, language, version, saved_at, .. } = version;
    let steps = playbook.steps().map(|(step, texts)| PlaybookStep {
        step: step.as_str().to_owned(),
        texts: texts.to_vec(),
        places: step.places().iter().map(|place| (*place).to_owned()).collect(),
    });
    knock_wire::Playbook {
        kind: kind.as_str().to_owned(),
        language: language.as_str().to_owned(),
        site: in_use.key(),
        version,
        saved_at: (version > 0).then_some(saved_at),
        texts_of,
        is_standard: texts_of == TextsOf::Standard,
        steps: steps.collect(),
    }
}

/// The playbook of a draft, none without steps; else each invalid text, by its place below `at`.
pub(super) fn checked(
    kind: AgentKind,
    language: Language,
    steps: &[StepDraft],
    at: &str,
) -> Result<Option<Playbook>, Problem> {
    if steps.is_empty() {
        return Ok(None);
    }
    let typed = steps.iter().map(|step| (step.step.clone(), step.texts.clone()));
    let error = |invalid: InvalidText| {
        let place = steps.iter().rposition(|step| step.step == invalid.step);
        let pointer = match (place, invalid.text) {
            (Some(place), Some(text)) => format!("{at}/{place}/texts/{text}"),
            (Some(place), None) => format!("{at}/{place}"),
            (None, _) => at.to_owned(),
        };
        FieldError { pointer, reason: format!("({}) {}", invalid.step, invalid.reason) }
    };
    let checked = Playbook::checked(kind, language, typed);
    checked.map(Some).map_err(|invalid| {
        let mut errors = invalid.into_iter().map(error);
        let none = || FieldError { pointer: at.to_owned(), reason: "is no playbook".into() };
        let first = errors.next().unwrap_or_else(none);
        errors.fold(Problem::invalid(first), Problem::field)
    })
}
