//! The AI agent's knowledge of a site, and its changes.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::AnswerId;
use knock_wire::{KnowledgeList, KnowledgeSource, KnownAnswer, LiveEvent, SuggestedWording, WordingDraft};
use leptos::html::Div;
use leptos::prelude::*;

use super::Agents;
use crate::api::Failure;
use crate::kit::changing::{focus_after_dialog, one_at_a_time};
use crate::kit::reactive::effect;
use crate::kit::rows::Rows;
use crate::kit::single::Single;
use crate::state::live::use_live;

/// The object of a deletion to confirm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dropping {
    Nothing,
    /// A question with its answer: id and question.
    Answer(String, String),
    /// A source: id and its address or name.
    Source(String, String),
}

/// Answers and sources of the chosen site.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    /// The selected site, and the permissions of the member.
    pub(crate) agents: Agents,
    /// The state of loading.
    pub(crate) list: Single<KnowledgeList>,
    /// The questions with answers.
    pub(crate) answers: Rows<KnownAnswer>,
    /// Pages and sitemaps.
    pub(crate) pages: Rows<KnowledgeSource>,
    pub(crate) files: Rows<KnowledgeSource>,
    /// Whether the form of a new question is open.
    pub(crate) is_adding: RwSignal<bool>,
    /// The deletion to confirm.
    pub(crate) dropping: RwSignal<Dropping>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
    /// The element that gets the focus when the focused one is removed.
    pub(crate) region: NodeRef<Div>,
}

impl Known {
    /// Loads the knowledge of the chosen site, now and on each change.
    pub(crate) fn start(agents: Agents) -> Known {
        let list = Single::new(move || {
            let (client, site) = (agents.session.client(), agents.site.get_untracked());
            async move { client.knowledge(&site).await }.boxed_local()
        });
        let known = Known {
            agents,
            list,
            answers: Rows::new(),
            pages: Rows::new(),
            files: Rows::new(),
            is_adding: RwSignal::new(false),
            dropping: RwSignal::new(Dropping::Nothing),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            region: NodeRef::new(),
        };
        effect(move || list.value.with(|list| known.take(list.clone().unwrap_or_default())));
        list.load();
        let live = use_live();
        live.after_gap(move || list.load());
        live.listen(move |event| {
            if let LiveEvent::Knowledge(site) = event
                && agents.site.with_untracked(|chosen| chosen == site)
            {
                list.load();
            }
        });
        known
    }

    fn take(self, list: KnowledgeList) {
        let (files, pages) = list.sources.into_iter().partition(|source| source.name.is_some());
        self.answers.set(list.answers);
        self.pages.set(pages);
        self.files.set(files);
    }

    /// Whether the site has no knowledge at all.
    pub(crate) fn is_empty(self) -> bool {
        self.list
            .value
            .with(|list| list.as_ref().is_some_and(|list| list.answers.is_empty() && list.sources.is_empty()))
    }

    /// The number of sources, and of passages.
    pub(crate) fn counts(self) -> (usize, u32) {
        self.list.value.with(|list| {
            let sources = list.as_ref().map(|list| list.sources.as_slice()).unwrap_or_default();
            (sources.len(), sources.iter().map(|source| source.passages).sum())
        })
    }

    /// The wordings that leads used for a question, the most frequent first.
    pub(crate) fn suggested(self, answer: AnswerId) -> Vec<SuggestedWording> {
        self.list.value.with(|list| {
            let suggested = list.as_ref().map(|list| list.suggested.as_slice()).unwrap_or_default();
            suggested.iter().filter(|wording| wording.answer == answer).cloned().collect()
        })
    }

    /// Makes a wording of leads one of its question.
    pub(crate) fn accept(self, wording: SuggestedWording) {
        let client = self.agents.session.client();
        let work = async move {
            client.add_wording(wording.answer, &WordingDraft { text: wording.text.clone() }).await?;
            self.settled(format!("\u{201c}{}\u{201d} was added.", wording.text));
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Takes a wording of leads off the list, until somebody asks like that again.
    pub(crate) fn dismiss(self, wording: SuggestedWording) {
        let client = self.agents.session.client();
        let work = async move {
            match client.dismiss_wording(wording.answer, &wording.text).await {
                // Settled by another member meanwhile.
                Ok(()) | Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
            self.settled(format!("\u{201c}{}\u{201d} was dismissed.", wording.text));
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Reports an item that leaves the list with its buttons.
    fn settled(self, said: String) {
        self.said.try_set(said);
        focus_after_dialog(self.region);
        self.list.load();
    }

    /// Reports an added or changed item as `said`, and loads the list again.
    pub(crate) fn saved(self, said: String) {
        self.said.set(said);
        self.list.load();
    }

    /// Opens the confirmation of a deletion.
    pub(crate) fn ask(self, dropping: Dropping) {
        self.failure.set(None);
        self.said.set(String::new());
        self.dropping.set(dropping);
    }

    /// Executes the confirmed deletion.
    pub(crate) fn drop_it(self) {
        let (client, dropping) = (self.agents.session.client(), self.dropping.get_untracked());
        let work = async move {
            let (outcome, name) = match dropping {
                Dropping::Nothing => return Ok(()),
                Dropping::Answer(id, name) => (client.delete_answer(&id).await, name),
                Dropping::Source(id, name) => (client.delete_source(&id).await, name),
            };
            match outcome {
                // Already deleted by another member.
                Ok(()) | Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
            self.dropping.try_set(Dropping::Nothing);
            self.settled(format!("\u{201c}{name}\u{201d} was deleted."));
            Ok(())
        };
        self.change(work.boxed_local());
    }

    /// Requests a new reading of a page or a sitemap.
    pub(crate) fn read_again(self, source: &KnowledgeSource) {
        let (client, id) = (self.agents.session.client(), source.id);
        let work = async move {
            let source = client.read_again(id).await?;
            self.pages.update(source);
            self.said.try_set("It is read soon.".to_owned());
            Ok(())
        };
        self.change(work.boxed_local());
    }

    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        let ended = move |failure| self.failure.set(failure);
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }
}
