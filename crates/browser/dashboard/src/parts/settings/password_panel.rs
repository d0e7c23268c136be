//! The member's password: its state, and a form that sets, changes or removes it.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::password_field::PasswordField;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::settings::own_password::{NEW_PASSWORD, OwnPassword};

/// The password of the signed-in member.
#[component]
pub(crate) fn PasswordPanel(own: OwnPassword) -> impl IntoView {
    view! {
        <section class="panel panels" aria-labelledby="own-password">
            <h2 class="panel-title" id="own-password">"Password"</h2>
            <Loaded phase=own.state.phase retry=move |()| own.state.load()>
                <When is=derived(move || own.signs_in()) fallback=NoWayIn>
                    <PasswordSettings own />
                </When>
            </Loaded>
        </section>
    }
}

#[component]
fn NoWayIn() -> impl IntoView {
    view! { <p class="muted">"Passwords are not used on this server: a link signs you in."</p> }
}

#[component]
fn PasswordSettings(own: OwnPassword) -> impl IntoView {
    let [current, new] = [(); 2].map(|()| NodeRef::<Input>::new());
    let (current_errors, new_errors) =
        (derived(move || own.errors("current")), derived(move || own.errors("password")));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        own.save();
    };
    let state = derived(move || {
        if own.is_set() {
            "You sign in with your e-mail address and your password. A change signs you out everywhere else."
        } else {
            "You have no password yet: only a link signs you in."
        }
    });
    view! {
        <p class="muted">{state}</p>
        <form class="form account-form" on:submit=handler(submit) novalidate>
            // For password managers.
            <input type="email" autocomplete="username" hidden prop:value=derived(move || own.session.email()) />
            <When is=derived(move || own.is_set())>
                <PasswordField
                    id="password-current"
                    label="Current password"
                    hint=""
                    autocomplete="current-password"
                    value=own.current
                    errors=current_errors
                    control=current
                />
            </When>
            <PasswordField
                id=NEW_PASSWORD
                label="New password"
                hint="12 characters or more. A few words in a row are easy to remember."
                autocomplete="new-password"
                value=own.new
                errors=new_errors
                control=new
            />
            <ActionFailure of=derived(move || own.unplaced()) />
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=own.is_busy>
                    {derived(move || if own.is_set() { "Change password" } else { "Set password" })}
                </button>
                <button
                    class="button"
                    type="button"
                    hidden=derived(move || !own.is_set())
                    on:click=handler(move |_| own.remove())
                >
                    "Remove password"
                </button>
            </div>
        </form>
        <p class="muted" role="status">{own.said}</p>
    }
}
