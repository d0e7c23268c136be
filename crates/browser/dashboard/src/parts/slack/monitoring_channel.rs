//! The monitoring channel, a new channel, and the note mark.

use knock_wire::SlackChannels;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::paged::Phase;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::save_bar::Unsaved;
use crate::parts::form::text_field::text_field;
use crate::parts::page::failed::Failed;
use crate::parts::table::condition_line::option;
use crate::state::settings::slack_form::{CHANNEL, SlackForm};
use crate::words::slack::channel_words;

/// The channel, from the list or by its id, and the mark of notes.
pub(crate) fn slack_monitoring_channel(form: SlackForm) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    let options = derived(move || {
        let chosen = form.channel.get();
        let name = form.of(|stored| {
            if stored.monitoring_channel == chosen { stored.monitoring_channel_name.clone() } else { String::new() }
        });
        form.channels.value.with(|known| choices(known.as_ref(), chosen.trim(), &name))
    });
    view! {
        <form class="panel form panels" aria-labelledby="slack-placing" on:submit=handler(submit) novalidate>
            <h2 class="panel-title" id="slack-placing">"Monitoring channel"</h2>
            <p class="field-hint">
                "Every chat and every meeting is shown there, unless its routing rule names another channel."
            </p>
            <div class="field">
                <label class="field-label" for=CHANNEL>
                    "Channel"
                </label>
                <select
                    class="input"
                    id=CHANNEL
                    inner_html=options
                    on:change:target=move |event| form.channel.set(event.target().value())
                ></select>
                {dynamic(move || listed(form))}
            </div>
            {line(form, ("slack-channel-id", "Or its id", "Such as C0123456789, at the end of the channel's details in Slack: for a private channel, or one that is not listed."), "/monitoring_channel", form.channel)}
            {line(form, ("slack-mark", "Notes begin with", "A message of a rep in the thread that begins with it stays inside: the lead never gets it."), "/note_mark", form.note_mark)}
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=form.is_busy>
                    "Save"
                </button>
                <Unsaved is_changed=derived(move || form.is_changed()) discard=move |()| form.discard() />
            </div>
        </form>
    }
    .into_any()
}

/// The form that creates a new channel.
pub(crate) fn slack_new_channel(form: SlackForm) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.create_channel();
    };
    view! {
        <form class="panel form panels" aria-labelledby="slack-create" on:submit=handler(submit) novalidate>
            <h2 class="panel-title" id="slack-create">"Create a channel"</h2>
            {line(form, ("slack-new-channel", "Name of the channel", "Lower-case letters, digits, - and _. The bot is in it, and every chat is shown there; invite your team in Slack."), "/name", form.new_channel)}
            <div class="form-actions">
                <button class="button" type="submit" prop:disabled=form.is_busy>
                    "Create the channel"
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// A notice while not all channels are listed.
fn listed(form: SlackForm) -> Option<AnyView> {
    if let Phase::Failed(failure) = form.channels.phase.get() {
        return Some(view! { <Failed failure retry=move |()| form.channels.load() /> }.into_any());
    }
    let known = form.channels.value.get()?;
    let words = match (known.problem.is_empty(), known.is_complete) {
        (false, _) => format!("Not all channels could be listed: {}", known.problem),
        (true, false) => "There are more channels: list again for the rest.".to_owned(),
        (true, true) => return None,
    };
    let view = view! {
        <p class="field-hint">{words}</p>
        <button class="button" type="button" on:click=handler(move |_| form.channels.load())>
            "List again"
        </button>
    };
    Some(view.into_any())
}

/// All channels, with the chosen one even if it is not listed.
fn choices(known: Option<&SlackChannels>, chosen: &str, name: &str) -> String {
    let known = known.map(|known| known.channels.as_slice()).unwrap_or_default();
    let mut all = option("", "No channel", chosen.is_empty());
    if !chosen.is_empty() && known.iter().all(|channel| channel.id != chosen) {
        let words = if name.is_empty() { chosen.to_owned() } else { format!("#{name}") };
        all += &option(chosen, &words, true);
    }
    let of = known.iter().map(|channel| option(&channel.id, &channel_words(channel), channel.id == chosen));
    all + &of.collect::<String>()
}

fn line(
    form: SlackForm,
    names: (&'static str, &'static str, &'static str),
    pointer: &'static str,
    value: RwSignal<String>,
) -> AnyView {
    text_field(names, derived(move || form.errors(pointer)), value)
}
