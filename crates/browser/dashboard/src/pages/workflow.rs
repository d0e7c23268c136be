//! A workflow: what starts it, its steps, a dry run, its versions, and the leads inside.

use knock_model::WorkflowId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::missing::MissingPage;
use crate::kit::browser;
use crate::kit::leaving::Leaving;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::form::leave_question::LeaveQuestion;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::rules::channel_field::channel_list;
use crate::parts::workflows::dry_run_panel::dry_run_panel;
use crate::parts::workflows::enrolment::{name_field, start_panel, stops_panel};
use crate::parts::workflows::flow_bar::flow_bar;
use crate::parts::workflows::inside_questions::{ChangeQuestion, SwitchQuestion};
use crate::parts::workflows::own_limits::own_limits;
use crate::parts::workflows::run_list::runs_panel;
use crate::parts::workflows::step_card::steps_panel;
use crate::parts::workflows::switch::switch_panel;
use crate::parts::workflows::time_fields::zone_list;
use crate::parts::workflows::versions::versions_panel;
use crate::state::workflows::dry_runs::DryRuns;
use crate::state::workflows::form::FlowForm;
use crate::state::workflows::switching::Switching;
use crate::words::workflows::texts::state_words;

lazy!(workflows => WorkflowPage);

/// The address of a workflow that is not saved yet.
const NEW: &str = "new";

/// The workflow of the address; another address starts over, except that of the one that was just saved here.
#[component]
pub(crate) fn WorkflowPage() -> impl IntoView {
    let params = use_params_map();
    let made = RwSignal::new(None::<WorkflowId>);
    let shown = memo(move || {
        let id = params.read().get("id").unwrap_or_default();
        let is_made = made.with_untracked(|made| made.is_some_and(|made| made.to_string() == id));
        if is_made { NEW.to_owned() } else { id }
    });
    move || {
        let id = shown.get();
        match WorkflowId::parse(&id) {
            Ok(id) => view! { <Editor of=Some(id) made /> }.into_any(),
            Err(_) if id == NEW => view! { <Editor of=None made /> }.into_any(),
            Err(_) => view! { <MissingPage /> }.into_any(),
        }
    }
}

/// The editor of a workflow; without one, of a new one.
#[component]
pub(crate) fn Editor(of: Option<WorkflowId>, made: RwSignal<Option<WorkflowId>>) -> impl IntoView {
    let form = FlowForm::start(of);
    if of.is_none() {
        let copied = WorkflowId::parse(&browser::query("copy")).ok();
        match copied {
            Some(copied) => form.begin_copy(copied),
            None => form.begin_new(Some(browser::query("template")).filter(|key| !key.is_empty())),
        }
    }
    let runs = DryRuns::of(form);
    let switching = Switching::new(form.session, form.said, Callback::new(move |()| form.stored.load()));
    let address = move || match form.id.get() {
        Some(id) => format!("/app/workflows/{id}"),
        None => format!("/app/workflows/{NEW}"),
    };
    let leaving = Leaving::watch(move || form.is_changed(), address);
    let navigate = use_navigate();
    let show = Callback::new(move |id: WorkflowId| {
        made.set(Some(id));
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("/app/workflows/{id}"), options);
    });
    let title = derived(move || {
        let stored = form.stored.value.with(|stored| stored.as_ref().map(|stored| stored.row.name.clone()));
        stored.unwrap_or_else(|| "New workflow".to_owned())
    });
    let state = move || {
        let state = form.stored.value.with(|stored| stored.as_ref().map(|stored| stored.row.state));
        state.map(state_words).map(|(class, word)| view! { <span class=class>{word}</span> })
    };
    view! {
        <a class="back" href="/app/workflows">
            <IconMark icon=Icon::Back />
            "Workflows"
        </a>
        <div class="page-head">
            <Heading text=title />
            {dynamic(state)}
        </div>
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
            <When is=form.is_open>
                {flow_bar(form, show)} {channel_list(form.conditions)} {zone_list()}
                <div class="agents-columns rule-columns">
                    <div class="agents-parts">
                        <div class="panel agents-part">{name_field(form)}</div>
                        {start_panel(form)} {stops_panel(form)} {steps_panel(form)} {own_limits(form)}
                    </div>
                    <div class="agents-parts">
                        {switch_panel(runs, switching)} {dry_run_panel(runs)} {saved(form)}
                    </div>
                </div>
            </When>
        </Loaded>
        <ChangeQuestion form />
        <SwitchQuestion switching />
        <LeaveQuestion leaving lost="Your changes to this workflow are lost." choose=|_| () />
    }
}

/// What a saved workflow has: its versions and its leads.
fn saved(form: FlowForm) -> AnyView {
    let id = memo(move || form.id.get());
    let shown = move || id.get().map(|id| view! { {versions_panel(form)} {runs_panel(form, id)} }.into_any());
    view! { {dynamic(shown)} }.into_any()
}
