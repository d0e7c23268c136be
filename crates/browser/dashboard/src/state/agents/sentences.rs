//! Test sentences of a site, and what the AI agent does with them.

use futures_util::FutureExt;
use knock_wire::{LiveEvent, TestResult, TestRun, TestSentenceDraft, TestSentencesDraft};
use leptos::html::Div;
use leptos::prelude::*;

use super::Agents;
use crate::api::Failure;
use crate::kit::changing::{focus_after_dialog, one_at_a_time};
use crate::kit::reactive::effect;
use crate::kit::rows::Rows;
use crate::kit::single::Single;
use crate::state::live::use_live;
use crate::words::sentence::{accepted, kept, typed_sentences};

/// The sentences of the chosen site and the state of their actions.
#[derive(Clone, Copy)]
pub(crate) struct Sentences {
    /// The selected site, and the permissions of the member.
    pub(crate) agents: Agents,
    /// The last run.
    pub(crate) run: Single<TestRun>,
    pub(crate) rows: Rows<TestResult>,
    /// The sentences being written, one a line.
    pub(crate) typed: RwSignal<String>,
    /// The sentences before the last change, while it can be undone.
    before: RwSignal<Option<Vec<TestSentenceDraft>>>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
    /// The element that gets the focus when the focused one is removed.
    pub(crate) region: NodeRef<Div>,
}

impl Sentences {
    /// Tries the sentences of the chosen site, now and on each change of its knowledge.
    pub(crate) fn start(agents: Agents) -> Sentences {
        let run = Single::new(move || {
            let (client, site) = (agents.session.client(), agents.site.get_untracked());
            async move { client.run_tests(site).await }.boxed_local()
        });
        let rows = Rows::new();
        effect(move || rows.set(run.value.with(|run| run.clone().unwrap_or_default()).results));
        run.load();
        let live = use_live();
        live.after_gap(move || run.load());
        live.listen(move |event| {
            if let LiveEvent::Knowledge(site) = event
                && agents.site.with_untracked(|chosen| chosen == site)
            {
                run.load();
            }
        });
        Sentences {
            agents,
            run,
            rows,
            typed: RwSignal::new(String::new()),
            before: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            region: NodeRef::new(),
        }
    }

    /// The sentences as they were tried last.
    pub(crate) fn results(self) -> Vec<TestResult> {
        self.run.value.with(|run| run.as_ref().map(|run| run.results.clone()).unwrap_or_default())
    }

    pub(crate) fn can_undo(self) -> bool {
        self.before.with(Option::is_some)
    }

    /// Adds the typed sentences.
    pub(crate) fn add(self) {
        let mut sentences = kept(&untrack(|| self.results()));
        let new = self.typed.with_untracked(|typed| typed_sentences(typed, &sentences));
        if new.is_empty() {
            return self.said.set("Nothing new was typed.".to_owned());
        }
        sentences.extend(new);
        self.save(sentences, "The sentences were added.".to_owned(), None, true);
    }

    /// Removes one, until that is undone.
    pub(crate) fn remove(self, text: &str) {
        let before = kept(&untrack(|| self.results()));
        let rest = before.iter().filter(|sentence| sentence.text != text).cloned().collect();
        self.save(rest, format!("\u{201c}{text}\u{201d} was removed."), Some(before), false);
    }

    /// Accepts what the last run shows, until that is undone.
    pub(crate) fn accept(self) {
        let results = untrack(|| self.results());
        self.save(accepted(&results), "These results are accepted.".to_owned(), Some(kept(&results)), false);
    }

    pub(crate) fn undo(self) {
        if let Some(before) = self.before.get_untracked() {
            self.save(before, "It was undone.".to_owned(), None, false);
        }
    }

    fn save(
        self,
        sentences: Vec<TestSentenceDraft>,
        said: String,
        before: Option<Vec<TestSentenceDraft>>,
        is_of_form: bool,
    ) {
        let (client, site) = (self.agents.session.client(), self.agents.site.get_untracked());
        let work = async move {
            client.save_tests(&site, &TestSentencesDraft { sentences }).await?;
            self.before.try_set(before);
            self.said.try_set(said);
            if is_of_form {
                self.typed.try_set(String::new());
            } else {
                focus_after_dialog(self.region);
            }
            self.run.load();
            Ok(())
        };
        let ended = move |failure| self.failure.set(failure);
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
