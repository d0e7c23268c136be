//! The mapping of fields to properties of contacts and of companies.

use knock_crm::Object as CrmObject;
use knock_wire::{CrmFieldShown, CrmPropertyShown};
use leptos::prelude::*;

use crate::kit::paged::Phase;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::text_field::text_field;
use crate::parts::page::failed::Failed;
use crate::parts::table::condition_line::option;
use crate::state::crm::form::CrmForm;
use crate::state::crm::mapping::{fields, properties};
use crate::words::crm::{companies_words, property_words, trap_words};

/// The fields of contacts, and those of companies where the CRM has any, each with the possible properties.
pub(crate) fn crm_mapping(form: CrmForm) -> AnyView {
    let warnings = move || {
        let all = form.of(|stored| stored.warnings.clone()).into_iter();
        all.map(|words| view! { <p class="note">{words}</p> }.into_any()).collect::<Vec<_>>()
    };
    let wrong = move || match form.properties.phase.get() {
        Phase::Failed(failure) => Some(view! { <Failed failure retry=move |()| form.properties.load() /> }.into_any()),
        Phase::Loading | Phase::Ready => None,
    };
    let prefix_hint = "Names of created properties begin with it. Save another one before you create them.".to_owned();
    let read_hint = format!(
        "Names of properties of contacts, separated by commas, such as jobtitle. Rules ask them as crm.{}.fields.jobtitle.",
        form.system.as_str()
    );
    let has_companies = memo(move || form.of(|stored| !stored.company_fields.is_empty()));
    view! {
        <section class="panel panels" aria-labelledby="crm-mapping">
            <h2 class="panel-title" id="crm-mapping" tabindex="-1">"Fields"</h2>
            <p class="field-hint">
                "Each field is written to a property: one of your own that takes its values, or a standard one that Knock creates."
            </p>
            {text(form, ("crm-prefix", "Prefix of created properties", prefix_hint), "/prefix", form.prefix)}
            {dynamic(wrong)}
            <div role="status">{dynamic(warnings)}</div>
            {group(form, CrmObject::Contact)}
            {text(form, ("crm-read", "Properties that routing rules can use", read_hint), "/read_fields", form.read_fields)}
            {dynamic(move || has_companies.get().then(|| group(form, CrmObject::Company)))}
        </section>
    }
    .into_any()
}

/// The fields of an object, a line each.
fn group(form: CrmForm, object: CrmObject) -> AnyView {
    let (id, title, hint) = match object {
        CrmObject::Contact => ("crm-contacts", "Contacts", None),
        CrmObject::Company => ("crm-companies", "Companies", Some(companies_words(&form.name()))),
    };
    let all = memo(move || form.of(|stored| fields(object, stored).to_vec()));
    let lines = move || all.get().into_iter().map(|field| line(form, object, field)).collect::<Vec<_>>();
    view! {
        <h3 class="panel-title" id=id>
            {title}
        </h3>
        {hint.map(|words| view! { <p class="field-hint">{words}</p> })}
        <div class="form-actions">
            <button
                class="button"
                type="button"
                prop:disabled=form.is_busy
                on:click=handler(move |_| form.create_properties(object))
            >
                "Create the standard properties"
                {of_object(object)}
            </button>
        </div>
        <div class="mapping" role="group" aria-labelledby=id>
            {dynamic(lines)}
        </div>
    }
    .into_any()
}

/// A suffix of accessible names: the controls of companies have the labels of those of contacts.
fn of_object(object: CrmObject) -> Option<AnyView> {
    (object == CrmObject::Company).then(|| view! { <span class="unseen">" of companies"</span> }.into_any())
}

fn line(form: CrmForm, object: CrmObject, field: CrmFieldShown) -> AnyView {
    let id = match object {
        CrmObject::Contact => format!("crm-field-{}", field.property),
        CrmObject::Company => format!("crm-company-field-{}", field.property),
    };
    let label = field.label;
    let errors = {
        let label = label.clone();
        memo(move || form.field_errors(object, &label))
    };
    let options = {
        let label = label.clone();
        derived(move || {
            let chosen = form.property(object, &label);
            form.properties
                .value
                .with(|known| choices((&form.name(), &label), &chosen, properties(object, known.as_ref())))
        })
    };
    let trapped = {
        let label = label.clone();
        derived(move || {
            let chosen = form.property(object, &label);
            form.properties.value.with(|known| is_trap(&label, &chosen, properties(object, known.as_ref())))
        })
    };
    let unwritten =
        move || trapped.get().then(|| view! { <p class="field-error">{trap_words(&form.name())}</p> }.into_any());
    let (named, notes) = (label.clone(), format!("{id}-notes"));
    let said = move || {
        errors.get().into_iter().map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect_view()
    };
    view! {
        <div class="enrichment-field" class=("field-wrong", move || errors.with(|errors| !errors.is_empty()))>
            <label class="field-label" for=id.clone()>
                <bdi>{named}</bdi>
                {of_object(object)}
            </label>
            <select
                class="input"
                id=id
                aria-describedby=notes.clone()
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                inner_html=options
                on:change:target=move |event| form.map(object, &label, event.target().value())
            ></select>
            <div class="field-notes" id=notes>
                {dynamic(said)}
                {dynamic(unwritten)}
                <p class="field-hint">{property_words(&field.value_type, &field.options)}</p>
            </div>
        </div>
    }
    .into_any()
}

/// Whether the property of a field is there and cannot have it: it was mapped before it was checked, or has changed.
fn is_trap(label: &str, chosen: &str, known: &[CrmPropertyShown]) -> bool {
    known.iter().any(|one| one.name == chosen && (one.is_read_only || one.fits.iter().all(|fits| fits != label)))
}

/// The possible properties of a field, with the chosen one even if it is no longer possible.
fn choices((crm, label): (&str, &str), chosen: &str, known: &[CrmPropertyShown]) -> String {
    let fitting = known.iter().filter(|one| !one.is_read_only && one.fits.iter().any(|fits| fits == label));
    let mut all = option("", "Not written", chosen.is_empty());
    let mut is_found = chosen.is_empty();
    for property in fitting {
        is_found |= property.name == chosen;
        let words = format!("{} ({})", property.label, property.name);
        all += &option(&property.name, &words, property.name == chosen);
    }
    if !is_found {
        let is_there = known.iter().any(|one| one.name == chosen);
        let words = if is_there || known.is_empty() { chosen.to_owned() } else { format!("{chosen} (not in {crm})") };
        all += &option(chosen, &words, true);
    }
    all
}

fn text(
    form: CrmForm,
    names: (&'static str, &'static str, String),
    pointer: &'static str,
    value: RwSignal<String>,
) -> AnyView {
    text_field(names, derived(move || form.errors(pointer)), value)
}
