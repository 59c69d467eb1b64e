//! The addresses people see.

use super::sign_in;
use crate::domain::integration::Settings;
use crate::vendors::hosts::is_label;

/// The key among a connection's options of the company's part of addresses.
pub(super) const COMPANY_DOMAIN: &str = "company_domain";

/// A record's page on the company's own host; `None` where that is not known.
pub(super) fn record_url(settings: &Settings, _: &str, object: &str, id: &str) -> Option<String> {
    if let Some(own) = &settings.base_url {
        return Some(format!("{}/{object}/{id}", own.trim_end_matches('/')));
    }
    let told = settings
        .vendor
        .get(COMPANY_DOMAIN)
        .filter(|name| is_label(name))
        .map(|name| format!("https://{name}.pipedrive.com"));
    let base = told.or_else(|| sign_in::base_url(settings).ok())?;
    // The host of the API for all companies shows nobody's pages.
    (base != "https://api.pipedrive.com").then(|| format!("{base}/{object}/{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(options: &[(&str, &str)], base_url: Option<&str>) -> Option<String> {
        let settings = Settings {
            vendor: options
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            base_url: base_url.map(str::to_owned),
            ..Settings::default()
        };
        record_url(&settings, "54235233", "person", "901")
    }

    #[test]
    fn a_record_is_shown_at_its_company() {
        let acme = Some("https://acme.pipedrive.com/person/901".to_owned());
        assert_eq!(shown(&[("company_domain", "acme")], None), acme);
        assert_eq!(shown(&[("instance", "acme")], None), acme);
        let signed_in = [("api_domain", "https://acme.pipedrive.com")];
        assert_eq!(shown(&signed_in, None), acme);
        assert_eq!(shown(&[], None), None);
        assert_eq!(shown(&[("company_domain", "evil.example/x")], None), None);
    }

    #[test]
    fn a_rehearsal_shows_its_own_address() {
        let shown = shown(
            &[("company_domain", "acme")],
            Some("http://127.0.0.1:8080/"),
        );
        assert_eq!(shown.as_deref(), Some("http://127.0.0.1:8080/person/901"));
    }
}
