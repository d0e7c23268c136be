//! Preview of a chat with the AI agent, which is not stored: replayed for each message and each change of a text.

use futures_util::FutureExt;
use knock_wire::{Preview, PreviewAsk};
use leptos::prelude::*;

use super::playbook::PlaybookForm;
use crate::api::Failure;
use crate::kit::debounce::Debounce;
use crate::kit::reactive::effect;
use crate::kit::single::Single;

/// The debounce of the preview while typing.
const TYPING_MS: u64 = 600;

/// The preview of a chat and its inputs.
#[derive(Clone, Copy)]
pub(crate) struct Rehearsal {
    /// The messages of the lead.
    pub(crate) written: RwSignal<Vec<String>>,
    /// The language of the page.
    pub(crate) language: RwSignal<String>,
    /// Whether the agent of the playbook has the chat; else it is handed over to a rep.
    pub(crate) is_of_agent: RwSignal<bool>,
    /// The last replayed chat, or the reason of its refusal.
    pub(crate) played: Single<Result<Preview, Failure>>,
}

impl Rehearsal {
    /// Begins with the greeting, in the language of the playbook.
    pub(crate) fn start(form: PlaybookForm) -> Rehearsal {
        let written = RwSignal::new(Vec::new());
        let language = RwSignal::new(form.language.get_untracked());
        let is_of_agent = RwSignal::new(true);
        let ask = move || PreviewAsk {
            site: form.agents.site.get(),
            language: language.get(),
            kind: is_of_agent.get().then(|| form.kind.get()),
            draft: form.draft(),
            messages: written.get(),
        };
        let played = Single::new(move || {
            let (client, ask) = (form.agents.session.client(), untrack(ask));
            async move {
                match client.preview(&ask).await {
                    Err(failure @ Failure::Refused(_)) => Ok(Err(failure)),
                    Err(failure) => Err(failure),
                    Ok(preview) => Ok(Ok(preview)),
                }
            }
            .boxed_local()
        });
        let rehearsal = Rehearsal { written, language, is_of_agent, played };
        rehearsal.follow(form);
        rehearsal
    }

    /// Replays the chat on each change of its inputs; after a change of the texts, once typing pauses.
    fn follow(self, form: PlaybookForm) {
        let again = Debounce::new(TYPING_MS, move || self.played.load());
        effect(move || {
            form.agents.site.track();
            self.is_of_agent.track();
            self.written.track();
            self.language.track();
            let is_chosen = form.agents.site.with_untracked(|site| !site.is_empty());
            if is_chosen && form.base.with(Option::is_some) {
                self.played.load();
            }
        });
        Effect::new(move |before: Option<()>| {
            form.draft();
            if before.is_some() {
                again.ask();
            }
        });
        Effect::new(move |before: Option<()>| {
            let language = form.language.get();
            if before.is_some() {
                self.language.set(language);
                self.written.set(Vec::new());
            }
        });
    }

    /// Adds a message of the lead.
    pub(crate) fn write(self, text: String) {
        let text = text.trim().to_owned();
        if !text.is_empty() {
            self.written.update(|written| written.push(text));
        }
    }

    pub(crate) fn start_over(self) {
        self.written.set(Vec::new());
    }
}
