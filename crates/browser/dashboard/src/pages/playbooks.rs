//! Agents > Playbooks: the texts of the AI agent.

use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::leaving::Leaving;
use crate::kit::reactive::derived;
use crate::parts::agents::ask_to_clarify::AskToClarify;
use crate::parts::agents::playbook_choice::PlaybookChoice;
use crate::parts::agents::playbook_fields::PlaybookFields;
use crate::parts::agents::preview_chat::PreviewChat;
use crate::parts::agents::versions::Versions;
use crate::parts::form::dialog::Dialog;
use crate::parts::form::leave_question::LeaveQuestion;
use crate::parts::page::heading::Heading;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::agents::Agents;
use crate::state::agents::playbook::{PlaybookForm, SITE};
use crate::words::workflows::MANAGE;

/// The texts of one agent in one language for all sites or for one, their versions, and a preview of a chat.
#[component]
pub(crate) fn PlaybooksPage(agents: Agents) -> impl IntoView {
    let form = PlaybookForm::start(agents);
    let leaving = Leaving::watch(move || form.is_changed(), move || address(form));
    let may_make = untrack(|| agents.session.may(MANAGE));
    view! {
        <div class="page-head">
            <Heading text="Playbooks" />
        </div>
        <p class="lead">
            "The texts of the AI agent, step by step. It starts with the first text of a step and uses the next one when that was used before."
        </p>
        {may_make.then(|| view! {
            <p class="muted">
                "A bubble of a " <a class="link" href="/app/workflows">"workflow"</a>
                " can open a chat with the agent of one kind of leads: it talks by the playbook of that kind."
            </p>
        })}
        <AskToClarify agents />
        <PlaybookChoice form leaving />
        <div class="agents-columns">
            <Loaded phase=form.versions.phase retry=move |()| form.load_newest()>
                <div class="agents-parts">
                    <PlaybookFields form />
                    <Versions form />
                </div>
            </Loaded>
            <PreviewChat form />
        </div>
        <LeaveQuestion
            leaving
            lost="Your changes to this playbook are lost."
            choose=move |of| form.choose(of)
        />
        <StandardQuestion form />
    }
}

/// The address of the shown playbook.
fn address(form: PlaybookForm) -> String {
    let query = form.agents.query();
    let sign = if query.is_empty() { "?" } else { "&" };
    let (kind, language, site) = (form.kind.get(), form.language.get(), browser::encoded(&form.site.get()));
    format!("/app/agents/playbooks{query}{sign}kind={kind}&language={language}&{SITE}={site}")
}

#[component]
fn StandardQuestion(form: PlaybookForm) -> impl IntoView {
    let is_of_all = move || form.site.with_untracked(String::is_empty);
    view! {
        <When is=derived(move || form.is_setting_back.get())>
            <Dialog
                title=if is_of_all() { "Set back to the standard texts?" } else { "Use the texts of All sites again?" }
                confirm=if is_of_all() { "Set back" } else { "Use them" }
                is_busy=form.is_busy
                failure=form.failure
                confirmed=move |()| form.set_back()
                closed=move |()| form.is_setting_back.set(false)
            >
                <p>
                    {if is_of_all() {
                        "The AI agent uses Knock's standard texts from the next message on. Your texts stay among the versions."
                    } else {
                        "On this site the AI agent uses the texts of All sites from the next message on. The site's own texts stay among the versions."
                    }}
                </p>
            </Dialog>
        </When>
    }
}
