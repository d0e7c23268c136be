//! The form that invites a member.

use knock_model::Role;
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::role_choice::role_choice;
use crate::kit::reactive::{derived, handler};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::form::email_field::EmailField;
use crate::parts::form::field::refused_at;
use crate::state::settings::team::Team;

/// An address, a role, and a button; then the link, which is shown only once.
#[component]
pub(crate) fn InviteForm(team: Team) -> impl IntoView {
    let control = NodeRef::<Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        team.invite();
    };
    let errors = refused_at(team.failure, "email");
    let chosen = Box::new(move |chosen: Role, _| team.role.set(chosen.as_str().to_owned()));
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
            <EmailField
                id="invite-email"
                hint="Their address for mail of your team."
                autocomplete="off"
                value=team.email
                errors
                control
            />
            <div class="field">
                <label class="field-label" for="invite-role">
                    "Role"
                </label>
                {role_choice("invite-role".to_owned(), None, Role::Rep, chosen)}
                <p class="field-hint">
                    "A rep answers chats and sees contacts. A manager also changes routing rules. An admin may do everything."
                </p>
            </div>
            <div class="form-actions">
                <button class="button button-strong" type="submit">
                    "Invite"
                </button>
            </div>
        </form>
        <div class="invitation" hidden=derived(move || team.link.with(String::is_empty))>
            <p role="status">{team.invited}</p>
            <div class="snippet">
                <CopyLine text=team.link label="Invitation".to_owned() />
            </div>
        </div>
    }
}
