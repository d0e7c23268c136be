//! The conditions of a segment: groups of comparisons, and nested groups.

use leptos::prelude::*;

use super::comparison::comparison;
use super::controls::{choice, fixed, never, quiet};
use crate::kit::reactive::{derived, dynamic, memo};
use crate::kit::rows::Drawn;
use crate::parts::page::lines::Lines;
use crate::parts::table::condition_line::option;
use crate::state::rules::form::{RuleForm, add_id, part_id};
use crate::words::rules::comparison::Comparison;
use crate::words::rules::condition::{Group, Joint, Part};
use crate::words::rules::texts::joint_label;

/// The maximum nesting of groups; rules may be nested five levels deep, and a group joined by *none* is two of them.
const MOST_LEVELS: usize = 3;
/// The field of a new comparison.
const FIRST_FIELD: &str = "intent.type";

/// A group with its parts, and buttons that add to it.
pub(crate) fn conditions(form: RuleForm, id: usize, level: usize) -> AnyView {
    let joint = memo(move || form.group(id).map_or(Joint::All, |group| group.joint));
    let parts = memo(move || {
        let kind = |part: &Part| (part.id(), matches!(part, Part::Group(_)));
        form.group(id).map(|group| group.parts.iter().map(kind).collect::<Vec<_>>()).unwrap_or_default()
    });
    let drawn = move || {
        let draw = |(part, is_group): &(usize, bool)| {
            let (part, is_group) = (*part, *is_group);
            Drawn::new(part, move || if is_group { conditions(form, part, level + 1) } else { comparison(form, part) })
        };
        parts.with(|parts| parts.iter().map(draw).collect::<Vec<_>>())
    };
    let joints = derived(move || {
        Joint::ALL.map(|known| option(known.as_str(), joint_label(known), known == joint.get())).concat()
    });
    let join = move |word: String| {
        let chosen = Joint::ALL.into_iter().find(|known| known.as_str() == word).unwrap_or(Joint::All);
        form.change_group(id, |group| group.joint = chosen);
    };
    let nothing = move || {
        let words = match joint.get() {
            Joint::All | Joint::None => "No condition yet: every lead matches.",
            Joint::Any => "No condition yet: no lead matches.",
        };
        parts.with(Vec::is_empty).then(|| view! { <p class="muted">{words}</p> })
    };
    let remove = (level > 0)
        .then(|| quiet(String::new(), ("Remove group", fixed("")), never(), Box::new(move || form.remove_part(id))));
    let group = (level < MOST_LEVELS).then(|| {
        let add = move || form.add_part(id, Part::Group(Group::new(Joint::Any)));
        quiet(String::new(), ("Add a group", fixed("")), never(), Box::new(add))
    });
    let add = move || form.add_part(id, Part::Comparison(Comparison::new(FIRST_FIELD)));
    let label = if level == 0 { "Conditions" } else { "Group of conditions" };
    view! {
        <div class="conditions" class=("conditions-within", level > 0) role="group" aria-label=label>
            <div class="conditions-head">
                {choice(part_id(id), fixed("How the conditions are joined"), joints, Box::new(join))} {remove}
            </div>
            {dynamic(nothing)}
            <Lines of=derived(drawn) />
            <div class="conditions-foot">
                {quiet(add_id(id), ("Add a condition", fixed("")), never(), Box::new(add))} {group}
            </div>
        </div>
    }
    .into_any()
}
