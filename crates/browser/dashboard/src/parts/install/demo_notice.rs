//! The notice that the demo site is no longer needed, once another site sends signals.

use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::when::When;
use crate::state::settings::demo::Demo;

/// The notice, with the choice to remove the demo site or to keep it; `removed` runs after the removal.
#[component]
pub(crate) fn DemoNotice(#[prop(into)] removed: Callback<()>) -> impl IntoView {
    let demo = Demo::start(removed);
    let is_asking = demo.is_asking;
    let failure = derived(move || if is_asking.get() { None } else { demo.failure.get() });
    view! {
        <When is=derived(move || demo.sender.with(|sender| !sender.is_empty()))>
            <div class="note password-offer">
                <p role="status">
                    <bdi>{demo.sender}</bdi> " sends signals. The demo site is no longer needed."
                </p>
                <div class="form-actions">
                    <button
                        class="button"
                        type="button"
                        prop:disabled=demo.is_busy
                        on:click=handler(move |_| is_asking.set(true))
                    >
                        "Remove the demo"
                    </button>
                    <button
                        class="button button-quiet"
                        type="button"
                        prop:disabled=demo.is_busy
                        on:click=handler(move |_| demo.keep())
                    >
                        "Keep it"
                    </button>
                </div>
            </div>
            <ActionFailure of=failure />
        </When>
        <When is=is_asking>
            <Dialog
                title="Remove the demo site?"
                confirm="Remove the demo"
                is_busy=demo.is_busy
                failure=demo.failure
                confirmed=move |()| demo.remove()
                closed=move |()| demo.close()
            >
                <p>"Its pages no longer have a chat. Its contacts, signals and conversations stay."</p>
            </Dialog>
        </When>
    }
}
