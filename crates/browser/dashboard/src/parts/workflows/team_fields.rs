//! What an action to the team does: a post, an assignment, a tag, a field, a webhook, a task.

use knock_model::Permission;
use knock_wire::RuleRep;
use knock_workflow::Action;
use leptos::prelude::*;

use super::fields::{named_choice, of_content, span_field, write_content};
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::rules::channel_field::channel_field;
use crate::parts::rules::controls::{labelled_choice, line};
use crate::parts::rules::pool::pool;
use crate::parts::table::condition_line::option;
use crate::state::workflows::form::FlowForm;
use crate::words::workflows::content::ASSIGNEES;
use crate::words::workflows::span::SpanDraft;

/// The fields of an action to the team.
pub(super) fn team_fields(form: FlowForm, key: usize, action: Action) -> AnyView {
    match action {
        Action::Slack => slack(form, key),
        Action::Assign => assign(form, key),
        Action::Tag => {
            let chosen = of_content(form, key, |content| content.tag.clone());
            let set = write_content(form, key, |content| &mut content.tag);
            named_choice((&format!("tag-{key}"), "Tag", "Choose a tag"), form.choices.tags, chosen, set)
        }
        Action::SetField => set_field(form, key),
        Action::Webhook => {
            let chosen = of_content(form, key, |content| content.webhook.clone());
            let set = write_content(form, key, |content| &mut content.webhook);
            view! {
                {named_choice(
                    (&format!("webhook-{key}"), "Webhook", "Choose a webhook"),
                    form.choices.webhooks,
                    chosen,
                    set,
                )}
                {webhook_hint(form)}
            }
            .into_any()
        }
        Action::Task => task(form, key),
        Action::Nudge | Action::Message | Action::Mail => ().into_any(),
    }
}

/// Where webhooks come from; a link for members who can add one.
fn webhook_hint(form: FlowForm) -> AnyView {
    let place = if form.session.may(Permission::ManageConnections) {
        view! { "Webhooks are added in " <a class="link" href="/app/settings/webhooks">"Settings"</a> "." }.into_any()
    } else {
        "An admin adds webhooks in Settings.".into_any()
    };
    view! { <p class="field-hint">"It gets the event workflow.action. " {place}</p> }.into_any()
}

fn slack(form: FlowForm, key: usize) -> AnyView {
    let channel = of_content(form, key, |content| content.channel.clone());
    let choose = move |typed: String| {
        let named = typed.trim().trim_start_matches('#').to_owned();
        let id = form.conditions.channels.with_untracked(|known| {
            let known = known.as_ref().map(|known| known.channels.as_slice()).unwrap_or_default();
            let found = known.iter().find(|channel| channel.name == named || channel.id == named);
            found.map(|channel| channel.id.clone()).unwrap_or_default()
        });
        form.change_step(key, |step| (step.content.channel, step.content.channel_id) = (typed, id));
    };
    let words = of_content(form, key, |content| content.words.clone());
    let hint = ("Channel", "Its name, such as #hiring, or its id. The bot has to be in it.");
    view! {
        {channel_field(form.conditions, format!("channel-{key}"), hint, channel, Box::new(choose))}
        {line(
            format!("words-{key}"),
            ("Words above the card of the lead", "May be empty."),
            words,
            write_content(form, key, |content| &mut content.words),
        )}
    }
    .into_any()
}

fn assign(form: FlowForm, key: usize) -> AnyView {
    let assignee = of_content(form, key, |content| content.assignee.clone());
    let assignee = memo(move || assignee.get());
    let options = derived(move || {
        ASSIGNEES.map(|(word, label)| option(word, label, assignee.with(|chosen| chosen == word))).concat()
    });
    let whom = move || match assignee.get().as_str() {
        "pool" => pool(form.conditions, key),
        "agent" => view! { <p class="field-hint">"The AI agent answers the chat of the lead."</p> }.into_any(),
        "rule" => {
            let chosen = of_content(form, key, |content| content.rule.clone());
            let set = write_content(form, key, |content| &mut content.rule);
            named_choice((&format!("rule-{key}"), "Routing rule", "Choose a rule"), form.choices.rules, chosen, set)
        }
        _ => {
            let chosen = of_content(form, key, |content| content.rep.clone());
            let set = write_content(form, key, |content| &mut content.rep);
            member(form, (&format!("rep-{key}"), "Member", "Choose a member"), chosen, set)
        }
    };
    view! {
        <div class="target">
            {labelled_choice(
                &format!("assignee-{key}"),
                "Assign to",
                options,
                write_content(form, key, |content| &mut content.assignee),
            )}
            {dynamic(whom)}
        </div>
    }
    .into_any()
}

/// A choice of a member; a removed one stays among them.
fn member(
    form: FlowForm,
    (id, label, nothing): (&str, &'static str, &'static str),
    chosen: Signal<String>,
    set: Box<dyn Fn(String)>,
) -> AnyView {
    let options = derived(move || {
        let chosen = chosen.get();
        form.conditions.inputs.with(|inputs| {
            let is_gone = !chosen.is_empty() && !inputs.reps.iter().any(|rep| rep.id == chosen);
            let gone = if is_gone { option(&chosen, "Removed member", true) } else { String::new() };
            let one = |rep: &RuleRep| option(&rep.id, &rep.name, rep.id == chosen);
            option("", nothing, chosen.is_empty()) + &gone + &inputs.reps.iter().map(one).collect::<String>()
        })
    });
    labelled_choice(id, label, options, set)
}

fn set_field(form: FlowForm, key: usize) -> AnyView {
    let chosen = of_content(form, key, |content| content.field.clone());
    let value = of_content(form, key, |content| content.value.clone());
    let set = write_content(form, key, |content| &mut content.field);
    view! {
        <div class="target">
            {named_choice(
                (&format!("custom-{key}"), "Custom field", "Choose a field"),
                form.choices.fields,
                chosen,
                set,
            )}
            {line(
                format!("value-{key}"),
                ("Value", "Empty: its value is removed."),
                value,
                write_content(form, key, |content| &mut content.value),
            )}
        </div>
    }
    .into_any()
}

fn task(form: FlowForm, key: usize) -> AnyView {
    let words = of_content(form, key, |content| content.words.clone());
    let due = derived(move || {
        form.of_step(key, |step| Some(step.content.due.clone())).unwrap_or(SpanDraft::empty(86_400_000))
    });
    let set = Callback::new(move |span: SpanDraft| form.change_step(key, |step| step.content.due = span));
    let chosen = of_content(form, key, |content| content.member.clone());
    let choose = write_content(form, key, |content| &mut content.member);
    view! {
        {line(
            format!("words-{key}"),
            ("What is to be done", "A reminder in the inbox of the member."),
            words,
            write_content(form, key, |content| &mut content.words),
        )}
        <div class="target">
            {span_field((format!("due-{key}"), "Due after"), due, set)}
            {member(form, (&format!("member-{key}"), "For", "The owner of the lead"), chosen, choose)}
        </div>
    }
    .into_any()
}
