//! What is broken, each with the page on which it is mended.

use knock_model::Millis;
use knock_wire::HomeTrouble;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::words::home::{broken_page, broken_words, is_said_above};

/// What is broken and is not said in a note above the page.
pub(super) fn broken_list(broken: &[HomeTrouble], now: Millis) -> AnyView {
    let others = broken.iter().filter(|trouble| !is_said_above(trouble));
    let lines: Vec<_> = others.map(|trouble| line(trouble, now)).collect();
    if lines.is_empty() {
        return view! { <p class="muted">"The note above says what."</p> }.into_any();
    }
    view! { <ul class="home-list">{lines}</ul> }.into_any()
}

fn line(trouble: &HomeTrouble, now: Millis) -> AnyView {
    let page = broken_page(trouble).map(|(path, name)| view! { <A href=path attr:class="link">{name}</A> });
    let detail = (!trouble.text.is_empty()).then(|| {
        view! { <p class="muted home-detail"><bdi>{trouble.text.clone()}</bdi></p> }
    });
    view! {
        <li class="home-broken">
            <p>
                <bdi>{broken_words(trouble, now)}</bdi>
                " "
                {page}
            </p>
            {detail}
        </li>
    }
    .into_any()
}
