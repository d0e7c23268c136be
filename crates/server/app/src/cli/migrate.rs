//! `knock migrate`: a workspace moved from SQLite to PostgreSQL.

use crate::config::Address;
use crate::data::directory::DataDir;
use crate::data::layout;
use crate::data::place::{Found, Place};
use crate::terminal::{remark, say};
use anyhow::{Context, bail};
use clap::Args;
use knock_ports::{Files, Store};
use knock_store::{FileDirectory, PostgresStore, SqliteStore, copy_to_postgres};
use std::path::{Path, PathBuf};

/// Move a workspace from SQLite to an empty PostgreSQL database; the server must be stopped.
#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// The data directory, or the file in it
    #[arg(long, value_name = "sqlite:PATH")]
    from: String,
    /// The database, without a workspace in it
    #[arg(long, value_name = "postgres://USER:PASSWORD@HOST/NAME")]
    to: Address,
}

impl Migrate {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let Some(path) = self.from.strip_prefix("sqlite:") else { bail!("--from must begin with sqlite:") };
        if !self.to.is_postgres() {
            bail!("--to must begin with postgres://");
        }
        let file = database_file(Path::new(path));
        if !file.is_file() {
            bail!("--from: there is no file {}", file.display());
        }
        // The process that holds the directory lock writes to the file.
        let data = DataDir::open(file.parent().context("the file has no directory")?)?;
        let copied = copy_to_postgres(&file, self.to.reveal())?;
        copied.iter().for_each(|copied| say(&format!("{:<16} {:>10} rows", copied.table, copied.rows)));
        copy_files(&data, &file, &self.to)?;
        move_place(&data, &file, &self.to)?;
        remark("done: start the server with --database and the same data directory, whose secret.key it still needs");
        Ok(())
    }
}

/// Makes the database the place of the workspace that was moved there. A copy stays one: nothing is sent from it before it
/// is released.
fn move_place(data: &DataDir, database: &Path, to: &Address) -> anyhow::Result<()> {
    let mut stored = None;
    SqliteStore::open(database)?.read(&mut |view| {
        stored = view.place()?;
        Ok(())
    })?;
    let stored = stored.as_deref().map(Place::stored);
    let target = PostgresStore::open(to.reveal())?;
    let place = if Found::in_directory(data.path())?.is_copy_of(stored.as_ref()) {
        remark("this is a copy of a workspace: nothing is sent from it until it is released");
        stored.unwrap_or_else(|| Place::Database("unknown".to_owned()))
    } else {
        Place::Database(target.identity()?)
    };
    Ok(target.write(&mut |ledger| ledger.save_place(&place.to_text()))?)
}

/// Copies the contents of stored files, and reports the missing ones.
fn copy_files(data: &DataDir, database: &Path, to: &Address) -> anyhow::Result<()> {
    let contents = data.path().join(layout::FILES);
    let store = SqliteStore::open(database)?;
    let mut rows = Vec::new();
    store.read(&mut |view| {
        rows = view.all_files()?;
        Ok(())
    })?;
    if rows.is_empty() {
        return Ok(());
    }
    let (files, into) = (FileDirectory::at(contents), PostgresStore::open(to.reveal())?.files());
    let mut copied = 0;
    for file in &rows {
        match files.get(file.id)? {
            Some(content) => {
                into.put(file.id, &content)?;
                copied += 1;
            }
            None => remark(&format!("damage: the content of file {} is missing", file.id)),
        }
    }
    say(&format!("{:<16} {copied:>10} contents", "files"));
    Ok(())
}

fn database_file(path: &Path) -> PathBuf {
    if path.is_dir() { path.join("knock.db") } else { path.to_owned() }
}
