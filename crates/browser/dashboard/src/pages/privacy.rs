//! Settings > Privacy: retention, consent of the snippet, and the data of a person:
//! export and erasure.

use futures_util::FutureExt;
use knock_wire::Privacy;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;

use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::{derived, dynamic};
use crate::kit::single::Single;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::settings::erase_question::EraseQuestion;
use crate::parts::settings::person_forms::{EraseForm, ExportForm, ReceiptPanel};
use crate::state::records::privacy::Persons;
use crate::state::session::use_session;
use crate::words::guide::CONSENT_CALL;

lazy!(settings => PrivacyPage);

/// Retention, consent, export, erasure.
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
                {dynamic(move || kept.value.get().map(|kept| view! { <Kept kept /> }))}
            </Loaded>
        </section>
        <section class="panel panels" aria-labelledby="privacy-consent">
            <h2 class="panel-title" id="privacy-consent">"Consent"</h2>
            <Loaded phase=kept.phase retry=move |()| kept.load()>
                <Consent kept />
            </Loaded>
        </section>
        <section class="panel panels" aria-labelledby="export">
            <h2 class="panel-title" id="export">"Export a person"</h2>
            <ExportForm persons />
        </section>
        <section class="panel panels" aria-labelledby="erase">
            <h2 class="panel-title" id="erase">"Erase a person"</h2>
            <EraseForm persons />
            <ReceiptPanel persons />
        </section>
        <EraseQuestion persons />
    }
}

/// The values of the configuration, which are read-only here.
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
                <dt>"Finished mails and deliveries"</dt>
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

/// The switch that makes snippets wait for consent; a change is saved at once.
#[component]
fn Consent(kept: Single<Privacy>) -> impl IntoView {
    let session = use_session();
    let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let said = RwSignal::new("");
    let waits = derived(move || kept.value.with(|kept| kept.as_ref().is_some_and(|kept| kept.waits_for_consent)));
    let choose = move |control: HtmlInputElement| {
        let (client, wanted) = (session.client(), control.checked());
        said.set("");
        let work = async move {
            let now = client.wait_for_consent(wanted).await?;
            kept.value.try_set(Some(now));
            Ok(())
        };
        let ended = move |refused: Option<Failure>| {
            if refused.is_none() {
                said.set(if wanted { "New snippets wait for consent." } else { "New snippets do not wait." });
            } else {
                control.set_checked(!wanted);
            }
            failure.set(refused);
        };
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(ended));
    };
    view! {
        <div class="event-choice">
            <input
                type="checkbox"
                id="consent"
                aria-describedby="consent-notes"
                prop:checked=waits
                prop:disabled=is_busy
                on:change:target=move |event| choose(event.target())
            />
            <label for="consent">"The snippet waits for consent"</label>
            <p class="field-hint" id="consent-notes">
                "The snippets on the Install page then carry " <code>"data-consent=\"required\""</code>
                ": nothing is stored or sent until your page calls " <code>{CONSENT_CALL}</code>
                ". Snippets already on your pages do not change: replace them there."
            </p>
        </div>
        <ActionFailure of=failure />
        <p class="muted" role="status">{said}</p>
    }
}
