//! The list of workflows, the limits of all of them, and the templates of a new one.

use knock_wire::WorkflowRow;
use leptos::prelude::*;

use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::workflows::flow_row::flow_row;
use crate::parts::workflows::inside_questions::SwitchQuestion;
use crate::parts::workflows::limits_panel::limits_panel;
use crate::parts::workflows::templates::templates;
use crate::parts::workflows::time_fields::zone_list;
use crate::state::workflows::limits::Limits;
use crate::state::workflows::list::Workflows;

lazy!(workflows => WorkflowsPage);

/// The list; without a workflow, what one is for, and the templates.
#[component]
pub(crate) fn WorkflowsPage() -> impl IntoView {
    let flows = Workflows::start();
    let limits = Limits::of(flows.session, flows.list);
    let is_empty =
        memo(move || flows.list.value.with(|list| list.as_ref().is_none_or(|list| list.workflows.is_empty())));
    let toggle = move |_| {
        flows.is_choosing.update(|is| *is = !*is);
        if flows.is_choosing.get_untracked() {
            focus_later("flow-templates".to_owned());
        }
    };
    view! {
        <div class="page-head">
            <Heading text="Workflows" />
            <button
                class="button button-strong"
                type="button"
                hidden=is_empty
                aria-expanded=derived(move || flows.is_choosing.get().to_string())
                on:click=handler(toggle)
            >
                <IconMark icon=Icon::Plus />
                "New workflow"
            </button>
        </div>
        <p class="lead">
            "A workflow speaks to a lead, or acts for the team, when something happens: a bubble after the second look at Pricing, a mail a day later. Each lead gets each step once, and the record of the lead says why."
        </p>
        <p class="muted webhook-said" role="status">
            {flows.said}
        </p>
        <ActionFailure of=derived(move || flows.failure.get().filter(|_| flows.archived.with(Option::is_none))) />
        <ActionFailure of=derived(move || flows.switching.failure.get().filter(|_| flows.switching.asked.with(Option::is_none))) />
        {zone_list()}
        <Loaded phase=flows.list.phase retry=move |()| flows.list.load()>
            <When is=derived(move || is_empty.get() || flows.is_choosing.get())>
                <section class="panel agents-part" aria-labelledby="flow-templates">
                    <h2 class="panel-title" id="flow-templates" tabindex="-1">
                        "Begin with"
                    </h2>
                    {templates(flows)}
                </section>
            </When>
            {rows(flows, false)}
            {archived(flows)}
            {limits_panel(limits)}
        </Loaded>
        <SwitchQuestion switching=flows.switching />
        <When is=derived(move || flows.archived.with(Option::is_some))>
            <ArchiveQuestion flows />
        </When>
    }
}

fn rows(flows: Workflows, is_archived: bool) -> AnyView {
    let drawn = move || {
        let rows = flows.rows(is_archived);
        let all = rows.len();
        let draw = |(at, row): (usize, &WorkflowRow)| {
            let row = row.clone();
            let counts = format!("{:?}", row.counts);
            let place = (!is_archived).then_some((at, all));
            let parts =
                [row.id.to_string(), format!("{:?}{place:?}", row.state), row.version.to_string(), row.name.clone()];
            let id = line_id(&[&parts[0], &parts[1], &parts[2], &parts[3], &counts]);
            Drawn::new(id, move || flow_row(flows, row.clone(), place))
        };
        rows.iter().enumerate().map(draw).collect::<Vec<_>>()
    };
    let label = if is_archived { "Archived workflows" } else { "Workflows" };
    view! {
        <ol class="flow-rows" aria-label=label>
            <Lines of=derived(drawn) />
        </ol>
    }
    .into_any()
}

fn archived(flows: Workflows) -> AnyView {
    let count = memo(move || flows.rows(true).len());
    let shown = move || {
        (count.get() > 0).then(|| {
            view! {
                <details class="why">
                    <summary>{format!("Archived ({})", count.get())}</summary>
                    {rows(flows, true)}
                </details>
            }
        })
    };
    view! { {dynamic(shown)} }.into_any()
}

#[component]
fn ArchiveQuestion(flows: Workflows) -> impl IntoView {
    flows.archived.get_untracked().map(|row| {
        view! {
            <Dialog
                title=format!("Archive {}?", row.name)
                confirm="Archive"
                is_busy=flows.is_busy
                failure=flows.failure
                confirmed=move |()| flows.archive(row.clone())
                closed=move |()| flows.archived.set(None)
            >
                <p>"It takes no more leads, and is kept for its history. Leads inside go on to the end."</p>
            </Dialog>
        }
    })
}
