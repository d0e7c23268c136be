//! A mail as it came, to what becomes of it.

use crate::Inbound;
use crate::tag::opened_tag;
use knock_context::{Kept, random10, read};
use knock_engine::CommitError;
use knock_engine::commands::{FreshIds, MailTaken, MessageText, TakeMail, TakenMail};
use knock_mime::LARGEST;
use knock_model::{AccountId, ConversationId, LeadId, MessageId, ReceivedKind, SignalId};
use knock_ports::{InboundCursor, StoreError};
use knock_reader::NotRead;
use knock_replies::{MailKind, ReceivedMail, tag};
use sha2::{Digest, Sha256};

/// What is read of a mail for its headers alone, in bytes.
pub(crate) const BEGINNING: usize = 64 << 10;

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Took {
    /// A message with this number.
    Message(u64),
    /// No message: the team reads that it came.
    Noted(ReceivedKind),
    /// It was taken before.
    Known,
    /// It is for no conversation of this server, or is nothing to be kept.
    NotOurs,
}

/// The reason for which a mail is not taken now; it may be later.
#[derive(Debug)]
pub enum NotTaken {
    /// Too many mails or files are being read.
    Busy,
    /// There is no room for its files.
    NoRoom,
    Store(CommitError),
}

impl Inbound {
    /// Takes a mail, once: the same mail comes again as [`Took::Known`]. `cursor` is the place in the mailbox after it.
    ///
    /// # Errors
    /// When it is to be tried again later.
    pub async fn take(&self, raw: Vec<u8>, cursor: Option<InboundCursor>) -> Result<Took, NotTaken> {
        let is_too_large = raw.len() > LARGEST;
        self.take_of(raw, is_too_large, cursor).await
    }

    /// Takes a mail, of which there may be only the beginning.
    pub(crate) async fn take_of(
        &self,
        raw: Vec<u8>,
        is_too_large: bool,
        cursor: Option<InboundCursor>,
    ) -> Result<Took, NotTaken> {
        let Some((mail, kind)) = self.read_mail(&raw, is_too_large).await? else { return Ok(Took::NotOurs) };
        let Some(conversation) = self.conversation_of(&mail) else { return Ok(Took::NotOurs) };
        let key = key_of(conversation, &mail.message_id, &raw);
        let is_known = read(self.core.store.clone(), move |view| view.stored_mail(&key).map(|mail| mail.is_some()));
        if is_known.await? {
            return Ok(Took::Known);
        }
        drop(raw);
        self.commit(mail, kind, (conversation, key), cursor).await
    }

    /// Reads a mail in a reader's process, or its headers alone. None of one that is nothing to be kept.
    async fn read_mail(
        &self,
        raw: &[u8],
        is_too_large: bool,
    ) -> Result<Option<(ReceivedMail, ReceivedKind)>, NotTaken> {
        if !is_too_large {
            match self.core.reader.mail(raw, false).await {
                Ok(mail) => return Ok(kind_of(&mail.kind).map(|kind| (mail, kind))),
                Err(NotRead::Lost(lost)) if lost.is_temporary() => return Err(NotTaken::Busy),
                Err(_) => {}
            }
        }
        let beginning = raw.get(..BEGINNING).unwrap_or(raw);
        let kind = if is_too_large { ReceivedKind::TooLarge } else { ReceivedKind::Unreadable };
        match self.core.reader.mail(beginning, true).await {
            Ok(mail) => Ok(Some((mail, kind))),
            Err(NotRead::Lost(lost)) if lost.is_temporary() => Err(NotTaken::Busy),
            // Not even its headers say whose it is.
            Err(_) => Ok(None),
        }
    }

    /// The conversation of the first genuine tag. A mail whose own id has one is one of ours that came back.
    fn conversation_of(&self, mail: &ReceivedMail) -> Option<ConversationId> {
        let key = &self.core.key;
        let is_own = tag::find(&mail.message_id).is_some_and(|tag| opened_tag(&tag, key).is_some());
        mail.tags.iter().find_map(|tag| opened_tag(tag, key)).filter(|_| !is_own)
    }

    async fn commit(
        &self,
        mail: ReceivedMail,
        kind: ReceivedKind,
        (conversation, key): (ConversationId, [u8; 16]),
        cursor: Option<InboundCursor>,
    ) -> Result<Took, NotTaken> {
        let ReceivedMail { from, from_name, subject, text, rest, whole, parts, left_out, kind: sort, .. } = mail;
        let whole = whole.filter(|_| kind == ReceivedKind::Message);
        let (mut kept, left_out) = self.kept(parts, whole, left_out).await?;
        let bounce = if let MailKind::Bounce(bounce) = sort { Some(bounce) } else { None };
        let received = TakenMail {
            sender: from,
            sender_name: from_name,
            subject,
            kind,
            bounce,
            text: MessageText::of_mail(text),
            rest: MessageText::masked(rest),
            left_out,
        };
        let files = kept.iter_mut().map(Kept::hand_over).collect();
        let command = self.command((conversation, key), received, files, cursor);
        // Whether it was written is not known after an error: then the contents stay, and a rebuild removes them.
        let taken = self.core.writer.commit(command).await.map_err(NotTaken::Store)?;
        if !matches!(taken, MailTaken::Message(_)) {
            kept.into_iter().for_each(Kept::discard);
        }
        Ok(match taken {
            MailTaken::Message(seq) => Took::Message(seq),
            MailTaken::Noted(kind) => Took::Noted(kind),
            MailTaken::Known => Took::Known,
            // It was erased since its tag was made.
            MailTaken::UnknownChat => Took::NotOurs,
        })
    }

    fn command(
        &self,
        (conversation, key): (ConversationId, [u8; 16]),
        received: TakenMail,
        files: Vec<knock_engine::commands::NewFile>,
        cursor: Option<InboundCursor>,
    ) -> TakeMail {
        let (now, chance) = (self.core.clock.now(), &*self.core.chance);
        let fresh = || SignalId::new(now, &random10(chance));
        TakeMail {
            conversation,
            key,
            received,
            files,
            cursor,
            id: MessageId::new(now, &random10(chance)),
            follow_ups: [(); 6].map(|()| fresh()),
            identify: fresh(),
            fresh: FreshIds { lead: LeadId::new(chance.bytes16()), account: AccountId::new(chance.bytes16()) },
            now,
        }
    }
}

impl From<StoreError> for NotTaken {
    fn from(error: StoreError) -> NotTaken {
        NotTaken::Store(CommitError::Store(error))
    }
}

/// What a mail is by itself; none for one that is not kept.
fn kind_of(kind: &MailKind) -> Option<ReceivedKind> {
    match kind {
        MailKind::Message => Some(ReceivedKind::Message),
        MailKind::AutoReply => Some(ReceivedKind::AutoReply),
        MailKind::CalendarReply => Some(ReceivedKind::CalendarReply),
        MailKind::Bounce(_) => Some(ReceivedKind::Bounce),
        MailKind::Ignored => None,
    }
}

/// The key of a mail in a conversation: the same however often it comes, and by which way.
fn key_of(conversation: ConversationId, message_id: &str, raw: &[u8]) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(conversation.as_bytes());
    hash.update(if message_id.is_empty() { raw } else { message_id.as_bytes() });
    let mut key = [0; 16];
    key.copy_from_slice(&hash.finalize()[..16]);
    key
}
