//! The question for the name of a member who has none.

use futures_util::FutureExt;
use knock_wire::ProfileDraft;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::handler;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::when::When;
use crate::state::session::use_session;

/// A line with a field, until a name is set or the question is dismissed.
#[component]
pub(crate) fn NameOffer() -> impl IntoView {
    let session = use_session();
    let (name, is_busy, failure) = (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(None));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (client, draft) = (session.client(), ProfileDraft { name: name.get_untracked(), title: String::new() });
        let work = async move {
            let profile = client.save_profile(&draft).await?;
            session.rename(&profile.name);
            Ok(())
        };
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(move |wrong| failure.set(wrong)));
    };
    view! {
        <When is=session.asks_name>
            <form class="note password-offer" aria-label="Your name" on:submit=handler(save)>
                <p>
                    <label for="own-name">"What is your name? "</label>
                    "Until you say, visitors read \u{201c}our team\u{201d}."
                </p>
                <div class="form-actions">
                    <input class="input" id="own-name" autocomplete="name" maxlength="60" required bind:value=name />
                    <button class="button" type="submit" prop:disabled=is_busy>"Save"</button>
                    <a class="link" href="/app/settings/account">"Title and picture"</a>
                    <button
                        class="button button-quiet"
                        type="button"
                        on:click=handler(move |_| session.stay_nameless())
                    >
                        "Not now"
                    </button>
                </div>
                <ActionFailure of=failure />
            </form>
        </When>
    }
}
