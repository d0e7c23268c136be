//! Custom fields: what the team knows of leads besides.

use crate::{spelled, vocabulary};

vocabulary! {
    /// The type of a custom field.
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
    /// The source of a custom field's values.
    CustomFieldSource {
        /// A property of an `identify`.
        Identify = "identify",
        /// A field of a form on a site.
        Form = "form",
        /// A program with an API key, or a member.
        Api = "api",
        /// A step of a workflow, which may set every field.
        Workflow = "workflow",
    }
}

spelled!(CustomFieldSource);
