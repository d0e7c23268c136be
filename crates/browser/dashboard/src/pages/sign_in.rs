//! Signing in by a one-time link. Opening the link changes nothing: mail scanners open links too.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::api::Failure;
use crate::parts::{Heading, Icon, IconMark};
use crate::session::use_session;
use crate::words::failure_words;

/// A button that signs in, or how to get a link.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.read().get("token").filter(|token| !token.is_empty()));
    view! {
        <main class="lone">
            <div class="panel sign-in">
                <p class="brand">"Knock"</p>
                <Heading text="Sign in" />
                {move || match token.get() {
                    Some(token) => view! { <ByToken token /> }.into_any(),
                    None => view! { <HowToGetALink /> }.into_any(),
                }}
            </div>
        </main>
    }
}

#[component]
fn ByToken(token: String) -> impl IntoView {
    let session = use_session();
    let navigate = use_navigate();
    let is_asking = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let sign_in = move |_| {
        if is_asking.get_untracked() {
            return;
        }
        is_asking.set(true);
        let (token, navigate) = (token.clone(), navigate.clone());
        spawn_local(async move {
            match session.client().sign_in(&token).await {
                Ok(state) => {
                    session.begin(state);
                    // The token is used up: it must not stay in the history.
                    navigate("/app/live", NavigateOptions { replace: true, ..NavigateOptions::default() });
                }
                Err(reason) => {
                    failure.try_set(Some(reason));
                    is_asking.try_set(false);
                }
            }
        });
    };
    let wrong = move || {
        failure.get().map(|failure| {
            let words = failure_words(&failure);
            view! {
                <div class="note note-wrong" role="alert">
                    <p><strong>{words.title}</strong></p>
                    <p>{words.advice}</p>
                </div>
                <HowToGetALink />
            }
        })
    };
    view! {
        <p>"This link signs you in once, in this browser."</p>
        <button class="button button-strong button-wide" type="button" prop:disabled=move || is_asking.get() on:click=sign_in>
            {move || if is_asking.get() { "Signing in\u{2026}" } else { "Sign in" }}
        </button>
        {wrong}
    }
}

#[component]
fn HowToGetALink() -> impl IntoView {
    view! {
        <div class="how">
            <p><IconMark icon=Icon::Key /> "Get a sign-in link on the server:"</p>
            <pre class="snippet-code" tabindex="0" role="region" aria-label="Command"><code>"knock login-link"</code></pre>
            <p class="muted">"It prints an address that works once. Open it in this browser."</p>
        </div>
    }
}
