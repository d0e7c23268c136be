//! Unanswered questions of leads: answered or dismissed.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::{KnownAnswer, QuestionDismissal, UnansweredQuestion, WordingDraft};
use leptos::html::Div;
use leptos::prelude::*;

use super::Agents;
use crate::api::Failure;
use crate::kit::changing::{focus_after_dialog, one_at_a_time};
use crate::kit::reactive::effect;
use crate::kit::rows::Rows;

/// The questions of the chosen site and the state of their actions.
#[derive(Clone, Copy)]
pub(crate) struct Questions {
    /// The selected site, and the permissions of the member.
    pub(crate) agents: Agents,
    /// The most frequent first.
    pub(crate) rows: Rows<UnansweredQuestion>,
    /// The id of the question whose answer is being written; empty while none is.
    pub(crate) taught: RwSignal<String>,
    /// Whether a known question is chosen for it, in place of a new answer.
    pub(crate) is_matched: RwSignal<bool>,
    is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<String>,
    /// The element that gets the focus when a focused line is removed.
    pub(crate) region: NodeRef<Div>,
}

impl Questions {
    /// Loads the questions and keeps them up to date.
    pub(crate) fn start(agents: Agents) -> Questions {
        let rows = Rows::new();
        let taught = RwSignal::new(String::new());
        effect(move || {
            let mut questions = agents
                .unanswered
                .value
                .with(|list| list.as_ref().map(|list| list.questions.clone()).unwrap_or_default());
            // A question stays while its answer is being written.
            let kept = rows.values().into_iter().find(|row: &UnansweredQuestion| {
                taught.with_untracked(|id| *id == row.id) && questions.iter().all(|other| other.id != row.id)
            });
            questions.extend(kept);
            rows.set(questions);
        });
        agents.count();
        Questions {
            agents,
            rows,
            taught,
            is_matched: RwSignal::new(false),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            region: NodeRef::new(),
        }
    }

    /// Opens the form of a question, or with `is_matched` the list of known questions.
    pub(crate) fn teach(self, id: String, is_matched: bool) {
        self.failure.set(None);
        self.said.set(String::new());
        self.is_matched.set(is_matched);
        self.taught.set(id);
    }

    /// Dismisses a question; `said` is the message about it.
    pub(crate) fn dismiss(self, question: &UnansweredQuestion, said: String) {
        self.settle(question, said, async { Ok(()) }.boxed_local());
    }

    /// Makes the words of a question a wording of a known one, and dismisses it.
    pub(crate) fn match_with(self, question: &UnansweredQuestion, known: &KnownAnswer) {
        let (client, id) = (self.agents.session.client(), known.id);
        let draft = WordingDraft { text: question.question.clone() };
        let said = format!("It is a wording of \u{201c}{}\u{201d} from now on.", known.question);
        let add = async move { client.add_wording(id, &draft).await.map(drop) };
        self.settle(question, said, add.boxed_local());
    }

    /// Dismisses a question after another request.
    fn settle(self, question: &UnansweredQuestion, said: String, before: LocalBoxFuture<'static, Result<(), Failure>>) {
        let (client, id) = (self.agents.session.client(), question.id.clone());
        let dismissal = QuestionDismissal { site: self.agents.site.get_untracked(), question: id.clone() };
        let work = async move {
            before.await?;
            client.dismiss_question(&dismissal).await?;
            self.said.try_set(said);
            self.taught.try_set(String::new());
            self.agents.unanswered.value.try_update(|list| {
                if let Some(list) = list {
                    list.questions.retain(|question| question.id != id);
                }
            });
            focus_after_dialog(self.region);
            Ok(())
        };
        let ended = move |failure| self.failure.set(failure);
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
