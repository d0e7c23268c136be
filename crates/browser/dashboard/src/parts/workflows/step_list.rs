//! The steps of a branch, and a choice that adds one.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, memo};
use crate::kit::rows::Drawn;
use crate::parts::page::lines::Lines;
use crate::parts::rules::controls::{choice, fixed, never, quiet};
use crate::parts::table::condition_line::option;
use crate::state::workflows::editing::add_step_id;
use crate::state::workflows::form::FlowForm;
use crate::words::workflows::draft::Kind;
use crate::words::workflows::texts::GROUPS;
use crate::words::workflows::tree::{self, Branch};

/// Draws a step of a branch by its key.
pub(super) type Card = fn(FlowForm, Branch, usize) -> AnyView;

/// The steps of a branch.
pub(super) fn step_list(form: FlowForm, branch: Branch, label: &'static str, card: Card) -> AnyView {
    let keys = memo(move || {
        form.draft.with(|draft| tree::branch(&draft.steps, branch).iter().map(|step| step.key).collect::<Vec<_>>())
    });
    let drawn = move || {
        let draw = |key: &usize| {
            let key = *key;
            Drawn::new(key, move || card(form, branch, key))
        };
        keys.with(|keys| keys.iter().map(draw).collect::<Vec<_>>())
    };
    let nothing = move || {
        let words = if branch == Branch::Main { "No step yet." } else { "Nothing: it goes on below." };
        keys.with(Vec::is_empty).then(|| view! { <p class="muted">{words}</p> })
    };
    view! {
        {dynamic(nothing)}
        <ol class="flow-steps" aria-label=label>
            <Lines of=derived(drawn) />
        </ol>
        {adding(form, branch)}
    }
    .into_any()
}

fn adding(form: FlowForm, branch: Branch) -> AnyView {
    let first = if branch == Branch::Main { "nudge" } else { "wait" };
    let chosen = RwSignal::new(first.to_owned());
    let options = derived(move || {
        let chosen = chosen.get();
        let group = |(title, kinds): (&str, &[Kind])| {
            let of = |kind: &Kind| option(kind.as_str(), kind.label(), kind.as_str() == chosen);
            format!("<optgroup label=\"{title}\">{}</optgroup>", kinds.iter().map(of).collect::<String>())
        };
        GROUPS.map(group).concat()
    });
    let add = move || {
        if let Some(kind) = chosen.with_untracked(|word| Kind::parse(word)) {
            form.add_step(branch, kind);
        }
    };
    let of = match branch {
        Branch::Main => "at the end",
        Branch::Then(_) => "to the first way",
        Branch::Else(_) => "to the other way",
    };
    view! {
        <div class="flow-add">
            {choice(
                add_step_id(branch),
                fixed(format!("Step to add {of}")),
                options,
                Box::new(move |word| chosen.set(word)),
            )}
            {quiet(String::new(), ("Add step", fixed(of)), never(), Box::new(add))}
        </div>
    }
    .into_any()
}
