//! Custom fields: what the team knows of leads besides.

use crate::{spelled, vocabulary};

vocabulary! {
    /// What a custom field holds.
    #[derive(Default)]
    CustomFieldType {
        /// A text.
        #[default]
        Text = "text",
        /// A number.
        Number = "number",
        /// True or false.
        Boolean = "boolean",
    }
}

spelled!(CustomFieldType);

vocabulary! {
    /// Where the value of a custom field comes from.
    CustomFieldSource {
        /// A property of an `identify`.
        Identify = "identify",
        /// A field of a form on a site.
        Form = "form",
        /// A program with an API key, or a member.
        Api = "api",
    }
}

spelled!(CustomFieldSource);
