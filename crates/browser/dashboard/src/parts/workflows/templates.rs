//! The templates of a new workflow.

use knock_wire::WorkflowTemplate;
use leptos::prelude::*;

use crate::kit::reactive::dynamic;
use crate::state::workflows::list::Workflows;

/// A link for each template, then an empty workflow.
pub(crate) fn templates(flows: Workflows) -> AnyView {
    let lines = move || flows.offered().into_iter().map(line).collect::<Vec<_>>();
    view! {
        <ul class="flow-templates" aria-label="Templates">
            {dynamic(lines)}
            <li class="flow-template">
                <a class="link known-name" id="flow-empty" href="/app/workflows/new">
                    "Empty workflow"
                </a>
                <p class="muted">"Begin with nothing."</p>
            </li>
        </ul>
    }
    .into_any()
}

fn line(template: WorkflowTemplate) -> AnyView {
    view! {
        <li class="flow-template">
            <a class="link known-name" href=format!("/app/workflows/new?template={}", template.key)>
                {template.draft.name}
            </a>
            <p class="muted">{template.summary}</p>
        </li>
    }
    .into_any()
}
