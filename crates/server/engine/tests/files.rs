//! Contents of files and their rows: leftovers of a crash are removed, lost contents are reported.

use knock_engine::{FilesChecked, check_files};
use knock_model::{FileId, LeadId, Millis};
use knock_ports::{Files, Store, StoredFile};
use knock_store::{FileDirectory, Scratch};
use sha2::{Digest, Sha256};

const NOW: Millis = Millis(1_780_315_200_000);
const HOUR: Millis = Millis(3_600_000);

fn id(at: Millis, number: u8) -> FileId {
    FileId::new(at, &[number; 10])
}

fn store_row(store: &dyn Store, id: FileId, content: &str) {
    let (lead, name, media_type) = (LeadId::new([1; 16]), "a.txt".to_owned(), "text/plain".to_owned());
    let (bytes, sha256) = (content.len() as u64, Sha256::digest(content).into());
    let file = StoredFile { id, lead, conversation: None, name, media_type, bytes, sha256, stored_at: NOW };
    store.write(&mut |ledger| ledger.append_file(&file)).expect("it is kept");
}

#[test]
fn contents_without_a_row_go_after_an_hour_and_rows_without_their_content_are_damage() {
    let scratch = Scratch::new();
    let (store, files) = (scratch.store(), FileDirectory::at(scratch.dir().join("files")));
    let check = |now| check_files(&*store, &files, now).expect("compared");
    assert_eq!(check(NOW), FilesChecked::default());
    let [whole, lost, changed] = [1, 2, 3].map(|number| id(NOW - HOUR, number));
    files.put(whole, b"whole").expect("put");
    files.put(changed, b"changed").expect("put");
    store_row(&*store, whole, "whole");
    store_row(&*store, lost, "lost");
    store_row(&*store, changed, "as it was");
    let (left, under_way) = (id(NOW - HOUR, 4), id(NOW - HOUR + Millis(1), 5));
    files.put(left, b"left").expect("put");
    files.put(under_way, b"under way").expect("put");
    assert_eq!(check(NOW), FilesChecked { leftovers: 1, damaged: vec![lost, changed] });
    assert_eq!(files.ids().expect("listed"), [whole, changed, under_way]);
    assert_eq!(check(NOW + Millis(1)).leftovers, 1);
    assert_eq!(files.ids().expect("listed"), [whole, changed]);
}
