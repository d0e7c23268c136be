//! The people of the workspace: members, people to invite, and members who have left Slack.

use knock_model::Role;
use knock_wire::SlackUser;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::form::dialog::Dialog;
use crate::parts::form::search_box::SearchBox;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::settings::role_choice::role_options;
use crate::state::settings::slack_acting::{PEOPLE, can_be_invited};
use crate::state::settings::slack_form::SlackForm;

/// All people, each with the address that links them to a member.
pub(crate) fn slack_people(form: SlackForm) -> AnyView {
    let lines = move || {
        let people = form.people.value.get().unwrap_or_default().users;
        people.into_iter().map(|person| line(form, person)).collect::<Vec<_>>()
    };
    let has_left = move || form.people.value.with(|people| people.as_ref().is_some_and(|people| people.left > 0));
    let has_more = move || form.people.value.with(|people| people.as_ref().is_some_and(|people| people.next.is_some()));
    let is_nobody =
        move || form.people.value.with(|people| people.as_ref().is_some_and(|people| people.users.is_empty()));
    let is_asking = derived(move || form.leaver.with(Option::is_some));
    view! {
        <section class="panel panels" aria-labelledby=PEOPLE>
            <h2 class="panel-title" id=PEOPLE tabindex="-1">"People"</h2>
            <p class="field-hint">
                "Who is a member here is known by their e-mail address. Tick who shall be invited."
            </p>
            <When is=derived(has_left)>
                <p class="note note-wrong">"Members have left Slack: they are in the list."</p>
            </When>
            {inviting(form)}
            <Loaded phase=form.people.phase retry=move |()| form.people.load()>
                <details class="why">
                    <summary>"People of the workspace"</summary>
                    <SearchBox label="Search people" text=form.query />
                    <button class="button" type="button" on:click=handler(move |_| form.tick_all())>
                        "Tick all of the list who are not invited"
                    </button>
                    <ul class="calendar-lines" aria-label="People of the workspace">{dynamic(lines)}</ul>
                    <When is=derived(is_nobody)>
                        <p class="muted" role="status">"No one is found."</p>
                    </When>
                    <When is=derived(has_more)>
                        <button
                            class="button"
                            type="button"
                            prop:disabled=form.is_busy
                            on:click=handler(move |_| form.more_people())
                        >
                            "Show more people"
                        </button>
                    </When>
                </details>
            </Loaded>
        </section>
        <When is=is_asking>
            <Dialog
                title="Remove this member?"
                confirm="Remove"
                is_busy=form.is_busy
                failure=form.failure
                confirmed=move |()| form.remove_leaver()
                closed=move |()| form.stay()
            >
                <p>
                    <bdi>{dynamic(move || form.leaver.get().map(|(_, name)| name))}</bdi>
                    " is signed out everywhere at once. Their messages keep their name."
                </p>
            </Dialog>
        </When>
    }
    .into_any()
}

/// The role of the selected people, and the links of those without a mail.
fn inviting(form: SlackForm) -> AnyView {
    let is_any = move || form.ticked.with(|ticked| !ticked.is_empty());
    let count = move || form.ticked.with(Vec::len);
    let links = move || {
        let link = |(email, link): (String, String)| {
            view! {
                <li>
                    <p>"Send this link to " <bdi>{email.clone()}</bdi> ". It signs them in once, within 7 days."</p>
                    <CopyLine text=link label=format!("Link for {email}") role="group" />
                </li>
            }
            .into_any()
        };
        form.links.get().into_iter().map(link).collect::<Vec<_>>()
    };
    view! {
        <When is=derived(is_any)>
            <div class="field">
                <label class="field-label" for="slack-role">"Role"</label>
                <select
                    class="input"
                    id="slack-role"
                    inner_html=role_options(Role::Rep, Role::is_of_members)
                    on:change:target=move |event| form.role.set(event.target().value())
                ></select>
                <p class="field-hint">
                    "All of these roles answer leads. Rules and pools name members under Routing Rules."
                </p>
            </div>
            <div class="form-actions">
                <button
                    class="button button-strong"
                    type="button"
                    prop:disabled=form.is_busy
                    on:click=handler(move |_| form.invite())
                >
                    "Invite (" {dynamic(count)} ")"
                </button>
            </div>
        </When>
        <ul class="calendar-lines" aria-label="Invitations">{dynamic(links)}</ul>
    }
    .into_any()
}

fn line(form: SlackForm, person: SlackUser) -> AnyView {
    let can_be_invited = can_be_invited(&person);
    let SlackUser { name, email, member, is_invited, has_left, .. } = person;
    let (tone, words) = match (&member, has_left, is_invited) {
        (_, true, _) => ("badge", "Has left Slack"),
        (_, _, true) => ("badge", "Invited"),
        (Some(_), ..) => ("badge badge-high", "Member"),
        (None, ..) => ("badge", "No member here"),
    };
    let remove = member.filter(|_| has_left).map(|member| {
        let who = (member.to_string(), name.clone());
        view! {
            <button
                class="button"
                type="button"
                prop:disabled=form.is_busy
                on:click=handler(move |_| form.leaver.set(Some(who.clone())))
            >
                "Remove"
            </button>
        }
    });
    let called = if can_be_invited {
        let (of, at, label) = (email.clone(), email.clone(), format!("Invite {name}"));
        let is_ticked = derived(move || form.ticked.with(|ticked| ticked.contains(&of)));
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    aria-label=label
                    prop:checked=is_ticked
                    on:change:target=move |event| form.tick(&at, event.target().checked())
                />
                <strong><bdi>{name}</bdi></strong>
            </label>
        }
        .into_any()
    } else {
        view! { <strong><bdi>{name}</bdi></strong> }.into_any()
    };
    view! {
        <li class="calendar-line">
            {called}
            <span class="muted"><bdi>{email}</bdi></span>
            {remove}
            <span class=tone>{words}</span>
        </li>
    }
    .into_any()
}
