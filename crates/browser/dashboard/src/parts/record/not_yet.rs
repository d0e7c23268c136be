//! A record as of an instant before its first signal.

use knock_model::Millis;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::browser;
use crate::kit::paged::Phase;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::kit::single::Single;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::loaded::Loaded;
use crate::words::past::{first_seen_words, not_known_words};

/// The record once it is loaded; where nothing of it was known at the instant, when it was first seen.
#[component]
pub(crate) fn KnownBy(
    /// The instant shown; none is now.
    at: Option<Millis>,
    /// The address of the record now.
    path: String,
    /// The state of loading the record.
    phase: RwSignal<Phase>,
    /// The first signal of the record as it is now.
    first_seen: Single<Millis>,
    /// Loads the record again.
    #[prop(into)]
    retry: Callback<()>,
    children: ChildrenFn,
) -> impl IntoView {
    let is_missing = memo(move || phase.with(|phase| *phase == Phase::Failed(Failure::NotFound)));
    let children = StoredValue::new(children);
    dynamic(move || match at.filter(|_| is_missing.get()) {
        Some(at) => not_yet(at, path.clone(), first_seen),
        None => view! { <Loaded phase retry>{children.with_value(|children| children())}</Loaded> }.into_any(),
    })
}

fn not_yet(at: Millis, path: String, first_seen: Single<Millis>) -> AnyView {
    first_seen.load();
    let words = move |first: Millis| first_seen_words(browser::local(first), first <= at);
    let path = StoredValue::new(path);
    view! {
        <Loaded phase=first_seen.phase retry=move |()| first_seen.load()>
            <div class="state" role="status">
                <IconMark icon=Icon::Time />
                <p class="state-title">{not_known_words(browser::local(at))}</p>
                <p class="state-text">{derived(move || first_seen.value.get().map(words))}</p>
                <a class="button" href=path.get_value()>"Back to now"</a>
            </div>
        </Loaded>
    }
    .into_any()
}
