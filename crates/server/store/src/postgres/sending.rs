//! Signals on their way to the database while the group that stores them is still worked on.

use crate::sql::number;
use crate::write_behind::PendingSignal;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, MaybeDone, maybe_done, try_join};
use knock_model::{SiteId, ViewId};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Error, Statement};

/// A quarter cheaper than rows as parameters.
pub(super) const SIGNALS: &str = "COPY signals (site, visitor, id, session, view, kind, at, received_at, clamped, \
    category, strength, seq, detail) FROM STDIN BINARY";
const TYPES: [Type; 13] = [
    Type::INT8,
    Type::BYTEA,
    Type::BYTEA,
    Type::BYTEA,
    Type::BYTEA,
    Type::INT8,
    Type::INT8,
    Type::INT8,
    Type::INT8,
    Type::INT8,
    Type::FLOAT8,
    Type::INT8,
    Type::TEXT,
];

/// One statement that goes on taking rows. Whatever is asked next on its connection comes after it is ended.
pub(super) struct Sending {
    rows: Arc<Mutex<Rows>>,
    sent: MaybeDone<BoxFuture<'static, Result<(), Error>>>,
}

/// The rows that were handed over and not written yet.
#[derive(Default)]
struct Rows {
    waiting: VecDeque<PendingSignal>,
    is_all: bool,
}

impl Sending {
    pub(super) fn new(client: Arc<Client>, statement: Statement, beginning: Option<&'static str>) -> Sending {
        let rows = Arc::<Mutex<Rows>>::default();
        let taken = Arc::clone(&rows);
        let sent = async move {
            let begun = async {
                match beginning {
                    Some(beginning) => client.batch_execute(beginning).await,
                    None => Ok(()),
                }
            };
            // They are sent in this order, when it is polled first.
            let ((), sink) = try_join(begun, client.copy_in(&statement)).await?;
            let mut writer = pin!(BinaryCopyInWriter::new(sink, &TYPES));
            while let Some(row) = poll_fn(|_| next(&taken)).await {
                write(writer.as_mut(), &row).await?;
            }
            writer.finish().await.map(drop)
        };
        Sending { rows, sent: maybe_done(sent.boxed()) }
    }

    /// Hands rows over; they go when it is polled.
    pub(super) fn add(&self, rows: Vec<PendingSignal>) {
        lock(&self.rows).waiting.extend(rows);
    }

    /// Whether all that was handed over is written.
    pub(super) fn is_idle(&self) -> bool {
        lock(&self.rows).waiting.is_empty()
    }

    /// Sends what can be sent without waiting.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) {
        // `end` reports the outcome.
        _ = self.sent.poll_unpin(context);
    }

    /// Waits for its answer; there are no more rows.
    pub(super) async fn end(mut self) -> Result<(), Error> {
        lock(&self.rows).is_all = true;
        (&mut self.sent).await;
        Pin::new(&mut self.sent).take_output().unwrap_or(Ok(()))
    }
}

/// The next row, none after the last. The caller of `add` polls.
fn next(rows: &Mutex<Rows>) -> Poll<Option<PendingSignal>> {
    let mut rows = lock(rows);
    match rows.waiting.pop_front() {
        Some(row) => Poll::Ready(Some(row)),
        None if rows.is_all => Poll::Ready(None),
        None => Poll::Pending,
    }
}

fn lock(rows: &Mutex<Rows>) -> MutexGuard<'_, Rows> {
    rows.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn write(writer: Pin<&mut BinaryCopyInWriter>, row: &PendingSignal) -> Result<(), Error> {
    let PendingSignal { browser: (SiteId(site), visitor), signal, detail } = row;
    let values: [&(dyn ToSql + Sync); 13] = [
        site,
        &visitor.as_bytes().as_slice(),
        &signal.id.as_bytes().as_slice(),
        &signal.session.as_bytes().as_slice(),
        &signal.view.as_ref().map(|view| ViewId::as_bytes(view).as_slice()),
        &number(signal.kind.index()),
        &signal.at.0,
        &signal.received_at.0,
        &i64::from(signal.clamped),
        &number(signal.category.index()),
        &signal.strength,
        &signal.seq.map(|seq| i64::try_from(seq).unwrap_or(i64::MAX)),
        detail,
    ];
    writer.write(&values).await
}
