//! Timed I/O of a connection: records received bytes, closes it when the client stops reading, and at the end reads on
//! for a while, so that a client that is still sending can read the answer.

use super::activity::Activity;
use crate::config::Http;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;
use tokio_io_timeout::TimeoutWriter;

/// The most that is read after the last answer. A client that is cut while it sends may never see that answer.
const REST_BYTES: usize = 128 * 1024 * 1024;
/// The time for which data is read after the last response.
const REST_TIME: Duration = Duration::from_secs(2);

/// A connection's bytes.
pub(super) struct TimedIo {
    stream: Pin<Box<TimeoutWriter<TcpStream>>>,
    activity: Activity,
    rest: Option<Rest>,
}

/// The data that is still read after the last response.
struct Rest {
    until: Pin<Box<Sleep>>,
    bytes: usize,
}

impl TimedIo {
    pub(super) fn new(stream: TcpStream, activity: Activity, limits: &Http) -> TimedIo {
        let mut stream = TimeoutWriter::new(stream);
        stream.set_timeout(Some(limits.write_timeout_ms.duration()));
        TimedIo { stream: Box::pin(stream), activity, rest: None }
    }

    /// Reads and forgets, until the client is done, or has sent or waited enough.
    fn poll_rest(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(rest) = &mut self.rest else { return Poll::Ready(Ok(())) };
        let mut forgotten = [0; 16 * 1024];
        loop {
            if rest.bytes == 0 || rest.until.as_mut().poll(context).is_ready() {
                return Poll::Ready(Ok(()));
            }
            let mut buffer = ReadBuf::new(&mut forgotten);
            let stream = pin!(self.stream.as_mut().get_pin_mut());
            match ready!(stream.poll_read(context, &mut buffer)) {
                Ok(()) if !buffer.filled().is_empty() => rest.bytes = rest.bytes.saturating_sub(buffer.filled().len()),
                // The client has closed: nothing is left to read.
                Ok(()) | Err(_) => return Poll::Ready(Ok(())),
            }
        }
    }
}

impl AsyncRead for TimedIo {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(self.stream.as_mut().get_pin_mut().poll_read(context, buffer))?;
        if buffer.filled().len() > before {
            self.activity.heard(&buffer.filled()[before..]);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for TimedIo {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.stream.as_mut().poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.rest.is_none() {
            ready!(self.stream.as_mut().poll_shutdown(context))?;
            self.rest = Some(Rest { until: Box::pin(tokio::time::sleep(REST_TIME)), bytes: REST_BYTES });
        }
        self.poll_rest(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.stream.as_mut().poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
