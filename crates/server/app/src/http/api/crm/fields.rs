//! The properties that a CRM has, and those that Knock creates there.

use super::{NamedCrm, SystemPath, refused, shown::shown_now, wrong};
use crate::http::api::parameter::known;
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::Query;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_crm::{Field, Mapping, Prefix, Property};
use knock_engine::commands::{ChangeCrm, CrmEdit};
use knock_ports::{CrmCreated, CrmObject, Refusal};
use knock_wire::{CrmProperties, CrmPropertyShown, CrmSettings, FieldError};
use serde::Deserialize;

/// The current properties of contacts and companies in the CRM, each with the fields that it can hold.
#[utoipa::path(get, path = "/api/v1/crm/{system}/properties", tag = "team",
    params(SystemPath),
    responses(
    (status = 200, description = "The properties", body = CrmProperties),
    (status = 422, description = "The CRM is not connected, or does not let in"),
    (status = 503, description = "The CRM does not answer"),
))]
pub(super) async fn properties(
    _: Allowed<ManageConnections>,
    NamedCrm(crm): NamedCrm,
) -> Result<Json<CrmProperties>, Problem> {
    let crm = &crm.account;
    let client = crm.connected().await.map_err(|words| wrong("", words))?;
    let contact = crm.asked(client.properties(CrmObject::Contact)).await;
    let contact = contact.map_err(|refusal| refused(crm, "", refusal))?;
    let company = match crm.asked(client.properties(CrmObject::Company)).await {
        // Contacts are written all the same; the settings show the missing scope.
        Err(Refusal::Unauthorized { .. }) => Vec::new(),
        found => found.map_err(|refusal| refused(crm, "", refusal))?,
    };
    let shown = |properties: &[Property], object| properties.iter().map(|one| property(one, object)).collect();
    let (contact, company) = (shown(&contact, CrmObject::Contact), shown(&company, CrmObject::Company));
    Ok(Json(CrmProperties { contact, company }))
}

/// The object whose properties are created.
#[derive(Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct OfObject {
    /// `contact` or `company`; absent: `contact`.
    object: Option<String>,
}

/// Creates the standard properties of the fields that are not mapped yet, and maps them. Existing ones are used as is.
#[utoipa::path(post, path = "/api/v1/crm/{system}/fields", tag = "team",
    params(SystemPath, OfObject),
    responses(
    (status = 200, description = "The settings after the change", body = CrmSettings),
    (status = 400, description = "`object` is neither `contact` nor `company`"),
    (status = 422, description = "The CRM is not connected, or did not create a property"),
    (status = 503, description = "The CRM does not answer"),
))]
pub(super) async fn create(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    NamedCrm(crm): NamedCrm,
    State(state): State<AppState>,
    Query(OfObject { object }): Query<OfObject>,
) -> Result<Json<CrmSettings>, Problem> {
    let object = match object.as_deref() {
        Some(word) => known("object", word, CrmObject::ALL, CrmObject::as_str)?,
        None => CrmObject::Contact,
    };
    let crm = &crm.account;
    let sync = crm.sync().await?;
    let client = crm.of(&sync).map_err(|words| wrong("", words))?;
    let prefix = Prefix::parse(&sync.prefix).unwrap_or_default();
    let before = sync.mapping_of(object);
    let open = Field::of(object).iter().copied().filter(|field| before.property(*field).is_none());
    let open: Vec<Field> = open.collect();
    let wanted: Vec<Property> = open.iter().map(|field| field.property(&prefix)).collect();
    let created = crm.asked(client.create_properties(object, &wanted)).await;
    let created = created.map_err(|refusal| refused(crm, "", refusal))?;
    let mapping = mapped(before, &open, &prefix)?;
    check(crm.label(), &mapping, &created, &open)?;
    let edit = CrmEdit::Fields(object, mapping);
    state.core.make(caller.actor(), ChangeCrm { system: crm.system(), edit, now: state.core.clock.now() }).await?;
    Ok(Json(shown_now(crm).await?))
}

/// The mapping with the standard properties added.
fn mapped(known: &Mapping, open: &[Field], prefix: &Prefix) -> Result<Mapping, Problem> {
    let known = Field::ALL.iter().filter_map(|field| Some((*field, known.property(*field)?.to_owned())));
    let new = open.iter().map(|field| (*field, field.property_name(prefix)));
    Mapping::new(known.chain(new)).map_err(|(_, sentence)| wrong("", sentence))
}

/// Checks that each property exists and can hold its field.
fn check(label: &str, mapping: &Mapping, created: &[CrmCreated], open: &[Field]) -> Result<(), Problem> {
    let there: Vec<Property> = created
        .iter()
        .filter_map(|one| if let CrmCreated::There(property) = one { Some(property.clone()) } else { None })
        .collect();
    let mut errors: Vec<FieldError> = Vec::new();
    for (field, one) in open.iter().zip(created) {
        if let CrmCreated::Rejected(words) = one {
            errors.push(FieldError {
                pointer: String::new(),
                reason: format!("{}: {label} says: {words}", field.as_str()),
            });
        }
    }
    let unfit = mapping.check(&there).into_iter().filter(|(field, _)| open.contains(field));
    if errors.is_empty() {
        errors.extend(unfit.map(|(_, reason)| FieldError { pointer: String::new(), reason }));
    }
    let mut errors = errors.into_iter();
    let Some(first) = errors.next() else { return Ok(()) };
    Err(errors.fold(Problem::invalid(first), Problem::field))
}

fn property(property: &Property, object: CrmObject) -> CrmPropertyShown {
    let fits = |field: &Field| {
        let mapping = Mapping::new([(*field, property.name.clone())]).unwrap_or_default();
        mapping.check(std::slice::from_ref(property)).is_empty()
    };
    CrmPropertyShown {
        name: property.name.clone(),
        label: property.label.clone(),
        value_type: property.value_type.into(),
        options: property.options.iter().map(|option| option.value.clone()).collect(),
        is_read_only: property.is_read_only,
        fits: Field::of(object)
            .iter()
            .copied()
            .filter(|field| fits(field))
            .map(|field| field.as_str().to_owned())
            .collect(),
    }
}
