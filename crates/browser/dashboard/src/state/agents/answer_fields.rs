//! The form of a question with its answer.

use futures_util::FutureExt;
use knock_model::AnswerId;
use knock_wire::{KnownAnswer, KnownAnswerChange, KnownAnswerDraft};
use leptos::prelude::*;

use super::Agents;
use super::wording_lines::WordingLines;
use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::derived;
use crate::words::reason::{HERE, sentence};
use crate::words::site::field_errors;

/// The fields and the state of saving them.
#[derive(Clone, Copy)]
pub(crate) struct AnswerFields {
    agents: Agents,
    id: Option<AnswerId>,
    pub(crate) question: RwSignal<String>,
    /// Other ways to ask it.
    pub(crate) wordings: WordingLines,
    pub(crate) answer: RwSignal<String>,
    /// Whether it is being saved.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl AnswerFields {
    /// The fields of an existing answer.
    pub(crate) fn of(agents: Agents, known: KnownAnswer) -> AnswerFields {
        AnswerFields {
            id: Some(known.id),
            wordings: WordingLines::of(known.wordings),
            answer: RwSignal::new(known.answer),
            ..AnswerFields::new(agents, known.question)
        }
    }

    /// The fields of a new answer; the question may be empty.
    pub(crate) fn new(agents: Agents, question: String) -> AnswerFields {
        AnswerFields {
            agents,
            id: None,
            question: RwSignal::new(question),
            wordings: WordingLines::of(Vec::new()),
            answer: RwSignal::new(String::new()),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// The prefix of the ids of its controls.
    pub(crate) fn name(self) -> String {
        self.id.map_or_else(|| "new-answer".to_owned(), |id| format!("answer-{id}"))
    }

    /// The server's errors of a field.
    pub(crate) fn errors(self, field: &'static str) -> Signal<Vec<String>> {
        derived(move || match self.failure.get() {
            Some(Failure::Refused(problem)) => field_errors(&problem, field),
            _ => Vec::new(),
        })
    }

    /// The line of a wording that the server refused first, with the reason.
    pub(crate) fn wrong_wording(self) -> Option<(usize, String)> {
        self.failure.with(|failure| match failure {
            Some(Failure::Refused(problem)) => problem
                .errors
                .iter()
                .find_map(|error| Some((self.wordings.named_by(&error.pointer)?, sentence(HERE, &error.reason)))),
            _ => None,
        })
    }

    /// Saves the form; `saved` takes the answer as the server stored it.
    pub(crate) fn save(self, saved: Callback<KnownAnswer>) {
        let client = self.agents.session.client();
        let (question, answer) = (self.question.get_untracked(), self.answer.get_untracked());
        let wordings = self.wordings.take();
        let site = self.agents.site.get_untracked();
        let work = async move {
            let known = match self.id {
                Some(id) => {
                    let (question, wordings, answer) = (Some(question), Some(wordings), Some(answer));
                    let change = KnownAnswerChange { question, wordings, answer };
                    client.change_answer(id, &change).await?
                }
                None => client.add_answer(&KnownAnswerDraft { site, question, wordings, answer }).await?,
            };
            saved.try_run(known);
            Ok(())
        };
        let ended = move |failure| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
