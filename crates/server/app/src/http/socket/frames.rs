//! Counts the frames that a client sends: a message may come in any number of them, and a library that puts messages
//! together says nothing of it.

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use std::io::{self, Cursor};
use std::num::NonZeroU32;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tungstenite::protocol::frame::FrameHeader;

/// The longest header of a frame (RFC 6455, 5.2).
const LONGEST_HEADER: usize = 14;

/// The reason for which reading ends: the limit of frames was exceeded.
#[derive(Debug, thiserror::Error)]
#[error("too many frames a second")]
pub(super) struct TooManyFrames;

/// A stream of which the frames that are read are counted.
pub(super) struct FrameMeter<S> {
    stream: S,
    counter: Counter,
}

struct Counter {
    rate: DefaultDirectRateLimiter,
    /// The part of a header received so far.
    header: Vec<u8>,
    /// The remaining length of the frame's payload.
    payload: u64,
}

impl<S> FrameMeter<S> {
    /// Lets so many frames a second through, and as many at once.
    pub(super) fn new(stream: S, rate: NonZeroU32) -> FrameMeter<S> {
        let rate = RateLimiter::direct(Quota::per_second(rate));
        FrameMeter { stream, counter: Counter { rate, header: Vec::with_capacity(LONGEST_HEADER), payload: 0 } }
    }
}

impl Counter {
    fn see(&mut self, mut bytes: &[u8]) -> Result<(), TooManyFrames> {
        while let Some((&byte, rest)) = bytes.split_first() {
            if self.payload > 0 {
                let passed = usize::try_from(self.payload).unwrap_or(usize::MAX).min(bytes.len());
                self.payload -= passed as u64;
                bytes = &bytes[passed..];
                continue;
            }
            self.header.push(byte);
            bytes = rest;
            match FrameHeader::parse(&mut Cursor::new(&self.header)) {
                Ok(Some((_, length))) => {
                    self.header.clear();
                    self.payload = length;
                    self.rate.check().map_err(|_| TooManyFrames)?;
                }
                Ok(None) if self.header.len() < LONGEST_HEADER => {}
                // That is no frame. The reader of the messages ends the connection there.
                Ok(None) | Err(_) => self.payload = u64::MAX,
            }
        }
        Ok(())
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for FrameMeter<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        Poll::Ready(self.counter.see(&buffer.filled()[before..]).map_err(io::Error::other))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for FrameMeter<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tungstenite::protocol::frame::Frame;
    use tungstenite::protocol::frame::coding::{Data, OpCode};

    fn frame(length: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let frame = Frame::message(vec![7; length], OpCode::Data(Data::Continue), false);
        frame.format(&mut bytes).expect("into memory");
        bytes
    }

    proptest! {
        #[test]
        fn frames_are_counted_however_they_are_cut(
            lengths in proptest::collection::vec(prop_oneof![0_usize..3, 120_usize..140, 65_530_usize..65_540], 1..12),
            cuts in proptest::collection::vec(1_usize..70_000, 1..40),
        ) {
            let number = NonZeroU32::new(lengths.len() as u32).expect("some");
            let last = frame(0);
            let bytes: Vec<u8> = lengths.iter().flat_map(|length| frame(*length)).collect();
            let mut counter = FrameMeter::new((), number).counter;
            let mut rest = bytes.as_slice();
            for cut in cuts.iter().cycle() {
                let (part, left) = rest.split_at((*cut).min(rest.len()));
                prop_assert!(counter.see(part).is_ok());
                rest = left;
                if rest.is_empty() {
                    break;
                }
            }
            prop_assert!(counter.see(&last).is_err(), "one more than may come");
        }
    }
}
