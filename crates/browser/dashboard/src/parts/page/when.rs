//! Children while a condition holds.

use leptos::prelude::*;

use crate::kit::reactive::memo;

/// Children while a condition holds, else `fallback`. In place of `Show`, which is compiled separately for each use.
#[component]
pub(crate) fn When(
    /// Whether the condition holds.
    #[prop(into)]
    is: Signal<bool>,
    /// Shown otherwise.
    #[prop(optional, into)]
    fallback: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let is = memo(move || is.get());
    move || if is.get() { children() } else { fallback.run() }
}
