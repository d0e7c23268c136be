//! A first step: its page, its proof or what is missing, and the way to put it aside.

use knock_model::FirstStep;
use knock_wire::HomeStep;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::kit::browser::local;
use crate::kit::reactive::handler;
use crate::parts::page::icon::{Icon, IconMark};
use crate::state::home::{OnHome, step_id};
use crate::words::home::{aside_label, step_title, step_words};

pub(super) fn step_line(on_home: OnHome, step: FirstStep, of: &HomeStep) -> AnyView {
    let (title, path) = step_title(step);
    let words = step_words(step, of, local(on_home.instant()).day, local);
    let (class, state) = match (of.is_done, of.is_put_aside) {
        (true, _) => ("first-step first-step-done", "Done: "),
        (false, true) => ("first-step first-step-aside", ""),
        (false, false) => ("first-step", ""),
    };
    let is_put_aside = of.is_put_aside;
    let change = (!of.is_done && of.can_wait).then(|| {
        let label = if is_put_aside { "Take it up again" } else { aside_label(step) };
        view! {
            <button
                class="button button-quiet"
                type="button"
                prop:disabled=on_home.is_busy
                on:click=handler(move |_| on_home.put_aside(step, !is_put_aside))
            >
                {label}
                <span class="unseen">{format!(": {title}")}</span>
            </button>
        }
    });
    view! {
        <li class=class>
            <span class="first-step-mark" aria-hidden="true">
                {of.is_done.then(|| view! { <IconMark icon=Icon::Check /> })}
            </span>
            <div class="first-step-words">
                <span class="unseen">{state}</span>
                <A href=path attr:class="first-step-title" attr:id=step_id(step)>
                    {title}
                </A>
                <p class="muted">
                    <bdi>{words}</bdi>
                </p>
            </div>
            {change}
        </li>
    }
    .into_any()
}
