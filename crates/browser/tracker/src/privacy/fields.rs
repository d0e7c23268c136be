//! What a form's field asks for, as far as anybody may know.

use crate::privacy::words::holds;

/// The attributes of a field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    /// Its type, in small letters.
    pub(crate) kind: &'a str,
    /// Its name or id.
    pub(crate) name: &'a str,
    /// Its autocomplete tokens.
    pub(crate) autocomplete: &'a str,
}

/// What a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The visitor's e-mail address.
    Email,
    /// The visitor's whole name.
    Name,
    /// A field whose name is told and nothing else.
    Other,
    /// Not filled in by the visitor: a button, a hidden value.
    Nothing,
}

const NAMES: [&str; 5] = ["name", "fullname", "full_name", "full-name", "your-name"];
const EMAILS: [&str; 3] = ["email", "e-mail", "e_mail"];

/// Decides what a field is for.
pub(crate) fn meaning(field: &Field<'_>) -> Meaning {
    let has_token = |wanted: &str| field.autocomplete.split(' ').any(|token| token == wanted);
    let is_named = |name: &&str| field.name.eq_ignore_ascii_case(name);
    match field.kind {
        "submit" | "button" | "reset" | "image" | "hidden" | "fieldset" | "output" | "" => Meaning::Nothing,
        "email" => Meaning::Email,
        "text" if has_token("email") || is_named(&"mail") || EMAILS.iter().any(|word| holds(field.name, word)) => {
            Meaning::Email
        }
        "text" if has_token("name") || NAMES.iter().any(is_named) => Meaning::Name,
        _ => Meaning::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_told_apart_by_type_autocomplete_and_name() {
        let cases = [
            ("email", "x", "", Meaning::Email),
            ("text", "workEmail", "", Meaning::Email),
            ("text", "x", "section-a work email", Meaning::Email),
            ("text", "mailing_list", "", Meaning::Other),
            ("text", "x", "name", Meaning::Name),
            ("text", "Full_Name", "", Meaning::Name),
            ("text", "company_name", "organization", Meaning::Other),
            ("password", "email", "", Meaning::Other),
            ("hidden", "email", "email", Meaning::Nothing),
            ("checkbox", "email_me", "", Meaning::Other),
            ("submit", "go", "", Meaning::Nothing),
            ("textarea", "message", "", Meaning::Other),
        ];
        for (kind, name, autocomplete, expected) in cases {
            assert_eq!(meaning(&Field { kind, name, autocomplete }), expected, "{kind} {name} {autocomplete}");
        }
    }
}
