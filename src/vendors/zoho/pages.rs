//! The addresses people see.

use super::sign_in;
use crate::domain::integration::Settings;

/// The key among a connection's options of the organization's part of addresses: `org724445`.
pub(super) const ORGANIZATION: &str = "organization";

/// A record's page. Where only an address of the user's own is known, it stands there.
pub(super) fn record_url(settings: &Settings, module: &str, id: &str) -> Option<String> {
    let base = match &settings.base_url {
        Some(own) => own.trim_end_matches('/').to_owned(),
        None => format!("https://{}", sign_in::pages_host(settings)?),
    };
    let organization = settings
        .vendor
        .get(ORGANIZATION)
        .filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    Some(match organization {
        Some(name) => format!("{base}/crm/{name}/tab/{module}/{id}"),
        // Leads to the organization the browser is signed in to.
        None => format!("{base}/crm/tab/{module}/{id}"),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn shown(options: &[(&str, &str)]) -> String {
        let settings = Settings {
            vendor: options
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            ..Settings::default()
        };
        record_url(&settings, "Leads", "7").unwrap()
    }

    #[test]
    fn a_record_is_shown_in_its_data_centre() {
        for (options, address) in [
            (&[][..], "https://crm.zoho.com/crm/tab/Leads/7"),
            (
                &[("data-center", "eu")],
                "https://crm.zoho.eu/crm/tab/Leads/7",
            ),
            (
                &[("data-center", "ca"), ("organization", "org724445")],
                "https://crm.zohocloud.ca/crm/org724445/tab/Leads/7",
            ),
            // What the sign-in told wins over what was chosen.
            (
                &[
                    ("data-center", "us"),
                    ("api_domain", "https://www.zohoapis.com.au"),
                ],
                "https://crm.zoho.com.au/crm/tab/Leads/7",
            ),
            (
                &[("api_domain", "https://sandbox.zohoapis.in")],
                "https://crmsandbox.zoho.in/crm/tab/Leads/7",
            ),
            (
                &[("organization", "x/../y")],
                "https://crm.zoho.com/crm/tab/Leads/7",
            ),
        ] {
            assert_eq!(shown(options), address);
        }
    }

    #[test]
    fn a_rehearsal_shows_its_own_address() {
        let settings = Settings {
            base_url: Some("http://127.0.0.1:8080/".into()),
            ..Settings::default()
        };
        assert_eq!(
            record_url(&settings, "Leads", "7").unwrap(),
            "http://127.0.0.1:8080/crm/tab/Leads/7"
        );
    }
}
