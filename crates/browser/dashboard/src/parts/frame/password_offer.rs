//! The offer to set a password, for an invited member.

use leptos::prelude::*;

use crate::kit::reactive::handler;
use crate::parts::page::when::When;
use crate::state::session::use_session;

/// A line with a link, until a password is set or the offer is dismissed.
#[component]
pub(crate) fn PasswordOffer() -> impl IntoView {
    let session = use_session();
    view! {
        <When is=session.offers_password>
            <div class="note password-offer">
                <p>
                    "Your invitation signed you in once. "
                    <a class="link" href="/app/settings/account">"Set a password"</a>
                    " to sign in next time."
                </p>
                <button class="button button-quiet" type="button" on:click=handler(move |_| session.end_offer())>
                    "Not now"
                </button>
            </div>
        </When>
    }
}
