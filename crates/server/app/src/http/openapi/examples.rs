//! Examples of bodies: the golden files of `tests/wire`, which are tested to be what is written and read.

use rust_embed::Embed;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, RefOr};

#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/../../../tests/wire"]
struct Golden;

/// The schemas whose golden file does not have their name: of some there are several.
const OTHERWISE: [(&str, &str); 9] = [
    ("Batch", "signals_batch"),
    ("ConversationPage", "conversation_page_of_view"),
    ("KnowledgeTried", "knowledge_tried_page"),
    ("LeadAction", "lead_action_reject"),
    ("LinkAnswer", "session_link_answer"),
    ("LinkAsk", "session_link_ask"),
    ("Problem", "problem_of_a_field"),
    ("RepMessageDraft", "rep_message_draft_card"),
    ("Rule", "rule_chat"),
];

/// Adds an example to every body whose schema has one.
pub(super) fn add(operation: &mut Operation) {
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.content.values_mut().for_each(add_to);
    }
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response {
            response.content.values_mut().for_each(add_to);
        }
    }
}

fn add_to(content: &mut RefOr<Content>) {
    let RefOr::T(content) = content else { return };
    let Some(RefOr::Ref(schema)) = &content.schema else { return };
    let schema = schema.ref_location.rsplit('/').next().unwrap_or_default();
    let file = Golden::get(&format!("{}.json", name_of_file(schema)));
    content.example = file.and_then(|file| serde_json::from_slice(&file.data).ok());
}

/// `ApiKeyList` is in `api_key_list`.
fn name_of_file(schema: &str) -> String {
    if let Some((_, file)) = OTHERWISE.iter().find(|(of, _)| *of == schema) {
        return (*file).to_owned();
    }
    let mut name = String::new();
    for letter in schema.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}
