//! The reader as the server calls it: one method for each kind of content.

use crate::format::Format;
use crate::job::{Job, head, outcome};
use crate::jobs;
use crate::lost::{Lost, NotRead};
use crate::places::Places;
use crate::process::{Sent, reply, this_program};
use knock_attachments::{Attachment, Unusable};
use knock_caldav::{AnswerFuture, Answers, Failure, Found};
use knock_knowledge::{Document, Unreadable};
use knock_model::FileKind;
use knock_pages::{FetchedPage, FormatFuture, Formats, Listed};
use knock_ports::{BusyQuery, BusyRead, EntryFound, Passage};
use knock_replies::ReceivedMail;
use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The maximum of the answers for one member's calendars together, in bytes.
const MOST_OF_ANSWERS: usize = 64 << 20;

/// Reads hostile formats in processes of their own. Dropping a future ends its process.
#[derive(Clone)]
pub struct Reader {
    program: Arc<Path>,
    places: Places,
}

impl Reader {
    /// A reader by the program of this process, which has to call [`serve`](crate::serve).
    ///
    /// # Errors
    /// When the system does not tell which program that is.
    pub fn of_this_program() -> io::Result<Reader> {
        this_program().map(Reader::by)
    }

    /// A reader by another program.
    pub fn by(program: PathBuf) -> Reader {
        Reader { program: program.into(), places: Places::default() }
    }

    /// Registers the counters at 0, so that each outcome has a series.
    pub fn begin_counts() {
        for format in Format::ALL {
            for outcome in ["read", "refused"].into_iter().chain(Lost::ALL.map(Lost::as_str)) {
                count(format, outcome, 0);
            }
        }
    }

    /// Reads a file of the team.
    ///
    /// # Errors
    /// When it has no readable text, or takes down its reader.
    pub async fn file(&self, content: &[u8]) -> Result<Document, NotRead<Unreadable>> {
        let job = jobs::Document { content_type: String::new(), url: String::new() };
        let sent = self.run(Format::File, &job, content).await?;
        Ok(sent.document(""))
    }

    /// Inspects a file sent in a chat; `most` is the maximum size of the result, in bytes.
    ///
    /// # Errors
    /// When it is not taken, or takes down its reader.
    pub async fn attachment(&self, content: Vec<u8>, name: &str, most: usize) -> Result<Attachment, NotRead<Unusable>> {
        let job = jobs::Attachment { name: name.to_owned(), most: most as u64 };
        let sent = self.run(Format::Attachment, &job, &content).await?;
        Ok(sent.attachment(content).ok_or(Lost::Broken)?)
    }

    /// Reads the picture of a member: a square JPEG of its middle.
    ///
    /// # Errors
    /// When it is no picture, or takes down its reader.
    pub async fn portrait(&self, content: &[u8]) -> Result<Vec<u8>, NotRead<Unusable>> {
        Ok(self.run(Format::Portrait, &jobs::Portrait, content).await?.into_vec())
    }

    /// Reads a picture of a look, within these sides: a PNG or a JPEG.
    ///
    /// # Errors
    /// When it is no picture, or takes down its reader.
    pub async fn look_picture(
        &self,
        content: &[u8],
        within: (u32, u32),
    ) -> Result<(FileKind, Vec<u8>), NotRead<Unusable>> {
        let (kind, content) = self.run(Format::LookPicture, &jobs::LookPicture { within }, content).await?;
        let kind = FileKind::parse(&kind).filter(|kind| matches!(kind, FileKind::Png | FileKind::Jpeg));
        Ok((kind.ok_or(Lost::Broken)?, content.into_vec()))
    }

    /// Reads a mail, or the headers of one of which there is only the beginning.
    ///
    /// # Errors
    /// When it cannot be read, or takes down its reader.
    pub async fn mail(&self, content: &[u8], is_beginning: bool) -> Result<ReceivedMail, NotRead<String>> {
        Ok(self.run(Format::Mail, &jobs::Mail { is_beginning }, content).await?.mail())
    }

    async fn run<J: Job>(&self, format: Format, job: &J, content: &[u8]) -> Result<J::Read, NotRead<J::Refused>> {
        let read = self.reply(format, job, content).await.and_then(|reply| outcome::<J>(&reply));
        let (read, outcome) = match read {
            Ok(Ok(read)) => (Ok(read), "read"),
            Ok(Err(refused)) => (Err(NotRead::Refused(refused)), "refused"),
            Err(lost) => (Err(NotRead::Lost(lost)), lost.as_str()),
        };
        count(format, outcome, 1);
        read
    }

    async fn reply<J: Job>(&self, format: Format, job: &J, content: &[u8]) -> Result<Vec<u8>, Lost> {
        let head = head(job, format)?;
        let _place = self.places.take(format.lane()).await?;
        let sent = Sent { head: &head, content, longest_reply: job.longest_reply() };
        reply(&self.program, format, &sent).await
    }
}

impl Formats for Reader {
    fn passages(&self, page: FetchedPage) -> FormatFuture<'_, Vec<Passage>> {
        Box::pin(async move {
            let FetchedPage { url, content_type, body } = page;
            let job = jobs::Document { content_type, url: url.into() };
            let sent = self.run(Format::Page, &job, &body).await.map_err(in_words)?;
            Ok(sent.document(&job.url).passages)
        })
    }

    fn sitemap(&self, content: Vec<u8>) -> FormatFuture<'_, Listed> {
        Box::pin(async move { self.run(Format::Sitemap, &jobs::Sitemap, &content).await.map_err(in_words) })
    }
}

impl Answers for Reader {
    fn found(&self, answer: Vec<u8>) -> AnswerFuture<'_, Vec<Found>> {
        Box::pin(async move { self.run(Format::Properties, &jobs::Properties, &answer).await.map_err(failure) })
    }

    fn busy(&self, answers: Vec<Vec<u8>>, query: BusyQuery, addresses: Vec<String>) -> AnswerFuture<'_, BusyRead> {
        Box::pin(async move {
            if answers.iter().map(Vec::len).sum::<usize>() > MOST_OF_ANSWERS {
                return Err(Failure::Unreadable("the answers of the calendar server are too long".to_owned()));
            }
            let (job, content) = jobs::Events::new(answers, query, addresses);
            let sent = self.run(Format::Events, &job, &content).await.map_err(failure)?;
            sent.read().ok_or_else(|| failure(NotRead::Lost(Lost::Broken)))
        })
    }

    fn entry(&self, answer: Vec<u8>, uid: String) -> AnswerFuture<'_, EntryFound> {
        Box::pin(async move {
            let sent = self.run(Format::Entry, &jobs::Entry { uid }, &answer).await.map_err(failure)?;
            Ok(sent.found())
        })
    }
}

fn in_words(not_read: NotRead<impl Display>) -> String {
    not_read.to_string()
}

/// A calendar that was not read: only its own words say how, those of a reader say that something was read at all.
fn failure(not_read: NotRead<String>) -> Failure {
    match not_read {
        NotRead::Refused(reason) => Failure::Unreadable(reason),
        NotRead::Lost(lost) if lost.is_temporary() => Failure::Unreached(format!("the calendar is not read: {lost}")),
        NotRead::Lost(lost) => Failure::Unreadable(format!("the calendar cannot be read: {lost}")),
    }
}

fn count(format: Format, outcome: &'static str, number: u64) {
    metrics::counter!("knock_reader_runs_total", "format" => format.as_str(), "outcome" => outcome).increment(number);
}
