//! Settings > Privacy: what is kept for how long, and what is stored of a person: exported, erased.

use futures_util::FutureExt;
use knock_wire::Privacy;
use leptos::html::Input;
use leptos::prelude::*;

use crate::browser;
use crate::parts::{Dialog, EraseForm, ExportForm, Field, Heading, Loaded, ReceiptPanel, When};
use crate::privacy::Persons;
use crate::session::use_session;
use crate::single::Single;

/// Retention, export, erasure.
#[component]
pub(crate) fn PrivacyPage() -> impl IntoView {
    let session = use_session();
    let kept = Single::new(move || {
        let client = session.client();
        async move { client.privacy().await }.boxed_local()
    });
    kept.load();
    let persons = Persons::new(&browser::query("email"));
    view! {
        <div class="page-head">
            <Heading text="Privacy" />
        </div>
        <section class="panel panels" aria-labelledby="retention">
            <h2 class="panel-title" id="retention">"Retention"</h2>
            <Loaded phase=kept.phase retry=move |()| kept.load()>
                {move || kept.value.get().map(|kept| view! { <Kept kept /> })}
            </Loaded>
        </section>
        <section class="panel panels" aria-labelledby="export">
            <h2 class="panel-title" id="export">"Export a person"</h2>
            <ExportForm persons />
        </section>
        <section class="panel panels" aria-labelledby="erase">
            <h2 class="panel-title" id="erase">"Erase a person"</h2>
            <EraseForm persons />
            <ReceiptPanel receipt=persons.receipt />
        </section>
        <When is=persons.is_asking>
            <Confirmation persons />
        </When>
    }
}

/// What the configuration says; it is changed there only.
#[component]
fn Kept(kept: Privacy) -> impl IntoView {
    let signals = kept.signals_days.map_or_else(|| "Without limit".to_owned(), |days| format!("{days} days"));
    view! {
        <dl class="facts">
            <div class="fact">
                <dt>"Signals, one by one"</dt>
                <dd>{signals}</dd>
            </div>
            <div class="fact">
                <dt>"Mails and deliveries that have ended"</dt>
                <dd>{format!("{} days", kept.deliveries_days)}</dd>
            </div>
            <div class="fact">
                <dt>"Contacts and chats"</dt>
                <dd>"Until erased"</dd>
            </div>
            <div class="fact">
                <dt>"Audit log"</dt>
                <dd>"Without limit"</dd>
            </div>
        </dl>
        <p class="muted">
            "Older signals stay as sums, so that scores do not change. To keep signals for another time, set "
            <code>"retention.signals_days"</code> " in the configuration of the server and restart it."
        </p>
    }
}

#[component]
fn Confirmation(persons: Persons) -> impl IntoView {
    let control = NodeRef::<Input>::new();
    let errors = Signal::derive(move || {
        if persons.is_other.get() { vec!["is not the address to erase".to_owned()] } else { Vec::new() }
    });
    let wrong = Signal::derive(move || (!errors.with(Vec::is_empty)).to_string());
    view! {
        <Dialog
            title="Erase this person?"
            confirm="Erase"
            is_busy=persons.is_busy
            failure=persons.not_erased
            confirmed=move |()| persons.erase()
            closed=move |()| persons.is_asking.set(false)
        >
            <p>
                "All that is stored of " <bdi>{persons.erasing}</bdi>
                " is deleted: signals, chats, files, the contact. This cannot be undone. Backups made before still hold it."
            </p>
            <Field id="erase-typed".to_owned() label="Type the address to confirm" hint="" errors>
                <input
                    class="input"
                    id="erase-typed"
                    type="email"
                    autocomplete="off"
                    aria-describedby="erase-typed-notes"
                    aria-invalid=wrong
                    node_ref=control
                    bind:value=persons.typed
                />
            </Field>
        </Dialog>
    }
}
