//! Which scope a call needs; `ALL` of a group, of a module or of an operation will do.

use super::errors::ApiError;

/// Checks a call against the scopes of its token. A query needs the right to read its module besides.
pub(super) fn check(granted: &str, method: &str, parts: &[&str]) -> Result<(), Box<ApiError>> {
    let fits = match parts {
        ["org", ..] => has(granted, &["org"], "read"),
        ["users", ..] => has(granted, &["users"], "read"),
        ["coql"] => has(granted, &["coql"], "read"),
        ["settings", part, ..] => has(granted, &["settings", part], "read"),
        ["__composite_requests"] => true,
        [module, "upsert"] => {
            module_has(granted, module, "create") && module_has(granted, module, "update")
        }
        // Links and tags change records.
        [module, _, _, ..] if method != "GET" => module_has(granted, module, "update"),
        [module, ..] => {
            let operation = match method {
                "POST" => "create",
                "PUT" | "PATCH" => "update",
                "DELETE" => "delete",
                _ => "read",
            };
            module_has(granted, module, operation)
        }
        [] => true,
    };
    if fits {
        Ok(())
    } else {
        Err(ApiError::scope_mismatch())
    }
}

/// The right to read a module, for queries.
pub(super) fn check_read(granted: &str, module: &str) -> Result<(), Box<ApiError>> {
    check(granted, "GET", &[module])
}

fn module_has(granted: &str, module: &str, operation: &str) -> bool {
    let names = ["modules", module];
    let writes = operation != "read" && operation != "delete";
    has(granted, &names, operation) || writes && has(granted, &names, "write")
}

/// `zohocrm.modules.leads.read` is granted by itself, by `…leads.all`, `modules.read` and `modules.all`.
fn has(granted: &str, names: &[&str], operation: &str) -> bool {
    granted.split([',', ' ']).any(|scope| {
        let scope = scope.to_lowercase();
        let Some(scope) = scope.strip_prefix("zohocrm.") else {
            return false;
        };
        let Some((group, right)) = scope.rsplit_once('.') else {
            return false;
        };
        let covers =
            (1..=names.len()).any(|count| names[..count].join(".").to_lowercase() == group);
        covers && (right == "all" || right == operation)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_covers_what_is_below_it() {
        let fits = |scope, method, parts: &[&str]| check(scope, method, parts).is_ok();
        assert!(fits("ZohoCRM.modules.ALL", "POST", &["Leads", "upsert"]));
        assert!(fits(
            "ZohoCRM.modules.leads.WRITE",
            "POST",
            &["Leads", "upsert"]
        ));
        assert!(!fits(
            "ZohoCRM.modules.leads.CREATE",
            "POST",
            &["Leads", "upsert"]
        ));
        assert!(!fits("ZohoCRM.modules.contacts.ALL", "GET", &["Leads"]));
        assert!(!fits("ZohoCRM.modules.leads.READ", "DELETE", &["Leads"]));
        assert!(fits(
            "ZohoCRM.settings.fields.READ",
            "GET",
            &["settings", "fields"]
        ));
        assert!(!fits(
            "ZohoCRM.settings.fields.READ",
            "GET",
            &["settings", "layouts"]
        ));
        assert!(fits("AAA.x.ALL,ZohoCRM.coql.READ", "POST", &["coql"]));
    }
}
