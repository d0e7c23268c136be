//! The segments of a rule in their order, the Fallback Segment last.

use knock_wire::SegmentTemplate;
use leptos::prelude::*;

use super::controls::{choice, fixed, quiet};
use super::segment_card::segment_card;
use super::target_fields::target_fields;
use crate::parts::{Dialog, Icon, IconMark, Lines, option};
use crate::rows::Drawn;
use crate::rules::{FALLBACK, Group, RuleForm};
use crate::words::{condition_words, fallback_count_words};

/// All segments, and what adds one.
#[component]
pub(crate) fn SegmentList(
    /// The form.
    form: RuleForm,
) -> impl IntoView {
    let keys = Memo::new(move |_| {
        form.draft.with(|draft| draft.segments.iter().map(|segment| segment.key).collect::<Vec<_>>())
    });
    let drawn = move || {
        let draw = |key: &usize| {
            let key = *key;
            Drawn::new(key, move || segment_card(form, key))
        };
        keys.with(|keys| keys.iter().map(draw).collect::<Vec<_>>())
    };
    let counted = Memo::new(move |_| form.counting.with(fallback_count_words));
    view! {
        <section class="agents-parts" aria-labelledby="segments">
            <h2 class="panel-title" id="segments">
                "Segments"
            </h2>
            <p class="muted">"From top to bottom, the first that matches gets the lead."</p>
            <ol class="segments" aria-label="Segments">
                <Lines of=drawn />
            </ol>
            {add(form)}
            <div class="panel segment" role="group" aria-labelledby="fallback">
                <h3 class="panel-title" id="fallback">
                    "Fallback Segment"
                </h3>
                <p class="segment-words">"Every lead that no segment above matches, or whose segment has no member available. It is always last and cannot be removed."</p>
                <p class="field-hint">{counted}</p>
                {target_fields(form, FALLBACK)}
            </div>
        </section>
    }
}

fn add(form: RuleForm) -> AnyView {
    let options = Signal::derive(move || {
        let of = |(place, name): (usize, String)| option(&place.to_string(), &name, false);
        let names = form.templates.with(|all| all.iter().map(|template| template.name.clone()).collect::<Vec<_>>());
        option("", "Add from a template", true) + &names.into_iter().enumerate().map(of).collect::<String>()
    });
    let choose = move |place: String| {
        let template = place.parse::<usize>().ok();
        let template = form.templates.with_untracked(|all| all.get(template?).cloned());
        if let Some(template) = template {
            form.add_segment(Some(&template));
            // The choice says again what it is for.
            form.templates.update(|_| ());
        }
    };
    view! {
        <div class="segment-add">
            <button class="button" type="button" id="segment-add" on:click=move |_| form.add_segment(None)>
                <IconMark icon=Icon::Plus />
                "Add a segment"
            </button>
            <div class="segment-template">{choice(String::new(), fixed("Segment template"), options, Box::new(choose))}</div>
        </div>
        {move || own_templates(form)}
    }
    .into_any()
}

/// The templates that the team made.
fn own_templates(form: RuleForm) -> Option<AnyView> {
    let own = form.templates.with(|all| all.iter().filter(|one| !one.is_built_in).cloned().collect::<Vec<_>>());
    let line = |template: SegmentTemplate| {
        let (name, words) = (template.name.clone(), condition_words(&Group::read(&template.when)));
        let of = fixed(name.clone());
        let delete = move || form.delete_template(template.clone());
        view! {
            <li class="pool-member">
                <bdi>{name}</bdi>
                <span class="muted">{words}</span>
                <span class="pool-actions">{quiet(String::new(), ("Delete", of), form.is_busy.into(), Box::new(delete))}</span>
            </li>
        }
        .into_any()
    };
    (!own.is_empty()).then(|| {
        view! {
            <details class="why">
                <summary>"Segment templates of your team"</summary>
                <ul class="pool" aria-label="Segment templates">
                    {own.into_iter().map(line).collect::<Vec<_>>()}
                </ul>
            </details>
        }
        .into_any()
    })
}

/// Asks what the template is called that a segment becomes.
#[component]
pub(crate) fn TemplateQuestion(
    /// The form.
    form: RuleForm,
) -> impl IntoView {
    let key = form.templated.get_untracked().unwrap_or_default();
    let (name, words) = form.draft.with_untracked(|draft| {
        let segment = draft.segment(key);
        (segment.map(|segment| segment.name.clone()), segment.map(|segment| condition_words(&segment.when)))
    });
    let name = RwSignal::new(name.unwrap_or_default());
    view! {
        <Dialog
            title="Save as a segment template"
            confirm="Save template"
            is_busy=form.is_busy
            failure=form.failure
            confirmed=move |()| form.save_template(key, name.get_untracked())
            closed=move |()| form.close_template()
        >
            <p>"Its conditions can be used in every rule: " {words.unwrap_or_default()}</p>
            <div class="field">
                <label class="field-label" for="template-name">
                    "Name"
                </label>
                <input class="input" id="template-name" autocomplete="off" bind:value=name />
            </div>
        </Dialog>
    }
}
