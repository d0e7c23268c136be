//! The files of a mail: each inspected and kept, or left out with the reason.

use crate::Inbound;
use crate::take::NotTaken;
use knock_context::{Kept, NotKept, keep};
use knock_engine::CommitError;
use knock_model::text::one_line;
use knock_ports::LeftOutFile;
use knock_replies::{LeftOut, MailPart};

/// The name of the file with the whole text of a mail that is longer than a message.
const WHOLE_TEXT: &str = "mail.txt";
/// The longest name and reason of a file that is left out, in characters.
const LONGEST: usize = 200;

impl Inbound {
    /// Keeps the files of a mail. Their contents go again when what this returns is dropped.
    pub(crate) async fn kept(
        &self,
        parts: Vec<MailPart>,
        whole: Option<String>,
        left_out: Vec<LeftOut>,
    ) -> Result<(Vec<Kept>, Vec<LeftOutFile>), NotTaken> {
        let mut left_out: Vec<LeftOutFile> =
            left_out.iter().map(|left| left_out_file(&left.name, &left.reason)).collect();
        let text = whole.map(|text| MailPart { name: WHOLE_TEXT.to_owned(), content: text.into_bytes() });
        let mut files = Vec::new();
        for MailPart { name, content } in text.into_iter().chain(parts) {
            if content.len() > self.most_of_file {
                let reason = format!("is larger than {} MB", self.most_of_file >> 20);
                left_out.push(left_out_file(&name, &reason));
                continue;
            }
            if !(self.has_room)(content.len() as u64) {
                return Err(NotTaken::NoRoom);
            }
            match keep(&self.core, (&self.permits, self.most_of_file), name.clone(), content, ()).await {
                Ok(kept) => files.push(kept),
                Err(NotKept::Unusable(reason)) => left_out.push(left_out_file(&name, &reason.to_string())),
                Err(NotKept::Busy) => return Err(NotTaken::Busy),
                Err(NotKept::Store(error)) => return Err(NotTaken::Store(CommitError::Store(error))),
            }
        }
        Ok((files, left_out))
    }
}

fn left_out_file(name: &str, reason: &str) -> LeftOutFile {
    let cut = |text: &str| one_line(text).chars().take(LONGEST).collect();
    LeftOutFile { name: cut(name), reason: cut(reason) }
}
