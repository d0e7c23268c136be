//! The people of the workspace, and who of them is no member yet.

use knock_wire::SlackUser;
use leptos::prelude::*;

use crate::parts::Loaded;
use crate::slack_form::SlackForm;

/// Everybody, with the address that makes them a member.
pub(crate) fn slack_people(form: SlackForm) -> AnyView {
    let lines = move || {
        let people = form.people.value.get().unwrap_or_default().users;
        people.into_iter().map(line).collect::<Vec<_>>()
    };
    view! {
        <section class="panel panels" aria-labelledby="slack-people">
            <h2 class="panel-title" id="slack-people">"People"</h2>
            <p class="field-hint">
                "Who is a member here is known by their e-mail address. Invite the others under "
                <a href="/app/settings/team">"Team"</a> "."
            </p>
            <Loaded phase=form.people.phase retry=move |()| form.people.load()>
                <details class="why">
                    <summary>"People of the workspace"</summary>
                    <ul class="calendar-lines" aria-label="People of the workspace">{lines}</ul>
                </details>
            </Loaded>
        </section>
    }
    .into_any()
}

fn line(person: SlackUser) -> AnyView {
    let (tone, words) =
        if person.member.is_some() { ("badge badge-high", "Member") } else { ("badge", "No member here") };
    view! {
        <li class="calendar-line">
            <strong><bdi>{person.name}</bdi></strong>
            <span class="muted"><bdi>{person.email}</bdi></span>
            <span class=tone>{words}</span>
        </li>
    }
    .into_any()
}
