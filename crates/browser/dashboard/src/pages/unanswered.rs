//! Agents > Unanswered questions: questions of leads that the AI agent could not answer.

use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::parts::agents::question_line::QuestionLine;
use crate::parts::agents::site_choice::{OfSite, SiteChoice};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::Icon;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::agents::Agents;
use crate::state::agents::questions::Questions;

/// The questions of the chosen site, the most frequent first.
#[component]
pub(crate) fn UnansweredPage(
    /// The selected site.
    agents: Agents,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <Heading text="Unanswered questions" />
            <SiteChoice agents />
        </div>
        <p class="lead">
            "Questions of the last 90 days that the AI agent could not answer. Questions with the same key words count as one."
        </p>
        <OfSite agents page=questions_of />
    }
}

fn questions_of(agents: Agents) -> AnyView {
    let questions = Questions::start(agents);
    view! {
        <p class="muted agents-said" role="status">
            {questions.said}
        </p>
        <ActionFailure of=questions.failure />
        <Loaded phase=agents.unanswered.phase retry=move |()| agents.count()>
            <div tabindex="-1" node_ref=questions.region>
                <When is=derived(move || !questions.rows.is_empty()) fallback=nothing>
                    <ol class="people" aria-label="Unanswered questions">
                        <Lines of=derived(move || {
                            questions.rows.drawn(move |question| view! { <QuestionLine question questions /> }.into_any())
                        }) />
                    </ol>
                </When>
            </div>
        </Loaded>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <Empty title="No unanswered questions" icon=Icon::Check>
            <p>"A question that the AI agent cannot answer appears here, with a link to its conversation."</p>
        </Empty>
    }
    .into_any()
}
