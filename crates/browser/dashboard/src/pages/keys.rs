//! Settings > Keys: API keys.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::FailureLine;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::settings::key_form::KeyForm;
use crate::parts::settings::key_line::key_line;
use crate::state::settings::keys::Keys;

lazy!(settings => KeysPage);

/// All keys with author and last use, and a way to revoke them.
#[component]
pub(crate) fn KeysPage() -> impl IntoView {
    let keys = Keys::new(key_line);
    keys.load();
    let is_revoking = derived(move || keys.revoking.with(|name| !name.is_empty()));
    view! {
        <div class="page-head">
            <Heading text="Keys" />
        </div>
        <p class="lead">"Your programs use the API with a key. Ingest keys only send signals. A key that writes as a member ends when they leave the team."</p>
        {dynamic(move || {
            // While a revocation is being confirmed, its error is shown in the dialog.
            let failure = keys.failure.get().filter(|_| !is_revoking.get())?;
            Some(view! { <FailureLine failure /> })
        })}
        <Loaded phase=keys.list.phase retry=move |()| keys.load()>
            <ol class="people" aria-label="Keys">
                <Lines of=derived(move || keys.list.lines()) />
            </ol>
        </Loaded>
        <section class="panel people-invite" aria-labelledby="new-key">
            <h2 class="panel-title" id="new-key">
                "Create a key"
            </h2>
            <KeyForm keys />
        </section>
        <When is=is_revoking>
            <Dialog
                title="Revoke this key?"
                confirm="Revoke"
                is_busy=keys.is_busy
                failure=keys.failure
                confirmed=move |()| keys.revoke()
                closed=move |()| keys.keep()
            >
                <p>
                    <bdi>{keys.revoking}</bdi>
                    " becomes invalid at once. Programs that use it get 401."
                </p>
            </Dialog>
        </When>
    }
}
