//! Files.

use super::World;
use super::seed::TEAM;
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) mimetype: String,
    pub(crate) user: String,
    pub(crate) content: Vec<u8>,
}

/// An upload that was announced.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) length: usize,
    pub(crate) content: Option<Vec<u8>>,
}

impl File {
    pub(crate) fn to_json(&self, world: &World) -> Value {
        let path = format!("{}/files-pri/{TEAM}-{}", world.origin, self.id);
        json!({
            "id": self.id, "created": 1_700_000_000, "timestamp": 1_700_000_000, "name": self.name,
            "title": self.name, "mimetype": self.mimetype, "filetype": self.name.rsplit('.').next(),
            "pretty_type": "", "user": self.user, "user_team": TEAM, "editable": false, "size": self.content.len(),
            "mode": "hosted", "is_external": false, "is_public": false, "file_access": "visible",
            "url_private": format!("{path}/{}", encoded(&self.name)),
            "url_private_download": format!("{path}/download/{}", encoded(&self.name)),
            "permalink": format!("{}/files/{}/{}", world.origin, self.user, self.id),
        })
    }
}

fn encoded(name: &str) -> String {
    url::form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20")
}
