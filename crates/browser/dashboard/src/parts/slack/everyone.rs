//! Whether all of Slack may answer chats: people become members by themselves.

use knock_model::Role;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::text_field::text_field;
use crate::parts::page::when::When;
use crate::parts::settings::role_choice::role_options;
use crate::state::settings::slack_form::SlackForm;

/// The switch, and what it is for whom.
pub(crate) fn slack_everyone(form: SlackForm) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save_everyone();
    };
    let options = derived(move || {
        let chosen = Role::parse(&form.everyone_role.get()).unwrap_or(Role::Rep);
        role_options(chosen, |role| role.is_of_members() && role != Role::Admin)
    });
    view! {
        <form class="panel form panels" aria-labelledby="slack-everyone" on:submit=handler(submit) novalidate>
            <h2 class="panel-title" id="slack-everyone">"All of Slack"</h2>
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=form.everyone_on
                    on:change:target=move |event| form.everyone_on.set(event.target().checked())
                />
                <span>
                    "All of Slack may answer chats"
                    <span class="choice-hint">
                        "People of the workspace become members by themselves, without an invitation. Guests and bots do not, and who was removed from the team does not come back."
                    </span>
                </span>
            </label>
            <When is=derived(move || form.everyone_on.get())>
                <div class="field">
                    <label class="field-label" for="slack-everyone-role">"Their role"</label>
                    <select
                        class="input"
                        id="slack-everyone-role"
                        inner_html=options
                        on:change:target=move |event| form.everyone_role.set(event.target().value())
                    ></select>
                </div>
                {text_field(
                    ("slack-everyone-domains", "Only these e-mail domains", "Such as acme.com, acme.de. Empty: every address."),
                    derived(move || form.errors("/everyone/domains")),
                    form.everyone_domains,
                )}
            </When>
            <div class="form-actions">
                <button class="button" type="submit" prop:disabled=form.is_busy>
                    "Save who may answer"
                </button>
            </div>
        </form>
    }
    .into_any()
}
