//! The versions of a rule: authors, differences and rollback.

use knock_wire::RuleVersion;
use leptos::prelude::*;

use super::controls::{labelled_choice, panel};
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::page::lines::Lines;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::table::condition_line::option;
use crate::state::rules::form::RuleForm;
use crate::words::number::counted;
use crate::words::rules::compare::changes;

/// All versions, newest first, and a comparison of two of them.
#[component]
pub(crate) fn RuleVersionList(form: RuleForm) -> impl IntoView {
    let all =
        memo(move || form.versions.value.with(|all| all.as_ref().map(|all| all.versions.clone())).unwrap_or_default());
    let drawn = move || {
        let all = all.get();
        let draw = |(place, version): (usize, &RuleVersion)| {
            let (version, before) = (version.clone(), all.get(place + 1).cloned());
            let line = line_id(&[
                &version.rule.version.to_string(),
                &(place == 0).to_string(),
                &version.decisions.to_string(),
            ]);
            Drawn::new(line, move || version_line(form, &version, before.as_ref(), place == 0))
        };
        all.iter().enumerate().map(draw).collect::<Vec<_>>()
    };
    let body = view! {
        <ol class="known-list" aria-label="Versions">
            <Lines of=derived(drawn) />
        </ol>
        {compare(form, all)}
    };
    panel("rule-versions", "Versions", body.into_any())
}

fn version_line(form: RuleForm, version: &RuleVersion, before: Option<&RuleVersion>, is_newest: bool) -> AnyView {
    let number = version.rule.version;
    let by = version.saved_by.clone().map(|name| view! { "by " <bdi>{name}</bdi> });
    let restore = (!is_newest).then(|| {
        let version = version.clone();
        view! {
            <button class="button" type="button" on:click=handler(move |_| form.restore(&version))>
                {format!("Roll back to version {number}")}
            </button>
        }
    });
    let changed = before.map(|before| {
        let (old, new) = (before.rule.clone(), version.rule.clone());
        view! {
            <details class="why">
                <summary>"What changed" <span class="unseen">{format!(" in version {number}")}</span></summary>
                {dynamic(move || said(form, &old, &new))}
            </details>
        }
    });
    view! {
        <li class="known">
            <p class="mail-facts">
                <span class="known-name">{format!("Version {number}")}</span>
                <TimeAgo at=version.saved_at />
                <span>{by}</span>
                <span class="muted">{counted(i64::from(version.decisions), "decision")}</span>
                {is_newest.then(|| view! { <span class="badge badge-high">"In use"</span> })}
            </p>
            {changed}
            <div class="known-actions">{restore}</div>
        </li>
    }
    .into_any()
}

fn said(form: RuleForm, old: &knock_routing::Rule, new: &knock_routing::Rule) -> AnyView {
    let found = form.inputs.with(|inputs| changes(old, new, &inputs.reps));
    if found.is_empty() {
        return view! { <p class="muted">"No differences."</p> }.into_any();
    }
    let line = |change: String| view! { <li>{change}</li> }.into_any();
    view! { <ul class="rule-changes">{found.into_iter().map(line).collect_view()}</ul> }.into_any()
}

/// The comparison of any two versions.
fn compare(form: RuleForm, all: Memo<Vec<RuleVersion>>) -> AnyView {
    let chosen = [(); 2].map(|()| RwSignal::new(0_u32));
    let options = move |of: RwSignal<u32>| {
        derived(move || {
            let one = |version: &RuleVersion| {
                let number = version.rule.version;
                option(&number.to_string(), &format!("Version {number}"), number == of.get())
            };
            option("0", "Choose", of.get() == 0) + &all.with(|all| all.iter().map(one).collect::<String>())
        })
    };
    let pick = |of: RwSignal<u32>| move |word: String| of.set(word.parse().unwrap_or_default());
    let [from, to] = chosen;
    let found = move || {
        let find =
            |number: u32| all.with(|all| all.iter().find(|one| one.rule.version == number).map(|one| one.rule.clone()));
        Some(said(form, &find(from.get())?, &find(to.get())?))
    };
    view! {
        <details class="why">
            <summary>"Compare two versions"</summary>
            <div class="target">
                {labelled_choice("compare-from", "From", options(from), Box::new(pick(from)))}
                {labelled_choice("compare-to", "To", options(to), Box::new(pick(to)))}
            </div>
            <div role="status">{dynamic(found)}</div>
        </details>
    }
    .into_any()
}
