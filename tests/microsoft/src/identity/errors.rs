//! Errors of the token endpoint.
//!
//! <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>

use crate::request::Answer;
use crate::world::World;
use serde_json::json;

/// A refusal: `error`, the number of the error, its `suberror` and its description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    error: &'static str,
    pub(super) number: u32,
    suberror: Option<&'static str>,
    message: String,
}

impl Wrong {
    pub(super) fn new(error: &'static str, number: u32, message: impl Into<String>) -> Wrong {
        Wrong { error, number, suberror: None, message: message.into() }
    }

    fn sub(self, suberror: &'static str) -> Wrong {
        Wrong { suberror: Some(suberror), ..self }
    }

    /// The answer; 401 for an app that does not prove itself.
    pub(super) fn answer(&self, world: &mut World) -> Answer {
        let (trace, correlation) = (world.guid(), world.guid());
        let time = world.now().strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        let description = format!(
            "AADSTS{}: {} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}",
            self.number, self.message
        );
        let mut body = json!({
            "error": self.error, "error_description": description, "error_codes": [self.number], "timestamp": time,
            "trace_id": trace, "correlation_id": correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.number),
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = json!(suberror);
        }
        Answer::json(if self.error == "invalid_client" { 401 } else { 400 }, body)
    }
}

/// A refresh token that does not work any more.
pub(super) fn dead(number: u32) -> Wrong {
    let grant = |message| Wrong::new("invalid_grant", number, message);
    match number {
        50_173 => grant("The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.").sub("bad_token"),
        65_001 => grant("The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.").sub("consent_required"),
        700_082 => grant("The refresh token has expired due to inactivity."),
        50_076 => Wrong::new("interaction_required", number, "Due to a configuration change made by your administrator, you must use multi-factor authentication.").sub("basic_action"),
        50_057 => grant("The user account is disabled."),
        _ => Wrong::new("invalid_grant", 70_000, "Provided grant is invalid or malformed.").sub("bad_token"),
    }
}
