//! Finds the fields a statement names, and refuses it as the org does when they are not there.

use std::collections::HashSet;

use super::super::errors::ApiError;
use super::super::field::Field;
use super::super::ids;
use super::super::org::Org;
use super::filter::{Comparison, Condition, Literal, Path, literal_key};

type Bound = Result<(), Box<ApiError>>;

/// The statement (for the snippet in errors) and the object it reads.
pub(super) struct Scope<'a> {
    pub(super) org: &'a Org,
    pub(super) place: usize,
    pub(super) statement: &'a str,
}

impl Scope<'_> {
    /// "\nSELECT Id, foo__c FROM Lead\n           ^\nERROR at Row:1:Column:12\n…" (fact sheet, section 12).
    fn error(&self, path: &Path, code: &'static str, message: &str) -> Box<ApiError> {
        let before = self.statement[..path.position].chars().count();
        let caret = " ".repeat(before);
        let text = format!(
            "\n{}\n{caret}^\nERROR at Row:1:Column:{}\n{message}",
            self.statement,
            before + 1
        );
        ApiError::new(400, code, text)
    }

    fn no_such_column(&self, path: &Path, column: &str, entity: &str) -> Box<ApiError> {
        let text = format!(
            "No such column '{column}' on entity '{entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names."
        );
        self.error(path, "INVALID_FIELD", &text)
    }

    /// Finds the field a path ends at.
    pub(super) fn path(&self, path: &mut Path) -> Result<Field, Box<ApiError>> {
        let text = path.text.clone();
        let mut parts: Vec<&str> = text.split('.').collect();
        let mut places = vec![self.place];
        // The object's own name may stand in front, as in `Lead.Email`.
        let own = &self.org.at(self.place).name;
        if parts.len() > 1
            && own.eq_ignore_ascii_case(parts[0])
            && self.org.at(self.place).relationship(parts[0]).is_none()
        {
            parts.remove(0);
        }
        let last = parts.pop().unwrap_or_default();
        for part in parts {
            let entity = self.org.at(places[0]);
            let Some(reference) = entity.relationship(part) else {
                let text = format!(
                    "Didn't understand relationship '{part}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names."
                );
                return Err(self.error(path, "INVALID_FIELD", &text));
            };
            let shown = reference.relationship.clone().unwrap_or_default();
            path.steps.push((reference.name.clone(), shown));
            places = reference
                .reference_to
                .iter()
                .filter_map(|target| self.org.place(target))
                .collect();
            if places.is_empty() {
                return Err(self.no_such_column(path, last, part));
            }
        }
        let found = places
            .iter()
            .find_map(|place| self.org.at(*place).field(last));
        let Some(field) = found else {
            return Err(self.no_such_column(path, last, &self.org.at(places[0]).name));
        };
        path.field.clone_from(&field.name);
        path.kind.clone_from(&field.kind);
        Ok(field.clone())
    }

    /// A field is selected once (SOQL reference: "duplicate field selected: Id").
    pub(super) fn once(&self, path: &Path, selected: &mut HashSet<String>) -> Bound {
        let steps: Vec<&str> = path.steps.iter().map(|(name, _)| name.as_str()).collect();
        if selected.insert(format!("{}.{}", steps.join("."), path.field)) {
            return Ok(());
        }
        let text = format!("duplicate field selected: {}", path.field);
        Err(self.error(path, "INVALID_FIELD", &text))
    }

    /// Finds a condition's fields and brings its values into comparable form.
    pub(super) fn condition(&self, condition: &mut Condition) -> Bound {
        match condition {
            Condition::And(parts) | Condition::Or(parts) => {
                parts.iter_mut().try_for_each(|part| self.condition(part))
            }
            Condition::Not(inner) => self.condition(inner),
            Condition::Compare {
                path,
                comparison,
                value,
            } => {
                let field = self.filterable(path)?;
                if *comparison == Comparison::Like
                    && matches!(field.kind.as_str(), "id" | "reference")
                {
                    return Err(self.error(
                        path,
                        "INVALID_QUERY_FILTER_OPERATOR",
                        "invalid operator on id field",
                    ));
                }
                self.fit(path, &field, value)
            }
            Condition::In {
                path, values, keys, ..
            } => {
                let field = self.filterable(path)?;
                for value in values {
                    self.fit(path, &field, value)?;
                    keys.insert(literal_key(value));
                }
                Ok(())
            }
        }
    }

    fn filterable(&self, path: &mut Path) -> Result<Field, Box<ApiError>> {
        let field = self.path(path)?;
        if field.filterable {
            return Ok(field);
        }
        let text = format!("field '{}' can not be filtered in a query call", field.name);
        Err(self.error(path, "INVALID_FIELD", &text))
    }

    /// Checks a value against the field's type; ids get their 18 characters.
    fn fit(&self, path: &Path, field: &Field, value: &mut Literal) -> Bound {
        if let (Literal::Text { plain, .. }, "id" | "reference") =
            (&mut *value, field.kind.as_str())
        {
            let Some(id) = ids::normalize(plain) else {
                let text = format!("invalid ID field: {plain}");
                return Err(self.error(path, "INVALID_QUERY_FILTER_OPERATOR", &text));
            };
            *plain = id;
            return Ok(());
        }
        let (wanted, fits) = match field.kind.as_str() {
            "boolean" => ("boolean", matches!(value, Literal::Bool(_) | Literal::Null)),
            "int" | "double" | "currency" | "percent" => (
                "double",
                matches!(value, Literal::Number(_) | Literal::Null),
            ),
            "date" => ("date", matches!(value, Literal::Date(_) | Literal::Null)),
            "datetime" => (
                "dateTime",
                matches!(value, Literal::Moment(_) | Literal::Null),
            ),
            _ => (
                "string",
                matches!(value, Literal::Text { .. } | Literal::Null),
            ),
        };
        if fits {
            return Ok(());
        }
        let quotes = if wanted == "string" {
            "should be enclosed"
        } else {
            "should not be enclosed"
        };
        let text = format!(
            "value of filter criterion for field '{}' must be of type {wanted} and {quotes} in quotes",
            field.name
        );
        Err(self.error(path, "INVALID_FIELD", &text))
    }
}
