//! The members of a pool or of several calendars, in their order.

use leptos::prelude::*;

use super::controls::{choice, fixed, quiet};
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::page::lines::Lines;
use crate::parts::table::condition_line::option;
use crate::state::rules::form::RuleForm;
use crate::words::rule::{rep_name, rep_state_words};

/// The members with their state, and a choice that adds one.
pub(crate) fn pool(form: RuleForm, at: usize) -> AnyView {
    let reps =
        memo(move || form.draft.with(|draft| draft.target(at).map(|target| target.reps.clone())).unwrap_or_default());
    let drawn = move || {
        let all = reps.get();
        let count = all.len();
        let draw = |(place, id): (usize, &String)| {
            let (id, line) = (id.clone(), line_id(&[id, &place.to_string(), &count.to_string()]));
            Drawn::new(line, move || member(form, at, (place, count), id.clone()))
        };
        all.iter().enumerate().map(draw).collect::<Vec<_>>()
    };
    let others = derived(move || {
        let all = reps.get();
        let others = form.inputs.with(|inputs| {
            let others = inputs.reps.iter().filter(|rep| !all.contains(&rep.id));
            others.map(|rep| option(&rep.id, &rep.name, false)).collect::<String>()
        });
        option("", "Add a member", true) + &others
    });
    let add = move |id: String| {
        if !id.is_empty() {
            form.change_target(at, |target| target.reps.push(id));
        }
    };
    view! {
        <ol class="pool" aria-label="Members">
            <Lines of=derived(drawn) />
        </ol>
        {choice(format!("pool-{at}"), fixed("Add a member"), others, Box::new(add))}
        <p class="field-hint">
            "The member with the longest wait is next; among members without a turn, the first of the list."
        </p>
    }
    .into_any()
}

fn member(form: RuleForm, at: usize, (place, count): (usize, usize), id: String) -> AnyView {
    let known = id.clone();
    let name = derived(move || form.inputs.with(|inputs| rep_name(&known, &inputs.reps)));
    let state = move || {
        form.inputs.with(|inputs| {
            inputs.reps.iter().find(|rep| rep.id == id).map_or_else(|| "has left the team".to_owned(), rep_state_words)
        })
    };
    let button = move |place: usize, way: &str| format!("member-{at}-{place}-{way}");
    let up = move || {
        form.change_target(at, |target| target.reps.swap(place, place - 1));
        focus_later(button(place - 1, if place > 1 { "up" } else { "remove" }));
    };
    let remove = move || {
        form.change_target(at, |target| drop(target.reps.remove(place)));
        focus_later(format!("pool-{at}"));
    };
    view! {
        <li class="pool-member">
            <bdi>{name}</bdi>
            <span class="muted">{dynamic(state)}</span>
            <span class="pool-actions">
                {quiet(button(place, "up"), ("Up", name), Signal::stored(place == 0 || count < 2), Box::new(up))}
                {quiet(button(place, "remove"), ("Remove", name), Signal::stored(false), Box::new(remove))}
            </span>
        </li>
    }
    .into_any()
}
