//! Modals.

use super::Client;
use super::call::Arguments;
use crate::{Refusal, Token};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Opened {
    view: Id,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

impl Client {
    /// Opens a modal for who pressed a button or gave a command, within three seconds of it (`views.open`). The answer
    /// is the id of the view.
    ///
    /// # Errors
    /// When Slack refuses: `expired_trigger_id` when it took too long.
    pub async fn open_view(&self, token: &Token, trigger_id: &str, view: &Value) -> Result<String, Refusal> {
        let arguments = Arguments::new([("trigger_id", trigger_id.to_owned()), ("view", view.to_string())]);
        self.call::<Opened>(token, "views.open", arguments).await.map(|answer| answer.view.id)
    }
}
