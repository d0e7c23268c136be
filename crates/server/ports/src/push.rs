//! The effect at a browser of a member: a notification.

use knock_model::EffectKind;
use serde::{Deserialize, Serialize};

/// A push notification, as the browser gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushAlert {
    /// Notifications with the same tag replace each other: the conversation, or the meeting.
    pub tag: String,
    pub title: String,
    pub body: String,
    /// The target of a click: a path of the dashboard.
    pub path: String,
}

impl PushAlert {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("push.alert");
}
