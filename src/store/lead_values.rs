//! Which fields leads have beside the standard ones, and which values a field holds: what set-up is checked against.

use rusqlite::params;

use super::{Store, StoreError};
use crate::domain::ids::QualifierId;
use crate::domain::lead::field_info;

/// Leads looked at for the names of custom fields, the newest: a file of a million leads answers as fast as a small one.
const SAMPLE: i64 = 20_000;

impl Store {
    /// The custom fields of the newest leads, by name.
    ///
    /// # Errors
    /// As every statement.
    pub fn custom_fields(&self) -> Result<Vec<String>, StoreError> {
        let names: Vec<String> = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT f.key FROM (SELECT fields FROM leads WHERE erased_at IS NULL ORDER BY id DESC LIMIT ?1) l,
                   json_each(l.fields) f ORDER BY f.key COLLATE NOCASE",
            )?
            .query_map([SAMPLE], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(names
            .into_iter()
            .filter(|name| field_info(name).is_none())
            .collect())
    }

    /// Every value of a field with how many leads hold it, the most frequent first.
    ///
    /// # Errors
    /// As every statement.
    pub fn field_values(&self, field: &str) -> Result<Vec<(String, u64)>, StoreError> {
        let column = match field {
            "email" => "l.email",
            "firstName" => "l.first_name",
            "lastName" => "l.last_name",
            "companyName" => "l.company_name",
            "companyDomain" => "l.company_domain",
            // Which field is asked for is a parameter: its name may hold anything.
            _ => "(SELECT value FROM json_each(l.fields) WHERE key = ?1)",
        };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT v, count(*) FROM (SELECT {column} AS v FROM leads l WHERE l.erased_at IS NULL AND ?1 = ?1)
             WHERE v IS NOT NULL GROUP BY v ORDER BY count(*) DESC, v"
        ))?;
        let rows = statement.query_map([field], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?.unsigned_abs(),
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Answers leads gave to a qualifier that are none of its values, as they were written, the most frequent first.
    ///
    /// # Errors
    /// As every statement.
    pub fn undefined_answers(
        &self,
        qualifier: QualifierId,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT min(raw), count(*) FROM answers WHERE qualifier_id = ?1 AND value_id IS NULL
             GROUP BY value_key ORDER BY count(*) DESC, value_key",
        )?;
        let rows = statement.query_map(params![qualifier.0], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, i64>(1)?.unsigned_abs(),
            ))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::fixtures::lead;
    use super::*;

    #[test]
    fn custom_fields_and_values_are_told_as_leads_hold_them() {
        let store = Store::in_memory().unwrap();
        for (first, fields) in [
            ("Ann", r#"{"companyIndustry":"Software","Booth \"A\"":"1"}"#),
            ("Bob", r#"{"companyIndustry":"Software"}"#),
            ("Cid", r#"{"companyIndustry":"Banking","Diet":"none"}"#),
        ] {
            let lead = lead(&store, first, "Lee", &[]);
            store
                .connection
                .execute(
                    "UPDATE leads SET fields = ?2 WHERE id = ?1",
                    params![lead.0, fields],
                )
                .unwrap();
        }
        assert_eq!(store.custom_fields().unwrap(), ["Booth \"A\"", "Diet"]);
        assert_eq!(
            store.field_values("companyIndustry").unwrap(),
            [("Software".to_owned(), 2), ("Banking".to_owned(), 1)]
        );
        assert_eq!(store.field_values("Booth \"A\"").unwrap().len(), 1);
        assert_eq!(store.field_values("firstName").unwrap().len(), 3);
    }
}
