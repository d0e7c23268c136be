//! The workflows of a contact: what each did, what it waits for, or why it did nothing.

use futures_util::FutureExt;
use knock_model::LeadId;
use knock_wire::LeadWorkflow;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, effect, memo};
use crate::kit::single::Single;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::workflows::run_line::run_facts;
use crate::state::session::use_session;
use crate::words::workflows::MANAGE;
use crate::words::workflows::reasons::refusal_words;

/// A panel with each workflow; `follow` changes with what happens to the contact.
#[component]
pub(crate) fn LeadWorkflowsPanel(
    /// The contact.
    id: LeadId,
    #[prop(into)] follow: Signal<i64>,
) -> impl IntoView {
    let session = use_session();
    let found = Single::new(move || {
        let client = session.client();
        async move { client.workflows_of(id).await }.boxed_local()
    });
    let follow = memo(move || follow.get());
    effect(move || {
        follow.track();
        found.load();
    });
    let may_open = untrack(|| session.may(MANAGE));
    let lines = move || {
        let all = found.value.with(|found| found.as_ref().map(|found| found.workflows.clone())).unwrap_or_default();
        if all.is_empty() {
            return view! { <p class="muted">"No workflow has to do with this contact."</p> }.into_any();
        }
        let all = all.into_iter().map(|one| line(one, may_open)).collect::<Vec<_>>();
        view! { <ul class="known-list" aria-label="Workflows of this contact">{all}</ul> }.into_any()
    };
    view! {
        <section class="panel" aria-labelledby="lead-workflows">
            <h2 class="panel-title" id="lead-workflows">
                "Workflows"
            </h2>
            <Loaded phase=derived(move || found.phase.get()) retry=move |()| found.load()>
                {dynamic(lines)}
            </Loaded>
        </section>
    }
}

fn line(of: LeadWorkflow, may_open: bool) -> AnyView {
    let name = if may_open {
        let href = format!("/app/workflows/{}", of.id);
        view! { <a class="link known-name" href=href><bdi>{of.name}</bdi></a> }.into_any()
    } else {
        view! { <bdi class="known-name">{of.name}</bdi> }.into_any()
    };
    let refused = (!of.refused.is_empty()).then(|| {
        let words = format!("Not in it: {}", refusal_words(&of.refused));
        let at = of.refused_at.map(|at| view! { " " <TimeAgo at /> });
        view! { <p class="muted">{words} {at}</p> }
    });
    let nothing = (of.refused.is_empty() && of.runs.is_empty())
        .then(|| view! { <p class="muted">"Not in it: what starts it has not happened."</p> });
    view! {
        <li class="known">
            <p>{name}</p>
            {of.runs.iter().map(run_facts).collect::<Vec<_>>()}
            {refused}
            {nothing}
        </li>
    }
    .into_any()
}
