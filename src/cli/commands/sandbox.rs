//! `sandbox VENDOR`: the embedded sandbox as a local server.

use std::time::Duration;

use crate::cli::values;
use clap::Args;
use serde::Serialize;
use serde_json::json;
use tokio::sync::watch;

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::services::vendor_info;
use crate::env_vars;
use crate::exit::ExitStatus;
use crate::sandbox::{
    self, Fault, FaultKind, PROVIDERS, RateMode, RunningSandbox, SandboxError, SandboxOptions,
    VENDORS,
};
use crate::ui::interrupt::on_interrupt;
use crate::vendors::{self, Grant};

/// Run a vendor's sandbox on this machine, for rehearsal and CI
#[derive(Debug, Args)]
#[command(after_help = examples())]
pub struct SandboxArgs {
    #[arg(help = vendor_help())]
    pub vendor: String,

    /// Listen on this port of the loopback address (default: any free one)
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub port: u16,

    /// Limit requests: vendor (its lowest plan), off, or so many in ten seconds
    #[arg(long, value_name = "vendor|off|N", default_value_t = RateMode::Vendor)]
    pub rate: RateMode,

    /// Allow so many requests a day (default: the vendor's lowest plan)
    #[arg(long, value_name = "N")]
    pub daily_limit: Option<u64>,

    /// Wait so long before every answer, such as 20ms
    #[arg(long, value_name = "TIME", value_parser = short_length)]
    pub latency: Option<Duration>,

    /// Let something go wrong, such as 500=0.1 or drop-after=#2@/batch/create; may be repeated
    #[arg(long, value_name = "KIND[=WHEN][@PATH]", long_help = fault_help())]
    pub fault: Vec<Fault>,

    /// A slow answer takes so long (default: 2m)
    #[arg(long, value_name = "TIME", value_parser = short_length)]
    pub slow_for: Option<Duration>,

    /// Searches see what was written only after so long (default: 8s)
    #[arg(long, value_name = "TIME", value_parser = short_length)]
    pub search_lag: Option<Duration>,

    /// The same seed gives the same faults
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub seed: u64,

    /// The account's number: another one is another account
    #[arg(long, value_name = "N")]
    pub portal_id: Option<u64>,

    /// Fill it with so many captured leads, where leads come from; the same seed makes the same leads
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=1_000_000))]
    pub leads: Option<u64>,

    /// Spread the leads over so many events (default: 3)
    #[arg(long, value_name = "N", requires = "leads", value_parser = clap::value_parser!(u64).range(..=10_000))]
    pub events: Option<u64>,
}

#[derive(Serialize)]
struct Document {
    base_url: String,
    vendor: &'static str,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &SandboxArgs) -> Result<ExitStatus, CommandError> {
    let vendor = playable(&args.vendor)?;
    let usual = SandboxOptions::new(vendor);
    let options = SandboxOptions {
        port: args.port,
        rate: args.rate,
        daily_limit: args.daily_limit,
        latency: args.latency.unwrap_or(usual.latency),
        faults: args.fault.clone(),
        slow_for: args.slow_for.unwrap_or(usual.slow_for),
        search_lag: args.search_lag.unwrap_or(usual.search_lag),
        seed: args.seed,
        portal_id: args.portal_id.unwrap_or(usual.portal_id),
        time_factor: env_vars::test_time_factor().unwrap_or(usual.time_factor),
        ..usual
    };
    // Before it is announced: whoever reads the address may end it at once.
    let (raise, mut raised) = watch::channel(false);
    let guard = on_interrupt(move |_| {
        raise.send_replace(true);
    });
    let running = sandbox::start(options)
        .await
        .map_err(|error| not_started(&error))?;
    fill(&running, vendor, args)?;
    let url = running.base_url();
    let ui = &context.ui;
    if ui.json() {
        ui.document(&Document {
            base_url: url.clone(),
            vendor,
        });
    } else {
        ui.data(&url);
    }
    ui.flush();
    ui.status(format!(
        "{} as its documentation describes it, in memory, on this machine. Any {} is accepted. Ctrl-C ends it.",
        vendors::lookup(vendor).map_or_else(|| capitalized(vendor), |info| info.title.to_owned()),
        match vendor {
            provider if PROVIDERS.contains(&provider) => "key",
            vendor if takes_token(vendor) => "token",
            _ => "client",
        }
    ));
    if running.can_seed() {
        ui.status(match args.leads {
            Some(leads) => format!("Captured leads: {leads}; events: {}.", events(args)),
            None => "There are no leads yet: --leads 100 makes some.".to_owned(),
        });
    }
    ui.status("In another terminal:");
    let mut line = connecting(vendor, &url);
    for (name, value) in running.connect_options() {
        line.push_str(&format!(" --{name} {value}"));
    }
    ui.next(&line);
    // An error means that nobody can raise it any more.
    let _ = raised.wait_for(|raised| *raised).await;
    drop(guard);
    running.stop().await;
    Ok(ExitStatus::Done)
}

/// Makes the leads that were asked for.
fn fill(running: &RunningSandbox, vendor: &str, args: &SandboxArgs) -> Result<(), CommandError> {
    let Some(leads) = args.leads else {
        return Ok(());
    };
    if !running.can_seed() {
        let message =
            format!("no leads come from {vendor}, so its sandbox cannot be filled with them");
        return Err(CommandError::usage(message).hint("leave out --leads"));
    }
    let body = json!({"leads": leads, "events": events(args), "seed": args.seed});
    match running.admin("POST", "seed", &body) {
        (200, _) => Ok(()),
        (_, answer) => Err(CommandError::internal(format!(
            "the sandbox cannot be filled: {answer}"
        ))),
    }
}

fn events(args: &SandboxArgs) -> u64 {
    args.events.unwrap_or(3)
}

/// The title of what is no vendor.
fn capitalized(name: &str) -> String {
    let mut signs = name.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}

/// Whether a token of the vendor's can be given as it is; elsewhere an app signs in.
fn takes_token(vendor: &str) -> bool {
    offers(vendor, Grant::Token)
}

fn offers(vendor: &str, grant: Grant) -> bool {
    vendors::lookup(vendor).is_none_or(|info| info.sign_in.way(grant).is_some())
}

/// The line that connects to the sandbox, in a way the vendor has.
fn connecting(vendor: &str, url: &str) -> String {
    if PROVIDERS.contains(&vendor) {
        format!("echo any-key | mobly-sync enrichment add {vendor} --base-url {url} --key-stdin")
    } else if takes_token(vendor) {
        format!("echo any-token | mobly-sync connect {vendor} --base-url {url} --token-stdin")
    } else {
        let way = match offers(vendor, Grant::AuthorizationCode) {
            true => "--oauth",
            false => "--grant client-credentials",
        };
        format!(
            "echo any-secret | mobly-sync connect {vendor} --base-url {url} {way} --client-id any-client --client-secret-stdin"
        )
    }
}

/// The sandbox's own name of a vendor it can play.
fn playable(name: &str) -> Result<&'static str, CommandError> {
    let known = VENDORS
        .iter()
        .chain(PROVIDERS)
        .find(|known| name.eq_ignore_ascii_case(known));
    match known {
        Some(known) => Ok(known),
        None => Err(match vendor_info(name) {
            Err(error) => error,
            Ok(info) => not_started(&SandboxError::UnknownVendor {
                name: info.name.to_owned(),
            }),
        }),
    }
}

fn vendor_help() -> String {
    format!(
        "The vendor: {}; or the enrichment provider: {}",
        VENDORS.join(", "),
        PROVIDERS.join(", ")
    )
}

fn not_started(error: &SandboxError) -> CommandError {
    let message = error.to_string();
    match error {
        SandboxError::UnknownVendor { .. } => CommandError::usage(message),
        SandboxError::BadTimeFactor => {
            CommandError::usage(message).hint(format!("{} says otherwise", env_vars::TEST_TIME))
        }
        SandboxError::Bind { source, .. } => CommandError::new(ErrorCode::Network, message)
            .caused_by(source)
            .hint("name another --port, or none to take any free one"),
    }
}

/// As [`values::length`], with milliseconds and nothing at all.
fn short_length(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    if text.trim_end_matches(|sign: char| sign.is_ascii_lowercase()) == "0" {
        return Ok(Duration::ZERO);
    }
    match text.strip_suffix("ms") {
        Some(number) => number
            .trim()
            .parse()
            .map(Duration::from_millis)
            .map_err(|_| format!("{text:?} is not a length of time such as 20ms or 45s")),
        None => values::length(text)
            .map_err(|_| format!("{text:?} is not a length of time such as 20ms, 45s or 2m")),
    }
}

fn fault_help() -> String {
    let kinds = FaultKind::ALL.map(|(name, _)| name).join(", ");
    format!(
        "Let something go wrong; may be repeated.\n\nKIND is one of {kinds}.\nWHEN is a probability from 0 to 1 (default 0.05), or #N: every N-th write.\nPATH limits it to requests whose path contains it."
    )
}

fn examples() -> String {
    let vendor = values::example_vendor();
    format!(
        "Examples:\n  mobly-sync sandbox {vendor} --port 8080\n  mobly-sync sandbox {vendor} --rate off --fault 500=0.1 --seed 7\n  mobly-sync sandbox {vendor} --json"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn short_lengths_are_read() {
        assert_eq!(short_length("20ms").unwrap(), Duration::from_millis(20));
        assert_eq!(short_length("2m").unwrap(), Duration::from_secs(120));
        assert_eq!(short_length("0").unwrap(), Duration::ZERO);
        assert_eq!(short_length("0s").unwrap(), Duration::ZERO);
        assert!(short_length("fast").is_err() && short_length("ms").is_err());
    }
}
