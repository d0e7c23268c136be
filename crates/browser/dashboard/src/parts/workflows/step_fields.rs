//! The fields of a step, by its kind.

use knock_workflow::Weekday;
use leptos::prelude::*;

use super::content_fields::content_fields;
use super::fields::{faults, span_field};
use super::time_fields::{day_boxes, time_field, zone_field};
use super::trigger_fields::trigger_fields;
use crate::kit::civil::civil;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::kit::zones::offset_minutes;
use crate::parts::rules::conditions::conditions;
use crate::parts::rules::controls::labelled_choice;
use crate::parts::table::condition_line::option;
use crate::state::workflows::form::FlowForm;
use crate::words::instant::day_and_time;
use crate::words::workflows::draft::{Kind, StepDraft};
use crate::words::workflows::span::SpanDraft;
use crate::words::workflows::times::{UntilDraft, place_of};

const AWAITED: [(&str, &str); 2] = [("event", "Something that happens"), ("condition", "A condition that holds")];

/// What belongs to a step of this kind.
pub(super) fn step_fields(form: FlowForm, key: usize, kind: Kind) -> AnyView {
    match kind {
        Kind::Wait => span(form, key, "How long"),
        Kind::WaitUntil => until(form, key),
        Kind::WaitFor => wait_for(form, key),
        Kind::Branch => condition(form, key),
        Kind::Act(action) => content_fields(form, key, action),
        Kind::Stop => view! { <p class="field-hint">"The lead leaves the workflow here."</p> }.into_any(),
    }
}

fn span(form: FlowForm, key: usize, label: &'static str) -> AnyView {
    let value =
        derived(move || form.of_step(key, |step| Some(step.span.clone())).unwrap_or(SpanDraft::empty(86_400_000)));
    let set = Callback::new(move |span: SpanDraft| form.change_step(key, |step| step.span = span));
    span_field((format!("span-{key}"), label), value, set)
}

fn condition(form: FlowForm, key: usize) -> AnyView {
    let group = untrack(|| form.of_segment(key, |segment| segment.when.id));
    view! {
        <fieldset class="fieldset">
            <legend class="field-label">"Leads with"</legend>
            {conditions(form.conditions, group, 0)}
            {faults(form, group)}
        </fieldset>
    }
    .into_any()
}

fn wait_for(form: FlowForm, key: usize) -> AnyView {
    let is_condition = memo(move || form.of_step(key, |step| step.awaits_condition));
    let event = untrack(|| form.of_step(key, |step| step.event.key));
    let options = derived(move || {
        let chosen = AWAITED[usize::from(is_condition.get())].0;
        AWAITED.map(|(word, label)| option(word, label, word == chosen)).concat()
    });
    let choose = move |word: String| form.change_step(key, |step| step.awaits_condition = word == "condition");
    let awaited = move || {
        if is_condition.get() { condition(form, key) } else { trigger_fields(form, event, "What happens") }
    };
    view! {
        <div class="target">
            {labelled_choice(&format!("awaits-{key}"), "Wait for", options, Box::new(choose))}
            {span(form, key, "At most")}
        </div>
        {dynamic(awaited)}
    }
    .into_any()
}

fn until(form: FlowForm, key: usize) -> AnyView {
    let clock = use_clock();
    let read = move |part: fn(&UntilDraft) -> String| memo(move || form.of_step(key, |step| part(&step.until)));
    let write = move |part: fn(&mut UntilDraft) -> &mut String| -> Box<dyn Fn(String)> {
        Box::new(move |text| form.change_step(key, |step| *part(&mut step.until) = text))
    };
    let days = derived(move || form.of_step(key, |step| step.until.days.clone()));
    let set_days = Callback::new(move |days: Vec<Weekday>| form.change_step(key, |step| step.until.days = days));
    let next = memo(move || {
        let now = clock.now();
        form.of_step(key, |step: &StepDraft| {
            let until = &step.until;
            let zone = until.zone.trim();
            let at = until.next(now, |at| offset_minutes(zone, at))?;
            let today = civil(now, offset_minutes(zone, now)?).day;
            let then = day_and_time(civil(at, offset_minutes(zone, at)?), today);
            Some(format!("A lead that comes here now waits until {then} in {}.", place_of(zone)))
        })
        .unwrap_or_else(|| "The next time is shown once a time and a time zone are filled in.".to_owned())
    });
    view! {
        <div class="target">
            {time_field((format!("time-{key}"), "Time"), read(|until| until.time.clone()).into(), write(|until| &mut until.time))}
            {zone_field(format!("zone-{key}"), read(|until| until.zone.clone()).into(), write(|until| &mut until.zone))}
        </div>
        {day_boxes("On these days; none is every day", days, set_days)}
        <p class="field-hint" role="status">
            {next}
        </p>
    }
    .into_any()
}
