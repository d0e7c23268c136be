//! What was just done, at the bottom of the page, with a button that takes it back.

use leptos::prelude::*;

use crate::kit::reactive::{dynamic, handler};
use crate::state::inbox::toast::Toast;
use crate::state::inbox::working::Working;

/// The toast, if there is one. Its region is always there, so that screen readers announce what comes into it.
#[component]
pub(crate) fn ToastRegion(work: Working) -> impl IntoView {
    let toast = move || {
        let Toast { words, undo } = work.toasts.shown.get()?;
        let button = undo.map(|_| {
            view! {
                <button class="button" type="button" prop:disabled=work.is_busy on:click=handler(move |_| work.undo())>
                    "Undo"
                </button>
            }
        });
        Some(view! {
            <div class="toast">
                <p><bdi>{words}</bdi></p>
                {button}
            </div>
        })
    };
    view! {
        <div class="toasts" role="status">
            {dynamic(toast)}
        </div>
    }
}
