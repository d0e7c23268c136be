//! The disk operations of a server, in order, as recorded by `disk.c`.

use std::fs;
use std::path::Path;

/// One thing that was done to a file or to the names of files.
#[derive(Clone, Debug)]
pub(crate) enum Done {
    /// A new, empty file with a name.
    Create {
        file: u32,
        name: String,
    },
    /// A file that was there before has this number from now on.
    Known {
        file: u32,
        name: String,
    },
    Write {
        file: u32,
        offset: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        file: u32,
        length: usize,
    },
    Rename {
        from: String,
        to: String,
    },
    Unlink {
        name: String,
    },
    /// Earlier writes to the file are on the disk.
    Sync {
        file: u32,
    },
    /// The names that were given and taken before are on the disk.
    SyncFolder,
}

/// Bytes of a note before what belongs to it.
const HEAD: usize = 24;

/// All that was noted; a note that the end of the server cut short was not yet done.
pub(crate) fn read(file: &Path) -> Vec<Done> {
    let bytes = fs::read(file).expect("the server noted something: is it linked dynamically?");
    let mut rest = bytes.as_slice();
    let mut all = Vec::new();
    while let Some((head, behind)) = rest.split_at_checked(HEAD) {
        let small = |at: usize| u32::from_ne_bytes(head[at..at + 4].try_into().expect("four bytes"));
        let large = |at: usize| {
            let number = u64::from_ne_bytes(head[at..at + 8].try_into().expect("eight bytes"));
            usize::try_from(number).expect("it was on a disk")
        };
        let Some((body, behind)) = behind.split_at_checked(large(16)) else { break };
        all.push(done(small(0), small(4), large(8), body));
        rest = behind;
    }
    all
}

fn done(kind: u32, file: u32, offset: usize, body: &[u8]) -> Done {
    let text = || String::from_utf8(body.to_vec()).expect("a name");
    match kind {
        1 => Done::Create { file, name: text() },
        2 => Done::Known { file, name: text() },
        3 => Done::Write { file, offset, bytes: body.to_vec() },
        4 => Done::Truncate { file, length: offset },
        5 => {
            let text = text();
            let (from, to) = text.split_once('\0').expect("two names");
            Done::Rename { from: from.to_owned(), to: to.to_owned() }
        }
        6 => Done::Unlink { name: text() },
        7 => Done::Sync { file },
        8 => Done::SyncFolder,
        other => panic!("disk.c notes no {other}"),
    }
}
