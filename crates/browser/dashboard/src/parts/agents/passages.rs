//! The passages of a source.

use futures_util::FutureExt;
use knock_model::SourceId;
use knock_wire::{KnowledgePassage, KnowledgeSource};
use leptos::html::Details;
use leptos::prelude::*;

use crate::kit::paged::Paged;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::page::lines::Lines;
use crate::parts::page::load_more::LoadMore;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::agents::known::Known;
use crate::words::agent::source_name;

/// A disclosure with the passages, loaded when it is opened and again after each reading.
#[component]
pub(crate) fn Passages(
    source: Signal<KnowledgeSource>,
    /// The list it is in.
    known: Known,
) -> impl IntoView {
    let (details, is_open) = (NodeRef::<Details>::new(), RwSignal::new(false));
    let has_some = derived(move || source.with(|source| source.passages > 0));
    let toggled = move |_| is_open.set(details.get_untracked().is_some_and(|details| details.has_attribute("open")));
    view! {
        <details class="why" node_ref=details hidden=derived(move || !has_some.get()) on:toggle=handler(toggled)>
            <summary>
                "Passages"
                <span class="unseen">
                    " of " <bdi>{derived(move || source.with(|source| source_name(source).to_owned()))}</bdi>
                </span>
            </summary>
            <When is=derived(move || is_open.get())>
                <Read source known />
            </When>
        </details>
    }
}

#[component]
fn Read(source: Signal<KnowledgeSource>, known: Known) -> impl IntoView {
    let list = list_of(source.with_untracked(|source| source.id), known);
    let read_at = memo(move || source.with(|source| (source.last_read_at, source.passages)));
    Effect::new(move |before: Option<()>| {
        read_at.track();
        if before.is_some() {
            list.ask_anew();
        } else {
            list.start();
        }
    });
    view! {
        <Loaded phase=list.phase retry=move |()| list.start()>
            <ol class="passages">
                <Lines of=derived(move || list.rows.drawn(passage)) />
            </ol>
            <LoadMore list label="Load more" />
        </Loaded>
    }
}

fn list_of(id: SourceId, known: Known) -> Paged<KnowledgePassage> {
    Paged::new(move |from: Option<String>| {
        let client = known.agents.session.client();
        async move {
            let record = client.source(id, from.as_deref()).await?;
            Ok((record.passages, record.next.map(|next| next.to_string())))
        }
        .boxed_local()
    })
}

fn passage(passage: Signal<KnowledgePassage>) -> AnyView {
    let of = move || {
        let KnowledgePassage { title, heading, url, text, .. } = passage.get();
        let above =
            [title, heading].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" \u{203a} ");
        view! {
            <p class="passage-head">
                <bdi>{above}</bdi>
            </p>
            <p class="passage-text" dir="auto">
                {text}
            </p>
            <p class="passage-url muted"><bdi>{url}</bdi></p>
        }
    };
    view! { <li class="passage">{dynamic(of)}</li> }.into_any()
}
