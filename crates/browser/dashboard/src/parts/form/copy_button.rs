//! Copies a text.

use leptos::html::{Code, ElementType};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::kit::browser;
use crate::kit::debounce::Debounce;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::page::icon::{Icon, IconMark};

#[derive(Clone, Copy, PartialEq)]
enum Copied {
    NotYet,
    Done,
    Marked,
}

/// A button that copies the text of `from`; if the browser refuses it, the text is selected instead.
#[component]
pub(crate) fn CopyButton(
    /// The element with the text.
    from: NodeRef<Code>,
    #[prop(into)] text: Signal<String>,
) -> impl IntoView
where
    <Code as ElementType>::Output: 'static,
{
    let copied = RwSignal::new(Copied::NotYet);
    let forget = Debounce::new(4_000, move || copied.set(Copied::NotYet));
    let copy = move |_| {
        spawn_local(async move {
            if browser::copy(&text.get_untracked()).await {
                copied.set(Copied::Done);
            } else if let Some(element) = from.try_get_untracked().flatten() {
                browser::select(&element);
                copied.set(Copied::Marked);
            }
            forget.ask();
        });
    };
    let words = move || match copied.get() {
        Copied::NotYet => (Icon::Copy, "Copy"),
        Copied::Done => (Icon::Check, "Copied"),
        Copied::Marked => (Icon::Check, "Selected: press Ctrl+C"),
    };
    view! {
        <button class="button" type="button" on:click=handler(copy)>
            {dynamic(move || view! { <IconMark icon=words().0 /> })}
            <span aria-live="polite">{derived(move || words().1)}</span>
        </button>
    }
}
