//! `lead merge KEEP OTHER…`.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use super::{entry, fields, named};
use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::values::{self, Assignment};
use crate::cli::waiting;
use crate::domain::hints::quote;
use crate::domain::ids::LeadId;
use crate::exit::ExitStatus;
use crate::store::Store;
use crate::store::merging::{Merge, MergeEnd, Merged};
use crate::ui::format;

/// Make one person out of several leads; nothing is deleted or merged at a vendor
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync lead merge 7XK2M9QD H4T0WQ1B --dry-run\n  mobly-sync lead merge ann@example.com ann.li@old.example --take phone=ann.li@old.example"
)]
pub struct LeadMergeArgs {
    /// The lead that stays: what it says wins
    #[arg(value_name = "KEEP")]
    pub keep: String,

    /// Those that become part of it; they fill its gaps
    #[arg(value_name = "OTHER", required = true)]
    pub others: Vec<String>,

    /// Take this field from one of the others (can be repeated)
    #[arg(long, value_name = "FIELD=LEAD", value_parser = values::assignment)]
    pub take: Vec<Assignment>,

    /// Only show what would become of it
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Serialize)]
struct Document {
    lead: String,
    merged: Vec<String>,
    dry_run: bool,
    fields: Vec<Field>,
    answers: u64,
    activities: u64,
    events: u64,
    scans: u32,
    /// Records that stay at a vendor beside the kept lead's.
    records_left: Vec<Left>,
    run: Option<i64>,
}

#[derive(Serialize)]
struct Field {
    field: String,
    value: String,
    from: String,
}

#[derive(Serialize)]
struct Left {
    integration: String,
    object: String,
    id: String,
    kept: String,
    lead: String,
}

/// Runs the command.
///
/// # Errors
/// If it failed.
pub async fn run(context: &Context, args: &LeadMergeArgs) -> Result<ExitStatus, CommandError> {
    let (app, mut store) = context.open()?;
    let keep = context.lead(&store, &args.keep)?;
    let others = named(context, &store, &args.others)?;
    if others.contains(&keep) {
        return Err(CommandError::usage(format!(
            "lead {} is named as the one that stays and as one that becomes part of it",
            store.ids().encode(keep)
        )));
    }
    let mut take: BTreeMap<String, LeadId> = BTreeMap::new();
    for one in &args.take {
        let key = fields::key(context, &one.name)?;
        let from = context.lead(&store, &one.value)?;
        if from != keep && !others.contains(&from) {
            return Err(CommandError::usage(format!(
                "--take {}={}: that lead is not among those merged",
                one.name, one.value
            )));
        }
        if entry::load(&store, from)?.field(&key).is_none() {
            return Err(CommandError::usage(format!(
                "--take {}={}: that lead has no {key}",
                one.name, one.value
            )));
        }
        take.insert(key, from);
    }
    let now = context.now(&app, &store)?;
    let ids: Vec<String> = others
        .iter()
        .map(|lead| store.ids().encode(*lead))
        .collect();
    let kept = store.ids().encode(keep);
    let author = context.author(format!("lead merge {kept} {}", ids.join(" ")));
    let merge = Merge {
        keep,
        others: &others,
        take: &take,
        dry_run: args.dry_run,
    };
    let merged = match store.merge_leads(&merge, &author, now)? {
        MergeEnd::Done(merged) => merged,
        MergeEnd::Claimed(lead, run) => {
            return Err(CommandError::new(
                ErrorCode::Claimed,
                format!(
                    "lead {} is being pushed by run {run}; nothing was changed",
                    store.ids().encode(lead)
                ),
            )
            .hint("try again when that run has ended")
            .fix(format!("mobly-sync history show {run}")));
        }
    };
    tell(context, &store, args.dry_run, &kept, &ids, &merged)
}

fn tell(
    context: &Context,
    store: &Store,
    dry_run: bool,
    kept: &str,
    ids: &[String],
    merged: &Merged,
) -> Result<ExitStatus, CommandError> {
    let public = |lead: LeadId| store.ids().encode(lead);
    let integrations = waiting::destinations(store)?;
    let left: Vec<Left> = merged
        .left
        .iter()
        .map(|left| Left {
            integration: integrations
                .iter()
                .find(|integration| {
                    integration
                        .account
                        .as_ref()
                        .is_some_and(|account| account.id == left.account)
                })
                .map_or_else(
                    || "an earlier account".to_owned(),
                    |integration| integration.name.clone(),
                ),
            object: left.object.clone(),
            id: left.remote_id.clone(),
            kept: left.kept.clone(),
            lead: public(left.lead),
        })
        .collect();
    let ui = &context.ui;
    let word = if dry_run { "Would merge" } else { "Merged" };
    ui.status(format_args!("{word} {} into {kept}.", ids.join(", ")));
    for (field, (value, from)) in &merged.fields {
        ui.status(format_args!(
            "  {field} = {}   (of {})",
            format::clean(value),
            public(*from)
        ));
    }
    let sums = [
        (merged.answers, "answer"),
        (merged.activities, "note or activity"),
        (merged.events, "event"),
    ];
    let sums: Vec<String> = sums
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| match (count, word) {
            (1, word) => format!("1 {word}"),
            (count, "note or activity") => format!("{} notes and activities", format::count(count)),
            (count, word) => format::counted(count, word),
        })
        .collect();
    if !sums.is_empty() {
        ui.status(format_args!("  It gains {}.", sums.join(", ")));
    }
    for left in &left {
        ui.warning(format_args!(
            "{} has two records of this person: {} {} stays linked, {} {} stays there and is not touched any more; merge them there",
            left.integration, left.object, left.kept, left.object, left.id
        ));
    }
    if ui.json() {
        ui.document(&Document {
            lead: kept.to_owned(),
            merged: ids.to_vec(),
            dry_run,
            fields: merged
                .fields
                .iter()
                .map(|(field, (value, from))| Field {
                    field: field.clone(),
                    value: value.clone(),
                    from: public(*from),
                })
                .collect(),
            answers: merged.answers,
            activities: merged.activities,
            events: merged.events,
            scans: merged.scans,
            records_left: left,
            run: merged.run.map(|run| run.0),
        });
    } else if dry_run {
        ui.next(&format!(
            "mobly-sync lead merge {kept} {}",
            ids.iter().map(|id| quote(id)).collect::<Vec<_>>().join(" ")
        ));
    } else {
        waiting::show(context, store, None)?;
    }
    Ok(ExitStatus::Done)
}
