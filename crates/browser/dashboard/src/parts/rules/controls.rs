//! Controls of the pages of rules and workflows, each compiled once.

use leptos::prelude::*;

use crate::kit::reactive::handler;

/// A select control; `options` come from `option`.
pub(crate) fn choice(
    id: String,
    label: Signal<String>,
    options: Signal<String>,
    chosen: Box<dyn Fn(String)>,
) -> AnyView {
    view! {
        <select
            class="input"
            id=id
            aria-label=label
            inner_html=options
            on:change:target=move |event| chosen(event.target().value())
        ></select>
    }
    .into_any()
}

/// A select control with its own label above.
pub(crate) fn labelled_choice(
    id: &str,
    label: &'static str,
    options: Signal<String>,
    chosen: Box<dyn Fn(String)>,
) -> AnyView {
    view! {
        <div class="field">
            <label class="field-label" for=id.to_owned()>
                {label}
            </label>
            <select
                class="input"
                id=id.to_owned()
                inner_html=options
                on:change:target=move |event| chosen(event.target().value())
            ></select>
        </div>
    }
    .into_any()
}

/// A line of text below its label, with a hint.
pub(crate) fn line(
    id: String,
    (label, hint): (&'static str, &'static str),
    value: Signal<String>,
    written: Box<dyn Fn(String)>,
) -> AnyView {
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            <input
                class="input"
                id=id.clone()
                autocomplete="off"
                aria-describedby=format!("{id}-hint")
                prop:value=value
                on:input:target=move |event| written(event.target().value())
            />
            <p class="field-hint" id=format!("{id}-hint")>
                {hint}
            </p>
        </div>
    }
    .into_any()
}

/// A checkbox with its label.
pub(crate) fn tick(words: Signal<String>, is_on: Signal<bool>, set: Box<dyn Fn(bool)>) -> AnyView {
    view! {
        <label class="choice">
            <input type="checkbox" prop:checked=is_on on:change:target=move |event| set(event.target().checked()) />
            <span>{words}</span>
        </label>
    }
    .into_any()
}

/// A quiet button: its label, and its object for screen readers.
pub(crate) fn quiet(
    id: String,
    (words, of): (&'static str, Signal<String>),
    is_off: Signal<bool>,
    act: Box<dyn Fn()>,
) -> AnyView {
    view! {
        <button class="button button-quiet" type="button" id=id prop:disabled=is_off on:click=handler(move |_| act())>
            {words}
            <span class="unseen">" " <bdi>{of}</bdi></span>
        </button>
    }
    .into_any()
}

pub(crate) fn panel(id: &'static str, title: &'static str, body: AnyView) -> AnyView {
    view! {
        <section class="panel agents-part" aria-labelledby=id>
            <h2 class="panel-title" id=id>
                {title}
            </h2>
            {body}
        </section>
    }
    .into_any()
}

/// A constant text as a signal.
pub(crate) fn fixed(text: impl Into<String>) -> Signal<String> {
    Signal::stored(text.into())
}

/// A signal that is always false.
pub(crate) fn never() -> Signal<bool> {
    Signal::stored(false)
}
