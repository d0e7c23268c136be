//! The funnel stage of an account.

use knock_wire::AccountRecord;
use leptos::prelude::*;

use crate::kit::reactive::derived;

/// The furthest stage of the account's contacts.
#[component]
pub(crate) fn AccountFacts(#[prop(into)] record: Signal<AccountRecord>) -> impl IntoView {
    let stage = derived(move || record.with(|record| record.funnel_stage.spelling().into_owned()));
    view! {
        <section class="panel" aria-labelledby="account-facts">
            <h2 class="panel-title" id="account-facts">"Stage"</h2>
            <dl class="facts">
                <div class="fact">
                    <dt>"Funnel stage"</dt>
                    <dd>{stage}</dd>
                </div>
            </dl>
        </section>
    }
}
