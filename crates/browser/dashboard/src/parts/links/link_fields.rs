//! The fields of a Knock Link.

use leptos::prelude::*;

use super::Questions;
use crate::api::links::RuleName;
use crate::kit::reactive::{derived, dynamic};
use crate::parts::form::field::Field;
use crate::parts::meetings::place_note::PlaceNote;
use crate::parts::page::when::When;
use crate::state::links::{LinkDialog, Links};
use crate::words::link::{CHANNELS, LINK_LANGUAGES};

const UTM: [(&str, &str, &str); 5] = [
    ("link-utm-source", "Source", "utm/source"),
    ("link-utm-medium", "Medium", "utm/medium"),
    ("link-utm-campaign", "Campaign", "utm/campaign"),
    ("link-utm-term", "Term", "utm/term"),
    ("link-utm-content", "Content", "utm/content"),
];

/// All settings of a link; the server's errors are shown at their fields.
#[component]
pub(crate) fn LinkFieldset(links: Links) -> impl IntoView {
    let fields = links.fields;
    let is_new = links.open.get_untracked() == LinkDialog::Create;
    let is_meeting = derived(move || fields.is_meeting());
    let funnels = || pairs(&[("chat", "Chat"), ("meeting", "Meeting")]);
    // Neither changes later: addresses in use must stay valid.
    let fixed = is_new.then(|| {
        view! {
            {pick(links, ("link-funnel", "Opens", ""), "funnel", fields.funnel, derived(funnels))}
            {typed(
                links,
                ("link-slug", "End of its address", "Such as g2-profile. Empty: made of the name. It never changes."),
                "slug",
                fields.slug,
            )}
        }
    });
    let has_sites = derived(move || links.sites.with(|sites| sites.len() > 1));
    let languages = || pairs(&LINK_LANGUAGES);
    let suggestions = CHANNELS.map(|channel| view! { <option value=channel></option> }.into_any()).collect_view();
    let campaign =
        UTM.into_iter().zip(fields.utm).map(|((id, label, field), value)| typed(links, (id, label, ""), field, value));
    view! {
        {typed(links, ("link-name", "Name", "For your team only."), "name", fields.name)}
        {fixed}
        {typed(
            links,
            ("link-channel", "Channel", "Where you publish it. Rules and attribution use it."),
            "channel",
            fields.channel,
        )}
        <datalist id="link-channels">{suggestions}</datalist>
        {pick(links, ("link-rule", "Routing rule", ""), "rule", fields.rule, rules(links))}
        {pick(links, ("link-language", "Language", ""), "language", fields.language, derived(languages))}
        {greetings(links)}
        <When is=has_sites>{pick(links, ("link-site", "Site", ""), "site", fields.site, sites(links))}</When>
        <When is=is_meeting>
            <PlaceNote />
            {typed(links, ("link-duration", "Minutes", "Empty: as in its rule."), "duration_min", fields.duration)}
            <Questions links />
        </When>
        <details class="why">
            <summary>"Campaign (UTM)"</summary>
            <p class="field-hint">"Used if the opened address has none."</p>
            {campaign.collect_view()}
        </details>
    }
}

/// The rules of what the link opens.
fn rules(links: Links) -> Signal<Vec<(String, String)>> {
    derived(move || {
        let mut all = pairs(&[("", "Default rule")]);
        let funnel = links.fields.funnel.get();
        let of_funnel = |rule: &RuleName| rule.funnel.to_string() == funnel;
        links.rules.with(|rules| {
            all.extend(rules.iter().filter(|rule| of_funnel(rule)).map(|rule| (rule.id.clone(), rule.name.clone())))
        });
        all
    })
}

fn sites(links: Links) -> Signal<Vec<(String, String)>> {
    derived(move || {
        let mut all = pairs(&[("", "The first one")]);
        links.sites.with(|sites| all.extend(sites.iter().map(|site| (site.key.clone(), site.name.clone()))));
        all
    })
}

/// The greeting, and those in place of it in single languages.
fn greetings(links: Links) -> AnyView {
    let fields = links.fields;
    let hint =
        "The first message of a chat; the headline of a meeting page is its first line. Empty: the standard text.";
    let by_language = LINK_LANGUAGES.into_iter().skip(1).zip(fields.greetings).map(|((code, language), value)| {
        let about = (format!("link-greeting-{code}"), language, "");
        greeting(links, about, format!("greetings/{code}"), value)
    });
    let is_open = fields.greetings.iter().any(|text| !text.with_untracked(String::is_empty));
    view! {
        {greeting(links, ("link-greeting".to_owned(), "Greeting", hint), "greeting".to_owned(), fields.greeting)}
        <details class="why" open=is_open>
            <summary>"Greeting by language"</summary>
            <p class="field-hint">"In place of the greeting above, on pages in that language."</p>
            {by_language.collect_view()}
        </details>
    }
    .into_any()
}

fn greeting(
    links: Links,
    (id, label, hint): (String, &'static str, &'static str),
    field: String,
    text: RwSignal<String>,
) -> AnyView {
    let errors = derived(move || links.errors(&field));
    view! {
        <Field id=id.clone() label hint errors>
            <textarea
                class="input"
                id=id.clone()
                rows="3"
                dir="auto"
                aria-describedby=format!("{id}-notes")
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
            ></textarea>
        </Field>
    }
    .into_any()
}

/// Id, label and hint of a control.
type About = (&'static str, &'static str, &'static str);

/// A line of text; `field` is its name on the server.
pub(super) fn typed(links: Links, (id, label, hint): About, field: &'static str, value: RwSignal<String>) -> AnyView {
    labelled(links, (id.to_owned(), label, hint), field.to_owned(), value)
}

/// The same with a computed id and field name, for one of several.
pub(super) fn labelled(
    links: Links,
    (id, label, hint): (String, &'static str, &'static str),
    field: String,
    value: RwSignal<String>,
) -> AnyView {
    let errors = derived(move || links.errors(&field));
    let list = (id == "link-channel").then_some("link-channels");
    view! {
        <Field id=id.clone() label hint errors>
            <input
                class="input"
                id=id.clone()
                autocomplete="off"
                list=list
                aria-describedby=format!("{id}-notes")
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                bind:value=value
            />
        </Field>
    }
    .into_any()
}

/// A select control.
pub(super) fn pick(
    links: Links,
    (id, label, hint): About,
    field: &'static str,
    value: RwSignal<String>,
    of: Signal<Vec<(String, String)>>,
) -> AnyView {
    let errors = derived(move || links.errors(field));
    let options = move || {
        let option = |(key, text): (String, String)| {
            let chosen = key.clone();
            let is_chosen = derived(move || value.with(|value| *value == chosen));
            view! { <option value=key prop:selected=is_chosen>{text}</option> }.into_any()
        };
        of.get().into_iter().map(option).collect_view()
    };
    view! {
        <Field id=id.to_owned() label hint errors>
            <select
                class="input"
                id=id
                aria-describedby=format!("{id}-notes")
                on:change:target=move |event| value.set(event.target().value())
            >
                {dynamic(options)}
            </select>
        </Field>
    }
    .into_any()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
}
