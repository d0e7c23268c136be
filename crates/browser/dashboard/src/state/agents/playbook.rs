//! The form of a playbook: its texts, its versions, and saving it.

use futures_util::FutureExt;
use knock_wire::{KnowledgeSite, Playbook, PlaybookDraft, PlaybookVersions, PreviewDraft, StepDraft, TextsOf};
use leptos::prelude::*;

use super::Agents;
use super::playbook_steps::{Fault, StepLines, TextLine, differs, drafts, faults, next_id, steps_of};
use crate::api::Failure;
use crate::api::playbooks::PlaybookKey;
use crate::kit::browser;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::reactive::effect;
use crate::kit::single::Single;
use crate::words::playbook::{PLAYBOOK_KINDS, PLAYBOOK_LANGUAGES, saved_words, version_words};

/// The parameter of the address with the site that the playbook is for. The site of the preview is another one.
pub(crate) const SITE: &str = "own";

/// A playbook in its editor.
#[derive(Clone, Copy)]
pub(crate) struct PlaybookForm {
    /// The shared state of the agents' pages.
    pub(crate) agents: Agents,
    /// The agent.
    pub(crate) kind: RwSignal<String>,
    /// The code of the language.
    pub(crate) language: RwSignal<String>,
    /// The key of the site that it is for; empty for all sites.
    pub(crate) site: RwSignal<String>,
    /// Whether a site without own texts gets them in this form.
    pub(crate) is_begun: RwSignal<bool>,
    /// All versions, newest first.
    pub(crate) versions: Single<PlaybookVersions>,
    /// The initial version of the form.
    pub(crate) base: RwSignal<Option<Playbook>>,
    pub(crate) steps: RwSignal<Vec<StepLines>>,
    sent: StoredValue<Vec<StepLines>>,
    /// Whether it is being saved.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
    /// Whether setting back to the standard texts, or to those of all sites, is being confirmed.
    pub(crate) is_setting_back: RwSignal<bool>,
    /// Whether the next loaded newest version replaces the form.
    takes_newest: StoredValue<bool>,
}

impl PlaybookForm {
    /// The playbook of the address; without one, the general playbook in English for all sites.
    pub(crate) fn start(agents: Agents) -> PlaybookForm {
        let named = |name: &str, all: &[(&str, &str)]| {
            let word = browser::query(name);
            let known = all.iter().find(|(known, _)| *known == word).or(all.first());
            known.map(|(known, _)| (*known).to_owned()).unwrap_or_default()
        };
        let kind = RwSignal::new(named("kind", &PLAYBOOK_KINDS));
        let language = RwSignal::new(named("language", &PLAYBOOK_LANGUAGES));
        let site = RwSignal::new(browser::query(SITE));
        let versions = Single::new(move || {
            let (kind, language) = (kind.get_untracked(), language.get_untracked());
            let of = PlaybookKey { kind, language, site: site.get_untracked() };
            let client = agents.session.client();
            async move { client.playbook(&of).await }.boxed_local()
        });
        let form = PlaybookForm {
            agents,
            kind,
            language,
            site,
            is_begun: RwSignal::new(false),
            versions,
            base: RwSignal::new(None),
            steps: RwSignal::new(Vec::new()),
            sent: StoredValue::new(Vec::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            is_setting_back: RwSignal::new(false),
            takes_newest: StoredValue::new(true),
        };
        effect(move || form.take(versions.value.get()));
        effect(move || {
            let sites = agents.sites.value.get();
            untrack(|| sites.iter().for_each(|sites| form.settle_site(sites)));
        });
        versions.load();
        form
    }

    /// Loads the newest version into the form, if requested.
    fn take(self, versions: Option<PlaybookVersions>) {
        let Some(newest) = versions.and_then(|all| all.versions.into_iter().next()) else { return };
        if self.takes_newest.get_value() {
            self.takes_newest.set_value(false);
            self.fill(&newest);
            self.base.set(Some(newest));
        }
    }

    fn fill(self, playbook: &Playbook) {
        let next = self.steps.with_untracked(|steps| next_id(steps));
        self.steps.set(steps_of(playbook, next));
    }

    /// Previews the chat on the site of the playbook; for a site that was removed, shows the playbook of all sites.
    fn settle_site(self, sites: &[KnowledgeSite]) {
        let key = self.key();
        if key.site.is_empty() {
            return;
        }
        if sites.iter().any(|site| site.key == key.site) {
            self.preview_on(&key.site);
        } else if !self.is_changed() {
            self.choose(PlaybookKey { site: String::new(), ..key });
        }
    }

    fn preview_on(self, site: &str) {
        if self.agents.site.with_untracked(|shown| shown != site) {
            self.agents.choose(site.to_owned());
        }
    }

    /// The shown playbook.
    pub(crate) fn key(self) -> PlaybookKey {
        let (kind, language) = (self.kind.get_untracked(), self.language.get_untracked());
        PlaybookKey { kind, language, site: self.site.get_untracked() }
    }

    /// Chooses another playbook.
    pub(crate) fn choose(self, of: PlaybookKey) {
        let PlaybookKey { kind, language, site } = of;
        browser::replace_parameter("kind", &kind);
        browser::replace_parameter("language", &language);
        browser::replace_parameter(SITE, &site);
        if !site.is_empty() {
            self.preview_on(&site);
        }
        self.kind.set(kind);
        self.language.set(language);
        self.site.set(site);
        self.is_begun.set(false);
        self.base.set(None);
        self.versions.value.set(None);
        self.said.set(String::new());
        self.load_newest();
    }

    /// Loads the newest version in place of the form.
    pub(crate) fn load_newest(self) {
        self.failure.set(None);
        self.takes_newest.set_value(true);
        self.versions.load();
    }

    /// Whether the form differs from its initial version.
    pub(crate) fn is_changed(self) -> bool {
        self.base.with(|base| base.as_ref().is_some_and(|base| self.steps.with(|steps| differs(steps, base))))
    }

    /// Whether the site has its own texts.
    pub(crate) fn has_own(self) -> bool {
        self.base.with(|base| base.as_ref().is_some_and(|base| base.texts_of == TextsOf::Own))
    }

    /// Whether the texts can be changed: those of all sites not while they are shown for a site.
    pub(crate) fn may_write(self) -> bool {
        self.agents.may_edit && (self.site.with(String::is_empty) || self.is_begun.get() || self.has_own())
    }

    /// Begins the own texts of a site with those of all sites.
    pub(crate) fn begin(self) {
        self.is_begun.set(true);
        self.said.set("Change the texts and save them: this site uses them then.".to_owned());
        let first =
            self.steps.with_untracked(|steps| steps.iter().flat_map(|step| &step.lines).next().map(|line| line.id));
        if let Some(id) = first {
            focus_later(field_id(id));
        }
    }

    /// Whether another version was saved meanwhile.
    pub(crate) fn is_outdated(self) -> bool {
        self.failure.with(|failure| matches!(failure, Some(Failure::Refused(problem)) if problem.status_code == 409))
    }

    /// Loads a version into the form; saving puts it into use.
    pub(crate) fn restore(self, version: &Playbook) {
        self.is_begun.set(!self.site.with_untracked(String::is_empty));
        self.fill(version);
        self.failure.set(None);
        self.said.set(format!("The form has the texts of {}. Save to use them.", version_words(version)));
    }

    /// Drops the changes, and the own texts of a site that were begun.
    pub(crate) fn discard(self) {
        self.is_begun.set(false);
        if let Some(base) = self.base.get_untracked() {
            self.fill(&base);
        }
        self.failure.set(None);
        self.said.set(String::new());
    }

    /// Changes a text.
    pub(crate) fn write(self, id: usize, text: String) {
        self.steps.update(|steps| {
            let line = steps.iter_mut().flat_map(|step| &mut step.lines).find(|line| line.id == id);
            if let Some(line) = line {
                line.text = text;
            }
        });
    }

    pub(crate) fn add(self, step: &str) {
        let id = self.steps.with_untracked(|steps| next_id(steps));
        self.steps.update(|steps| {
            if let Some(found) = steps.iter_mut().find(|known| known.step == step) {
                found.lines.push(TextLine { id, text: String::new() });
            }
        });
        focus_later(field_id(id));
    }

    /// Removes a text; the focus goes to the button that adds one.
    pub(crate) fn remove(self, step: &str, id: usize) {
        self.steps.update(|steps| steps.iter_mut().for_each(|step| step.lines.retain(|line| line.id != id)));
        focus_later(add_id(step));
    }

    /// The server's errors by place.
    pub(crate) fn faults(self) -> Vec<Fault> {
        self.failure.with(|failure| match failure {
            Some(Failure::Refused(problem)) => self.sent.with_value(|sent| faults(&problem.errors, sent, "/steps")),
            _ => Vec::new(),
        })
    }

    /// The server's errors of a text, until it is edited.
    pub(crate) fn fault_of(self, id: usize) -> Option<String> {
        let fault = self.faults().into_iter().find(|fault| fault.line == Some(id))?;
        let text = |steps: &Vec<StepLines>| {
            let line = steps.iter().flat_map(|step| &step.lines).find(|line| line.id == id);
            line.map(|line| line.text.clone())
        };
        (self.steps.with(text) == self.sent.with_value(text)).then_some(fault.reason)
    }

    /// The errors of the last preview: name of the step, and reason.
    pub(crate) fn faults_of_draft(self, failure: &Failure) -> Vec<(String, String)> {
        let Failure::Refused(problem) = failure else { return Vec::new() };
        let found = self.steps.with_untracked(|steps| faults(&problem.errors, steps, "/draft/steps"));
        found.into_iter().map(|fault| (fault.step, fault.reason)).collect()
    }

    /// The form as an unsaved playbook for the preview; none if nothing is changed.
    pub(crate) fn draft(self) -> Option<PreviewDraft> {
        let steps = self.is_changed().then(|| self.steps.with(|steps| drafts(steps)))?;
        Some(PreviewDraft { kind: self.kind.get(), language: self.language.get(), steps })
    }

    /// Saves the form as the next version.
    pub(crate) fn save(self) {
        let steps = self.steps.with_untracked(|steps| drafts(steps));
        self.sent.set_value(self.steps.get_untracked());
        self.put(steps);
    }

    /// Resets the playbook to the texts of all sites, for all sites to the standard texts of Knock.
    pub(crate) fn set_back(self) {
        self.put(Vec::new());
    }

    fn put(self, steps: Vec<StepDraft>) {
        let Some(version) = self.base.with_untracked(|base| base.as_ref().map(|base| base.version)) else { return };
        let (client, of) = (self.agents.session.client(), self.key());
        self.said.set(String::new());
        let work = async move {
            let saved = client.save_playbook(&of, &PlaybookDraft { version, steps }).await?;
            if !self.base.is_disposed() {
                self.is_setting_back.set(false);
                self.said.set(saved_words(&saved));
                self.fill(&saved);
                self.base.set(Some(saved));
                self.is_begun.set(false);
                self.versions.load();
            }
            Ok(())
        };
        let ended = move |failure: Option<Failure>| {
            self.failure.set(failure);
            let wrong = untrack(|| self.faults());
            if let Some(id) = wrong.iter().find_map(|fault| fault.line) {
                focus_later(field_id(id));
            }
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}

pub(crate) fn field_id(id: usize) -> String {
    format!("text-{id}")
}

/// The id of the button that adds a text to a step.
pub(crate) fn add_id(step: &str) -> String {
    format!("add-{step}")
}
