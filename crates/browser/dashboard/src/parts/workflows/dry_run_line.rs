//! A lead of a dry run: the runs that they would have had, or why none.

use knock_model::Millis;
use knock_wire::DryRunLead;
use leptos::prelude::*;

use super::run_line::run_facts;
use crate::parts::page::time_ago::TimeAgo;
use crate::words::workflows::reasons::refusal_words;

/// A lead with their runs, or why they had none.
pub(super) fn lead_line(lead: &DryRunLead) -> AnyView {
    let name = lead.contact.display_name.clone();
    let name = if lead.is_unnamed {
        view! { <bdi class="known-name">{name}</bdi> }.into_any()
    } else {
        let href = format!("/app/contacts/{}", lead.contact.id);
        view! { <a class="link known-name" href=href><bdi>{name}</bdi></a> }.into_any()
    };
    view! {
        <li class="path-step">
            <p>{name}</p>
            {lead.runs.iter().map(run_facts).collect::<Vec<_>>()}
            <ul class="rule-changes">{lead.refused.iter().map(refusal_line).collect::<Vec<_>>()}</ul>
        </li>
    }
    .into_any()
}

/// Why a lead was not enrolled, and when.
fn refusal_line((reason, at): &(String, Option<Millis>)) -> AnyView {
    let words = format!("Not in it: {}", refusal_words(reason));
    let at = at.map(|at| view! { " " <TimeAgo at /> });
    view! { <li>{words} {at}</li> }.into_any()
}
