//! The monitoring channel of a rule or a segment, with suggestions from the Slack workspace.

use knock_wire::{SlackChannel, SlackChannels};
use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::parts::table::condition_line::option;
use crate::state::rules::form::RuleForm;
use crate::words::slack::channel_words;

/// The id of the suggestions that all such fields share.
const LIST: &str = "slack-channels";
const UNKNOWN: &str =
    "Slack lists no such channel. Enter #name or the id of a channel; to a private one, invite the bot first.";

/// The names of the channels as suggestions, once for all fields.
pub(super) fn channel_list(form: RuleForm) -> AnyView {
    let offered = derived(move || {
        let all = form.channels.get().map(|known| known.channels).unwrap_or_default();
        let offer = |channel: &SlackChannel| option(&format!("#{}", channel.name), &channel_words(channel), false);
        all.iter().map(offer).collect::<String>()
    });
    view! { <datalist id=LIST inner_html=offered></datalist> }.into_any()
}

/// A text field for the name or the id of a channel.
pub(super) fn channel_field(
    form: RuleForm,
    id: String,
    hint: &'static str,
    value: Signal<String>,
    written: Box<dyn Fn(String)>,
) -> AnyView {
    let is_unknown = derived(move || form.channels.with(|known| is_unknown(known.as_ref(), value.get().trim())));
    let notes = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                "Monitoring channel"
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
            <p class="field-hint" class=("field-error", is_unknown) id=notes role="status">
                {derived(move || if is_unknown.get() { UNKNOWN } else { hint })}
            </p>
        </div>
    }
    .into_any()
}

/// Whether the channel does not exist, if all channels of the workspace are known.
fn is_unknown(known: Option<&SlackChannels>, named: &str) -> bool {
    let Some(known) = known.filter(|known| known.is_complete && !named.is_empty()) else { return false };
    !known.channels.iter().any(|channel| channel.id == named || named.strip_prefix('#') == Some(&channel.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_channel_is_known_by_its_name_or_id() {
        let channel =
            SlackChannel { id: "C1".to_owned(), name: "sales".to_owned(), is_private: false, is_member: true };
        let mut known = SlackChannels { channels: vec![channel], is_complete: true, problem: String::new() };
        for (named, is) in
            [("#sales", false), ("C1", false), ("", false), ("sales", true), ("#sale", true), ("C2", true)]
        {
            assert_eq!(is_unknown(Some(&known), named), is, "{named}");
        }
        known.is_complete = false;
        assert!(!is_unknown(Some(&known), "#sale") && !is_unknown(None, "#sale"));
    }
}
