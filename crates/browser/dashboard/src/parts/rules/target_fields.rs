//! The assignee of a segment: a rep, a pool, an AI agent, calendars, or disqualification.

use leptos::prelude::*;

use super::controls::{labelled_choice, line};
use super::pool::pool;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::table::condition_line::option;
use crate::state::rules::form::{RuleForm, target_id};
use crate::words::reason::{HERE, sentence};
use crate::words::rule::{AGENTS, rep_state_words};
use crate::words::rules::target::{TargetDraft, Way};
use crate::words::rules::texts::way_label;

/// The controls of a target; `at` is the key of its segment.
pub(super) fn target_fields(form: RuleForm, at: usize) -> AnyView {
    let target = move || form.draft.with(|draft| draft.target(at).cloned());
    let way = memo(move || target().map_or(Way::Rep, |target| target.way));
    let ways = derived(move || {
        let known = Way::of(form.draft.with(|draft| draft.funnel));
        known.iter().map(|one| option(one.as_str(), way_label(*one), *one == way.get())).collect::<String>()
    });
    let choose = move |word: String| {
        let known = form.draft.with_untracked(|draft| Way::of(draft.funnel));
        if let Some(way) = known.iter().find(|way| way.as_str() == word) {
            form.change_target(at, |target| target.way = *way);
        }
    };
    let fault = memo(move || form.fault(at));
    view! {
        <fieldset class="fieldset">
            <legend class="field-label">"Assignee"</legend>
            <div class="target">
                {labelled_choice(&target_id(at), "Assign to", ways, Box::new(choose))}
                {dynamic(move || whom(form, at, way.get()))}
            </div>
            {dynamic(move || fault.get().map(|reason| view! { <p class="field-error" role="alert">{sentence(HERE, &reason)}</p> }))}
        </fieldset>
    }
    .into_any()
}

fn whom(form: RuleForm, at: usize, way: Way) -> AnyView {
    let length = matches!(way, Way::Calendars(_)).then(|| {
        let value = memo(move || of(form, at, |target| target.minutes.clone()));
        let write = move |text: String| form.change_target(at, |target| target.minutes = text);
        line(format!("minutes-{at}"), ("Minutes", "Empty: the standard length."), value.into(), Box::new(write))
    });
    let who = match way {
        Way::Disqualify => {
            return view! { <p class="field-hint">"No times are offered; the lead becomes Unqualified."</p> }
                .into_any();
        }
        Way::Agent => agent(form, at),
        _ if way.names_one() => rep(form, at),
        _ => pool(form, at),
    };
    view! { {who} {length} }.into_any()
}

fn of<T: Default>(form: RuleForm, at: usize, read: fn(&TargetDraft) -> T) -> T {
    form.draft.with(|draft| draft.target(at).map(read)).unwrap_or_default()
}

fn agent(form: RuleForm, at: usize) -> AnyView {
    let options = derived(move || {
        let chosen = of(form, at, |target| target.agent.clone());
        AGENTS.map(|(word, label)| option(word, label, word == chosen)).concat()
    });
    let choose = move |word: String| form.change_target(at, |target| target.agent = word);
    labelled_choice(&format!("agent-{at}"), "AI agent", options, Box::new(choose))
}

fn rep(form: RuleForm, at: usize) -> AnyView {
    let options = derived(move || {
        let chosen = of(form, at, |target| target.reps.first().cloned().unwrap_or_default());
        form.inputs.with(|inputs| {
            let mut all = Vec::new();
            // Includes a rep who was removed since.
            if !inputs.reps.iter().any(|rep| rep.id == chosen) {
                let label = if chosen.is_empty() { "Choose a rep" } else { "Removed member" };
                all.push(option(&chosen, label, true));
            }
            all.extend(
                inputs
                    .reps
                    .iter()
                    .map(|rep| option(&rep.id, &format!("{} ({})", rep.name, rep_state_words(rep)), rep.id == chosen)),
            );
            all.concat()
        })
    });
    let choose = move |id: String| {
        form.change_target(at, |target| target.reps = Some(id).filter(|id| !id.is_empty()).into_iter().collect());
    };
    labelled_choice(&format!("rep-{at}"), "Rep", options, Box::new(choose))
}
