//! The text of a message, with links.

use leptos::either::Either;
use leptos::prelude::*;

use knock_model::message::Piece;

#[component]
pub(crate) fn MessageText(
    /// Its parts.
    pieces: Vec<Piece>,
) -> impl IntoView {
    let shown = |piece| match piece {
        Piece::Text(text) => Either::Left(text),
        Piece::Link(address) => {
            let href = address.clone();
            Either::Right(view! {
                <a class="link" href=href target="_blank" rel="noopener noreferrer nofollow" dir="ltr">{address}</a>
            })
        }
    };
    pieces.into_iter().map(shown).collect::<Vec<_>>()
}
