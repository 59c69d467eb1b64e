//! Options of every command that pushes.

use std::time::Duration;

use clap::Args;

use crate::cli::values::{self, Bound};

/// How a push is bounded and watched.
#[derive(Debug, Clone, Default, Args)]
pub struct PushOptions {
    /// Take cleared leads too, and write what differs
    #[arg(long)]
    pub again: bool,

    /// Push at most so many leads
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,

    /// Keep so many requests under way at once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub concurrency: Option<u16>,

    /// Stop at so many failed leads, or so many in a hundred
    #[arg(long, value_name = "N|N%", value_parser = values::bound)]
    pub max_failures: Option<Bound>,

    /// Stop after so long, such as 10m
    #[arg(long, value_name = "TIME", value_parser = values::length)]
    pub max_duration: Option<Duration>,

    /// Push nothing unless exactly so many leads are due
    #[arg(long, value_name = "N")]
    pub expect: Option<u64>,

    /// Use so many percent of a limit shared with other tools
    #[arg(long, value_name = "PERCENT", default_value_t = 50, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub share: u8,
}

impl PushOptions {
    /// What a push has that happens by itself.
    #[must_use]
    pub fn usual() -> Self {
        Self {
            share: 50,
            ..Self::default()
        }
    }
}
