//! Loaded data, or the state of loading.

use leptos::prelude::*;

use super::failed::Failed;
use super::skeleton::Skeleton;
use crate::kit::paged::Phase;
use crate::kit::reactive::memo;

/// Children once the data is loaded, until then placeholder lines or the failure.
#[component]
pub(crate) fn Loaded(
    /// The state of loading.
    #[prop(into)]
    phase: Signal<Phase>,
    /// Loads again.
    #[prop(into)]
    retry: Callback<()>,
    children: ChildrenFn,
) -> impl IntoView {
    let phase = memo(move || phase.get());
    move || match phase.get() {
        Phase::Loading => view! { <Skeleton /> }.into_any(),
        Phase::Failed(failure) => view! { <Failed failure retry /> }.into_any(),
        Phase::Ready => children().into_any(),
    }
}
