//! What a report says, whatever it is written for.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Block, Part, Rows};
use crate::domain::report::{
    CampaignCount, Counted, Intake, IntakeSource, Report, Standing, Verified, sum,
};
use crate::ui::board::Sums;
use crate::ui::format::{count, counted, moment};

/// The parts, in the order they are read.
pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let event = &report.event;
    let now: Timestamp = report.as_of.parse().unwrap_or_default();
    let facts: Vec<String> = [days(report), event.city.clone()]
        .into_iter()
        .flatten()
        .chain([format!("as of {}", told(&report.as_of, now))])
        .collect();
    let mut blocks = vec![Block::Title(event.name.clone(), facts.join(" · "))];
    blocks.extend(
        report
            .integrations
            .iter()
            .map(|standing| Block::Text(sentence(&report.intake, standing))),
    );
    blocks.push(Block::Section("Taken in".to_owned()));
    blocks.push(Block::Table(intake(&report.intake)));
    if report.intake.sources.len() > 1
        || report
            .intake
            .sources
            .iter()
            .any(|source| source.name.is_some())
    {
        blocks.push(Block::Table(sources(&report.intake.sources, now)));
    }
    for standing in &report.integrations {
        blocks.extend(integration(standing, now));
    }
    blocks
}

fn days(report: &Report) -> Option<String> {
    let event = &report.event;
    match (&event.from, &event.to) {
        (Some(from), Some(to)) if from != to => Some(format!("{from} to {to}")),
        (Some(day), _) | (None, Some(day)) => Some(day.clone()),
        (None, None) => None,
    }
}

fn told(at: &str, now: Timestamp) -> String {
    at.parse()
        .map_or_else(|_| at.to_owned(), |at| moment(at, now, &TimeZone::system()))
}

/// `1,873 rows and scans = 1,660 in HubSpot + 182 named exceptions + 31 repeats`.
fn sentence(intake: &Intake, standing: &Standing) -> String {
    let mut terms = vec![
        format!("{} in {}", count(standing.cleared.total), standing.vendor),
        match standing.exceptional() {
            1 => "1 named exception".to_owned(),
            several => format!("{} named exceptions", count(several)),
        },
    ];
    let further = [
        (intake.repeats, "repeats", "repeat"),
        (
            intake.moved_out,
            "of people moved out since",
            "of somebody moved out since",
        ),
    ];
    for (number, several, one) in further {
        match number {
            0 => {}
            1 => terms.push(format!("1 {one}")),
            number => terms.push(format!("{} {several}", count(number))),
        }
    }
    let mut taken = counted_rows(intake.rows);
    if intake.without_row > 0 {
        taken.push_str(&format!(
            " + {} without one",
            match intake.without_row {
                1 => "1 person".to_owned(),
                several => format!("{} people", count(several)),
            }
        ));
    }
    format!("{taken} = {}.", terms.join(" + "))
}

fn counted_rows(rows: u64) -> String {
    match rows {
        1 => "1 row or scan".to_owned(),
        rows => format!("{} rows and scans", count(rows)),
    }
}

fn intake(intake: &Intake) -> Rows {
    let mut rows = vec![line(
        "Rows and scans",
        count(intake.rows),
        "each counted once",
    )];
    let steps = [
        (
            "Repeats",
            intake.repeats,
            "−",
            "of people who are there already",
        ),
        ("Moved out", intake.moved_out, "−", "to other events since"),
        (
            "Without a row",
            intake.without_row,
            "+",
            "added to the event, or merged into it",
        ),
    ];
    for (name, number, sign, remark) in steps {
        if number > 0 {
            rows.push(line(name, format!("{sign}{}", count(number)), remark));
        }
    }
    rows.push(line("People", count(intake.people), ""));
    sum_of(rows)
}

fn sum_of(rows: Vec<Vec<Part>>) -> Rows {
    Rows {
        head: vec!["", "People", ""],
        right: vec![1],
        rows,
        is_sum: true,
    }
}

fn line(name: &str, number: String, remark: &str) -> Vec<Part> {
    vec![name.into(), number.into(), remark.into()]
}

fn sources(sources: &[IntakeSource], now: Timestamp) -> Rows {
    let rows = sources.iter().map(|source| {
        let from = match (source.channel.as_str(), &source.name) {
            (_, Some(name)) => name.clone(),
            ("file", None) => "a file".to_owned(),
            ("manual", None) => "typed in".to_owned(),
            (channel, None) => channel.to_owned(),
        };
        let at = source.at.as_deref().map(|at| told(at, now));
        vec![
            from.into(),
            at.unwrap_or_default().into(),
            count(source.rows).into(),
        ]
    });
    Rows {
        head: vec!["From", "When", "Rows"],
        right: vec![2],
        rows: rows.collect(),
        is_sum: false,
    }
}

fn integration(standing: &Standing, now: Timestamp) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(format!("{} · {}", standing.vendor, standing.account)),
        Block::Donut(sums(standing)),
        Block::Table(where_they_stand(standing)),
    ];
    if !standing.closes() {
        blocks.push(Block::Text(
            "This sum does not close: run `mobly-sync db check` and report it.".to_owned(),
        ));
    }
    blocks.extend(
        standing
            .verified
            .as_ref()
            .map(|verified| verification(verified, now)),
    );
    if !standing.failed.is_empty() {
        blocks.push(Block::Section("Failed".to_owned()));
        blocks.push(Block::Table(groups(&standing.failed, "Category")));
    }
    if !standing.campaigns.is_empty() {
        blocks.push(Block::Section("Campaigns".to_owned()));
        blocks.push(Block::Table(campaigns(&standing.campaigns)));
    }
    if !standing.exceptions.is_empty() {
        blocks.push(Block::Section(format!(
            "Exceptions ({})",
            count(standing.exceptional())
        )));
        blocks.push(Block::Table(exceptions(standing)));
    }
    blocks
}

fn sums(standing: &Standing) -> Sums {
    Sums {
        total: standing.people,
        cleared: standing.cleared.total,
        failed: sum(&standing.failed),
        failed_landed: standing.failed_landed,
        ..Sums::default()
    }
}

fn where_they_stand(standing: &Standing) -> Rows {
    let vendor = &standing.vendor;
    let cleared = standing.cleared;
    let failed = sum(&standing.failed);
    let mut rows = vec![
        line("Cleared", count(cleared.total), &how_cleared(standing)),
        line(
            "Failed",
            count(failed),
            &parts(&[
                (
                    failed - standing.failed_landed.min(failed),
                    format!("not in {vendor}"),
                ),
                (standing.failed_landed, "in it, a step missing".to_owned()),
            ]),
        ),
    ];
    let rest = [
        (
            "Pre-Sync",
            sum(&standing.pre_sync),
            reasons(&standing.pre_sync),
        ),
        (
            "Enriching",
            standing.enriching,
            "not complete yet".to_owned(),
        ),
        ("Held", sum(&standing.held), reasons(&standing.held)),
        (
            "Ignored",
            sum(&standing.ignored),
            reasons(&standing.ignored),
        ),
        (
            "Not taken up",
            standing.not_taken_up,
            "erased since, or never this connection's".to_owned(),
        ),
    ];
    for (name, number, remark) in rest {
        if number > 0 {
            rows.push(line(name, count(number), &remark));
        }
    }
    rows.push(line("People", count(standing.people), ""));
    sum_of(rows)
}

fn how_cleared(standing: &Standing) -> String {
    let cleared = standing.cleared;
    let mut text = parts(&[
        (cleared.created, "created".to_owned()),
        (cleared.updated, "updated".to_owned()),
        (cleared.unchanged, "already right".to_owned()),
    ]);
    if cleared.records < cleared.total {
        let records = counted(cleared.records, "record");
        text.push_str(&format!("; {records}, since some are one person there"));
    }
    text
}

fn parts(parts: &[(u64, String)]) -> String {
    parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, text)| format!("{} {text}", count(*number)))
        .collect::<Vec<_>>()
        .join(" · ")
}

fn reasons(groups: &[Counted]) -> String {
    match groups {
        [only] => only.description.clone(),
        several => parts(
            &several
                .iter()
                .map(|group| (group.count, group.description.clone()))
                .collect::<Vec<_>>(),
        ),
    }
}

fn verification(verified: &Verified, now: Timestamp) -> Block {
    let counts = verified.counts;
    let further: Vec<String> = [
        (counts.missing, "missing"),
        (counts.not_written, "not written"),
        (counts.merged, "merged with others"),
        (counts.changed_since, "changed since by somebody else"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, what)| format!("{} {what}", count(number)))
    .collect();
    let differ = match further.as_slice() {
        [] => "every one as it was written".to_owned(),
        some => some.join(", "),
    };
    Block::Text(format!(
        "Read back {} (run {}): {} found; {differ}.",
        told(&verified.at, now),
        verified.run,
        count(counts.found())
    ))
}

fn groups(groups: &[Counted], title: &'static str) -> Rows {
    Rows {
        head: vec![title, "People", "What it means"],
        right: vec![1],
        rows: groups
            .iter()
            .map(|group| line(&group.code, count(group.count), &group.description))
            .collect(),
        is_sum: false,
    }
}

fn campaigns(campaigns: &[CampaignCount]) -> Rows {
    let rows = campaigns.iter().map(|campaign| {
        let statuses: Vec<(u64, String)> = campaign
            .statuses
            .iter()
            .map(|(status, number)| (*number, status.clone()))
            .collect();
        vec![
            campaign.name.as_str().into(),
            campaign.id.as_str().into(),
            campaign
                .members
                .map_or_else(|| "with the person".to_owned(), count)
                .into(),
            parts(&statuses).into(),
        ]
    });
    Rows {
        head: vec!["Campaign", "Id", "Members", "By status"],
        right: vec![2],
        rows: rows.collect(),
        is_sum: false,
    }
}

fn exceptions(standing: &Standing) -> Rows {
    let named = standing
        .exceptions
        .iter()
        .any(|exception| exception.name.is_some());
    let rows = standing.exceptions.iter().map(|exception| {
        let mut why = vec![exception.code.clone()];
        why.extend(exception.message.clone());
        let record = match &exception.record {
            Some(record) => Part {
                text: record.clone(),
                link: exception.link.clone(),
            },
            None => Part::default(),
        };
        let state = match exception.landed {
            true => format!("{}, a step missing", exception.state),
            false => exception.state.clone(),
        };
        let why = why
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(": ");
        let mut cells: Vec<Part> = vec![exception.id.as_str().into()];
        if named {
            cells.push(exception.name.clone().unwrap_or_default().into());
            cells.push(exception.email.clone().unwrap_or_default().into());
        }
        cells.extend([state.into(), why.into(), record]);
        cells
    });
    Rows {
        head: match named {
            true => vec!["Lead", "Name", "E-mail", "Stands", "Why", "Record"],
            false => vec!["Lead", "Stands", "Why", "Record"],
        },
        right: Vec::new(),
        rows: rows.collect(),
        is_sum: false,
    }
}
