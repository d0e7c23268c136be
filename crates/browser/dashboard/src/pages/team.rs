//! Settings > Team: members, their roles, invitations.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, effect};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::FailureLine;
use crate::parts::form::field::Field;
use crate::parts::form::text_field::text_field;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::settings::invite_form::InviteForm;
use crate::parts::settings::member_line::member_line;
use crate::state::live::use_live;
use crate::state::settings::hand_over::Known;
use crate::state::settings::team::Team;

lazy!(settings => TeamPage);

/// All members; changed by members with the permission.
#[component]
pub(crate) fn TeamPage() -> impl IntoView {
    let team = Team::new(member_line);
    team.load();
    let (count, before) = (team.hand_over.count, team.hand_over.count.get_untracked());
    // The numbers of chats are others after a hand-over.
    effect(move || (count.get() != before).then(|| untrack(|| team.load())));
    use_live().after_gap(move || team.load());
    let is_leaving = derived(move || team.leaving.with(|email| !email.is_empty()));
    let is_naming = derived(move || team.naming.with(|email| !email.is_empty()));
    let is_changing = derived(move || team.role_asked.with(|asked| !asked.is_empty()));
    let wrong = move || {
        // While a change is being confirmed, its error is shown in the dialog.
        let failure = team.failure.get().filter(|_| !is_leaving.get() && !is_changing.get() && !is_naming.get())?;
        Some(view! { <FailureLine failure /> })
    };
    view! {
        <div class="page-head">
            <Heading text="Team" />
            <p class="muted" role="status">
                {team.said}
            </p>
        </div>
        <p class="lead">"Routing rules can assign leads to all members."</p>
        {dynamic(wrong)}
        <SignInLink team />
        <Loaded phase=team.list.phase retry=move |()| team.load()>
            <div tabindex="-1" node_ref=team.region>
                <ol class="people" aria-label="Members">
                    <Lines of=derived(move || team.list.lines()) />
                </ol>
            </div>
        </Loaded>
        <section class="panel people-invite" aria-labelledby="invite" hidden=!team.is_mine()>
            <h2 class="panel-title" id="invite">
                "Invite a member"
            </h2>
            <InviteForm team />
        </section>
        <When is=is_leaving>
            <Dialog
                title="Remove this member?"
                confirm="Remove"
                is_busy=team.is_busy
                failure=team.failure
                confirmed=move |()| team.remove()
                closed=move |()| team.keep()
            >
                <p>
                    <bdi>{team.leaving}</bdi>
                    " is signed out everywhere at once. Their messages keep their name."
                </p>
                <Successor team />
            </Dialog>
        </When>
        <When is=is_naming>
            <Dialog
                title="Name and title"
                confirm="Save"
                is_busy=team.is_busy
                failure=derived(move || team.unplaced())
                confirmed=move |()| team.name()
                closed=move |()| team.end_naming()
            >
                <p class="muted">"Of " <bdi>{team.naming}</bdi> ". Visitors read it in chats, mails and meetings."</p>
                {text_field(("member-name", "Name", ""), derived(move || team.errors("name")), team.new_name)}
                {text_field(("member-title", "Title", ""), derived(move || team.errors("title")), team.new_title)}
            </Dialog>
        </When>
        <When is=is_changing>
            <Dialog
                title=team.role_asked.get_untracked()
                confirm="Change the role"
                is_busy=team.is_busy
                failure=team.failure
                confirmed=move |()| team.change_role()
                closed=move |()| team.keep_role()
            >
                <p>{team.role_words} " It applies at once."</p>
            </Dialog>
        </When>
    }
}

/// The choice of who gets the open chats, the meetings to come and the places in rules of a leaving member.
#[component]
fn Successor(team: Team) -> impl IntoView {
    let options = move || {
        let option = |(id, email): Known| view! { <option value=id>{email}</option> }.into_any();
        team.successors().into_iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field
            id="successor".to_owned()
            label="Their open chats, meetings to come and places in rules go to"
            hint="Whom the rules name: each chat is routed again, and waits for the team where no one can take it. Meetings go to a member of their pool who is free then."
            errors=Signal::stored(Vec::new())
        >
            <select
                class="input"
                id="successor"
                aria-describedby="successor-notes"
                on:change:target=move |event| team.successor.set(event.target().value())
            >
                <option value="">"Whom the rules name"</option>
                {dynamic(options)}
            </select>
        </Field>
    }
}

/// The sign-in link created for a member, to be copied.
#[component]
fn SignInLink(team: Team) -> impl IntoView {
    view! {
        <div class="panel invitation" hidden=derived(move || team.sign_in_link.with(String::is_empty))>
            <p role="status">{team.link_words}</p>
            <div class="snippet">
                <CopyLine text=team.sign_in_link label="Sign-in link".to_owned() />
            </div>
        </div>
    }
}
