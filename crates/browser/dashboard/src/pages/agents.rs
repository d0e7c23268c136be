//! The Agents pages, by the rest of the address.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;

use super::agent_rejections::AgentRejectionsPage;
use super::knowledge::KnowledgePage;
use super::missing::MissingPage;
use super::playbooks::PlaybooksPage;
use super::test_sentences::TestSentencesPage;
use super::unanswered::UnansweredPage;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::lazy::lazy;
use crate::state::agents::Agents;

lazy!(agents => AgentsPage);

/// The pages: address and name.
const PAGES: [(&str, &str); 5] = [
    ("knowledge", "Knowledge"),
    (UNANSWERED, "Unanswered questions"),
    (TESTS, "Test sentences"),
    (PLAYBOOKS, "Playbooks"),
    (REJECTIONS, "Rejections"),
];
/// The page whose link shows a count.
const UNANSWERED: &str = "unanswered";
const TESTS: &str = "tests";
const PLAYBOOKS: &str = "playbooks";
const REJECTIONS: &str = "rejections";

/// The page of the address; the first one without a name.
#[component]
pub(crate) fn AgentsPage() -> impl IntoView {
    let agents = Agents::start();
    let params = use_params_map();
    let page = memo(move || {
        let page = params.read().get("page").unwrap_or_default();
        page.trim_end_matches('/').to_owned()
    });
    move || {
        let page = page.get();
        match PAGES.iter().find(|(address, _)| *address == page) {
            Some((address, _)) => view! {
                <Pages agents address />
                {page_of(address, agents)}
            }
            .into_any(),
            None if page.is_empty() => {
                let path = untrack(|| format!("/app/agents/{}{}", PAGES[0].0, agents.query()));
                let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                view! { <Redirect path options /> }.into_any()
            }
            None => view! { <MissingPage /> }.into_any(),
        }
    }
}

fn page_of(address: &str, agents: Agents) -> AnyView {
    match address {
        UNANSWERED => view! { <UnansweredPage agents /> }.into_any(),
        TESTS => view! { <TestSentencesPage agents /> }.into_any(),
        PLAYBOOKS => view! { <PlaybooksPage agents /> }.into_any(),
        REJECTIONS => view! { <AgentRejectionsPage agents /> }.into_any(),
        _ => view! { <KnowledgePage agents /> }.into_any(),
    }
}

#[component]
fn Pages(agents: Agents, address: &'static str) -> impl IntoView {
    let link = move |(page, name): (&'static str, &'static str)| {
        let href = derived(move || format!("/app/agents/{page}{}", agents.query()));
        view! {
            <a class="settings-link" href=href aria-current=if page == address { "page" } else { "false" }>
                {name}
                {(page == UNANSWERED).then(|| number(agents))}
            </a>
        }
        .into_any()
    };
    view! {
        <nav class="settings-nav" aria-label="Agents">
            {PAGES.map(link).into_iter().collect::<Vec<_>>()}
        </nav>
    }
}

/// The number of unanswered questions; hidden if there are none.
fn number(agents: Agents) -> AnyView {
    let count = memo(move || agents.unanswered.value.with(|list| list.as_ref().map_or(0, |list| list.questions.len())));
    let shown =
        move || (count.get() > 0).then(|| view! { " " <span class="badge badge-medium number">{count.get()}</span> });
    view! { {dynamic(shown)} }.into_any()
}
