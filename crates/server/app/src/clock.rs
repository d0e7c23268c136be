//! The real clock, the test clock, and the random source.

use crate::faults;
use anyhow::Context;
use knock_model::Millis;
use knock_ports::{Chance, Clock};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};

/// The clock of this machine.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    fn now(&self) -> Millis {
        // A machine whose clock was lost may begin long before 1970, where nothing can have happened.
        Millis(jiff::Timestamp::now().as_millisecond()).max(Millis(0))
    }
}

/// A clock that runs like the real one from the instant it was set to; it continues after a restart.
pub(crate) struct TestClock {
    offset: AtomicI64,
    /// The milliseconds that it has jumped by itself since it was set.
    jumped: AtomicI64,
    file: PathBuf,
}

impl TestClock {
    /// The name of its file in the data directory.
    pub(crate) const FILE: &str = "test-clock";
    /// The most that it jumps by itself in all: a test that checks one second before an instant stays before it.
    const MOST_JUMPED: i64 = 600;

    /// The clock as stored in this data directory.
    pub(crate) fn open(data: &Path) -> anyhow::Result<TestClock> {
        let file = data.join(TestClock::FILE);
        let offset = match std::fs::read_to_string(&file) {
            Ok(text) => text.trim().parse().with_context(|| format!("in {}", file.display()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
            Err(error) => return Err(error).with_context(|| format!("reading {}", file.display())),
        };
        Ok(TestClock { offset: AtomicI64::new(offset), jumped: AtomicI64::new(0), file })
    }

    pub(crate) fn set(&self, now: Millis) -> std::io::Result<()> {
        self.jumped.store(0, Ordering::SeqCst);
        self.keep((now - SystemClock.now()).0)
    }

    fn keep(&self, offset: i64) -> std::io::Result<()> {
        std::fs::write(&self.file, offset.to_string())?;
        self.offset.store(offset, Ordering::SeqCst);
        Ok(())
    }

    /// Jumps ahead if a fault wants it.
    fn jump(&self) {
        let Some(Millis(jump)) = faults::jump_of_clock() else { return };
        if self.jumped.fetch_add(jump, Ordering::SeqCst) + jump <= TestClock::MOST_JUMPED {
            self.keep(self.offset.load(Ordering::SeqCst) + jump).expect("the test clock cannot be kept");
        }
    }
}

impl Clock for TestClock {
    fn now(&self) -> Millis {
        self.jump();
        SystemClock.now() + Millis(self.offset.load(Ordering::SeqCst))
    }
}

/// The random source of the operating system.
pub(crate) struct SystemChance;

impl Chance for SystemChance {
    fn bytes16(&self) -> [u8; 16] {
        random()
    }

    fn bytes32(&self) -> [u8; 32] {
        random()
    }
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("an operating system without randomness cannot run a server");
    bytes
}
