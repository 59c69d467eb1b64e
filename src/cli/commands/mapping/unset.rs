//! `mapping unset`: one row less.

use std::collections::BTreeMap;

use clap::Args;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::cli::set_up::report::Told;
use crate::cli::values::nearest;
use crate::domain::hints::quote;
use crate::domain::lead::{Role, canonical_key};
use crate::domain::mapping::{Rule, Source};
use crate::domain::remote::ObjectSchema;
use crate::engine::set_up::is_match_key;
use crate::exit::ExitStatus;
use crate::store::mappings::StoredRule;

/// The fields of the account, as they were read last.
type Kept = BTreeMap<&'static str, ObjectSchema>;

/// Remove one row, named by our field or the vendor's
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping unset jobtitle\n  mobly-sync mapping unset companyCity --object contact"
)]
pub struct MappingUnsetArgs {
    /// Our field or the vendor's
    #[arg(value_name = "FIELD|REMOTE")]
    pub name: String,

    /// Only this object of the vendor, or role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// If no row is named so.
pub async fn run(context: &Context, args: &MappingUnsetArgs) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    let objects: Vec<&str> = setup
        .objects(args.object.as_deref())?
        .iter()
        .map(|object| object.key)
        .collect();
    let event = setup.rule_event(context)?.map(|event| event.id);
    let rows = setup.store.stored_rules(setup.integration.id)?;
    let meant = |rule: &Rule| {
        objects.contains(&rule.object.as_str()) && (event.is_none() || rule.event == event)
    };
    let ours = Source::Field(canonical_key(&args.name));
    let by_field = |rule: &Rule| meant(rule) && same_field(&rule.source, &ours);
    let kept = setup.kept_fields()?;
    let by_remote = |rule: &Rule| meant(rule) && is_remote(&kept, rule, &args.name);
    let found = match rows.iter().any(|row| by_field(&row.rule)) {
        true => rows.iter().filter(|row| by_field(&row.rule)).count(),
        false => rows.iter().filter(|row| by_remote(&row.rule)).count(),
    };
    if found == 0 {
        return Err(no_row(&setup, &args.name, &rows, &kept));
    }
    let any_field = rows.iter().any(|row| by_field(&row.rule));
    let goes = |rule: &Rule| {
        if any_field {
            by_field(rule)
        } else {
            by_remote(rule)
        }
    };

    let mut told = Told {
        event,
        ..Told::default()
    };
    for object in setup
        .vendor
        .objects
        .iter()
        .filter(|object| object.role == Role::Persona)
    {
        let loses_key = rows.iter().any(|row| {
            row.rule.object == object.key && goes(&row.rule) && is_match_key(object, &row.rule)
        });
        if loses_key {
            told.warnings.push(format!(
                "new records of {} get no e-mail address: a lead is then known only by the record it once became, and one whose answer was lost cannot be told from a new one",
                object.key
            ));
        }
    }
    let before: Vec<Rule> = rows.iter().map(|row| row.rule.clone()).collect();
    let kept: Vec<(Rule, Role)> = rows
        .into_iter()
        .filter(|row| !goes(&row.rule))
        .map(|row| (row.rule, row.role))
        .collect();
    setup.keeps_its_key(&before, kept.iter().map(|(rule, _)| rule))?;
    let author = setup.author(context, &["mapping", "unset", &args.name]);
    let edit = setup
        .store
        .replace_all(setup.integration.id, &kept, &author, setup.now)?;
    setup.tell(context, &before, edit.run, &told)?;
    Ok(ExitStatus::Done)
}

fn same_field(source: &Source, ours: &Source) -> bool {
    matches!((source, ours), (Source::Field(left), Source::Field(right)) if left.eq_ignore_ascii_case(right))
}

/// Whether a rule fills the field of that name; the label stands for a field whose name is a code.
fn is_remote(kept: &Kept, rule: &Rule, name: &str) -> bool {
    let labelled = || {
        let field = kept.get(rule.object.as_str())?.meant(name)?;
        Some(field.name == rule.remote)
    };
    rule.remote.eq_ignore_ascii_case(name) || labelled() == Some(true)
}

fn no_row(setup: &Setup, name: &str, rows: &[StoredRule], kept: &Kept) -> CommandError {
    let known = rows.iter().flat_map(|row| {
        let rule = &row.rule;
        let ours = matches!(rule.source, Source::Field(_)).then(|| rule.source.text());
        let theirs = kept
            .get(rule.object.as_str())
            .and_then(|schema| schema.field(&rule.remote))
            .filter(|field| field.is_code())
            .map_or(rule.remote.as_str(), |field| field.label.as_str());
        ours.into_iter().chain([theirs])
    });
    let error = CommandError::not_found(format!("no row of the mapping is named {name:?}"));
    match nearest(name, known) {
        Some(near) => error
            .hint(format!("did you mean {near}?"))
            .fix(setup.command(&format!("mapping unset {}", quote(near)))),
        None => error.fix(setup.command("mapping list")),
    }
}
