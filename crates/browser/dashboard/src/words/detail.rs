//! Details of contacts in words.

use knock_model::ContactField;
use knock_wire::EditedDetail;

pub(crate) const fn detail_label(field: ContactField) -> &'static str {
    match field {
        ContactField::Name => "Name",
        ContactField::Phone => "Phone",
        ContactField::Company => "Company",
    }
}

/// The button that opens the form of a detail.
pub(crate) const fn edit_label(field: ContactField) -> &'static str {
    match field {
        ContactField::Name => "Edit name",
        ContactField::Phone => "Edit phone",
        ContactField::Company => "Edit company",
    }
}

/// The hint below the field of a detail.
pub(crate) const fn detail_hint(field: ContactField) -> &'static str {
    match field {
        ContactField::Name => "Leave empty to show the name that the contact gave.",
        ContactField::Phone => "Such as +49 30 1234567. Leave empty to show the number that the contact gave.",
        ContactField::Company => "Leave empty to show the company that is known without the team.",
    }
}

/// `Set by Bo Rep`; a program has no name.
pub(crate) fn mended_words(mended: &EditedDetail) -> String {
    if mended.by.is_empty() { "Set by a program".to_owned() } else { format!("Set by {}", mended.by) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Millis;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_mended_detail_names_its_member_or_a_program() {
        let mended = |by: &str| EditedDetail { field: ContactField::Name.into(), by: by.to_owned(), at: Millis(0) };
        assert_eq!(mended_words(&mended("Bo Rep")), "Set by Bo Rep");
        assert_eq!(mended_words(&mended("")), "Set by a program");
    }
}
