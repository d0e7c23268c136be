//! Uploads files one after the other.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::known::Known;
use crate::api::{Failure, Upload};
use crate::kit::browser::files::{self, File};
use crate::words::agent::TOO_LARGE;
use crate::words::failure::failure_words;
use crate::words::reason::{HERE, sentence};

/// The most bytes of a file.
const MOST_BYTES: f64 = 5_242_880.0;

/// The state of uploads, with the refused files.
#[derive(Clone, Copy)]
pub(crate) struct Uploads {
    known: Known,
    /// The name of the file that is being sent; empty while none is.
    pub(crate) sending: RwSignal<String>,
    /// The names of refused files, each with the reason.
    pub(crate) refused: RwSignal<Vec<(String, String)>>,
}

impl Uploads {
    /// The uploads; none is started yet.
    pub(crate) fn new(known: Known) -> Uploads {
        Uploads { known, sending: RwSignal::new(String::new()), refused: RwSignal::new(Vec::new()) }
    }

    pub(crate) fn send(self, files: Vec<File>) {
        if files.is_empty() || self.sending.with_untracked(|name| !name.is_empty()) {
            return;
        }
        self.refused.set(Vec::new());
        self.known.said.set(String::new());
        self.sending.set(files.first().map(File::name).unwrap_or_default());
        spawn_local(async move {
            let mut taken = Vec::new();
            for file in files {
                let name = file.name();
                if self.sending.try_set(name.clone()).is_some() {
                    return;
                }
                match self.send_one(&file).await {
                    Ok(()) => taken.push(name),
                    Err(reason) => drop(self.refused.try_update(|all| all.push((name, reason)))),
                }
            }
            self.sending.try_set(String::new());
            if !taken.is_empty() && !self.known.said.is_disposed() {
                self.known.saved(format!("{} was read.", taken.join(", ")));
            }
        });
    }

    async fn send_one(self, file: &File) -> Result<(), String> {
        if file.size() > MOST_BYTES {
            return Err(TOO_LARGE.to_owned());
        }
        let content = files::content_of(file).await.ok_or("It cannot be read from this computer any more.")?;
        let upload = Upload { id: String::new(), name: file.name(), content };
        let site = self.known.agents.site.try_get_untracked().unwrap_or_default();
        let sent = self.known.agents.session.client().add_file(&site, upload).await;
        sent.map(drop).map_err(|failure| reason_of(&failure))
    }
}

/// The reason for which a file was refused.
fn reason_of(failure: &Failure) -> String {
    match failure {
        Failure::Refused(problem) if !problem.errors.is_empty() => {
            let reasons = problem.errors.iter().map(|error| sentence(HERE, &error.reason));
            reasons.collect::<Vec<_>>().join(" ")
        }
        _ => {
            let words = failure_words(failure);
            format!("{}. {}", words.title, words.advice)
        }
    }
}
