//! `qualifier map NAME`: answers to the vendor's options.

use std::collections::BTreeMap;

use crate::cli::values::{self, Assignment};
use crate::domain::mapping::{WriteBehaviour, default_qualifier_write};
use clap::Args;

use super::named::{answer, no_answer, qualifier};
use super::show::shown;
use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::set_up::report::Told;
use crate::cli::set_up::{Fields, Setup};
use crate::domain::hints::quote;
use crate::domain::ids::RunId;
use crate::domain::lead::Role;
use crate::domain::mapping::QualifierRule;
use crate::domain::qualifier::{Qualifier, value_key};
use crate::domain::remote::{RemoteField, RemoteKind};
use crate::engine::set_up::{choose, lost_options, matching, option_value};
use crate::exit::ExitStatus;
use crate::store::qualifier_rules::QualifierTarget;

/// Map answers to the options of a field of the vendor
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync qualifier map Interest --to interest --matching\n  mobly-sync qualifier map Interest \"Platform demo=demo_request\""
)]
pub struct QualifierMapArgs {
    /// The qualifier
    pub name: String,

    /// An answer and the option it means; without OPTION the answer is unmapped
    #[arg(value_name = "ANSWER=OPTION", value_parser = values::assignment)]
    pub values: Vec<Assignment>,

    /// The field of the vendor, once for the qualifier
    #[arg(long, value_name = "REMOTE")]
    pub to: Option<String>,

    /// The object of the vendor, or the role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,

    /// Map answers to options of the same name
    #[arg(long)]
    pub matching: bool,

    /// What happens to a field of a record that is already there: overwrite, if-blank, create-only, append
    #[arg(long, value_name = "BEHAVIOUR")]
    pub write: Option<WriteBehaviour>,
}

/// One field answers go to.
pub(super) struct Target<'a> {
    object: &'static str,
    field: &'a RemoteField,
    write: WriteBehaviour,
}

/// Runs the command.
///
/// # Errors
/// If the qualifier, the field, an answer or an option is not known; nothing is changed then.
pub async fn run(context: &Context, args: &QualifierMapArgs) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    let found = qualifier(&setup.store, &args.name)?;
    let rules: Vec<QualifierRule> = setup
        .store
        .qualifier_rules(setup.integration.id)?
        .into_iter()
        .filter(|rule| rule.qualifier == found.id)
        .collect();
    let mut mapped = setup.store.answer_options(setup.integration.id, found.id)?;
    let objects = setup.objects(args.object.as_deref())?;
    let wanted: Vec<String> = args
        .to
        .iter()
        .cloned()
        .chain(rules.iter().map(|rule| rule.remote.clone()))
        .collect();
    if args.to.is_none() && rules.is_empty() {
        return Err(CommandError::usage(format!(
            "{:?} goes to no field yet: name one with --to",
            found.name
        ))
        .fix(setup.command("mapping fields")));
    }
    let fields = setup.fields(context, &objects, &wanted).await?;
    let targets = targets(&setup, args, &found, &rules, &fields)?;

    let mut told = Told {
        unchanged: "The qualifier is mapped so already.",
        ..Told::default()
    };
    let mut values = named_options(&setup, args, &found, &targets, &mut told)?;
    for (given, option) in &values {
        match option {
            Some(option) => mapped.insert(value_key(given), option.clone()),
            None => mapped.remove(&value_key(given)),
        };
    }
    if args.matching {
        values.extend(same_names(&found, &mut mapped, &targets, &mut told));
    }
    remarks(&setup, &found, &mapped, &targets, &mut told);
    let before = setup.store.rules(setup.integration.id)?;
    let run = save(context, &mut setup, &found, &targets, &values, &mut told)?;
    let one = shown(
        &setup.store,
        Some(&setup.integration),
        std::slice::from_ref(&found),
    )?;
    told.extra.insert(
        "qualifier".to_owned(),
        serde_json::to_value(one.first()).unwrap_or_default(),
    );
    setup.tell(context, &before, run, &told)?;
    Ok(ExitStatus::Done)
}

/// The fields named by `--to`, else those there are.
fn targets<'a>(
    setup: &Setup,
    args: &QualifierMapArgs,
    found: &Qualifier,
    rules: &[QualifierRule],
    fields: &'a Fields,
) -> Result<Vec<Target<'a>>, CommandError> {
    if let Some(remote) = &args.to {
        let chosen = choose(
            &fields.objects,
            args.object.is_some(),
            Role::Persona,
            remote,
        )
        .map_err(|problem| setup.no_target(&problem))?;
        return Ok(chosen
            .targets
            .into_iter()
            .map(|(object, field)| {
                let before = rules
                    .iter()
                    .find(|rule| rule.object == object.key && rule.remote == field.name);
                let write = args.write.unwrap_or_else(|| {
                    before.map_or_else(
                        || default_qualifier_write(found.multiple, Some(field)),
                        |rule| rule.write,
                    )
                });
                Target {
                    object: object.key,
                    field,
                    write,
                }
            })
            .collect());
    }
    let mut targets = Vec::new();
    for rule in rules {
        let object = fields
            .objects
            .iter()
            .find(|object| object.info.key == rule.object);
        let Some(object) = object else { continue };
        let chosen = choose(
            std::slice::from_ref(object),
            true,
            object.info.role,
            &rule.remote,
        )
        .map_err(|problem| setup.no_target(&problem))?;
        targets.extend(chosen.targets.into_iter().map(|(object, field)| Target {
            object: object.key,
            field,
            write: args.write.unwrap_or(rule.write),
        }));
    }
    if targets.is_empty() {
        return Err(CommandError::usage(format!(
            "{:?} goes to no field of that object yet: name one with --to",
            found.name
        ))
        .fix(setup.command("mapping fields")));
    }
    Ok(targets)
}

/// The answers and options named, each checked against what there is.
fn named_options(
    setup: &Setup,
    args: &QualifierMapArgs,
    found: &Qualifier,
    targets: &[Target<'_>],
    told: &mut Told,
) -> Result<Vec<(String, Option<String>)>, CommandError> {
    let mut values = Vec::new();
    let mut undefined: Option<Vec<(String, u64)>> = None;
    for pair in &args.values {
        if answer(found, &pair.name).is_err() {
            if undefined.is_none() {
                undefined = Some(setup.store.undefined_answers(found.id)?);
            }
            let given = undefined.iter().flatten();
            let leads = given
                .filter(|(raw, _)| value_key(raw) == value_key(&pair.name))
                .map(|(_, leads)| leads)
                .sum::<u64>();
            if leads == 0 {
                return Err(no_answer(found, &pair.name));
            }
            told.notes.push(format!(
                "{:?} is none of the answers of {:?}, but leads gave it: theirs are sent so",
                pair.name, found.name
            ));
        }
        if pair.value.is_empty() {
            values.push((pair.name.clone(), None));
            continue;
        }
        let mut sent = pair.value.clone();
        for target in targets {
            sent = option_value(target.field, &pair.value).map_err(|near| {
                setup.unknown_option(
                    format!(
                        "{}.{} has no option {:?}",
                        target.object, target.field.name, pair.value
                    ),
                    target.object,
                    &target.field.name,
                    &near,
                )
            })?;
        }
        values.push((pair.name.clone(), Some(sent)));
    }
    Ok(values)
}

/// Answers paired with options of the same name.
fn same_names(
    found: &Qualifier,
    mapped: &mut BTreeMap<String, String>,
    targets: &[Target<'_>],
    told: &mut Told,
) -> Vec<(String, Option<String>)> {
    let mut pairs = Vec::new();
    for target in targets {
        if target.field.options.is_none() {
            told.notes.push(format!(
                "{}.{} is no list: answers go there as they are",
                target.object, target.field.name
            ));
            continue;
        }
        let matched = matching(found, mapped, target.field);
        for (answer, option) in matched.pairs {
            mapped.insert(value_key(&answer), option.clone());
            pairs.push((answer, Some(option)));
        }
    }
    pairs
}

/// What is still missing or odd once this is done.
fn remarks(
    setup: &Setup,
    found: &Qualifier,
    mapped: &BTreeMap<String, String>,
    targets: &[Target<'_>],
    told: &mut Told,
) {
    for target in targets {
        let name = format!("{}.{}", target.object, target.field.name);
        let lost = lost_options(mapped, target.field);
        if !lost.is_empty() {
            told.warnings
                .push(format!("{name} has no such option: {}", lost.join(", ")));
        }
        if matches!(
            target.field.kind,
            RemoteKind::One | RemoteKind::Many | RemoteKind::Boolean
        ) {
            let open = found
                .values
                .iter()
                .filter(|value| !value.archived && !mapped.contains_key(&value_key(&value.value)));
            let open: Vec<&str> = open.map(|value| value.value.as_str()).collect();
            if !open.is_empty() {
                told.warnings.push(format!(
                    "without an option, so leads that say it fail as NO_TAG_MAPPING: {}; {}",
                    open.join(", "),
                    setup.command(&format!(
                        "qualifier map {} {}",
                        quote(&found.name),
                        quote(&format!("{}=OPTION", open[0]))
                    ))
                ));
            }
        }
        let takes_several = matches!(
            target.field.kind,
            RemoteKind::Many | RemoteKind::Text | RemoteKind::Longtext
        );
        if found.multiple && !takes_several {
            told.warnings.push(format!(
                "{name} takes one value, and {:?} may have several answers: leads with several fail",
                found.name
            ));
        }
        if !found.multiple && target.write == WriteBehaviour::Overwrite && !target.field.custom {
            told.notes
                .push(format!("{name} is overwritten whatever it holds"));
        }
    }
}

/// Saves targets and values as one change, with words for it.
pub(super) fn save(
    context: &Context,
    setup: &mut Setup,
    found: &Qualifier,
    targets: &[Target<'_>],
    values: &[(String, Option<String>)],
    told: &mut Told,
) -> Result<Option<RunId>, CommandError> {
    let kept: Vec<QualifierTarget> = targets.iter().map(Target::kept).collect();
    let author = setup.author(context, &["qualifier", "map", &found.name]);
    let edit = setup.store.change_qualifier_mapping(
        setup.integration.id,
        found.id,
        &kept,
        values,
        &author,
        setup.now,
    )?;
    if edit.run.is_some() {
        let arrow = context.ui.theme().symbols().arrow;
        for target in targets {
            told.others.push(format!(
                "{} {arrow} {}.{}, {}",
                found.name, target.object, target.field.name, target.write
            ));
        }
        for (answer, option) in values {
            told.others.push(match option {
                Some(option) => format!("  {answer} = {option}"),
                None => format!("  {answer}: unmapped"),
            });
        }
    }
    Ok(edit.run)
}

impl<'a> Target<'a> {
    /// The target as the file keeps it.
    pub(super) fn kept(&self) -> QualifierTarget {
        QualifierTarget {
            object: self.object.to_owned(),
            remote: self.field.name.clone(),
            write: self.write,
            described: Some(self.field.clone()),
        }
    }

    /// A field answers shall go to, with the write behaviour it gets by itself.
    pub(super) fn usual(object: &'static str, field: &'a RemoteField, multiple: bool) -> Self {
        Self {
            object,
            field,
            write: default_qualifier_write(multiple, Some(field)),
        }
    }
}
