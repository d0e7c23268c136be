//! The segments of a rule in their order, the Fallback Segment last.

use std::time::Duration;

use leptos::prelude::*;

use super::controls::{choice, fixed};
use super::segment_card::segment_card;
use super::target_fields::target_fields;
use super::templates::own_templates;
use crate::kit::reactive::{derived, dynamic, effect, handler, memo};
use crate::kit::rows::Drawn;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lines::Lines;
use crate::parts::table::condition_line::option;
use crate::state::rules::form::RuleForm;
use crate::words::rules::fault::FALLBACK;
use crate::words::rules::texts::fallback_count_words;

/// All segments, and the controls that add one.
#[component]
pub(crate) fn SegmentList(form: RuleForm) -> impl IntoView {
    let keys =
        memo(move || form.draft.with(|draft| draft.segments.iter().map(|segment| segment.key).collect::<Vec<_>>()));
    let drawn = move || {
        let draw = |key: &usize| {
            let key = *key;
            Drawn::new(key, move || segment_card(form, key))
        };
        keys.with(|keys| keys.iter().map(draw).collect::<Vec<_>>())
    };
    let counted = memo(move || form.counting.with(fallback_count_words));
    let is_collapsed = RwSignal::new(false);
    effect(move || {
        let is_dragged = move || form.dragged.get_untracked().is_some();
        match form.dragged.get() {
            // Browsers end a drag if its element moves at the start.
            Some(_) => set_timeout(
                move || {
                    is_collapsed.try_set(is_dragged());
                },
                Duration::ZERO,
            ),
            None => is_collapsed.set(false),
        }
    });
    view! {
        <section class="agents-parts" aria-labelledby="segments">
            <h2 class="panel-title" id="segments">
                "Segments"
            </h2>
            <p class="muted">"From top to bottom, the first that matches gets the lead."</p>
            <ol class="segments" class=("segments-collapsed", is_collapsed) aria-label="Segments">
                <Lines of=derived(drawn) />
            </ol>
            {add(form)}
            <div class="panel segment" role="group" aria-labelledby="fallback">
                <h3 class="panel-title" id="fallback">
                    "Fallback Segment"
                </h3>
                <p class="segment-words">
                    "Every lead that no segment above matches, or whose segment has no member available. It is always last and cannot be removed."
                </p>
                <p class="field-hint">{counted}</p>
                {target_fields(form, FALLBACK)}
            </div>
        </section>
    }
}

fn add(form: RuleForm) -> AnyView {
    let options = derived(move || {
        let of = |(place, name): (usize, String)| option(&place.to_string(), &name, false);
        let names = form.templates.with(|all| all.iter().map(|template| template.name.clone()).collect::<Vec<_>>());
        option("", "Add from a template", true) + &names.into_iter().enumerate().map(of).collect::<String>()
    });
    let choose = move |place: String| {
        let template = place.parse::<usize>().ok();
        let template = form.templates.with_untracked(|all| all.get(template?).cloned());
        if let Some(template) = template {
            form.add_segment(Some(&template));
            // The control shows its label again.
            form.templates.update(|_| ());
        }
    };
    view! {
        <div class="segment-add">
            <button class="button" type="button" id="segment-add" on:click=handler(move |_| form.add_segment(None))>
                <IconMark icon=Icon::Plus />
                "Add a segment"
            </button>
            <div class="segment-template">
                {choice(String::new(), fixed("Segment template"), options, Box::new(choose))}
            </div>
        </div>
        {dynamic(move || own_templates(form))}
    }
    .into_any()
}
