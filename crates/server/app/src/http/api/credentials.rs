//! Forms of credentials for display.

use knock_ports::CredentialForm;
use knock_wire::CredentialField;

pub(super) fn form_shown(form: &CredentialForm) -> knock_wire::CredentialForm {
    let fields = form.fields.iter().map(|field| CredentialField {
        name: field.name.to_owned(),
        label: field.label.to_owned(),
        hint: field.hint.to_owned(),
        is_secret: field.is_secret,
    });
    let steps = form.steps.iter().map(|step| (*step).to_owned());
    knock_wire::CredentialForm { fields: fields.collect(), steps: steps.collect() }
}
