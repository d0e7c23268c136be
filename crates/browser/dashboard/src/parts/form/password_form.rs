//! Signing in by address and password.

use futures_util::FutureExt;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::email_field::EmailField;
use super::failure_line::ActionFailure;
use super::password_field::PasswordField;
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::one_at_a_time;
use crate::kit::destination;
use crate::kit::reactive::handler;
use crate::state::session::use_session;

/// Address, password, and a button that signs in. The error does not reveal which one is wrong, so it is below both.
#[component]
pub(crate) fn PasswordForm() -> impl IntoView {
    let (session, navigate) = (use_session(), use_navigate());
    let [email, password] = [(); 2].map(|()| RwSignal::new(String::new()));
    let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let [email_field, password_field] = [(); 2].map(|()| NodeRef::<Input>::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (client, navigate) = (session.client(), navigate.clone());
        let (address, secret) = (email.get_untracked(), password.get_untracked());
        let work = async move {
            let state = client.sign_in_by_password(address, secret).await?;
            session.begin(state);
            let page = destination::take().unwrap_or_else(|| destination::HOME.to_owned());
            navigate(&page, NavigateOptions { replace: true, ..NavigateOptions::default() });
            Ok(())
        };
        let ended = move |refused: Option<Failure>| {
            // A typing error is the usual cause: the field gets the focus again.
            if let Some(field) = password_field.get_untracked().filter(|_| refused.is_some()) {
                browser::focus(&field);
            }
            failure.set(refused);
        };
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(ended));
    };
    let none = Signal::stored(Vec::new());
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <EmailField
                id="sign-in-email"
                hint="The address your team knows you by."
                autocomplete="username"
                value=email
                errors=none
                control=email_field
            />
            <PasswordField
                id="sign-in-password"
                label="Password"
                hint=""
                autocomplete="current-password"
                value=password
                errors=none
                control=password_field
            />
            <ActionFailure of=failure />
            <button class="button button-strong button-wide" type="submit" prop:disabled=is_busy>
                "Sign in"
            </button>
        </form>
    }
}
