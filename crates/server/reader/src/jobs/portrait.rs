//! The picture of a member.

use crate::job::Job;
use knock_attachments::{Unusable, read_portrait};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

#[derive(Serialize, Deserialize)]
pub(crate) struct Portrait;

impl Job for Portrait {
    /// A JPEG.
    type Read = ByteBuf;
    type Refused = Unusable;

    fn read(&self, content: &[u8]) -> Result<ByteBuf, Unusable> {
        read_portrait(content).map(ByteBuf::from)
    }
}
