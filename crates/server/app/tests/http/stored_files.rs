//! Stores files of leads while the server is stopped: there is no upload.

use crate::support::Knock;
use knock_model::{Email, FileId, Millis};
use knock_ports::{Files, Store, StoredFile};
use knock_store::FileDirectory;
use sha2::{Digest, Sha256};
use std::path::Path;

/// The id of a file whose upload began at an instant.
pub(crate) fn file_id(at: i64, n: u8) -> FileId {
    FileId::new(Millis(at), &[n; 10])
}

/// The stored files of a data directory.
pub(crate) fn contents(data: &Path) -> FileDirectory {
    FileDirectory::at(data.join("files"))
}

/// Stores a file of a person, like a server after an upload.
pub(crate) fn store_file(store: &dyn Store, data: &Path, id: FileId, email: &str, content: &str) {
    contents(data).put(id, content.as_bytes()).expect("it is put");
    let address = Email::parse(email).expect("an address");
    let mut lead = None;
    let read = store.read(&mut |view| {
        lead = view.lead_by_email(&address)?.map(|lead| lead.id);
        Ok(())
    });
    read.expect("it is read");
    let file = StoredFile {
        id,
        lead: lead.expect("known"),
        conversation: None,
        name: "order.txt".into(),
        media_type: "text/plain".into(),
        bytes: content.len() as u64,
        sha256: Sha256::digest(content).into(),
        stored_at: id.at(),
    };
    store.write(&mut |ledger| ledger.append_file(&file)).expect("it is kept");
}

/// The same, between a kill of the server and its next start.
pub(crate) fn store_files(mut knock: Knock, files: &[(FileId, &str, &str)]) -> Knock {
    knock.kill();
    let store = knock.store();
    files.iter().for_each(|(id, email, content)| store_file(&*store, &knock.data(), *id, email, content));
    drop(store);
    knock.kill_and_restart()
}
