//! The fields of a rule besides its segments.

use knock_routing::{CrmAware, Funnel};
use leptos::prelude::*;

use super::channel_field::{channel_field, channel_list};
use super::controls::{fixed, labelled_choice, tick};
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::form::field::Field;
use crate::parts::meetings::place_note::PlaceNote;
use crate::parts::table::condition_line::option;
use crate::state::rules::form::RuleForm;
use crate::words::rule::crm_words;
use crate::words::rules::draft::RuleDraft;
use crate::words::rules::fault::NAME;

/// Name, monitoring channel, and the settings for all leads.
pub(crate) fn rule_fields(form: RuleForm) -> AnyView {
    let (funnel, is_default) = form.draft.with_untracked(|draft| (draft.funnel, draft.is_default));
    let channel = memo(move || form.draft.with(|draft| draft.channel.clone()));
    let errors = derived(move || form.fault(NAME).into_iter().collect::<Vec<_>>());
    let enabled = (!is_default).then(|| {
        let set = move |is: bool| form.change(|draft| draft.is_enabled = is);
        let words = fixed("Enabled: while it is off, its links use the default rule");
        tick(words, is(form, |draft| draft.is_enabled), Box::new(set))
    });
    let place = (funnel == Funnel::Meeting).then(|| view! { <PlaceNote /> });
    let private = (funnel == Funnel::Meeting).then(|| {
        let set = move |is: bool| form.change(|draft| draft.rejects_private = is);
        let words = fixed("Turn away private e-mail addresses: they become Unqualified");
        tick(words, is(form, |draft| draft.rejects_private), Box::new(set))
    });
    view! {
        <div class="panel agents-part">
            {place}
            <Field id="rule-name".to_owned() label="Name" hint="For your team only." errors>
                <input
                    class="input"
                    id="rule-name"
                    autocomplete="off"
                    aria-describedby="rule-name-notes"
                    aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                    prop:value=derived(move || form.draft.with(|draft| draft.name.clone()))
                    on:input:target=move |event| form.change(|draft| draft.name = event.target().value())
                />
            </Field>
            {channel_list(form)}
            {channel_field(
                form,
                "rule-channel".to_owned(),
                (
                    "Monitoring channel",
                    "The Slack channel of this rule: its name, such as #sales, or its id. Empty: the channel of Settings > Slack.",
                ),
                channel.into(),
                Box::new(move |text| form.change(|draft| draft.channel = text)),
            )}
            {enabled} {private} {dynamic(move || crm(form))}
        </div>
    }
    .into_any()
}

fn is(form: RuleForm, read: fn(&RuleDraft) -> bool) -> Signal<bool> {
    derived(move || form.draft.with(read))
}

/// The CRM part; none until a CRM is connected.
fn crm(form: RuleForm) -> Option<AnyView> {
    form.inputs.with(|inputs| inputs.crm.clone())?;
    let modes = [CrmAware::Off, CrmAware::Notify, CrmAware::Assign];
    let options = derived(move || {
        let chosen = form.draft.with(|draft| draft.crm_aware);
        modes.map(|mode| option(mode.as_str(), crm_words(mode), mode == chosen)).concat()
    });
    let choose = move |word: String| {
        form.change(|draft| draft.crm_aware = CrmAware::parse(&word).unwrap_or_default());
    };
    Some(labelled_choice("rule-crm", "CRM-aware routing", options, Box::new(choose)))
}
