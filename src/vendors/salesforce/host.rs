//! Where an org lives: My Domain, login hosts, the addresses people see.

use crate::domain::integration::Settings;
use crate::vendors::hosts::below;

/// The key among a connection's options of the address the token answer named.
pub(super) const INSTANCE_URL: &str = "instance_url";

const LOGIN: &str = "https://login.salesforce.com";
const TEST: &str = "https://test.salesforce.com";

/// The option's value, where it is there and not empty.
pub(super) fn option<'a>(settings: &'a Settings, name: &str) -> Option<&'a str> {
    settings
        .vendor
        .get(name)
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
}

/// Whether a switch is on.
pub(super) fn is_on(settings: &Settings, name: &str) -> bool {
    option(settings, name).is_some_and(|value| !value.eq_ignore_ascii_case("false"))
}

/// The API host of what people type as their instance: `acme`, `acme.my.salesforce.com`, an address out of the browser.
pub(super) fn my_domain(text: &str) -> Result<String, String> {
    let wrong = || {
        format!(
            "--instance {text:?} is no Salesforce host; give your My Domain, like acme or acme.my.salesforce.com"
        )
    };
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let plausible = !host.is_empty()
        && !host.starts_with(['.', '-'])
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    if !plausible {
        return Err(wrong());
    }
    // A sandbox is named after its parent: acme--uat.
    if !host.contains('.') {
        let sandbox = if host.contains("--") { ".sandbox" } else { "" };
        return Ok(format!("{host}{sandbox}.my.salesforce.com"));
    }
    // The pages people see live beside the API.
    for pages in [".lightning.force.com", ".my.salesforce-setup.com"] {
        if let Some(name) = host.strip_suffix(pages) {
            return Ok(format!("{name}.my.salesforce.com"));
        }
    }
    if is_salesforce(&host) {
        return Ok(host);
    }
    Err(wrong())
}

/// Whether a host is one where orgs live.
pub(super) fn is_salesforce(host: &str) -> bool {
    // Government and Hyperforce orgs live below these too.
    ["salesforce.com", "force.com", "salesforce.mil"]
        .iter()
        .any(|domain| below(host, domain))
}

/// Where the API is: what the sign-in told, else the instance the user named.
pub(super) fn base_url(settings: &Settings) -> Result<String, String> {
    if let Some(told) = option(settings, INSTANCE_URL) {
        return Ok(told.trim_end_matches('/').to_owned());
    }
    match option(settings, "instance") {
        Some(instance) => my_domain(instance).map(|host| format!("https://{host}")),
        None => Err(
            "where your org lives is not known: name your My Domain with --instance, like --instance acme"
                .to_owned(),
        ),
    }
}

/// Where people and services sign in.
pub(super) fn login_url(settings: &Settings) -> Result<String, String> {
    match option(settings, "instance") {
        Some(instance) => my_domain(instance).map(|host| format!("https://{host}")),
        None if is_on(settings, "sandbox") => Ok(TEST.to_owned()),
        None => Ok(LOGIN.to_owned()),
    }
}

/// Whom a signed assertion is for: one of the two generic hosts, whatever the org's own is called.
pub(super) fn audience(settings: &Settings) -> &'static str {
    let sandbox = option(settings, "instance")
        .and_then(|instance| my_domain(instance).ok())
        .is_some_and(|host| is_test(&host));
    if sandbox || is_on(settings, "sandbox") {
        TEST
    } else {
        LOGIN
    }
}

/// Whether a host is a sandbox's or scratch org's. A sandbox has its name after two dashes, which no other org's may hold
/// (Salesforce help, "My Domain URL Formats"); older ones have no `.sandbox.`.
fn is_test(host: &str) -> bool {
    host == "test.salesforce.com"
        || host.contains(".sandbox.")
        || host.contains(".scratch.")
        || host.contains("--")
}

/// A record's page in Lightning. Where only an address of the user's own is known, it stands there.
pub(super) fn record_url(settings: &Settings, sobject: &str, id: &str) -> Option<String> {
    let own = settings
        .base_url
        .as_deref()
        .map(|url| url.trim_end_matches('/').to_owned());
    let base = base_url(settings).ok().or(own)?;
    let host = base
        .split_once("://")
        .map_or(base.as_str(), |(_, host)| host);
    match host.strip_suffix(".my.salesforce.com") {
        Some(name) => Some(format!(
            "https://{name}.lightning.force.com/lightning/r/{sobject}/{id}/view"
        )),
        // Every host of an org leads to a record by its id.
        None => Some(format!("{base}/{id}")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn settings(options: &[(&str, &str)]) -> Settings {
        Settings {
            vendor: options
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            ..Settings::default()
        }
    }

    #[test]
    fn an_instance_is_taken_as_people_have_it_at_hand() {
        for (typed, host) in [
            ("acme", "acme.my.salesforce.com"),
            ("Acme--UAT", "acme--uat.sandbox.my.salesforce.com"),
            ("acme.my.salesforce.com", "acme.my.salesforce.com"),
            (
                "https://acme.lightning.force.com/lightning/page/home",
                "acme.my.salesforce.com",
            ),
            ("https://na44.salesforce.com/", "na44.salesforce.com"),
        ] {
            assert_eq!(my_domain(typed).unwrap(), host);
        }
        for typed in [
            "acme.example.com",
            "evil.com/.my.salesforce.com",
            "a b",
            "",
            "https://",
        ] {
            assert!(
                my_domain(typed).unwrap_err().contains("--instance"),
                "{typed}"
            );
        }
    }

    #[test]
    fn the_address_the_sign_in_told_wins_and_nothing_is_guessed() {
        let told = settings(&[
            ("instance", "acme"),
            (INSTANCE_URL, "https://acme2.my.salesforce.com/"),
        ]);
        assert_eq!(base_url(&told).unwrap(), "https://acme2.my.salesforce.com");
        assert!(base_url(&settings(&[])).unwrap_err().contains("--instance"));
    }

    #[test]
    fn sandboxes_sign_in_elsewhere() {
        assert_eq!(login_url(&settings(&[])).unwrap(), LOGIN);
        assert_eq!(login_url(&settings(&[("sandbox", "true")])).unwrap(), TEST);
        assert_eq!(
            login_url(&settings(&[("sandbox", "false")])).unwrap(),
            LOGIN
        );
        let named = settings(&[("instance", "acme--uat")]);
        assert_eq!(
            login_url(&named).unwrap(),
            "https://acme--uat.sandbox.my.salesforce.com"
        );
        assert_eq!(audience(&named), TEST);
        assert_eq!(audience(&settings(&[("instance", "acme")])), LOGIN);
        for test in [
            "acme--uat.my.salesforce.com",
            "ability-power-1.scratch.my.salesforce.com",
        ] {
            assert_eq!(audience(&settings(&[("instance", test)])), TEST, "{test}");
        }
    }

    #[test]
    fn a_record_is_shown_where_people_work() {
        let told = settings(&[(INSTANCE_URL, "https://acme.my.salesforce.com")]);
        assert_eq!(
            record_url(&told, "Lead", "00Q1").unwrap(),
            "https://acme.lightning.force.com/lightning/r/Lead/00Q1/view"
        );
        assert_eq!(record_url(&settings(&[]), "Lead", "00Q1"), None);
        let rehearsal = Settings {
            base_url: Some("http://127.0.0.1:8080/".into()),
            ..Settings::default()
        };
        assert_eq!(
            record_url(&rehearsal, "Lead", "00Q1").unwrap(),
            "http://127.0.0.1:8080/00Q1"
        );
    }
}
