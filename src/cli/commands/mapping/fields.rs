//! `mapping fields`: what can be mapped, on both sides.

use clap::Args;
use serde::Serialize;

use crate::cli::command_error::CommandError;
use crate::cli::context::Context;
use crate::cli::set_up::{Fields, Setup};
use crate::domain::lead::{FIELDS, Role};
use crate::domain::mapping::{Rule, Source};
use crate::domain::remote::{RemoteField, RemoteKind, RemoteOption};
use crate::exit::ExitStatus;
use crate::ui::Ui;
use crate::ui::format::{clean, count, wrap};
use crate::ui::table::{Cell, Table, Tone};

/// Options shown beside a field among others.
const SHOWN: usize = 3;
/// Where no more fields are shown than these, all their options are.
const FEW: usize = 3;

/// Show the vendor's fields and ours
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  mobly-sync mapping fields --object contact\n  mobly-sync mapping fields --search phone"
)]
pub struct MappingFieldsArgs {
    /// Only this object of the vendor, or role (persona, company)
    #[arg(long, value_name = "OBJECT")]
    pub object: Option<String>,

    /// Only fields whose name or label contains this
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
}

#[derive(Serialize)]
struct Document<'a> {
    integration: &'a str,
    read_at: String,
    /// Whether the vendor could not be asked just now.
    stale: bool,
    objects: Vec<Object<'a>>,
    ours: &'a [Ours],
}

#[derive(Serialize)]
struct Object<'a> {
    object: &'static str,
    role: Role,
    fields: Vec<Field<'a>>,
}

#[derive(Serialize)]
struct Field<'a> {
    name: &'a str,
    #[serde(skip)]
    shown: &'a str,
    label: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    length: Option<usize>,
    options: Option<&'a [RemoteOption]>,
    read_only: bool,
    required: bool,
    unique: bool,
    custom: bool,
    opt_out: bool,
    /// What fills it now.
    filled_from: Vec<String>,
}

#[derive(Serialize)]
struct Ours {
    field: String,
    label: String,
    #[serde(rename = "type")]
    kind: &'static str,
    role: Role,
    custom: bool,
    /// What it fills now, as `object.field`.
    fills: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// If the vendor's fields are not known, or there is no such object.
pub async fn run(context: &Context, args: &MappingFieldsArgs) -> Result<ExitStatus, CommandError> {
    let mut setup = Setup::open(context)?;
    let wanted = setup.objects(args.object.as_deref())?;
    let fields = setup.fields(context, &wanted, &[]).await?;
    let rules = setup.store.rules(setup.integration.id)?;
    let search = args.search.as_deref().unwrap_or_default().to_lowercase();
    let found = |texts: [&str; 2]| {
        texts
            .iter()
            .any(|text| text.to_lowercase().contains(&search))
    };

    let objects: Vec<Object<'_>> = objects(&fields, &rules, &found);
    let custom = setup.store.custom_fields()?;
    let mut ours = ours(&custom, &rules);
    ours.retain(|field| found([&field.field, &field.label]));
    ours.retain(|field| wanted.iter().any(|object| object.role == field.role));
    let ui = &context.ui;
    if ui.json() {
        ui.document(&Document {
            integration: &setup.integration.name,
            read_at: fields.read_at.to_string(),
            stale: fields.stale,
            objects,
            ours: &ours,
        });
        return Ok(ExitStatus::Done);
    }
    if objects.iter().all(|object| object.fields.is_empty()) && ours.is_empty() {
        ui.status("No field has such a name or label.");
        ui.next(&setup.command("mapping fields"));
    } else if ui.out_is_terminal() {
        show(ui, &objects, &ours);
    } else {
        piped(ui, &objects);
    }
    ui.note(format_args!(
        "leads go to {}; custom objects are not supported",
        objects
            .iter()
            .map(|object| object.object)
            .collect::<Vec<_>>()
            .join(" and ")
    ));
    Ok(ExitStatus::Done)
}

fn objects<'a>(
    fields: &'a Fields,
    rules: &[Rule],
    found: &dyn Fn([&str; 2]) -> bool,
) -> Vec<Object<'a>> {
    fields
        .objects
        .iter()
        .map(|object| Object {
            object: object.info.key,
            role: object.info.role,
            fields: object
                .schema
                .fields
                .iter()
                .filter(|field| found([&field.name, &field.label]))
                .map(|field| describe(field, object.info.key, rules))
                .collect(),
        })
        .collect()
}

fn describe<'a>(field: &'a RemoteField, object: &str, rules: &[Rule]) -> Field<'a> {
    Field {
        name: &field.name,
        shown: field.shown(),
        label: &field.label,
        kind: field.kind.name(),
        length: field.max_length,
        options: field.options.as_deref(),
        read_only: !field.writable || field.kind == RemoteKind::Reference,
        required: field.required_on_create,
        unique: field.unique,
        custom: field.custom,
        opt_out: field.opt_out,
        filled_from: rules
            .iter()
            .filter(|rule| rule.object == object && rule.remote == field.name)
            .map(|rule| match &rule.source {
                Source::Field(key) => key.clone(),
                other => format!("{} {:?}", other.kind(), other.text()),
            })
            .collect(),
    }
}

fn ours(custom: &[String], rules: &[Rule]) -> Vec<Ours> {
    let fills = |key: &str| -> Vec<String> {
        rules
            .iter()
            .filter(|rule| matches!(&rule.source, Source::Field(used) if used == key))
            .map(|rule| format!("{}.{}", rule.object, rule.remote))
            .collect()
    };
    let standard = FIELDS.iter().map(|field| Ours {
        field: field.key.to_owned(),
        label: field.label.to_owned(),
        kind: field.kind.badge(),
        role: field.role,
        custom: false,
        fills: fills(field.key),
    });
    let own = custom.iter().map(|name| Ours {
        field: name.clone(),
        label: name.clone(),
        kind: "TEXT",
        role: Role::Persona,
        custom: true,
        fills: fills(name),
    });
    standard.chain(own).collect()
}

fn show(ui: &Ui, objects: &[Object<'_>], ours: &[Ours]) {
    let theme = ui.theme();
    let few = objects
        .iter()
        .map(|object| object.fields.len())
        .sum::<usize>()
        <= FEW;
    for object in objects.iter().filter(|object| !object.fields.is_empty()) {
        ui.data(format_args!(
            "{}  {}",
            theme.strong(object.object),
            theme.faint(object.role.name())
        ));
        let mut table =
            Table::new(&["NAME", "LABEL", "TYPE", "LENGTH", "", "FILLED FROM"]).right(&[3]);
        for field in &object.fields {
            table.row([
                Cell::toned(field.shown, Tone::Strong),
                field.label.into(),
                field.kind.into(),
                field
                    .length
                    .map(|length| count(length as u64))
                    .unwrap_or_default()
                    .into(),
                Cell::toned(remarks(field, SHOWN), Tone::Faint),
                Cell::toned(field.filled_from.join(", "), Tone::Good),
            ]);
        }
        table.print(ui);
        if few {
            object
                .fields
                .iter()
                .for_each(|field| show_options(ui, field));
        }
        ui.data("");
    }
    if !ours.is_empty() {
        ui.data(theme.strong("our fields"));
        let mut table = Table::new(&["FIELD", "LABEL", "TYPE", "FILLS"]);
        for field in ours {
            table.row([
                Cell::toned(field.field.clone(), Tone::Strong),
                field.label.clone().into(),
                field.kind.into(),
                Cell::toned(field.fills.join(", "), Tone::Good),
            ]);
        }
        table.print(ui);
    }
}

/// A field among few shows everything it takes.
fn show_options(ui: &Ui, field: &Field<'_>) {
    let Some(options) = field.options.filter(|options| !options.is_empty()) else {
        return;
    };
    let listed: Vec<String> = options
        .iter()
        .map(|option| match option.value == option.label {
            true => option.value.clone(),
            false => format!("{} ({})", option.value, option.label),
        })
        .collect();
    let text = format!("{}: {}", field.name, clean(&listed.join(", ")));
    ui.data(wrap(&text, ui.width().min(100), 2));
}

fn remarks(field: &Field<'_>, shown: usize) -> String {
    let flags = [
        (field.read_only, "read-only"),
        (field.required, "required"),
        (field.unique, "unique"),
        (field.custom, "custom"),
        (field.opt_out, "opt-out"),
    ];
    let mut words: Vec<String> = flags
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, word)| (*word).to_owned())
        .collect();
    match field.options {
        Some(options) if options.len() <= shown && !options.is_empty() => {
            let values: Vec<&str> = options.iter().map(|option| option.value.as_str()).collect();
            words.push(values.join("|"));
        }
        Some(options) if !options.is_empty() => words.push(format!("{} options", options.len())),
        _ => {}
    }
    words.join(", ")
}

/// Object, name, label, type, length, remarks, options, what fills it.
fn piped(ui: &Ui, objects: &[Object<'_>]) {
    let mut table = Table::new(&[]);
    for object in objects {
        for field in &object.fields {
            let options = field.options.unwrap_or_default().iter();
            let values: Vec<&str> = options.map(|option| option.value.as_str()).collect();
            table.row([
                object.object.to_owned(),
                field.name.to_owned(),
                field.label.to_owned(),
                field.kind.to_owned(),
                field
                    .length
                    .map(|length| length.to_string())
                    .unwrap_or_default(),
                remarks(field, 0),
                values.join(";"),
                field.filled_from.join(", "),
            ]);
        }
    }
    table.print(ui);
}
