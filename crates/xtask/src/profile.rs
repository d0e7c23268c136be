//! What a build is for: its profile, and the effort for browser files.

/// The profile of a build: for development, or for release.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Dev,
    Release,
}

/// The effort for the size of browser files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// The smallest size: for tests, measurements and releases.
    Small,
    /// Compiled fast, for a server on this machine. The files that visitors download are small all the same.
    Fast,
}

impl Effort {
    /// The name of cargo's profile, and of the folder of what is made with it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Small => "wasm",
            Self::Fast => "wasm-fast",
        }
    }
}

impl Profile {
    /// From the `--release` flag.
    pub(crate) fn new(release: bool) -> Self {
        if release { Self::Release } else { Self::Dev }
    }

    /// The name of its folder and of its budgets. The browser files to work on are made by the stable compiler.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Dev => "stable",
            Self::Release => "release",
        }
    }
}
