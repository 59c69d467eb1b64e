//! `mapping import`: the mapping from TOML.

use std::io::Read as _;

use clap::Args;

use crate::cli::command_error::{CommandError, ErrorCode};
use crate::cli::context::Context;
use crate::cli::set_up::Setup;
use crate::cli::set_up::report::{Told, show};
use crate::domain::hints::quote;
use crate::domain::lead::Role;
use crate::domain::mapping::Rule;
use crate::engine::set_up::{MappingFile, RowProblem};
use crate::exit::ExitStatus;
use crate::ui::format::counted;

/// Problems of a file that are told at once.
const TOLD: usize = 10;

/// Take the mapping from TOML, after showing what differs
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  mobly-sync mapping import mapping.toml --dry-run")]
pub struct MappingImportArgs {
    /// The file; - for standard input
    #[arg(value_hint = clap::ValueHint::FilePath)]
    pub file: String,

    /// Show what differs and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// If the file cannot be read, or a row of it cannot be taken over; nothing is changed then.
pub async fn run(context: &Context, args: &MappingImportArgs) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    let file = MappingFile::read(&content(&args.file)?).map_err(|error| {
        CommandError::new(ErrorCode::File, format!("{} is no mapping", args.file)).caused_by(&error)
    })?;
    if !file.vendor.eq_ignore_ascii_case(setup.vendor.name) {
        return Err(CommandError::new(
            ErrorCode::File,
            format!(
                "{} is a mapping for {}, not for {}",
                args.file, file.vendor, setup.vendor.name
            ),
        )
        .hint("name its integration with -i"));
    }
    let objects = setup.objects(None)?;
    let fields = setup.fields(context, &objects, &file.remotes()).await?;
    let mut rules = file
        .rules(&fields.objects, &setup.events)
        .map_err(|problems| refused(&setup, &args.file, &problems))?;
    let before = setup.store.rules(setup.integration.id)?;
    keep_unchanged(&mut rules, &before);
    let after: Vec<Rule> = rules.iter().map(|(rule, _)| rule.clone()).collect();
    setup.keeps_its_key(&before, &after)?;
    let changes = setup.changes(&before, &after);

    let mut told = Told {
        unchanged: "The mapping is so already.",
        ..Told::default()
    };
    told.extra.insert("dry_run".to_owned(), args.dry_run.into());
    if args.dry_run {
        return dry_run(context, &setup, &changes);
    }
    if !changes.is_empty() && context.ui.can_prompt() && !context.ui.json() {
        show(&context.ui, &changes);
        let question = format!("Take over {}?", counted(changes.len() as u64, "change"));
        if !context.may_go_on(&question, true)? {
            context.ui.status("Nothing was changed.");
            return Ok(ExitStatus::Done);
        }
    }
    let author = setup.author(context, &["mapping", "import", &args.file]);
    let edit = setup
        .store
        .replace_all(setup.integration.id, &rules, &author, setup.now)?;
    setup.tell(context, &before, edit.run, &told)?;
    Ok(ExitStatus::Done)
}

fn dry_run(
    context: &Context,
    setup: &Setup,
    changes: &[crate::cli::set_up::report::RowChange],
) -> Result<ExitStatus, CommandError> {
    if context.ui.json() {
        context.ui.document(&serde_json::json!({
            "integration": setup.integration.name,
            "dry_run": true,
            "changed": false,
            "changes": changes,
        }));
        return Ok(ExitStatus::Done);
    }
    show(&context.ui, changes);
    context.ui.status(match changes.len() {
        0 => "The mapping is so already.".to_owned(),
        several => format!("{} would be made.", counted(several as u64, "change")),
    });
    Ok(ExitStatus::Done)
}

fn content(file: &str) -> Result<String, CommandError> {
    let read = match file {
        "-" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        }
        path => std::fs::read_to_string(path),
    };
    read.map_err(|error| {
        CommandError::new(ErrorCode::File, format!("cannot read {file}")).caused_by(&error)
    })
}

/// A row that stays keeps what it was made from, so that drift of the vendor's field is still seen.
fn keep_unchanged(rules: &mut [(Rule, Role)], before: &[Rule]) {
    for (rule, _) in rules {
        let same = before.iter().find(|old| {
            Rule {
                described: rule.described.clone(),
                ..(*old).clone()
            } == *rule
        });
        if let Some(old) = same {
            rule.described.clone_from(&old.described);
        }
    }
}

fn refused(setup: &Setup, file: &str, problems: &[RowProblem]) -> CommandError {
    let message = format!(
        "{} of {file} cannot be taken over; nothing was changed",
        counted(problems.len() as u64, "row")
    );
    let mut error = CommandError::new(ErrorCode::File, message);
    for problem in problems.iter().take(TOLD) {
        error = error.hint(format!("row {}: {}", problem.row, problem.message));
    }
    if problems.len() > TOLD {
        error = error.hint(format!("and {} more", problems.len() - TOLD));
    }
    error.fix(setup.command(&format!("mapping import {} --dry-run", quote(file))))
}
