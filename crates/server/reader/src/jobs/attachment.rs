//! A file sent in a chat.

use crate::job::{Job, LONGEST_REPLY};
use knock_attachments::{Attachment as ReadAttachment, Preview, Unusable, read_attachment};
use knock_model::FileKind;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

#[derive(Serialize, Deserialize)]
pub(crate) struct Attachment {
    pub(crate) name: String,
    /// The maximum size of the result, in bytes.
    pub(crate) most: u64,
}

/// An attachment on the way back.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sent {
    /// Its name as [`FileKind`] spells it.
    kind: String,
    /// The new content; none where it stays as it was.
    content: Option<ByteBuf>,
    preview: Option<SentPreview>,
}

#[derive(Serialize, Deserialize)]
struct SentPreview {
    content: ByteBuf,
    width: u32,
    height: u32,
}

impl Job for Attachment {
    type Read = Sent;
    type Refused = Unusable;

    fn longest_reply(&self) -> u64 {
        self.most.saturating_add(LONGEST_REPLY)
    }

    fn read(&self, content: &[u8]) -> Result<Sent, Unusable> {
        let most = usize::try_from(self.most).unwrap_or(usize::MAX);
        let read = read_attachment(content.to_vec(), &self.name, most)?;
        let preview = read.preview.map(|Preview { content, width, height }| SentPreview {
            content: ByteBuf::from(content),
            width,
            height,
        });
        let changed = (read.content != content).then(|| ByteBuf::from(read.content));
        Ok(Sent { kind: read.kind.as_str().to_owned(), content: changed, preview })
    }
}

impl Sent {
    /// The attachment made of this content; none if its kind is none.
    pub(crate) fn attachment(self, content: Vec<u8>) -> Option<ReadAttachment> {
        let preview = self.preview.map(|SentPreview { content, width, height }| Preview {
            content: content.into_vec(),
            width,
            height,
        });
        let content = self.content.map_or(content, ByteBuf::into_vec);
        Some(ReadAttachment { kind: FileKind::parse(&self.kind)?, content, preview })
    }
}
