//! The monitoring channel of a rule or a segment, with suggestions from the Slack workspace.

use knock_wire::{SlackChannel, SlackChannels};
use leptos::prelude::*;

use crate::kit::reactive::{derived, memo};
use crate::parts::table::condition_line::option;
use crate::state::rules::form::RuleForm;
use crate::words::slack::{broken_words, channel_words};

/// The id of the suggestions that all such fields share.
const LIST: &str = "slack-channels";
const UNKNOWN: &str =
    "Slack lists no such channel. Enter #name or the id of a channel; to a private one, invite the bot first.";

/// The names of the channels as suggestions, once for all fields.
pub(crate) fn channel_list(form: RuleForm) -> AnyView {
    let offered = derived(move || {
        let all = form.channels.get().map(|known| known.channels).unwrap_or_default();
        let offer = |channel: &SlackChannel| option(&format!("#{}", channel.name), &channel_words(channel), false);
        all.iter().map(offer).collect::<String>()
    });
    view! { <datalist id=LIST inner_html=offered></datalist> }.into_any()
}

/// A text field for the name or the id of a channel.
pub(crate) fn channel_field(
    form: RuleForm,
    id: String,
    (label, hint): (&'static str, &'static str),
    value: Signal<String>,
    written: Box<dyn Fn(String)>,
) -> AnyView {
    let wrong = memo(move || form.channels.with(|known| wrong_words(known.as_ref(), value.get().trim())));
    let notes = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            <input
                class="input"
                id=id
                list=LIST
                autocomplete="off"
                aria-describedby=notes.clone()
                prop:value=value
                on:input:target=move |event| written(event.target().value())
            />
            <p class="field-hint" class=("field-error", move || wrong.get().is_some()) id=notes role="status">
                {derived(move || wrong.get().unwrap_or(hint))}
            </p>
        </div>
    }
    .into_any()
}

/// What is wrong with a channel; none where nothing is known to be.
fn wrong_words(known: Option<&SlackChannels>, named: &str) -> Option<&'static str> {
    let broken = known.and_then(|known| known.problems.iter().find(|problem| problem.channel == named));
    let broken = broken.filter(|_| !named.is_empty()).map(|problem| broken_words(&problem.kind));
    broken.or_else(|| is_unknown(known, named).then_some(UNKNOWN))
}

/// Whether the channel does not exist, if all channels of the workspace are known.
fn is_unknown(known: Option<&SlackChannels>, named: &str) -> bool {
    let Some(known) = known.filter(|known| known.is_complete && !named.is_empty()) else { return false };
    !known.channels.iter().any(|channel| channel.id == named || named.strip_prefix('#') == Some(&channel.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use knock_wire::SlackProblem;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_channel_is_known_by_its_name_or_id() {
        let channel =
            SlackChannel { id: "C1".to_owned(), name: "sales".to_owned(), is_private: false, is_member: true };
        let mut known = SlackChannels { channels: vec![channel], is_complete: true, ..SlackChannels::default() };
        for (named, is) in
            [("#sales", false), ("C1", false), ("", false), ("sales", true), ("#sale", true), ("C2", true)]
        {
            assert_eq!(is_unknown(Some(&known), named), is, "{named}");
        }
        known.problems = vec![SlackProblem {
            kind: "channel_gone".to_owned(),
            channel: "C1".to_owned(),
            text: "the channel is archived".to_owned(),
            since: Millis(1),
            places: Vec::new(),
        }];
        assert!(wrong_words(Some(&known), "C1").is_some_and(|words| words.contains("unarchive it")));
        assert_eq!(wrong_words(Some(&known), "#sales"), None);
        assert_eq!(wrong_words(Some(&known), "#sale"), Some(UNKNOWN));
        known.is_complete = false;
        assert!(!is_unknown(Some(&known), "#sale") && !is_unknown(None, "#sale"));
    }
}
