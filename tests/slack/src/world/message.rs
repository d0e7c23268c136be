//! Messages.

use super::World;
use super::seed::{APP, BOT, BOT_USER, TEAM};
use crate::markup;
use serde_json::{Map, Value, json};

#[derive(Clone, Debug, Default)]
pub(crate) struct Message {
    pub(crate) channel: String,
    pub(crate) ts: String,
    pub(crate) user: String,
    pub(crate) text: String,
    pub(crate) blocks: Vec<Value>,
    pub(crate) thread: Option<String>,
    pub(crate) is_broadcast: bool,
    pub(crate) metadata: Option<Value>,
    pub(crate) files: Vec<String>,
    /// Messages that it forwards, and previews of links.
    pub(crate) attachments: Vec<Value>,
    pub(crate) subtype: Option<String>,
    /// The instant of the last edit.
    pub(crate) edited: Option<String>,
    pub(crate) is_deleted: bool,
}

impl Message {
    pub(crate) fn is_of_bot(&self) -> bool {
        self.user == BOT_USER
    }

    pub(crate) fn is_root(&self) -> bool {
        self.thread.as_deref().is_none_or(|thread| thread == self.ts)
    }

    /// The message as Slack sends it to the app: in responses and in events.
    pub(crate) fn to_json(&self, world: &World) -> Value {
        let mut json = json!({ "type": "message", "ts": self.ts, "text": self.text, "team": TEAM });
        let mut set = |name: &str, value: Value| json[name] = value;
        if self.subtype.as_deref() == Some("tombstone") {
            set("subtype", json!("tombstone"));
            set("user", json!("USLACKBOT"));
            set("hidden", json!(true));
        } else {
            set("user", json!(self.user));
        }
        if self.is_of_bot() && !self.files.is_empty() {
            // A file that a bot shares is not always marked as a bot's.
            set("upload", json!(true));
        } else if self.is_of_bot() {
            set("bot_id", json!(BOT));
            set("app_id", json!(APP));
            set("bot_profile", json!({ "id": BOT, "app_id": APP, "name": "Knock", "team_id": TEAM, "deleted": false }));
        } else {
            set("client_msg_id", json!(format!("client-{}", self.ts)));
        }
        if !self.blocks.is_empty() {
            set("blocks", json!(self.blocks));
        }
        if !self.attachments.is_empty() {
            set("attachments", json!(self.attachments));
        }
        if !self.files.is_empty() {
            let files = self.files.iter().filter_map(|id| world.files.get(id)).map(|file| file.to_json(world));
            set("files", files.collect());
        }
        if let Some(edited) = &self.edited {
            set("edited", json!({ "user": self.user, "ts": edited }));
        }
        match (&self.subtype, self.is_broadcast) {
            (Some(subtype), _) => set("subtype", json!(subtype)),
            (None, true) => set("subtype", json!("thread_broadcast")),
            (None, false) => {}
        }
        let threaded = self.threaded(world);
        json.as_object_mut().into_iter().for_each(|json| json.extend(threaded.clone()));
        json
    }

    /// The fields of a message in a thread.
    fn threaded(&self, world: &World) -> Map<String, Value> {
        let replies = || {
            let of_thread = world.messages.iter().filter(|other| {
                other.channel == self.channel && other.thread.as_deref() == Some(&self.ts) && other.ts != self.ts
            });
            of_thread.filter(|other| !other.is_deleted)
        };
        let fields = if self.is_root() {
            let Some(latest) = replies().next_back() else { return Map::new() };
            let mut users: Vec<_> = replies().map(|reply| reply.user.clone()).collect();
            users.sort();
            users.dedup();
            json!({
                "thread_ts": self.ts, "reply_count": replies().count(), "latest_reply": latest.ts,
                "reply_users": users, "reply_users_count": users.len(), "is_locked": false, "subscribed": true,
            })
        } else {
            let root = self.thread.as_deref().and_then(|thread| world.message(&self.channel, thread));
            json!({ "thread_ts": self.thread, "parent_user_id": root.map(|root| &root.user) })
        };
        fields.as_object().cloned().unwrap_or_default()
    }

    /// The message for tests: with the channel, the metadata, the visible text and the notified users.
    pub(crate) fn recorded(&self, world: &World) -> Value {
        let mut json = self.to_json(world);
        json["channel"] = json!(self.channel);
        json["metadata"] = json!(self.metadata);
        json["is_deleted"] = json!(self.is_deleted);
        json["seen"] = json!(markup::seen(&self.text, &self.blocks));
        json["notified"] = json!(markup::notified(&self.text, &self.blocks));
        json["links"] = json!(markup::links(&self.text, &self.blocks));
        json
    }
}
