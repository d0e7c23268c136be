//! The list of first steps; folded once all are done or put aside.

use leptos::prelude::*;

use super::step_line::step_line;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::lines::Lines;
use crate::state::home::{FOLDED, OnHome};
use crate::words::home::{is_settled, progress_words};

#[component]
pub(crate) fn FirstSteps(on_home: OnHome) -> impl IntoView {
    let steps =
        memo(move || on_home.home.value.with(|home| home.as_ref().map(|home| home.steps.clone()).unwrap_or_default()));
    let progress = derived(move || steps.with(|steps| progress_words(steps)));
    let is_over = memo(move || steps.with(|steps| steps.iter().all(is_settled)));
    let lines = derived(move || {
        let drawn = steps.get().into_iter().filter_map(|step| {
            let known = *step.step.known()?;
            let texts = [known.as_str(), &step.fact, if step.is_done { "done" } else { "" }];
            let state = usize::from(step.is_put_aside) + 2 * step.count.unwrap_or_default() as usize;
            let id = line_id(&texts).wrapping_mul(31).wrapping_add(state);
            Some(Drawn::new(id, move || step_line(on_home, known, &step)))
        });
        drawn.collect::<Vec<_>>()
    });
    let list = move || view! { <ol class="first-steps" aria-label="First steps"><Lines of=lines /></ol> };
    view! {
        <section class="panel home-steps" aria-labelledby="first-steps">
            <div class="home-head">
                <h2 class="panel-title" id="first-steps">"First steps"</h2>
                <p class="muted" role="status">{progress}</p>
            </div>
            {dynamic(move || {
                if is_over.get() {
                    view! { <details><summary class="link" id=FOLDED>"Show the steps"</summary>{list()}</details> }.into_any()
                } else {
                    list().into_any()
                }
            })}
            <ActionFailure of=on_home.failure />
        </section>
    }
}
