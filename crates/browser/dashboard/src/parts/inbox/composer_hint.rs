//! Where the text of the composer goes.

use leptos::prelude::*;

use crate::state::inbox::composing::Composing;
use crate::state::inbox::unsent::Mode;
use crate::words::mail::mailto;
use crate::words::reach::Reach;
use crate::words::received_mail::returned_words;

/// The way of a reply to the lead; an address to write to where it has none. A note goes to the team.
pub(super) fn composer_hint(composing: Composing) -> AnyView {
    if composing.mode.get() == Mode::Note {
        return ().into_any();
    }
    let reach = composing.reach();
    let instead = match &reach {
        Reach::Unreachable(email) if !email.is_empty() => Some(email.clone()),
        Reach::Chat(_) | Reach::Mail(_) | Reach::Unreachable(_) | Reach::Returned(_) | Reach::Spam => None,
    };
    let instead = instead.map(|email| {
        view! {
            "Write to "
            <a class="link" href=mailto(&email)>
                <bdi>{email.clone()}</bdi>
            </a>
            " yourself. "
        }
    });
    let returned = composing.returned().filter(|_| !matches!(reach, Reach::Returned(_)));
    view! {
        {reach.words()}
        {returned.map(|bounce| returned_words(&bounce) + " ")}
        {instead}
    }
    .into_any()
}
