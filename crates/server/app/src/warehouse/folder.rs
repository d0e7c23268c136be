//! A folder of Parquet files, one for each table and day: what was written stays, what may have changed is written anew.

use super::files::{DayFile, days_in};
use super::{Asked, Day, PIECE, following, known_tables, page};
use anyhow::{Context, bail};
use knock_engine::{WarehousePage, WarehouseTable, warehouse_begin};
use knock_model::Millis;
use knock_ports::{Store, StoreError, View};
use knock_warehouse::{FileWriter, is_complete};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The time after the end of a day until its rows count as complete: what arrived before midnight may be stored after it.
const SETTLED: Millis = Millis(60 * Millis::MINUTE.0);

/// What a folder is asked to hold, in the words of the command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FolderAsk {
    pub(crate) folder: PathBuf,
    /// The names of the tables; all of them if there are none.
    pub(crate) tables: Vec<String>,
    /// The first day.
    pub(crate) from: Option<String>,
    /// The last day.
    pub(crate) to: Option<String>,
    /// Whether files are written anew that would stay.
    pub(crate) again: bool,
}

/// What became of a table.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct FolderTable {
    pub(crate) table: String,
    /// The rows that were written.
    pub(crate) rows: u64,
    /// The files that were written.
    pub(crate) written: u64,
    /// The files that stayed as they were.
    pub(crate) kept: u64,
    /// The files of days that have no rows any longer.
    pub(crate) removed: u64,
}

/// The same, checked.
pub(crate) struct Plan {
    folder: PathBuf,
    tables: Vec<WarehouseTable>,
    from: Option<Day>,
    to: Option<Day>,
    again: bool,
    now: Millis,
}

impl Plan {
    pub(crate) fn of(ask: FolderAsk, now: Millis) -> anyhow::Result<Plan> {
        let table = |name: &String| {
            let unknown = || format!("there is no table `{name}`: there are {}", known_tables());
            WarehouseTable::parse(name).with_context(unknown)
        };
        let named: BTreeSet<WarehouseTable> = ask.tables.iter().map(table).collect::<anyhow::Result<_>>()?;
        let is_wanted = |table: &WarehouseTable| named.is_empty() || named.contains(table);
        let day = |name: &str, word: Option<&String>| {
            let wrong = || format!("`{name}` is not a day such as `2026-12-24`");
            word.map(|word| Day::parse(word).with_context(wrong)).transpose()
        };
        let (from, to) = (day("from", ask.from.as_ref())?, day("to", ask.to.as_ref())?);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            bail!("`to` lies before `from`");
        }
        let tables = WarehouseTable::ALL.iter().copied().filter(is_wanted).collect();
        Ok(Plan { folder: ask.folder, tables, from, to, again: ask.again, now })
    }

    /// The names of its tables.
    pub(crate) fn tables(&self) -> Vec<&'static str> {
        self.tables.iter().map(|table| table.as_str()).collect()
    }

    /// The days to look at: those that may have rows, and those that have a file.
    fn days(&self, begin: Option<Millis>, table: &Path) -> anyhow::Result<BTreeSet<Day>> {
        let is_asked = |day: &Day| self.from.is_none_or(|from| from <= *day) && self.to.is_none_or(|to| *day <= to);
        let mut days: BTreeSet<Day> = days_in(table)?.into_iter().filter(is_asked).collect();
        if let Some(begin) = begin {
            let today = Day::of(self.now);
            let last = self.to.map_or(today, |to| to.min(today));
            let mut day = self.from.map_or(Day::of(begin), |from| from.max(Day::of(begin)));
            while day <= last {
                days.insert(day);
                day = day.next();
            }
        }
        Ok(days)
    }

    fn is_over(&self, day: Day) -> bool {
        day.end() + SETTLED <= self.now
    }
}

/// Writes the files of a plan; what an earlier export wrote stays where it cannot have changed.
///
/// # Errors
/// Names what failed. Each file that is there then is whole: another export goes on.
pub(crate) fn write_folder(store: &dyn Store, plan: &Plan) -> anyhow::Result<Vec<FolderTable>> {
    let folder = &plan.folder;
    match fs::create_dir(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            return Err(error).with_context(|| format!("making {}", folder.display()));
        }
        Ok(()) | Err(_) => {}
    }
    let lock = File::open(folder).with_context(|| format!("opening {}", folder.display()))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => bail!("another export writes to {}", folder.display()),
        Err(TryLockError::Error(error)) => return Err(error).with_context(|| format!("locking {}", folder.display())),
    }
    let begin = read(store, warehouse_begin)?;
    plan.tables.iter().map(|table| write_table(store, plan, *table, begin)).collect()
}

fn write_table(
    store: &dyn Store,
    plan: &Plan,
    table: WarehouseTable,
    begin: Option<Millis>,
) -> anyhow::Result<FolderTable> {
    let folder = plan.folder.join(table.as_str());
    let mut done = FolderTable { table: table.as_str().to_owned(), ..FolderTable::default() };
    for day in plan.days(begin, &folder)? {
        let (file, is_over) = (DayFile::of(&folder, day), plan.is_over(day));
        let may_stay = is_over && !plan.again && table.is_append_only();
        if may_stay && is_complete(&file.path, table) {
            done.kept += 1;
            continue;
        }
        let asked = Asked { table, from: day.begin(), to: day.end(), limit: PIECE, now: plan.now };
        let written = write_day(store, asked, &file, is_over);
        if written.is_err() {
            file.give_up();
        }
        match written.with_context(|| format!("writing {}", file.path.display()))? {
            0 => done.removed += u64::from(file.remove()?),
            rows => {
                done.rows += rows;
                done.written += 1;
            }
        }
    }
    Ok(done)
}

/// Writes the file of a day, unless the day has no rows; their number.
fn write_day(store: &dyn Store, asked: Asked, file: &DayFile, is_over: bool) -> anyhow::Result<u64> {
    let first = read(store, |view| page(view, asked, None))?.context("the first page has no cursor")?;
    if first.rows.is_empty() && first.next.is_none() {
        return Ok(0);
    }
    let mut writer = FileWriter::new(file.begin()?, asked.table)?;
    let (mut count, mut next) = (0_u64, Some(first));
    while let Some(WarehousePage { rows, next: after }) = next {
        count = count.saturating_add(u64::try_from(rows.len())?);
        writer.add(rows)?;
        next = after.map(|after| read(store, |view| following(view, asked, &after))).transpose()?;
    }
    if is_over {
        writer.note_complete();
    }
    let written = writer.finish()?;
    if count > 0 {
        file.keep(&written)?;
    }
    Ok(count)
}

/// Runs `work` on a snapshot.
fn read<T>(store: &dyn Store, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> Result<T, StoreError> {
    let mut found = None;
    store.read(&mut |view| {
        found = Some(work(view)?);
        Ok(())
    })?;
    found.ok_or_else(|| StoreError::Broken("a read found nothing".to_owned()))
}
