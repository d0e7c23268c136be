//! Refused origins on which the snippet runs, each with a button that adds it.

use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lines::Lines;
use crate::state::settings::install::Installation;

/// A red line for each origin.
#[component]
pub(crate) fn UnlistedOrigins(installation: Installation) -> impl IntoView {
    let lines = move || {
        let origins = installation.unlisted.get();
        origins
            .into_iter()
            .map(|origin| Drawn::new(line_id(&[&origin]), move || line(&origin, installation)))
            .collect::<Vec<_>>()
    };
    view! {
        <div class="unlisted" role="alert">
            <Lines of=derived(lines) />
        </div>
        <ActionFailure of=installation.failure />
    }
}

fn line(origin: &str, installation: Installation) -> AnyView {
    let (named, origin) = (origin.to_owned(), origin.to_owned());
    view! {
        <div class="check check-refused">
            <IconMark icon=Icon::Alert />
            <span>
                "The snippet runs on " <bdi class="check-origin">{named}</bdi>
                ", which is not an address of this site: its signals are refused."
            </span>
            <button
                class="button"
                type="button"
                prop:disabled=installation.is_busy
                on:click=handler(move |_| installation.add(origin.clone()))
            >
                "Add this address"
            </button>
        </div>
    }
    .into_any()
}
