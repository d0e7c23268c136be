//! The links that use a rule.

use knock_wire::LinkShown;
use leptos::prelude::*;

use super::controls::panel;
use crate::kit::reactive::derived;
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::page::lines::Lines;
use crate::state::rules::form::RuleForm;

/// A checkbox for each link of the rule's funnel.
#[component]
pub(crate) fn GivenLinks(form: RuleForm) -> impl IntoView {
    let drawn = move || {
        let id = form.draft.with(|draft| draft.id.clone());
        let draw = |link: &LinkShown| {
            let (is_given, link) = (link.rule.as_deref() == Some(&id), link.clone());
            let line = line_id(&[&link.slug, link.rule.as_deref().unwrap_or_default(), &link.name]);
            Drawn::new(line, move || link_line(form, link.clone(), is_given))
        };
        // No rule is for the own link of a member.
        let has_rule = |link: &&LinkShown| link.owner.is_none();
        form.links.with(|links| links.iter().filter(has_rule).map(draw).collect::<Vec<_>>())
    };
    let hint = if form.draft.with_untracked(|draft| draft.is_default) {
        "Every link without a rule of its own uses this one. A ticked link keeps it when another rule becomes the default."
    } else {
        "Ticked links use this rule from the next lead on."
    };
    let body = view! {
        <p class="field-hint">{hint}</p>
        <ul class="given-links" aria-label="Links">
            <Lines of=derived(drawn) />
        </ul>
    };
    panel("given-links", "Links with this rule", body.into_any())
}

fn link_line(form: RuleForm, link: LinkShown, is_given: bool) -> AnyView {
    let other = link.rule.is_some() && !is_given;
    let name = link.name.clone();
    view! {
        <li>
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=is_given
                    prop:disabled=form.is_busy
                    on:change:target=move |event| form.give(link.clone(), event.target().checked())
                />
                <span>
                    <bdi>{name}</bdi> {other.then(|| view! { <span class="muted">" (has another rule)"</span> })}
                </span>
            </label>
        </li>
    }
    .into_any()
}
