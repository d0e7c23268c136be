//! Errors in HubSpot's shape.

use crate::request::Answer;
use serde_json::{Value as Json, json};

const CORRELATION: &str = "aeb5f871-7f07-4993-9211-075dc63e7cbf";

/// An error of a whole request.
pub(crate) fn error(code: u16, category: &str, message: &str) -> Answer {
    let body = json!({"status": "error", "message": message, "correlationId": CORRELATION, "category": category});
    Answer::new(code, body)
}

/// An error of one record in an answer to a batch.
pub(crate) fn of_record(category: &str, message: &str, context: Json) -> Json {
    json!({"status": "error", "category": category, "message": message, "context": context})
}

pub(crate) fn invalid(message: &str) -> Answer {
    error(400, "VALIDATION_ERROR", message)
}

pub(crate) fn not_found(message: &str) -> Answer {
    error(404, "OBJECT_NOT_FOUND", message)
}

/// There were too many requests.
pub(crate) fn too_many(policy: &str, after: Option<u64>) -> Answer {
    let limit = policy.to_lowercase();
    let body = json!({
        "status": "error", "message": format!("You have reached your {limit} limit."), "errorType": "RATE_LIMIT",
        "correlationId": CORRELATION, "policyName": policy, "category": "RATE_LIMITS",
    });
    let headers = after.map(|seconds| ("retry-after", seconds.to_string())).into_iter().collect();
    Answer { headers, ..Answer::new(429, body) }
}

pub(crate) fn missing_scope(scope: &str) -> Answer {
    let message = "This app hasn't been granted all required scopes to make this call.";
    let mut answer = error(403, "MISSING_SCOPES", message);
    let context = json!({"requiredGranularScopes": [scope]});
    answer.body["errors"] =
        json!([{"message": format!("One or more of the following scopes are required: {scope}."), "context": context}]);
    answer
}
