//! What is said about privacy where one writes: the link to the policy, and the box before an address is sent.

use leptos::prelude::*;

use crate::view::View;
use crate::words::Text;

/// The lines above the composer; none without a policy and a consent.
#[component]
pub(crate) fn Privacy(view: View) -> impl IntoView {
    let (look, consent) = (view.look(), view.consent);
    let missing = move || if consent.is_missing() { view.say(Text::NoConsent) } else { "" };
    let line = move || {
        view! {
            <div class="consent" hidden=move || !consent.is_shown()>
                <label class="consent-line" dir="auto">
                    <input
                        type="checkbox"
                        node_ref=consent.input
                        aria-describedby="knock-consent"
                        aria-invalid=move || consent.is_missing().then_some("true")
                        on:change=move |event| consent.check(event_target_checked(&event))
                    />
                    {look.consent.as_str()}
                </label>
                <p class="consent-missing" id="knock-consent" role="alert" dir="auto">{missing}</p>
            </div>
        }
    };
    let policy = move || {
        view! {
            <p class="privacy">
                <a class="link" href=look.privacy.as_str() target="_blank" rel="noopener noreferrer">
                    {view.say(Text::Privacy)}
                </a>
            </p>
        }
    };
    // A page of its own has it in its foot.
    let has_policy = !look.privacy.is_empty() && !view.home().is_hosted;
    view! {
        {has_policy.then(policy)}
        {(!look.consent.is_empty()).then(line)}
    }
}
