//! The rows of one import, one after the other: rejected, corrected or captured.

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::dates::{self, Reading};
use super::headers::{Columns, Meaning, Target};
use super::import::{ImportOptions, ImportProgress};
use super::import_error::ImportError;
use super::record::Record;
use super::rejects::RejectFile;
use super::report::{ImportReport, Reject, Warning, quoted};
use super::rows::{self, Cells};
use super::similar;
use super::source::Rows;
use crate::domain::event::name_key;
use crate::domain::ids::{EventId, LeadIds};
use crate::domain::qualifier::value_key;
use crate::store::imports::{ImportRecord, Importer};
use crate::store::{
    CaptureRow, Change, Channel, Corrected, CorrectionRow, Lookup, Met, QualifierColumn,
};

/// Rows committed together.
const PORTION: u64 = 10_000;
/// Rows between two words on progress.
const PROGRESS: u64 = 1_000;

/// An event as rows need it.
#[derive(Debug, Clone)]
pub(super) struct EventChoice {
    id: EventId,
    zone: TimeZone,
}

/// What became of a row.
type RowResult = Result<Change, String>;

/// An import from its first row to its last.
pub(super) struct Job<'a> {
    pub(super) importer: Importer<'a>,
    pub(super) ids: LeadIds,
    pub(super) options: &'a ImportOptions,
    pub(super) columns: &'a Columns,
    pub(super) qualifiers: &'a [QualifierColumn],
    pub(super) report: ImportReport,
    pub(super) rejects: Option<RejectFile<'a>>,
    /// The event given on the command line, with its name as it was given.
    pub(super) given: Option<(EventChoice, String)>,
    /// Events by name as the file writes them; an error is the reason to reject.
    pub(super) events: HashMap<String, Result<EventChoice, String>>,
    pub(super) day_first: bool,
    pub(super) told_of_dates: bool,
    pub(super) strip: bool,
    pub(super) now: Timestamp,
}

impl Job<'_> {
    /// Resolves the event of every row, adding it where that is asked for.
    pub(super) fn choose_event(&mut self) -> Result<(), ImportError> {
        let Some(name) = self.options.event.clone() else {
            return Ok(());
        };
        let choice = match self.importer.event(&name)? {
            Lookup::Exact(event) | Lookup::Prefix(event) => choice(event.id, event.tz.as_deref()),
            Lookup::Unknown if self.options.create_event => {
                if let Some(near) = self.similar(&name)? {
                    return Err(ImportError::SimilarEvent { name, near });
                }
                choice(self.importer.add_event(&name)?, None)
            }
            Lookup::Unknown => return Err(ImportError::UnknownEvent(name)),
            Lookup::Ambiguous(several) => {
                return Err(ImportError::AmbiguousEvent {
                    name,
                    ids: several.into_iter().map(|candidate| candidate.id).collect(),
                });
            }
        };
        self.given = Some((choice, name));
        Ok(())
    }

    /// Takes in row by row.
    pub(super) fn rows(
        &mut self,
        reader: &mut dyn Rows,
        progress: &mut dyn FnMut(ImportProgress),
    ) -> Result<(), ImportError> {
        // A file whose column of events disagrees with the one given must leave nothing behind: one transaction.
        let in_portions = !self.options.dry_run && !self.checks_events();
        let mut record = Record::default();
        while reader.next(&mut record)? {
            let result = self.row(&record)?;
            self.count(&record, result)?;
            if self.report.read.is_multiple_of(PROGRESS) {
                if self.options.interrupted.load(Ordering::SeqCst) {
                    return Err(ImportError::Read(std::io::Error::other("interrupted")));
                }
                progress(ImportProgress {
                    read: self.report.read,
                    bytes: reader.consumed(),
                });
            }
            if in_portions && self.report.read.is_multiple_of(PORTION) {
                self.importer.commit_portion()?;
            }
        }
        progress(ImportProgress {
            read: self.report.read,
            bytes: reader.consumed(),
        });
        Ok(())
    }

    fn checks_events(&self) -> bool {
        self.given.is_some()
            && !self.options.event_override
            && !self.options.event_fills
            && self
                .columns
                .with(&Target::Known(Meaning::Event))
                .next()
                .is_some()
    }

    fn count(&mut self, record: &Record, result: RowResult) -> Result<(), ImportError> {
        self.report.read += 1;
        match result {
            Ok(Change::Created) => self.report.created += 1,
            Ok(Change::Updated) => self.report.updated += 1,
            Ok(Change::Unchanged) => self.report.unchanged += 1,
            Err(reason) => {
                self.report.rejected += 1;
                if let Some(file) = &mut self.rejects {
                    file.write(record, &reason).map_err(ImportError::Rejects)?;
                }
                self.report.rejects.push(Reject {
                    line: record.line,
                    reason,
                });
            }
        }
        Ok(())
    }

    fn row(&mut self, record: &Record) -> Result<RowResult, ImportError> {
        if let Some(reason) = rows::misshapen(record, self.columns) {
            return Ok(Err(reason));
        }
        let cells = rows::read(record, self.columns, self.qualifiers, self.strip);
        if let Some(lead) = cells.lead {
            return self.correct(record.line, lead, &cells);
        }
        if !cells.known {
            return Ok(Err("no recognised value in the row".to_owned()));
        }
        let event = match self.event_of(record.line, cells.event)? {
            Ok(event) => event,
            Err(reason) => return Ok(Err(reason)),
        };
        self.doubts(record.line, &cells);
        let zone = event
            .as_ref()
            .map_or(TimeZone::UTC, |event| event.zone.clone());
        let met = cells
            .when
            .as_deref()
            .and_then(|said| self.met(record.line, said, zone));
        let scans = cells.scans.and_then(|said| self.scans(record.line, said));
        let captured = self.importer.capture(&CaptureRow {
            channel: Channel::File,
            event: event.map(|event| event.id),
            external_id: cells.external_id,
            fields: cells.fields,
            answers: cells.answers,
            scans,
            met,
        })?;
        Ok(Ok(captured.change))
    }

    /// The row of an export of ours. Its event, times and scans are ours too, and no news.
    fn correct(
        &mut self,
        line: u64,
        lead: &str,
        cells: &Cells<'_>,
    ) -> Result<RowResult, ImportError> {
        let Some(id) = self.ids.decode(lead) else {
            return Ok(Err(format!("{} is no lead's id", quoted(lead))));
        };
        let revision = match cells.revision.map(str::parse) {
            None => None,
            Some(Ok(revision)) => Some(revision),
            Some(Err(_)) => return Ok(Err("mobly_sync_revision is no number".to_owned())),
        };
        let corrected = self.importer.correct(&CorrectionRow {
            lead: id,
            revision,
            fields: cells.fields.clone(),
            answers: cells.answers.clone(),
            blank: cells.blank.clone(),
            blank_answers: cells.blank_answers.clone(),
        })?;
        Ok(match corrected {
            Corrected::Done(captured) => {
                self.doubts(line, cells);
                Ok(captured.change)
            }
            Corrected::UnknownLead => Err(format!("there is no lead {lead}")),
            Corrected::ChangedSince { revision } => Err(format!(
                "lead {lead} was changed since the export (it is at revision {revision} now): export it again"
            )),
        })
    }

    /// The row's event; an inner error is the reason to reject it.
    fn event_of(
        &mut self,
        line: u64,
        named: Option<&str>,
    ) -> Result<Result<Option<EventChoice>, String>, ImportError> {
        let Some(named) = named.filter(|_| self.given.is_none() || !self.options.event_override)
        else {
            return Ok(Ok(self.given.as_ref().map(|(choice, _)| choice.clone())));
        };
        let binding = self.given.as_ref().filter(|_| !self.options.event_fills);
        if let Some((given, name)) = binding {
            if name_key(name) == name_key(named) {
                return Ok(Ok(Some(given.clone())));
            }
            let agrees =
                matches!(self.importer.event(named)?, Lookup::Exact(event) if event.id == given.id);
            if !agrees {
                return Err(ImportError::EventDisagrees {
                    line,
                    named: named.to_owned(),
                    given: name.clone(),
                });
            }
            return Ok(Ok(Some(given.clone())));
        }
        if let Some(known) = self.events.get(named) {
            return Ok(known.clone().map(Some));
        }
        let found = match self.importer.event(named)? {
            Lookup::Exact(event) | Lookup::Prefix(event) => {
                Ok(choice(event.id, event.tz.as_deref()))
            }
            Lookup::Unknown if self.options.create_event => match self.similar(named)? {
                Some(near) => Err(format!(
                    "event {} is not known, but {} is; --allow-similar adds it all the same",
                    quoted(named),
                    quoted(&near)
                )),
                None => Ok(choice(self.importer.add_event(named)?, None)),
            },
            Lookup::Unknown => Err(format!("event {} is not known", quoted(named))),
            Lookup::Ambiguous(several) => Err(format!(
                "event {} is ambiguous: {} events have this name",
                quoted(named),
                several.len()
            )),
        };
        self.events.insert(named.to_owned(), found.clone());
        Ok(found.map(Some))
    }

    /// An event whose name is nearly this one: probably the same, mistyped.
    fn similar(&self, name: &str) -> Result<Option<String>, ImportError> {
        if self.options.allow_similar {
            return Ok(None);
        }
        let names = self.importer.event_names()?;
        Ok(names
            .into_iter()
            .find(|known| similar::is_slip(known, name)))
    }

    fn met<'t>(&mut self, line: u64, said: &'t str, zone: TimeZone) -> Option<Met<'t>> {
        let reading = Reading {
            day_first: self.day_first,
            zone,
        };
        let Some(moment) = dates::parse(said, &reading) else {
            self.warn(
                line,
                "capturedAt",
                format!("{} is no date we can read", quoted(said)),
            );
            return None;
        };
        // Once a file: they are all written by one tool.
        if moment.ambiguous && !self.told_of_dates {
            self.told_of_dates = true;
            let order = if self.day_first {
                "day first"
            } else {
                "month first"
            };
            self.warn(
                line,
                "capturedAt",
                format!(
                    "{} is read {order}, and so are all dates like it",
                    quoted(said)
                ),
            );
        }
        Some(Met {
            at: moment.at,
            said,
        })
    }

    fn scans(&mut self, line: u64, said: &str) -> Option<u32> {
        let whole = said.strip_suffix(".0").unwrap_or(said);
        let scans = whole.parse().ok();
        if scans.is_none() {
            self.warn(
                line,
                "numberOfScans",
                format!("{} is no number of scans", quoted(said)),
            );
        }
        scans
    }

    fn doubts(&mut self, line: u64, cells: &Cells<'_>) {
        let warnings = &mut self.report.warnings;
        rows::doubts(cells, |field, reason| {
            warnings.push(Warning {
                line,
                field,
                reason,
            });
        });
    }

    fn warn(&mut self, line: u64, field: &'static str, reason: String) {
        self.report.warnings.push(Warning {
            line,
            field,
            reason,
        });
    }

    /// Commits, unless this is a dry run.
    pub(super) fn finish(
        mut self,
        digest: &[u8],
        header_digest: &[u8],
    ) -> Result<ImportReport, ImportError> {
        if let Some(file) = &mut self.rejects {
            file.flush().map_err(ImportError::Rejects)?;
        }
        if !self.options.dry_run {
            let report = &self.report;
            let counts = serde_json::json!({
                "read": report.read, "created": report.created, "updated": report.updated,
                "unchanged": report.unchanged, "rejected": report.rejected,
            });
            let record = ImportRecord {
                digest,
                header_digest,
                counts: &counts.to_string(),
            };
            let columns: Vec<(String, String)> = self
                .options
                .columns
                .iter()
                .map(|(header, field)| (value_key(header), field.clone()))
                .collect();
            self.importer
                .remember_columns(header_digest, &columns, self.now)?;
            self.importer.finish(&record, self.now)?;
        }
        Ok(self.report)
    }
}

fn choice(id: EventId, zone: Option<&str>) -> EventChoice {
    EventChoice {
        id,
        zone: zone
            .and_then(|name| TimeZone::get(name).ok())
            .unwrap_or(TimeZone::UTC),
    }
}
