//! Files of people in Slack, and ours for them.

use super::Client;
use super::call::{Arguments, bearer};
use crate::{Broken, Refusal, RefusalKind, Token, Ts};
use knock_outbound::Request;
use serde::Deserialize;
use serde_json::json;
use url::Url;

/// The largest file that is fetched, in bytes.
pub const FILE_LIMIT: usize = 20 << 20;

/// The host of Slack's files.
const FILES: &str = "files.slack.com";

#[derive(Deserialize)]
struct Ticket {
    upload_url: String,
    file_id: String,
}

#[derive(Deserialize)]
struct Done {}

/// Slack's word for a file that does not exist, or whose upload was not completed.
const FILE_NOT_FOUND: &str = "file_not_found";

impl Client {
    /// Fetches a file by the address that came with its message (`url_private_download`), up to [`FILE_LIMIT`].
    ///
    /// # Errors
    /// When the address is none of Slack's, the file is too large or gone, or Slack does not give it.
    pub async fn file(&self, token: &Token, url: &str) -> Result<Vec<u8>, Refusal> {
        let url = self.own(url)?;
        // The token goes to Slack's hosts only, and no redirect is followed with it.
        let secret = Some(bearer(token));
        let request =
            Request { method: "GET", url, headers: Vec::new(), secret, body: String::new(), limit: FILE_LIMIT };
        let reply = self.outbound.send(request).await.map_err(|failure| Refusal::of_failure(&failure))?;
        match reply.code {
            200 if reply.is_whole => Ok(reply.body),
            200 => Err(Refusal::rejected("the file is larger than 20 MB")),
            // To the page where people sign in.
            300..=399 | 401 | 403 => {
                let kind = RefusalKind::Broken(Broken::MissingScope("files:read".to_owned()));
                let words = "Slack does not give the file to the app".to_owned();
                Err(Refusal { kind, code: String::new(), words })
            }
            404 | 410 => Err(Refusal::rejected("the file is gone")),
            code => Err(Refusal::of_status(code, reply.retry_after)),
        }
    }

    /// Uploads a file (`files.getUploadURLExternal`, the upload); its id. Until [`Client::share`] nobody sees it.
    ///
    /// # Errors
    /// When one of the steps fails.
    pub async fn upload(&self, token: &Token, name: &str, bytes: Vec<u8>) -> Result<String, Refusal> {
        let arguments = Arguments::new([("filename", name.to_owned()), ("length", bytes.len().to_string())]);
        let Ticket { upload_url, file_id } = self.call(token, "files.getUploadURLExternal", arguments).await?;
        let url = self.own(&upload_url)?;
        let headers = [("content-type", "application/octet-stream".to_owned())];
        let answer = self.outbound.post_bytes(url, &headers, bytes).await;
        let answer = answer.map_err(|failure| Refusal::of_failure(&failure))?;
        if answer.code != 200 {
            return Err(Refusal::of_status(answer.code, answer.retry_after));
        }
        Ok(file_id)
    }

    /// Shows an uploaded file in a channel or a thread (`files.completeUploadExternal`). A file is shared once: see
    /// [`Client::is_shared`] after a lost answer.
    ///
    /// # Errors
    /// When Slack does not share it.
    pub async fn share(
        &self,
        token: &Token,
        (file, name): (&str, &str),
        channel: &str,
        thread: Option<Ts>,
    ) -> Result<(), Refusal> {
        let files = json!([{ "id": file, "title": name }]).to_string();
        let arguments = Arguments::new([("files", files), ("channel_id", channel.to_owned())]).and("thread_ts", thread);
        self.call::<Done>(token, "files.completeUploadExternal", arguments).await.map(drop)
    }

    /// Whether the upload of a file was completed (`files.info`).
    ///
    /// # Errors
    /// When Slack does not say.
    pub async fn is_shared(&self, token: &Token, file: &str) -> Result<bool, Refusal> {
        match self.call::<Done>(token, "files.info", Arguments::new([("file", file.to_owned())])).await {
            Ok(_) => Ok(true),
            Err(refusal) if refusal.code == FILE_NOT_FOUND => Ok(false),
            Err(refusal) => Err(refusal),
        }
    }

    /// An address of Slack's own.
    fn own(&self, url: &str) -> Result<Url, Refusal> {
        let url = Url::parse(url).map_err(|_| Refusal::rejected("the address of the file is none"))?;
        let is_slacks = url.scheme() == "https" && url.host_str() == Some(FILES) && url.port().is_none();
        if is_slacks || self.is_at_base(&url) {
            Ok(url)
        } else {
            Err(Refusal::rejected("the address of the file is none of Slack's"))
        }
    }
}
