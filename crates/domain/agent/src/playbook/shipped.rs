//! The playbooks that Knock comes with: a file for each kind of agent and language, a line for each text.

use super::Step;
use crate::language::Language;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use knock_model::catalogue::Catalogue;
use knock_routing::AgentKind;
use once_cell::race::OnceBox;

macro_rules! files {
    ($kind:literal) => {
        [
            Catalogue(include_str!(concat!("../../data/playbooks/", $kind, "/en.txt"))),
            Catalogue(include_str!(concat!("../../data/playbooks/", $kind, "/de.txt"))),
            Catalogue(include_str!(concat!("../../data/playbooks/", $kind, "/fr.txt"))),
            Catalogue(include_str!(concat!("../../data/playbooks/", $kind, "/es.txt"))),
        ]
    };
}

type TextsByStep = BTreeMap<Step, Vec<&'static str>>;

/// By kind and language, in the order of their `ALL`.
static FILES: [[Catalogue; 4]; 5] =
    [files!("buying"), files!("support"), files!("hiring"), files!("partnership"), files!("general")];

/// The texts of a playbook with their steps.
pub(super) fn texts(kind: AgentKind, language: Language) -> impl Iterator<Item = (Step, &'static str)> {
    let file = FILES[kind.index()][language.index()];
    file.texts().filter_map(|(step, text)| Some((Step::parse(step)?, text)))
}

/// The texts of one step of a playbook. A reply looks up dozens of steps: the files are read once.
pub(super) fn texts_of(kind: AgentKind, language: Language, step: Step) -> &'static [&'static str] {
    static TEXTS: OnceBox<[[TextsByStep; 4]; 5]> = OnceBox::new();
    let read = |file: Catalogue| {
        let mut texts = TextsByStep::new();
        for (step, text) in file.texts().filter_map(|(step, text)| Some((Step::parse(step)?, text))) {
            texts.entry(step).or_default().push(text);
        }
        texts
    };
    let all = TEXTS.get_or_init(|| Box::new(FILES.map(|files| files.map(read))));
    all[kind.index()][language.index()].get(&step).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Playbook;

    #[test]
    fn every_line_is_a_text_of_a_step() {
        for (kind, language) in all() {
            let file = FILES[kind.index()][language.index()];
            assert_eq!(file.texts().count(), texts(kind, language).count(), "{kind:?} {language:?}");
        }
    }

    #[test]
    fn every_language_has_the_same_steps_and_passes_the_check() {
        for (kind, language) in all() {
            let outline = |language: Language| FILES[kind.index()][language.index()].outline();
            assert_eq!(outline(language), outline(Language::En), "{kind:?} {language:?}");
            let shipped = Playbook::shipped(kind, language);
            let typed = shipped.steps.iter().map(|(step, texts)| (step.as_str().into(), texts.clone()));
            assert_eq!(Playbook::checked(kind, language, typed), Ok(shipped.clone()), "{kind:?} {language:?}");
        }
    }

    #[test]
    fn the_general_agent_has_a_text_for_all_but_applications_and_the_size_of_teams() {
        let steps: Vec<Step> = texts(AgentKind::General, Language::En).map(|(step, _)| step).collect();
        let missing: Vec<&Step> = Step::ALL.iter().filter(|step| !steps.contains(step)).collect();
        assert_eq!(missing, [&Step::Apply, &Step::ApplyUnknown, &Step::QualifySized]);
    }

    fn all() -> impl Iterator<Item = (AgentKind, Language)> {
        AgentKind::ALL.iter().flat_map(|kind| Language::ALL.iter().map(|language| (*kind, *language)))
    }
}
