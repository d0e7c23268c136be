//! Whom one kind of agent rejects: a switch, conditions and the reason.

use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::form::field::Field;
use crate::parts::rules::conditions::conditions;
use crate::state::agents::rejections::RejectionsForm;
use crate::words::rule::agent_label;

/// The panel of the kind of agent at a place; `group` is the id of its conditions.
pub(crate) fn rejection_panel(form: RejectionsForm, at: usize, kind: &str, group: usize) -> AnyView {
    let (title, reason) = (format!("rejects-{kind}"), format!("reject-reason-{kind}"));
    let of = StoredValue::new(kind.to_owned());
    let segment = memo(move || {
        form.conditions.draft.with(|draft| draft.segments.get(at).map(|one| (one.is_enabled, one.name.clone())))
    });
    let is_on = derived(move || segment.with(|segment| segment.as_ref().is_some_and(|(is_on, _)| *is_on)));
    let written =
        derived(move || segment.with(|segment| segment.as_ref().map_or(String::new(), |(_, reason)| reason.clone())));
    let turn = move |is_on: bool| of.with_value(|kind| form.change(kind, |segment| segment.is_enabled = is_on));
    let write = move |text: String| of.with_value(|kind| form.change(kind, |segment| segment.name = text));
    let errors = derived(move || form.errors(at, "reason"));
    let last_words = move || {
        let query = form.agents.query();
        let sign = if query.is_empty() { "?" } else { "&" };
        format!("/app/agents/playbooks{query}{sign}kind={}", of.with_value(|kind| browser::encoded(kind)))
    };
    let wrong = move || {
        let errors = form.errors(at, "when");
        (!errors.is_empty()).then(|| view! { <p class="field-error" role="alert">{errors.join(" ")}</p> })
    };
    view! {
        <section class="panel" aria-labelledby=title.clone()>
            <h2 class="panel-title" id=title.clone()>
                {agent_label(kind).to_owned()}
            </h2>
            <label class="choice">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=is_on
                    on:change:target=move |event| turn(event.target().checked())
                />
                " Reject leads who match"
            </label>
            {conditions(form.conditions, group, 0)}
            {dynamic(wrong)}
            <Field id=reason.clone() label="Reject reason" hint="Up to 60 characters, for the team and the CRM." errors>
                <input
                    class="input"
                    id=reason.clone()
                    maxlength="60"
                    autocomplete="off"
                    aria-describedby=format!("{reason}-notes")
                    aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                    prop:value=written
                    on:input:target=move |event| write(event.target().value())
                />
            </Field>
            <p class="field-hint">
                "Its last words are the step "
                <a class="link" href=derived(last_words)>
                    "Rejected of its playbook"
                </a>
                "."
            </p>
        </section>
    }
    .into_any()
}
