//! Vendors, sources and accounts by the names people know.

use crate::domain::integration::Integration;
use crate::sources;
use crate::vendors;

/// The name for people of what is connected or can be: a vendor's, or a source's.
#[must_use]
pub fn title_of(name: &str) -> Option<&'static str> {
    let vendor = vendors::lookup(name).map(|vendor| vendor.title);
    vendor.or_else(|| sources::lookup(name).map(|source| source.title))
}

/// The account as people read it: its label, and its id by the vendor's word unless the label holds it.
#[must_use]
pub fn account_title(integration: &Integration) -> String {
    let Some(account) = &integration.account else {
        return "no account".to_owned();
    };
    let word = account_word(&integration.vendor);
    if account.name.contains(&account.vendor_account) {
        account.name.clone()
    } else {
        format!("{} ({word} {})", account.name, account.vendor_account)
    }
}

/// The same with what kind of account it is: `Acme (portal 123, PRODUCTION)`.
#[must_use]
pub fn account_with_environment(integration: &Integration) -> String {
    let title = account_title(integration);
    let Some(account) = &integration.account else {
        return title;
    };
    let environment = account.environment.name().to_uppercase();
    match title.strip_suffix(')') {
        Some(open) => format!("{open}, {environment})"),
        None => format!("{title} ({environment})"),
    }
}

/// The word for an account.
#[must_use]
pub fn account_word(name: &str) -> &'static str {
    let vendor = vendors::lookup(name).map(|vendor| vendor.account_word);
    let source = || sources::lookup(name).map(|source| source.account_word);
    vendor.or_else(source).unwrap_or("account")
}
