//! A mail that answers one of ours.

use crate::job::{Job, LONGEST_REPLY};
use knock_mime::LARGEST;
use knock_replies::{MailPart, ReceivedMail};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

#[derive(Serialize, Deserialize)]
pub(crate) struct Mail {
    /// Whether there is only the beginning of it, with the headers.
    pub(crate) is_beginning: bool,
}

/// A mail on the way back: the contents of its files stand beside it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sent {
    mail: ReceivedMail,
    contents: Vec<ByteBuf>,
}

impl Job for Mail {
    type Read = Sent;
    type Refused = String;

    fn longest_reply(&self) -> u64 {
        LONGEST_REPLY.saturating_add(LARGEST as u64)
    }

    fn read(&self, content: &[u8]) -> Result<Sent, String> {
        let mut mail = if self.is_beginning { knock_mime::read_headers(content) } else { knock_mime::read(content) }?;
        let take = |part: &mut MailPart| ByteBuf::from(std::mem::take(&mut part.content));
        let contents = mail.parts.iter_mut().map(take).collect();
        Ok(Sent { mail, contents })
    }
}

impl Sent {
    /// The mail with the contents of its files.
    pub(crate) fn mail(self) -> ReceivedMail {
        let Sent { mut mail, contents } = self;
        for (part, content) in mail.parts.iter_mut().zip(contents) {
            part.content = content.into_vec();
        }
        mail
    }
}
