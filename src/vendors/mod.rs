//! The vendors: one folder each, and the contract they keep.

mod activities;
mod authorship;
mod campaigns;
mod forms;
mod hosts;
mod hubspot;
mod info;
mod jobs;
pub mod marketo;
mod mirror;
mod options;
pub mod pardot;
pub mod pipedrive;
mod removal;
mod rows;
mod salesforce;
mod sign_in;
mod unanswered;
mod vendor;
pub mod zoho;

pub use activities::*;
pub use authorship::*;
pub use campaigns::*;
pub use info::*;
pub use jobs::*;
pub use mirror::*;
pub use options::*;
pub use removal::*;
pub use rows::*;
pub use sign_in::*;
pub use vendor::*;

/// Every vendor, in alphabetical order.
pub static ALL: &[&VendorInfo] = &[
    &hubspot::INFO,
    &marketo::INFO,
    &pardot::INFO,
    &pipedrive::INFO,
    &salesforce::INFO,
    &zoho::INFO,
];

/// How to sign in, of every vendor that says so, translator or not; in alphabetical order.
pub static SIGN_INS: &[(&str, &SignIn)] = &[
    ("hubspot", hubspot::INFO.sign_in),
    ("marketo", marketo::INFO.sign_in),
    ("pardot", pardot::INFO.sign_in),
    ("pipedrive", pipedrive::INFO.sign_in),
    ("salesforce", salesforce::INFO.sign_in),
    ("zoho", zoho::INFO.sign_in),
];

/// The vendor of that name, whatever its case.
#[must_use]
pub fn lookup(name: &str) -> Option<&'static VendorInfo> {
    ALL.iter()
        .copied()
        .find(|vendor| vendor.name.eq_ignore_ascii_case(name))
}

/// Whether a later version connects it: the contract names it, and only its translator is missing.
#[must_use]
pub fn is_to_come(name: &str) -> bool {
    const CONTRACT: [&str; 6] = [
        "hubspot",
        "marketo",
        "pardot",
        "pipedrive",
        "salesforce",
        "zoho",
    ];
    CONTRACT
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
        && lookup(name).is_none()
}

/// The vendor whose name is nearest to a mistyped one.
#[must_use]
pub fn did_you_mean(name: &str) -> Option<&'static VendorInfo> {
    let likeness = |vendor: &VendorInfo| strsim::jaro_winkler(vendor.name, &name.to_lowercase());
    ALL.iter()
        .copied()
        .filter(|vendor| likeness(vendor) > 0.8)
        .max_by(|left, right| likeness(left).total_cmp(&likeness(right)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendors_stand_in_alphabetical_order() {
        assert!(ALL.is_sorted_by_key(|vendor| vendor.name));
    }

    #[test]
    fn a_typing_slip_is_understood() {
        assert_eq!(
            did_you_mean("hubpsot").map(|vendor| vendor.name),
            Some("hubspot")
        );
        assert!(did_you_mean("oracle").is_none());
    }
}
