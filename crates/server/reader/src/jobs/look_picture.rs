//! The logo of a site, or the icon of its launcher.

use crate::job::Job;
use knock_attachments::{Unusable, read_look_picture};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

#[derive(Serialize, Deserialize)]
pub(crate) struct LookPicture {
    /// The largest width and height, in pixels.
    pub(crate) within: (u32, u32),
}

impl Job for LookPicture {
    /// Its kind as `FileKind` spells it, and the content.
    type Read = (String, ByteBuf);
    type Refused = Unusable;

    fn read(&self, content: &[u8]) -> Result<(String, ByteBuf), Unusable> {
        let (kind, content) = read_look_picture(content, self.within)?;
        Ok((kind.as_str().to_owned(), ByteBuf::from(content)))
    }
}
