//! The one binary of the integration tests: linking once keeps them quick.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod activity_push;
mod activity_vendors;
mod bad_input;
mod campaign_connect;
mod campaign_marketing_events;
mod campaign_marks;
mod campaign_push;
mod categories;
mod check;
mod check_names;
mod check_targets;
mod check_vendors;
mod command_line;
mod company_shared;
mod company_words;
mod connection_account;
mod connection_connect;
mod connection_mode;
mod connection_pause;
mod connection_sign_in;
mod connection_source;
mod connection_status;
mod crash;
mod demo;
mod doctor;
mod enrichment_providers;
mod enrichment_waits;
mod event;
mod generated_files;
mod identity;
mod layering;
mod lead_edit;
mod lead_enrich;
mod lead_export;
mod lead_export_back;
mod lead_import;
mod lead_import_exports;
mod lead_import_formats;
mod lead_import_mistakes;
mod lead_import_watch;
mod lead_pull;
mod lead_pull_again;
mod lead_pull_push;
mod lead_rules;
mod lead_where;
mod log_history;
mod mapping_defaults;
mod mapping_file;
mod mapping_set;
mod mapping_suggest;
mod mapping_try;
mod mapping_try_vendors;
mod marketo_calls;
mod marketo_lost;
mod marketo_match;
mod marketo_programs;
mod marketo_refusals;
mod pardot_import;
mod pardot_match;
mod pardot_refusals;
mod person_company;
mod person_converted;
mod person_hint;
mod person_left;
mod person_objects;
mod pipedrive_calls;
mod pipedrive_connect;
mod pipedrive_lost;
mod pipedrive_match;
mod pipedrive_refusals;
mod plan_dry_run;
mod plan_equals_push;
mod plan_guards;
mod plan_no_trace;
#[cfg(unix)]
mod plan_question;
mod push;
mod push_failures;
mod push_recovery;
mod qualifier_map;
mod reconcile;
mod reconcile_fix;
mod reconcile_html;
mod report;
mod salesforce_calls;
mod salesforce_duplicates;
mod salesforce_lost;
mod salesforce_match;
mod salesforce_options;
mod salesforce_records;
mod salesforce_refusals;
mod salesforce_screens;
mod salesforce_sign_in;
mod salesforce_slow;
mod sandbox_mobly;
mod sandbox_run;
#[allow(dead_code)] // each file uses its part
mod seed;
mod side_by_side;
mod side_by_side_pardot;
mod sign_in_races;
mod sign_in_renewal;
#[allow(dead_code)] // each file uses its part
mod support;
mod sync_run;
mod sync_watch;
mod undo;
mod undo_command;
mod undo_killed;
mod undo_later;
mod undo_refused;
mod vendor_contract;
mod verify;
mod verify_vendors;
mod zoho_match;
mod zoho_members;
mod zoho_race;

/// A file that no `mod` line names would be skipped without a word.
#[test]
fn every_file_of_this_folder_is_part_of_the_binary() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it");
    let main = std::fs::read_to_string(format!("{folder}/main.rs")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.trim_end_matches(".rs");
        assert!(
            module == "main" || main.contains(&format!("mod {module};")),
            "{name} is not declared in main.rs"
        );
    }
}
