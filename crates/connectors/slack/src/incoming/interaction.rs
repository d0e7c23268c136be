//! Pressed buttons and sent forms.

use super::{Unreadable, fields};
use crate::Ts;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A request to the address for interactions.
#[derive(Clone, Debug, PartialEq)]
pub enum Interaction {
    /// Buttons or selects of a message, or of a modal.
    Actions(Box<BlockActions>),
    /// A modal was sent. An empty answer closes it.
    Submitted(Box<ViewSubmission>),
    /// Another interaction, by its type.
    Ignored(String),
}

/// The user of an interaction.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// The user.
    pub id: String,
    /// The workspace, if Slack names it.
    #[serde(default)]
    pub team_id: String,
}

/// The use of elements of a message or a modal: buttons and selects.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockActions {
    /// The workspace.
    pub team: String,
    /// The app.
    pub app: String,
    /// The user.
    pub user: Person,
    /// The id that opens a modal, for three seconds.
    pub trigger_id: String,
    /// The address for a response.
    pub response_url: Option<String>,
    /// The channel; empty in a modal.
    pub channel: String,
    /// The message; none in a modal.
    pub message: Option<Ts>,
    /// The first message of its thread.
    pub thread: Option<Ts>,
    /// The pressed elements.
    pub actions: Vec<Action>,
}

/// A pressed button, or what was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// The id that Knock gave it.
    pub action_id: String,
    /// The block it is in.
    pub block_id: String,
    /// The value of the button or of the chosen option; empty when there is none.
    pub value: String,
    /// Its instant: the same when it is sent again.
    pub at: String,
}

/// A modal that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewSubmission {
    /// The workspace.
    pub team: String,
    /// The app.
    pub app: String,
    /// The user.
    pub user: Person,
    /// The submitted form.
    pub view: View,
}

/// A modal with what was entered.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Its id.
    pub id: String,
    /// The id that Knock gave it.
    pub callback_id: String,
    /// The data that Knock gave along.
    pub private_metadata: String,
    /// The entered values, by the action of the input: a text, or the value of the chosen option.
    pub values: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Shape {
    team: Option<Id>,
    #[serde(default)]
    api_app_id: String,
    user: Person,
    #[serde(default)]
    trigger_id: String,
    response_url: Option<String>,
    channel: Option<Id>,
    container: Option<Container>,
    #[serde(default)]
    actions: Vec<Value>,
    view: Option<ViewShape>,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

#[derive(Deserialize)]
struct Container {
    message_ts: Option<Ts>,
    thread_ts: Option<Ts>,
    channel_id: Option<String>,
}

#[derive(Deserialize)]
struct ViewShape {
    id: String,
    #[serde(default)]
    callback_id: String,
    #[serde(default)]
    private_metadata: String,
    state: Option<State>,
}

#[derive(Deserialize)]
struct State {
    values: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Interaction {
    /// Reads the body of a request: a form with JSON in `payload`.
    ///
    /// # Errors
    /// When it is none, or a kind that is known has another shape.
    pub fn parse(body: &[u8]) -> Result<Interaction, Unreadable> {
        let payload = fields(body).remove("payload").ok_or_else(|| Unreadable::new("the request has no payload"))?;
        let json: Value = serde_json::from_str(&payload).map_err(|error| Unreadable::of("the payload", &error))?;
        let r#type = json.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        match r#type.as_str() {
            "block_actions" => Ok(Interaction::Actions(Box::new(actions(shape(&json)?)))),
            "view_submission" => submitted(shape(&json)?),
            _ => Ok(Interaction::Ignored(r#type)),
        }
    }
}

fn shape(json: &Value) -> Result<Shape, Unreadable> {
    Shape::deserialize(json).map_err(|error| Unreadable::of("the payload", &error))
}

fn actions(shape: Shape) -> BlockActions {
    let container = shape.container.unwrap_or(Container { message_ts: None, thread_ts: None, channel_id: None });
    BlockActions {
        team: shape.team.map(|team| team.id).unwrap_or_default(),
        app: shape.api_app_id,
        user: shape.user,
        trigger_id: shape.trigger_id,
        response_url: shape.response_url,
        channel: shape.channel.map(|channel| channel.id).or(container.channel_id).unwrap_or_default(),
        message: container.message_ts,
        thread: container.thread_ts,
        actions: shape.actions.iter().map(action).collect(),
    }
}

fn action(json: &Value) -> Action {
    let text = |name: &str| json.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Action {
        action_id: text("action_id"),
        block_id: text("block_id"),
        value: chosen(json).unwrap_or_default(),
        at: text("action_ts"),
    }
}

fn submitted(shape: Shape) -> Result<Interaction, Unreadable> {
    let ViewShape { id, callback_id, private_metadata, state } =
        shape.view.ok_or_else(|| Unreadable::new("the payload has no view"))?;
    let blocks = state.map(|state| state.values).unwrap_or_default();
    let entered = blocks.into_values().flatten().filter_map(|(name, json)| Some((name, chosen(&json)?)));
    let view = View { id, callback_id, private_metadata, values: entered.collect() };
    let team = shape.team.map(|team| team.id).unwrap_or_default();
    let submission = ViewSubmission { team, app: shape.api_app_id, user: shape.user, view };
    Ok(Interaction::Submitted(Box::new(submission)))
}

/// The value that a person entered, pressed or chose.
fn chosen(json: &Value) -> Option<String> {
    let of_option = json.get("selected_option").and_then(|option| option.get("value"));
    let names = ["value", "selected_user", "selected_channel", "selected_conversation", "selected_date"];
    let plain = || names.iter().find_map(|name| json.get(name).filter(|found| found.is_string()));
    of_option.or_else(plain)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use url::form_urlencoded::Serializer;

    fn parse(payload: &Value) -> Result<Interaction, Unreadable> {
        let body = Serializer::new(String::new()).append_pair("payload", &payload.to_string()).finish();
        Interaction::parse(body.as_bytes())
    }

    #[test]
    fn pressed_buttons_are_read() {
        let payload = json!({
            "type": "block_actions", "team": {"id": "T1", "domain": "acme"}, "api_app_id": "A1",
            "user": {"id": "U1", "username": "ann", "team_id": "T1"}, "trigger_id": "1.2.3",
            "channel": {"id": "C1", "name": "leads"}, "response_url": "https://hooks.slack.com/actions/1",
            "container": {"type": "message", "message_ts": "2.000000", "channel_id": "C1", "thread_ts": "1.000000"},
            "message": {"type": "message", "ts": "2.000000", "text": "x"},
            "actions": [
                {"type": "button", "action_id": "take_over", "block_id": "b1", "value": "lead1", "action_ts": "3.1"},
                {"type": "static_select", "action_id": "assign", "block_id": "b1", "action_ts": "3.1",
                    "selected_option": {"text": {"type": "plain_text", "text": "Ann"}, "value": "rep1"}},
                {"type": "button", "action_id": "open", "block_id": "b1", "action_ts": "3.1"}]
        });
        let Ok(Interaction::Actions(actions)) = parse(&payload) else { panic!("actions") };
        assert_eq!((actions.user.id.as_str(), actions.channel.as_str()), ("U1", "C1"));
        assert_eq!((actions.message, actions.thread), (Ts::parse("2.000000"), Ts::parse("1.000000")));
        let values: Vec<_> = actions.actions.iter().map(|action| (&*action.action_id, &*action.value)).collect();
        assert_eq!(values, [("take_over", "lead1"), ("assign", "rep1"), ("open", "")]);
    }

    #[test]
    fn sent_forms_are_read() {
        let payload = json!({
            "type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1"}, "api_app_id": "A1",
            "view": {"id": "V1", "type": "modal", "callback_id": "reject", "private_metadata": "lead1",
                "state": {"values": {
                    "b1": {"reason": {"type": "plain_text_input", "value": "No budget"}},
                    "b2": {"rep": {"type": "static_select", "selected_option": {"value": "rep1"}}},
                    "b3": {"note": {"type": "plain_text_input", "value": null}}}}}
        });
        let Ok(Interaction::Submitted(submission)) = parse(&payload) else { panic!("a form") };
        assert_eq!((&*submission.view.callback_id, &*submission.view.private_metadata), ("reject", "lead1"));
        let values: Vec<_> = submission.view.values.into_iter().collect();
        assert_eq!(values, [("reason".into(), "No budget".into()), ("rep".into(), "rep1".into())]);
    }

    #[test]
    fn the_rest_is_ignored_or_unreadable() {
        for r#type in ["view_closed", "shortcut", "message_action", "block_suggestion", ""] {
            assert_eq!(parse(&json!({"type": r#type})), Ok(Interaction::Ignored(r#type.to_owned())));
        }
        assert!(parse(&json!({"type": "block_actions"})).is_err());
        assert!(parse(&json!({"type": "view_submission", "user": {"id": "U1"}})).is_err());
        assert!(Interaction::parse(b"payload=no").is_err());
        assert!(Interaction::parse(b"{}").is_err());
    }
}
