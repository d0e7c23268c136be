//! Refused signals of a site: reason, number, page and advice.

use knock_wire::{Refused, Site};
use leptos::prelude::*;

use crate::kit::paged::Phase;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::single::Single;
use crate::parts::page::failed::Failed;
use crate::parts::page::time_ago::TimeAgo;
use crate::words::number::counted;
use crate::words::refused::{refused_field, refused_words};

/// Recently refused or filtered signals of a site, by reason.
#[component]
pub(crate) fn RefusedSignals(
    site: Signal<Site>,
    /// The kinds of refusal.
    list: Single<Vec<Refused>>,
) -> impl IntoView {
    let id = site.with_untracked(|site| format!("refused-{}", site.key));
    let labelled_by = id.clone();
    let phase = memo(move || list.phase.get());
    let shown = move || match phase.get() {
        Phase::Loading => view! { <p class="muted" role="status">"Loading\u{2026}"</p> }.into_any(),
        Phase::Failed(failure) => view! { <Failed failure retry=move |()| list.load() /> }.into_any(),
        Phase::Ready => view! { <Kinds kinds=list.value /> }.into_any(),
    };
    // A group, not a landmark: a page has many of them, and landmarks of the same name are of no use.
    view! {
        <div class="refused" role="group" aria-labelledby=labelled_by>
            <header class="refused-head">
                <h3 class="refused-title" id=id>
                    "Refused signals"
                    <span class="unseen">" of " <bdi>{derived(move || site.with(|site| site.name.clone()))}</bdi></span>
                </h3>
                <button class="button" type="button" on:click=handler(move |_| list.load())>
                    "Look again"
                </button>
            </header>
            {dynamic(shown)}
        </div>
    }
}

#[component]
fn Kinds(kinds: RwSignal<Option<Vec<Refused>>>) -> impl IntoView {
    let lines = move || {
        let kinds = kinds.get().unwrap_or_default();
        if kinds.is_empty() {
            return view! { <p class="muted">"None since the server started."</p> }.into_any();
        }
        let lines = kinds.into_iter().map(|refused| view! { <Kind refused /> }.into_any()).collect_view();
        view! { <ul class="plain refused-kinds">{lines}</ul> }.into_any()
    };
    view! { {dynamic(lines)} }
}

#[component]
fn Kind(refused: Refused) -> impl IntoView {
    let words = refused_words(&refused);
    let number = counted(i64::try_from(refused.count).unwrap_or(i64::MAX), "signal");
    let field = refused_field(&refused).map(|field| view! { <Fact name="Problem" text=field /> });
    let origin = refused.origin.map(|origin| view! { <Fact name="Sent from" text=origin /> });
    let page = refused.page.map(|page| view! { <Fact name="For example on" text=page /> });
    view! {
        <li class="refused-kind">
            <p class="refused-what">
                <span>{words.title}</span>
                <span class="refused-number">{number}</span>
            </p>
            <dl class="site-facts">
                {field} {origin} {page} <dt>"Last"</dt> <dd>
                    <TimeAgo at=refused.last_at />
                </dd>
            </dl>
            <p class="muted">{words.advice}</p>
        </li>
    }
}

#[component]
fn Fact(name: &'static str, text: String) -> impl IntoView {
    view! {
        <dt>{name}</dt>
        <dd><bdi>{text}</bdi></dd>
    }
}
