//! Pushing to a sandbox in this process over real HTTP, unthrottled: what the network costs, and what the ledger costs.

#![allow(clippy::unwrap_used, clippy::expect_used, dead_code)]

use std::fmt::Write as _;
use std::time::Duration;

use divan::Bencher;
use divan::counter::ItemsCount;

#[path = "../tests/it/support/show.rs"]
mod show;

use show::Show;

fn main() {
    divan::main();
}

fn people(count: usize) -> String {
    let mut csv = String::from("First Name,Last Name,Email,Company,Website,Job Title,Phone\n");
    let companies = count * 3 / 10;
    for n in 0..count {
        let company = n % companies;
        writeln!(csv, "Ann{n},Lee{n},ann{n}@firm{company}.example,Firm {company},https://www.firm{company}.example,Engineer,+1 555 {n:06}").unwrap();
    }
    csv
}

/// A vendor and its options.
type Case = (&'static str, &'static [(&'static str, &'static str)]);

const HUBSPOT: Case = ("hubspot", &[]);
const LEADS: Case = ("salesforce", &[("strategy", "leads-and-contacts")]);
const PIPEDRIVE: Case = ("pipedrive", &[]);
const ACCOUNTS: Case = ("salesforce", &[("strategy", "accounts-and-contacts")]);
const MARKETO: Case = ("marketo", &[]);
const COMPANIES: Case = ("marketo", &[("companies", "true")]);
const PARDOT: Case = ("pardot", &[("business-unit", "0Uvbm0020261122EAA")]);

fn pushed(bencher: Bencher<'_, '_>, case: Case, leads: usize, latency: Duration) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    bencher
        .counter(ItemsCount::new(leads))
        .with_inputs(|| {
            runtime.block_on(async {
                let (vendor, own) = case;
                let show = Show::with_options(vendor, own, |options| options.latency = latency);
                let show = show.await;
                if vendor == PIPEDRIVE.0 {
                    // Job titles are there with contact sync alone.
                    let settings = serde_json::json!({"contact_sync": true});
                    show.sandbox.admin("POST", "settings", &settings);
                }
                show.import(&people(leads));
                show
            })
        })
        .bench_values(|show| {
            let summary = runtime.block_on(show.push(|_| {}));
            assert_eq!(summary.cleared, u64::try_from(leads).unwrap());
            show
        });
}

#[divan::bench_group(sample_count = 3, sample_size = 1)]
mod hubspot {
    use super::*;

    #[divan::bench(args = [1_000, 10_000])]
    fn without_latency(bencher: Bencher<'_, '_>, leads: usize) {
        pushed(bencher, HUBSPOT, leads, Duration::ZERO);
    }

    #[divan::bench(args = [10_000])]
    fn with_100_ms_on_every_call(bencher: Bencher<'_, '_>, leads: usize) {
        pushed(bencher, HUBSPOT, leads, Duration::from_millis(100));
    }
}

#[divan::bench_group(sample_count = 3, sample_size = 1)]
mod salesforce {
    use super::*;

    #[divan::bench(args = [1_000, 10_000])]
    fn leads_without_latency(bencher: Bencher<'_, '_>, leads: usize) {
        pushed(bencher, LEADS, leads, Duration::ZERO);
    }

    #[divan::bench(args = [1_000, 10_000])]
    fn contacts_in_accounts_without_latency(bencher: Bencher<'_, '_>, leads: usize) {
        pushed(bencher, ACCOUNTS, leads, Duration::ZERO);
    }

    #[divan::bench(args = [10_000])]
    fn leads_with_100_ms_on_every_call(bencher: Bencher<'_, '_>, leads: usize) {
        pushed(bencher, LEADS, leads, Duration::from_millis(100));
    }
}

#[divan::bench_group(sample_count = 3, sample_size = 1)]
mod marketo {
    use super::*;

    #[divan::bench(args = [1_000, 10_000])]
    fn leads_without_latency(bencher: Bencher<'_, '_>, leads: usize) {
        pushed(bencher, MARKETO, leads, Duration::ZERO);
    }

    #[divan::bench(args = [1_000, 10_000])]
    fn leads_in_companies_without_latency(bencher: Bencher<'_, '_>, leads: usize) {
        pushed(bencher, COMPANIES, leads, Duration::ZERO);
    }

    #[divan::bench(args = [10_000])]
    fn leads_with_100_ms_on_every_call(bencher: Bencher<'_, '_>, leads: usize) {
        pushed(bencher, MARKETO, leads, Duration::from_millis(100));
    }
}

/// By import, each of which takes a minute of the sandbox's time: 600 ms here.
#[divan::bench_group(sample_count = 3, sample_size = 1)]
mod pardot {
    use super::*;

    #[divan::bench(args = [1_000, 10_000])]
    fn by_import_without_latency(bencher: Bencher<'_, '_>, leads: usize) {
        pushed(bencher, PARDOT, leads, Duration::ZERO);
    }
}

/// One record a request.
#[divan::bench_group(sample_count = 3, sample_size = 1)]
mod pipedrive {
    use super::*;

    #[divan::bench(args = [1_000, 10_000])]
    fn without_latency(bencher: Bencher<'_, '_>, leads: usize) {
        pushed(bencher, PIPEDRIVE, leads, Duration::ZERO);
    }

    #[divan::bench(args = [1_000])]
    fn with_100_ms_on_every_call(bencher: Bencher<'_, '_>, leads: usize) {
        pushed(bencher, PIPEDRIVE, leads, Duration::from_millis(100));
    }
}
