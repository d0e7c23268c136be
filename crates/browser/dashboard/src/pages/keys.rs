//! Settings > Keys: API keys.

use leptos::prelude::*;

use crate::keys::Keys;
use crate::parts::{Dialog, FailureLine, Heading, KeyForm, Lines, Loaded, When, key_line};
use crate::reactive::{derived, dynamic};

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
        <p class="lead">"Your programs use the API with a key. Ingest keys only send signals."</p>
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
