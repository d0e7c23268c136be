//! What a search found in a conversation, in its line.

use knock_wire::{Author, HitPiece, HitPlace, SearchHit};
use leptos::prelude::*;

use crate::kit::reactive::dynamic;

/// Excerpts that fit into a line.
const SHOWN: usize = 2;

/// The texts that have the words, each with its author and the words marked.
#[component]
pub(crate) fn SearchHits(hits: Memo<Vec<SearchHit>>) -> impl IntoView {
    dynamic(move || hits.get().into_iter().take(SHOWN).map(found).collect::<Vec<_>>())
}

fn found(hit: SearchHit) -> AnyView {
    let author = Some(hit_words(&hit)).filter(|author| !author.is_empty());
    let author = author.map(|author| view! { <span class="inbox-author"><bdi>{author}": "</bdi></span> });
    let piece = |HitPiece { text, is_hit }| {
        if is_hit { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    };
    view! {
        <p class="inbox-said inbox-hit">
            {author}
            <bdi>{hit.text.into_iter().map(piece).collect::<Vec<_>>()}</bdi>
        </p>
    }
    .into_any()
}

/// Who wrote a found text; empty for a detail of the lead.
fn hit_words(hit: &SearchHit) -> String {
    match (hit.found_in, hit.author) {
        (HitPlace::Contact, _) => String::new(),
        (HitPlace::Note, _) if hit.name.is_empty() => "Note".to_owned(),
        (HitPlace::Note, _) => format!("Note by {}", hit.name),
        (HitPlace::Message, Some(Author::AiAgent)) => "AI agent".to_owned(),
        (HitPlace::Message, Some(Author::Rep)) if hit.name.is_empty() => "Rep".to_owned(),
        (HitPlace::Message, Some(Author::Rep)) => hit.name.clone(),
        (HitPlace::Message, Some(Author::Lead) | None) => "Lead".to_owned(),
    }
}
