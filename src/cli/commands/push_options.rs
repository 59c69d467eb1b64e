//! Options of every command that pushes.

use std::time::Duration;

use clap::Args;

use crate::cli::values::{self, Bound};

/// How a push is bounded and watched.
#[derive(Debug, Clone, Default, Args)]
pub struct PushOptions {
    /// Show what would be pushed, lead by lead, and push nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Take cleared leads too, and write what differs
    #[arg(long)]
    pub again: bool,

    /// Push at most so many leads
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,

    /// Keep so many requests under way at once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub concurrency: Option<u16>,

    /// Push nothing if more than N values of others would be replaced
    #[arg(long, value_name = "N")]
    pub max_overwrites: Option<u64>,

    /// Push nothing if more than N people would be created
    #[arg(long, value_name = "N")]
    pub max_creates: Option<u64>,

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
    /// Whether everything is matched before the first write, whoever is there to be asked.
    #[must_use]
    pub fn needs_plan(&self) -> bool {
        self.max_overwrites.is_some() || self.max_creates.is_some()
    }

    /// What a push has that happens by itself.
    #[must_use]
    pub fn usual() -> Self {
        Self {
            share: 50,
            ..Self::default()
        }
    }
}
