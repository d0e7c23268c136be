//! The points of each category of a score against their maximum.

use knock_wire::{CategoryPoints, ScoreWhy};
use leptos::prelude::*;

use crate::kit::reactive::dynamic;
use crate::words::intent::{damping_words, share_of_ceiling, share_of_scale};
use crate::words::number::points;

/// A bar per category with evidence.
#[component]
pub(crate) fn Bars(#[prop(into)] why: Signal<ScoreWhy>) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="why-score">
            <h2 class="panel-title" id="why-score">"Why this score"</h2>
            {dynamic(move || why.with(|why| damping_words(why.damping)).map(|words| view! { <p class="note">{words}</p> }))}
            <ul class="bars">
                {dynamic(move || why.get().categories.into_iter().map(|category| view! { <Bar category /> }.into_any()).collect_view())}
            </ul>
            <p class="panel-foot muted">
                "Each bar is as long as its category's maximum. Points decay with time; their sum, at most 100, is the score."
            </p>
        </section>
    }
}

#[component]
fn Bar(category: CategoryPoints) -> impl IntoView {
    let name = category.category.as_str();
    let figures = format!("{} of {}", points(category.points), category.ceiling);
    let half_life = format!("Counts half after {} days", category.half_life_days);
    let length = format!("{:.2}%", share_of_scale(category.ceiling));
    let fill = format!("{:.2}%", share_of_ceiling(&category));
    let bar = (category.ceiling > 0.0).then(|| {
        view! {
            <div
                class="bar"
                role="meter"
                aria-label=name
                aria-valuemin="0"
                aria-valuemax=category.ceiling.to_string()
                aria-valuenow=category.points.to_string()
                aria-valuetext=format!("{figures} points")
                style:width=length
            >
                <div class="bar-fill" style:width=fill></div>
            </div>
        }
    });
    view! {
        <li class="bar-row" title=half_life>
            <span class="bar-name">{name}</span>
            <span class="bar-figures number">
                <strong>{points(category.points)}</strong>
                " / "
                {category.ceiling.to_string()}
            </span>
            <div class="bar-track">{bar}</div>
        </li>
    }
}
