//! Playbooks: what each kind of agent says, in each language. A workspace can replace each of them, and each site those.

mod check;
mod shipped;
mod step;

pub use check::{InvalidText, LONGEST_TEXT, MOST_TEXTS};
pub use step::Step;

use crate::language::Language;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use knock_routing::AgentKind;

/// The texts of one kind of agent in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playbook {
    kind: AgentKind,
    language: Language,
    steps: BTreeMap<Step, Vec<String>>,
}

impl Playbook {
    /// The one that Knock comes with.
    pub fn shipped(kind: AgentKind, language: Language) -> Playbook {
        let mut steps: BTreeMap<Step, Vec<String>> = BTreeMap::new();
        for (step, text) in shipped::texts(kind, language) {
            steps.entry(step).or_default().push(text.into());
        }
        Playbook { kind, language, steps }
    }

    /// One that was checked before; steps that are not known are left out, and those that came later have their shipped
    /// texts.
    pub fn stored(
        kind: AgentKind,
        language: Language,
        steps: impl IntoIterator<Item = (String, Vec<String>)>,
    ) -> Playbook {
        let known = steps.into_iter().filter_map(|(step, texts)| Some((Step::parse(&step)?, texts)));
        let mut playbook = Playbook::shipped(kind, language);
        playbook.steps.extend(known);
        playbook
    }

    /// Of which agent.
    pub const fn kind(&self) -> AgentKind {
        self.kind
    }

    /// In which language.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Its steps with their texts.
    pub fn steps(&self) -> impl Iterator<Item = (Step, &[String])> {
        self.steps.iter().map(|(step, texts)| (*step, texts.as_slice()))
    }

    fn texts(&self, step: Step) -> &[String] {
        self.steps.get(&step).map_or(&[], Vec::as_slice)
    }
}

/// The playbooks of a workspace, or those in use on one of its sites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Playbooks {
    saved: Vec<Playbook>,
}

impl Playbooks {
    /// Those that were saved; the shipped ones stand for the others.
    pub fn new(saved: Vec<Playbook>) -> Playbooks {
        Playbooks { saved }
    }

    /// Those in use on a site: its own in the place of those for all sites.
    #[must_use]
    pub fn with_own(mut self, own: impl IntoIterator<Item = Playbook>) -> Playbooks {
        own.into_iter().for_each(|playbook| self.put(playbook));
        self
    }

    /// The playbook in use for a kind of agent in a language.
    pub fn playbook(&self, kind: AgentKind, language: Language) -> Playbook {
        let saved = self.saved.iter().find(|saved| (saved.kind, saved.language) == (kind, language));
        saved.cloned().unwrap_or_else(|| Playbook::shipped(kind, language))
    }

    /// Puts a playbook in the place of the one in use.
    pub fn put(&mut self, playbook: Playbook) {
        self.saved.retain(|saved| (saved.kind, saved.language) != (playbook.kind, playbook.language));
        self.saved.push(playbook);
    }

    /// The texts of a step: those of this kind of agent, else those of the general one.
    pub fn texts(&self, kind: AgentKind, language: Language, step: Step) -> Vec<&str> {
        let own = self.own_texts(kind, language, step);
        if own.is_empty() { self.own_texts(AgentKind::General, language, step) } else { own }
    }

    fn own_texts(&self, kind: AgentKind, language: Language, step: Step) -> Vec<&str> {
        match self.saved.iter().find(|saved| (saved.kind, saved.language) == (kind, language)) {
            Some(saved) => saved.texts(step).iter().map(String::as_str).collect(),
            None => shipped::texts_of(kind, language, step).to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_playbook_that_was_saved_before_a_step_came_has_its_shipped_texts() {
        let before = [("close".to_string(), Vec::from(["Bye.".to_string()]))];
        let playbooks = Playbooks::new(Vec::from([Playbook::stored(AgentKind::General, Language::De, before)]));
        let texts = |step| playbooks.texts(AgentKind::General, Language::De, step);
        assert_eq!(texts(Step::Close), ["Bye."]);
        assert_eq!(texts(Step::Meeting), Playbooks::default().texts(AgentKind::General, Language::De, Step::Meeting));
    }

    #[test]
    fn the_playbook_of_a_site_stands_for_that_of_all_sites_in_its_kind_and_language_only() {
        let saying = |kind, language, text: &str| {
            Playbook::stored(kind, language, [("human".to_string(), Vec::from([text.to_string()]))])
        };
        let (general, support, en) = (AgentKind::General, AgentKind::Support, Language::En);
        let of_all = Playbooks::new(Vec::from([saying(general, en, "All."), saying(general, Language::De, "Alle.")]));
        let on_site = of_all.clone().with_own([saying(general, en, "Own.")]);
        fn human(playbooks: &Playbooks, kind: AgentKind, language: Language) -> Vec<&str> {
            playbooks.texts(kind, language, Step::Human)
        }
        assert_eq!(human(&on_site, general, en), ["Own."]);
        assert_eq!(human(&on_site, support, en), ["Own."], "what support lacks is of the site's general one");
        assert_eq!(human(&on_site, general, Language::De), ["Alle."]);
        assert_eq!(human(&on_site, general, Language::Fr), human(&Playbooks::default(), general, Language::Fr));
        assert_eq!(human(&of_all, general, en), ["All."]);
        let own = of_all.with_own([saying(support, en, "Support.")]);
        assert_eq!(human(&own, support, en), ["Support."]);
        assert_eq!(human(&own, general, en), ["All."]);
    }

    #[test]
    fn a_saved_playbook_stands_for_the_shipped_one() {
        let mut playbooks = Playbooks::default();
        let shipped = Playbook::shipped(AgentKind::Support, Language::En);
        let typed = shipped.steps().map(|(step, texts)| {
            let texts = if step == Step::Close { Vec::from(["Bye.".to_string()]) } else { texts.to_vec() };
            (step.as_str().to_string(), texts)
        });
        let own = Playbook::checked(AgentKind::Support, Language::En, typed.collect::<Vec<_>>()).expect("a playbook");
        playbooks.put(own);
        let close = |kind, language| playbooks.texts(kind, language, Step::Close);
        assert_eq!(close(AgentKind::Support, Language::En), ["Bye."]);
        assert_ne!(close(AgentKind::Support, Language::De), ["Bye."]);
        assert_ne!(close(AgentKind::Buying, Language::En), ["Bye."]);
        let human = |kind| playbooks.texts(kind, Language::En, Step::Human);
        assert_eq!(human(AgentKind::Support), human(AgentKind::General));
    }
}
