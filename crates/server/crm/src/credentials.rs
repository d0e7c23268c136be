//! Entered credentials, checked field by field.

use knock_ports::{CredentialForm, Credentials};
use knock_wire::{CrmCredentials, FieldError};

/// The entered credentials, without white space around them.
///
/// # Errors
/// The first field that cannot be right.
pub fn checked(form: &CredentialForm, entered: &CrmCredentials) -> Result<Credentials, FieldError> {
    if let Some(name) = entered.0.keys().find(|name| form.fields.iter().all(|field| field.name != name.as_str())) {
        let known: Vec<&str> = form.fields.iter().map(|field| field.name).collect();
        return Err(FieldError {
            pointer: format!("/{}", name.replace('~', "~0").replace('/', "~1")),
            reason: format!("is no field of these credentials, which are {}", known.join(", ")),
        });
    }
    let mut values = Credentials::default();
    for field in form.fields {
        let value = entered.0.get(field.name).map_or("", |value| value.reveal()).trim();
        if value.is_empty() || value.len() > field.longest || !value.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(FieldError { pointer: format!("/{}", field.name), reason: field.wrong.to_owned() });
        }
        values.0.insert(field.name.to_owned(), value.to_owned());
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_ports::CredentialField;

    const fn field(name: &'static str) -> CredentialField {
        CredentialField { name, label: "", hint: "", is_secret: true, longest: 4, wrong: "is wrong" }
    }

    const FORM: CredentialForm = CredentialForm { fields: &[field("id"), field("secret")], steps: &[] };

    fn entered(fields: &[(&str, &str)]) -> CrmCredentials {
        CrmCredentials(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned().into())).collect())
    }

    #[test]
    fn every_field_of_the_form_is_wanted_and_no_other() {
        let good = checked(&FORM, &entered(&[("id", " 7b "), ("secret", "s")])).expect("good");
        assert_eq!((good.get("id"), good.get("secret"), good.get("other")), ("7b", "s", ""));
        for (fields, pointer) in [
            (&[("id", "7b")][..], "/secret"),
            (&[("id", ""), ("secret", "s")], "/id"),
            (&[("id", "12345"), ("secret", "s")], "/id"),
            (&[("id", "7\n8"), ("secret", "s")], "/id"),
            (&[("id", "7 8"), ("secret", "s")], "/id"),
            (&[("id", "7b"), ("secret", "s"), ("a/b", "")], "/a~1b"),
        ] {
            let error = checked(&FORM, &entered(fields)).expect_err("refused");
            assert_eq!(error.pointer, pointer);
        }
    }
}
