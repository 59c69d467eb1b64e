//! Where the value of each field of a lead comes from.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::connection::timestamp;
use super::lead_row::json_ids;
use super::{Store, StoreError};
use crate::domain::ids::LeadId;

/// Where a field's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// `rules:NAME`, `provider:NAME`, `import`, `pull` or `hand`.
    pub origin: String,
    /// What was captured, where it was tidied.
    pub before: Option<String>,
    /// When, where it was filled or tidied.
    pub at: Option<Timestamp>,
}

impl Store {
    /// Where each field of a lead comes from. One that holds what enrichment wrote is enrichment's; else the source that said
    /// it is; what no source said was typed.
    ///
    /// # Errors
    /// As every statement.
    pub fn field_origins(
        &self,
        lead: LeadId,
        fields: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, Origin>, StoreError> {
        let mut written: HashMap<String, (String, Origin)> = HashMap::new();
        let mut statement = self.connection.prepare_cached(
            "SELECT field, value, origin, before, at FROM field_origins WHERE lead_id = ?1",
        )?;
        let mut rows = statement.query([lead.0])?;
        while let Some(row) = rows.next()? {
            let origin = Origin {
                origin: row.get(2)?,
                before: row.get(3)?,
                at: Some(timestamp(row.get(4)?)),
            };
            written.insert(row.get(0)?, (row.get(1)?, origin));
        }
        // Each capture carries everything its kind of source has said so far.
        let said: Vec<(String, String)> = self
            .connection
            .prepare_cached(
                "SELECT channel, content FROM captures WHERE id IN (SELECT max(id) FROM captures WHERE lead_id = ?1 GROUP BY channel)
                 ORDER BY id DESC",
            )?
            .query_map([lead.0], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let mut sources = Vec::new();
        for (channel, content) in said {
            let content: BTreeMap<String, String> = serde_json::from_str(&content)?;
            sources.push((channel, content));
        }
        let origin_of = |field: &str, value: &str| match written.get(field) {
            Some((known, origin)) if known == value => origin.clone(),
            _ => Origin {
                origin: sources
                    .iter()
                    .find(|(_, content)| content.get(field).map(String::as_str) == Some(value))
                    .map_or("hand", |(channel, _)| match channel.as_str() {
                        "file" => "import",
                        "mobly" => "pull",
                        _ => "hand",
                    })
                    .to_owned(),
                before: None,
                at: None,
            },
        };
        Ok(fields
            .iter()
            .map(|(field, value)| (field.clone(), origin_of(field, value)))
            .collect())
    }

    /// What enrichment put into fields of these leads where nothing was, whether it still stands there or not; leads it
    /// gave nothing are not there.
    ///
    /// # Errors
    /// As every statement.
    pub fn filled_by_enrichment(
        &self,
        leads: &[LeadId],
    ) -> Result<HashMap<LeadId, BTreeMap<String, String>>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT o.lead_id, o.field, o.value FROM json_each(?1) j CROSS JOIN field_origins o ON o.lead_id = j.value
             WHERE o.before IS NULL",
        )?;
        let mut rows = statement.query([json_ids(leads)?])?;
        let mut filled: HashMap<LeadId, BTreeMap<String, String>> = HashMap::new();
        while let Some(row) = rows.next()? {
            filled
                .entry(LeadId(row.get(0)?))
                .or_default()
                .insert(row.get(1)?, row.get(2)?);
        }
        Ok(filled)
    }
}
