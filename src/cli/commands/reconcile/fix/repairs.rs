//! The repairs of the mapping, by category: which row is to blame, what can be done, and the command that does it.

use super::desk::Desk;
use super::topics::Group;
use super::values::{self, Refused};
use super::{fields, leads, others};
use crate::cli::command_error::CommandError;
use crate::domain::category::Category;
use crate::domain::guess::guess;
use crate::domain::hints::Command;
use crate::domain::mapping::{QualifierRule, Rule, Source};
use crate::domain::qualifier::value_key;
use crate::domain::remote::{RemoteField, RemoteKind, RemoteOption};
use crate::engine::set_up::{
    Need, ObjectFields, fills, held_for, is_match_key, kept_options, takers,
};
use crate::store::Store;

/// What fills the field that is to blame.
enum Blamed {
    /// A row of the mapping.
    Row(Rule),
    /// A qualifier.
    Qualifier(QualifierRule),
}

/// Offers the repair of a group. Whether something was changed that makes a retry worth while.
///
/// # Errors
/// If the person left, or the vendor's fields are not known.
pub(super) async fn offer(
    desk: &mut Desk<'_>,
    store: &Store,
    group: &Group,
) -> Result<bool, CommandError> {
    let Some(blamed) = blamed(desk, store, group)? else {
        return others::offer(desk, store, group).await;
    };
    match group.category {
        Category::NoTagMapping | Category::DataValueValidation => {
            map_values(desk, store, group, &blamed).await
        }
        _ => other_field(desk, store, group, &blamed).await,
    }
}

fn blamed(desk: &Desk<'_>, store: &Store, group: &Group) -> Result<Option<Blamed>, CommandError> {
    let (object, field) = group.target();
    let Some(field) = field else { return Ok(None) };
    let integration = desk.integration().id;
    let qualifiers = store.qualifier_rules(integration)?;
    if group.category == Category::NoTagMapping {
        let named = qualifiers
            .into_iter()
            .find(|rule| value_key(&rule.name) == value_key(field));
        return Ok(named.map(Blamed::Qualifier));
    }
    let here = |at: &str, remote: &str| object.is_none_or(|object| object == at) && remote == field;
    let mut rules: Vec<Rule> = store
        .rules(integration)?
        .into_iter()
        .filter(|rule| here(&rule.object, &rule.remote))
        .collect();
    // The row of the event at hand before the general one, and that before another event's.
    rules.sort_by_key(|rule| match rule.event {
        Some(event) if Some(event) == desk.event() => 0,
        None => 1,
        Some(_) => 2,
    });
    if let Some(rule) = rules.into_iter().next() {
        return Ok(Some(Blamed::Row(rule)));
    }
    let asked = qualifiers
        .into_iter()
        .find(|rule| here(&rule.object, &rule.remote));
    Ok(asked.map(Blamed::Qualifier))
}

impl Blamed {
    fn target(&self) -> (&str, &str) {
        match self {
            Self::Row(rule) => (&rule.object, &rule.remote),
            Self::Qualifier(rule) => (&rule.object, &rule.remote),
        }
    }

    fn source(&self) -> Source {
        match self {
            Self::Row(rule) => rule.source.clone(),
            Self::Qualifier(rule) => Source::Field(rule.name.clone()),
        }
    }

    fn in_words(&self) -> String {
        match self {
            Self::Row(rule) => match &rule.source {
                Source::Field(key) => key.clone(),
                other => format!("{} {:?}", other.kind(), other.text()),
            },
            Self::Qualifier(rule) => format!("qualifier {:?}", rule.name),
        }
    }
}

/// `mapping set` of a row on its way to a field.
pub(super) fn mapping_set(desk: &Desk<'_>, rule: &Rule, remote: &str) -> Command {
    let command = match &rule.source {
        Source::Field(key) => Command::new("mapping set").argument(key),
        Source::Constant(text) => Command::new("mapping set").option("--constant", text),
        Source::Template(text) => Command::new("mapping set").option("--template", text),
    };
    for_row(desk, rule, command.argument(remote))
}

fn for_row(desk: &Desk<'_>, rule: &Rule, command: Command) -> Command {
    let event = rule.event.map(|event| desk.setup.event_name(event));
    command
        .option("--object", &rule.object)
        .optional("--event", event.as_deref())
}

async fn map_values(
    desk: &mut Desk<'_>,
    store: &Store,
    group: &Group,
    blamed: &Blamed,
) -> Result<bool, CommandError> {
    let (object, remote) = blamed.target();
    let described = desk.fields(object, remote).await?;
    let field = described.as_ref().and_then(|all| all.schema.field(remote));
    let options = field
        .and_then(|field| field.options.clone())
        .unwrap_or_default();
    let values = refused(store, group, blamed, &options)?;
    let sheet = values::Sheet {
        title: match blamed {
            Blamed::Qualifier(rule) => format!("{:?} to {object} {remote}", rule.name),
            Blamed::Row(_) => format!("{} to {object} {remote}", blamed.in_words()),
        },
        values,
        options,
        may_drop: matches!(blamed, Blamed::Row(_)),
        users: field.is_some_and(|field| field.kind == RemoteKind::User),
    };
    if sheet.values.is_empty() {
        return others::offer(desk, store, group).await;
    }
    let decided = values::ask(desk.ui(), &sheet)?;
    let line = match (blamed, decided) {
        (_, values::Decided::Skip) => return Ok(false),
        (Blamed::Qualifier(rule), values::Decided::Map(pairs)) => pairs
            .iter()
            .fold(
                Command::new("qualifier map").argument(&rule.name),
                |command, (answer, option)| command.argument(&format!("{answer}={option}")),
            )
            .of(desk.scope()),
        (Blamed::Row(rule), values::Decided::Map(pairs)) => {
            translated(desk, rule, group, &pairs).of(desk.scope())
        }
        (Blamed::Row(rule), values::Decided::FallBack(user)) => mapping_set(desk, rule, remote)
            .option("--fallback-owner", &user)
            .of(desk.scope()),
        (Blamed::Row(rule), values::Decided::Drop) => mapping_set(desk, rule, remote)
            .option("--on-invalid", "drop")
            .of(desk.scope()),
        (Blamed::Qualifier(_), _) => return Ok(false),
    };
    desk.carry_out(&line).await
}

/// The refused values as leads hold them, or as the row itself has them.
fn refused(
    store: &Store,
    group: &Group,
    blamed: &Blamed,
    options: &[RemoteOption],
) -> Result<Vec<Refused>, CommandError> {
    let mut found = Vec::new();
    for cause in &group.causes {
        let Some(value) = &cause.value else { continue };
        let held = match blamed {
            Blamed::Row(rule) => held_for(rule, value),
            // Before it was mapped the answer itself is told, afterwards what it was mapped to.
            Blamed::Qualifier(_) if group.category == Category::NoTagMapping => {
                vec![value.clone()]
            }
            Blamed::Qualifier(rule) => rule
                .values
                .iter()
                .filter(|(_, option)| *option == value)
                .map(|(answer, _)| answer.clone())
                .collect(),
        };
        let counts = match (blamed, held.len()) {
            (
                Blamed::Row(Rule {
                    source: Source::Field(key),
                    ..
                }),
                2..,
            ) => store.field_values(key)?,
            _ => Vec::new(),
        };
        let own = held.is_empty().then(|| value.clone());
        for value in held.into_iter().chain(own) {
            let counted = counts.iter().find(|(known, _)| *known == value);
            found.push(Refused {
                guess: guess(&value, options).map(str::to_owned),
                leads: counted.map_or(cause.count, |(_, leads)| *leads),
                value,
            });
        }
    }
    Ok(found)
}

/// The row with what its values, its constant or its default mean.
fn translated(desk: &Desk<'_>, rule: &Rule, group: &Group, pairs: &[(String, String)]) -> Command {
    let is_own = |value: &str| {
        group
            .causes
            .iter()
            .any(|cause| cause.value.as_deref() == Some(value))
            && held_for(rule, value).is_empty()
    };
    if let (Source::Constant(_), [(value, option)]) = (&rule.source, pairs)
        && is_own(value)
    {
        let command = Command::new("mapping set").option("--constant", option);
        return for_row(desk, rule, command.argument(&rule.remote));
    }
    let command = mapping_set(desk, rule, &rule.remote);
    pairs.iter().fold(command, |command, (ours, theirs)| {
        if is_own(ours) {
            command.option("--default", theirs)
        } else {
            command.option("--value", &format!("{ours}={theirs}"))
        }
    })
}

async fn other_field(
    desk: &mut Desk<'_>,
    store: &Store,
    group: &Group,
    blamed: &Blamed,
) -> Result<bool, CommandError> {
    let (object, remote) = blamed.target();
    let Some(described) = desk.fields(object, remote).await? else {
        return others::offer(desk, store, group).await;
    };
    let field = described.schema.field(remote);
    let need = need(store, group, blamed, field)?;
    let rules = store.rules(desk.integration().id)?;
    let asked = store.qualifier_rules(desk.integration().id)?;
    let event = match blamed {
        Blamed::Row(rule) => rule.event,
        Blamed::Qualifier(_) => None,
    };
    let taken = |name: &str| {
        fills(&rules, object, event, name)
            || asked
                .iter()
                .any(|rule| rule.object == object && rule.remote == name)
    };
    let arrow = desk.ui().theme().symbols().arrow;
    let sheet = fields::Sheet {
        title: format!("{} {arrow} {object}.{remote}", blamed.in_words()),
        wrong: wrong(group, &described, field, need),
        takers: takers(&described, &blamed.source(), remote, need, &taken),
        others: ways(group.category, blamed, described.info),
    };
    let decided = fields::ask(desk.ui(), &sheet)?;
    let line = match (blamed, decided) {
        (_, fields::Decided::Other(fields::Way::Skip)) => return Ok(false),
        (Blamed::Row(rule), fields::Decided::Other(fields::Way::Edit)) => {
            return leads::correct(desk, store, group, &rule.source).await;
        }
        (Blamed::Row(rule), fields::Decided::Another(name)) => moved(desk, rule, &described, &name),
        (Blamed::Row(rule), fields::Decided::Other(way)) => {
            let set = mapping_set(desk, rule, remote);
            match way {
                fields::Way::Truncate => set.flag("--truncate").of(desk.scope()),
                fields::Way::Drop => set.option("--on-invalid", "drop").of(desk.scope()),
                _ => unset(desk, rule),
            }
        }
        (Blamed::Qualifier(rule), fields::Decided::Another(name)) => Command::new("qualifier map")
            .argument(&rule.name)
            .option("--to", &name)
            .option("--object", object)
            .of(desk.scope()),
        (Blamed::Qualifier(rule), fields::Decided::Other(_)) => Command::new("qualifier unmap")
            .argument(&rule.name)
            .of(desk.scope()),
    };
    desk.carry_out(&line).await
}

/// What another field must take: of what is too long, as much as the longest value there is.
fn need(
    store: &Store,
    group: &Group,
    blamed: &Blamed,
    field: Option<&RemoteField>,
) -> Result<Need, CommandError> {
    Ok(match group.category {
        Category::DataFormatValidation => Need::AnyForm,
        Category::DataTooLong => {
            let more = field.and_then(|field| field.max_length).unwrap_or(0) + 1;
            let longest = match blamed {
                Blamed::Row(Rule {
                    source: Source::Field(key),
                    ..
                }) => store
                    .field_values(key)?
                    .iter()
                    .map(|(value, _)| value.chars().count())
                    .max(),
                _ => None,
            };
            Need::Room(longest.unwrap_or(more).max(more))
        }
        _ => Need::Kind,
    })
}

fn wrong(
    group: &Group,
    described: &ObjectFields,
    field: Option<&RemoteField>,
    need: Need,
) -> String {
    let object = described.info.key;
    match (group.category, field, need) {
        (Category::MissingRemoteField, None, _) => {
            format!("{object} has no such field any more")
        }
        (Category::MissingRemoteField, Some(field), _) if !field.writable => {
            format!("{} is read-only there", field.shown())
        }
        (Category::DataTooLong, Some(field), Need::Room(longest)) => match field.max_length {
            Some(length) => format!("takes {length} characters; the longest value has {longest}"),
            None => format!("the longest value has {longest} characters"),
        },
        (Category::DataFormatValidation, Some(field), _) => {
            let mut held: Vec<String> = Vec::new();
            for value in group.causes.iter().filter_map(|cause| cause.value.as_ref()) {
                let value = format!("{value:?}");
                if held.len() < 3 && !held.contains(&value) {
                    held.push(value);
                }
            }
            let kind = field.kind.name();
            match held.is_empty() {
                true => format!("is a {kind} field, and what leads hold is none"),
                false => format!("is a {kind} field; leads hold {}", held.join(", ")),
            }
        }
        _ => group
            .causes
            .first()
            .map(|cause| cause.vendor_message.clone())
            .unwrap_or_default(),
    }
}

fn ways(
    category: Category,
    blamed: &Blamed,
    object: &crate::vendors::ObjectInfo,
) -> Vec<fields::Way> {
    use fields::Way;
    let Blamed::Row(rule) = blamed else {
        return vec![Way::Clear, Way::Skip];
    };
    // Without what it is known by, a lead would be made anew each time.
    let is_key = is_match_key(object, rule);
    let is_field = matches!(rule.source, Source::Field(_));
    let mut ways = Vec::new();
    match category {
        Category::DataTooLong => {
            ways.push(Way::Truncate);
            ways.extend(is_field.then_some(Way::Edit));
        }
        Category::DataFormatValidation => {
            ways.extend((!is_key).then_some(Way::Drop));
            ways.extend(is_field.then_some(Way::Edit));
        }
        _ => {}
    }
    ways.extend((!is_key).then_some(Way::Clear));
    ways.push(Way::Skip);
    ways
}

/// The row on another field, as it was told to be; what is named by its target is made there and goes here.
fn moved(desk: &Desk<'_>, rule: &Rule, described: &ObjectFields, name: &str) -> String {
    let mut set = mapping_set(desk, rule, name);
    if let Some(onto) = described.schema.field(name) {
        for (option, value) in kept_options(rule, onto) {
            set = match (option, value.as_str()) {
                ("--truncate", _) => set.flag("--truncate"),
                (option, value) => set.option(option, value),
            };
        }
    }
    let set = set.of(desk.scope());
    match &rule.source {
        Source::Field(_) => set,
        Source::Constant(_) | Source::Template(_) => format!("{set} && {}", unset(desk, rule)),
    }
}

fn unset(desk: &Desk<'_>, rule: &Rule) -> String {
    let command = Command::new("mapping unset").argument(&rule.remote);
    for_row(desk, rule, command).of(desk.scope())
}
