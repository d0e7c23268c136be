//! The fields that conditions and triggers of workflows can compare beside those of rules.

use knock_model::Vocabulary;
use knock_status::chat::ChatStatus;
use knock_status::meeting::MeetingStatus;
use knock_wire::{FieldInput, FieldOption, RuleInputs};
use knock_workflow::Consent;

/// The inputs of rules, with the fields of workflows; `tags` are the names of the tags of the workspace.
pub(crate) fn with_fields_of_workflows(mut inputs: RuleInputs, tags: &[String]) -> RuleInputs {
    let words =
        |words: Vec<std::borrow::Cow<'static, str>>| words.into_iter().map(std::borrow::Cow::into_owned).collect();
    let more = [
        field("chat.status", "text", words(ChatStatus::words())),
        field("meeting.status", "text", words(MeetingStatus::words())),
        field("tags", "list", tags.to_vec()),
        // A browser that denies sends nothing: no lead has the other value.
        field("consent", "text", vec![Consent::Granted.as_str().to_owned()]),
    ];
    inputs.fields.extend(more);
    inputs
}

fn field(name: &str, value_type: &str, values: Vec<String>) -> FieldInput {
    let options = values.into_iter().map(|value| FieldOption { label: value.clone(), value }).collect();
    FieldInput {
        field: name.to_owned(),
        label: None,
        value_type: value_type.to_owned(),
        operators: Vec::new(),
        values: Vec::new(),
        options,
        has_source: true,
    }
}
