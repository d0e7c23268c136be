//! Agents > Knowledge: the AI agent's knowledge of a site.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::parts::agents::answers::Answers;
use crate::parts::agents::files::Files;
use crate::parts::agents::knows_nothing::KnowsNothing;
use crate::parts::agents::site_choice::{OfSite, SiteChoice};
use crate::parts::agents::sources::Sources;
use crate::parts::agents::try_question::TryQuestion;
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::FailureLine;
use crate::parts::page::heading::Heading;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::agents::Agents;
use crate::state::agents::known::{Dropping, Known};

/// Answers, pages and files of the chosen site, and a field for test questions.
#[component]
pub(crate) fn KnowledgePage(
    /// The selected site.
    agents: Agents,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <Heading text="Knowledge" />
            <SiteChoice agents />
        </div>
        <p class="lead">"The AI agent answers visitors of a site only from the knowledge that your team adds here."</p>
        <OfSite agents page=known_of />
    }
}

fn known_of(agents: Agents) -> AnyView {
    let known = Known::start(agents);
    let is_dropping = derived(move || known.dropping.with(|dropping| *dropping != Dropping::Nothing));
    let wrong = move || {
        // While a dialog is open, its error is shown in it.
        let failure = known.failure.get().filter(|_| !is_dropping.get())?;
        Some(view! { <FailureLine failure /> })
    };
    view! {
        <p class="muted agents-said" role="status">
            {known.said}
        </p>
        {dynamic(wrong)}
        <Loaded phase=known.list.phase retry=move |()| known.list.load()>
            <div class="agents-columns">
                <div class="agents-parts" tabindex="-1" node_ref=known.region>
                    <When is=derived(move || known.is_empty())>
                        <KnowsNothing known />
                    </When>
                    <Answers known />
                    <Sources known />
                    <Files known />
                </div>
                <TryQuestion agents />
            </div>
        </Loaded>
        <When is=is_dropping>
            <DropQuestion known />
        </When>
    }
    .into_any()
}

#[component]
fn DropQuestion(known: Known) -> impl IntoView {
    let (title, name, what) = match known.dropping.get_untracked() {
        Dropping::Nothing => ("", String::new(), ""),
        Dropping::Answer(_, question) => {
            ("Delete this question?", question, "The AI agent does not give its answer any more.")
        }
        Dropping::Source(_, name) => {
            ("Remove this source?", name, "Its passages are deleted. The AI agent does not answer from them any more.")
        }
    };
    view! {
        <Dialog
            title
            confirm="Delete"
            is_busy=known.is_busy
            failure=known.failure
            confirmed=move |()| known.drop_it()
            closed=move |()| known.dropping.set(Dropping::Nothing)
        >
            <p><bdi>{name}</bdi></p>
            <p>{what}</p>
        </Dialog>
    }
    .into_any()
}
