//! Quiet hours and a cap: those of a workflow, or of the workspace.

use leptos::prelude::*;

use super::fields::{faults, span_field};
use super::time_fields::{day_boxes, time_field, zone_field};
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::rules::controls::{fixed, line, panel, tick};
use crate::state::workflows::editing::place_id;
use crate::state::workflows::form::FlowForm;
use crate::words::workflows::draft::CapDraft;
use crate::words::workflows::place::{CAP, QUIET};
use crate::words::workflows::times::QuietDraft;

/// The limits of a workflow in place of those of the workspace.
pub(crate) fn own_limits(form: FlowForm) -> AnyView {
    let has_quiet = memo(move || form.draft.with(|draft| draft.has_quiet));
    let has_cap = memo(move || form.draft.with(|draft| draft.has_cap));
    let quiet = derived(move || form.draft.with(|draft| draft.quiet.clone()));
    let cap = derived(move || form.draft.with(|draft| draft.cap.clone()));
    let set_quiet = Callback::new(move |quiet| form.change(|draft| draft.quiet = quiet));
    let set_cap = Callback::new(move |cap| form.change(|draft| draft.cap = cap));
    let turn_quiet = move |is: bool| form.change(|draft| draft.has_quiet = is);
    let turn_cap = move |is: bool| form.change(|draft| draft.has_cap = is);
    let body = view! {
        <p class="field-hint">
            "For bubbles, messages and mails. Without limits of its own, those of the workspace hold."
        </p>
        {tick(fixed("Its own quiet hours"), has_quiet.into(), Box::new(turn_quiet))}
        {dynamic(move || has_quiet.get().then(|| quiet_fields(&place_id(QUIET), quiet, set_quiet)))}
        {faults(form, QUIET)}
        {tick(fixed("Its own most for one lead"), has_cap.into(), Box::new(turn_cap))}
        {dynamic(move || has_cap.get().then(|| cap_fields(&place_id(CAP), cap, set_cap)))}
        {faults(form, CAP)}
    };
    panel("flow-limits", "Limits of its own", body.into_any())
}

/// From when to when nothing reaches a lead, in which zone, and on which days not at all.
pub(super) fn quiet_fields(id: &str, quiet: Signal<QuietDraft>, set: Callback<QuietDraft>) -> AnyView {
    let change = move |change: &dyn Fn(&mut QuietDraft)| {
        let mut next = quiet.get_untracked();
        change(&mut next);
        set.run(next);
    };
    let part = move |read: fn(&QuietDraft) -> &String| derived(move || quiet.with(|quiet| read(quiet).clone()));
    let from = move |time: String| change(&|quiet| quiet.from.clone_from(&time));
    let to = move |time: String| change(&|quiet| quiet.to.clone_from(&time));
    let zone = move |zone: String| change(&|quiet| quiet.zone.clone_from(&zone));
    let days = Callback::new(move |days: Vec<knock_workflow::Weekday>| change(&|quiet| quiet.days.clone_from(&days)));
    view! {
        <div class="target">
            {time_field((id.to_owned(), "Quiet from"), part(|quiet| &quiet.from), Box::new(from))}
            {time_field((format!("{id}-to"), "Until"), part(|quiet| &quiet.to), Box::new(to))}
            {zone_field(format!("{id}-zone"), part(|quiet| &quiet.zone), Box::new(zone))}
        </div>
        {day_boxes("Quiet all day on", derived(move || quiet.with(|quiet| quiet.days.clone())), days)}
    }
    .into_any()
}

/// The most actions to a lead in a span of time.
pub(super) fn cap_fields(id: &str, cap: Signal<CapDraft>, set: Callback<CapDraft>) -> AnyView {
    let actions = derived(move || cap.with(|cap| cap.actions.clone()));
    let within = derived(move || cap.with(|cap| cap.within.clone()));
    let write = move |text: String| set.run(CapDraft { actions: text, ..cap.get_untracked() });
    let set_span = Callback::new(move |within| set.run(CapDraft { within, ..cap.get_untracked() }));
    view! {
        <div class="target">
            {line(
                id.to_owned(),
                ("At most", "Bubbles, messages and mails of all workflows together."),
                actions,
                Box::new(write),
            )}
            {span_field((format!("{id}-within"), "In"), within, set_span)}
        </div>
    }
    .into_any()
}
