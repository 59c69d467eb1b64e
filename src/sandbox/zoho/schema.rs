//! The modules a new org has. Lists and lengths are a trial org's from memory; clients read them, as the
//! fact sheet tells them to.

use super::field::Field;
use super::module::Module;

pub(super) fn standard_modules() -> Vec<Module> {
    let definitions = [
        (
            "Leads",
            "Lead",
            Some("Email"),
            include_str!("definitions/leads.txt"),
        ),
        (
            "Contacts",
            "Contact",
            Some("Email"),
            include_str!("definitions/contacts.txt"),
        ),
        (
            "Accounts",
            "Account",
            Some("Account_Name"),
            include_str!("definitions/accounts.txt"),
        ),
        (
            "Campaigns",
            "Campaign",
            Some("Campaign_Name"),
            include_str!("definitions/campaigns.txt"),
        ),
        ("Notes", "Note", None, include_str!("definitions/notes.txt")),
        ("Deals", "Deal", None, include_str!("definitions/deals.txt")),
    ];
    definitions
        .into_iter()
        .map(|(name, singular, key, definition)| {
            let mut module = Module::new(name, singular, key);
            let lines = definition.lines().filter(|line| !line.starts_with('#'));
            for field in lines.filter_map(Field::parse) {
                module.put_field(field);
            }
            module
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_definitions_is_a_field() {
        let modules = standard_modules();
        let counts = modules.iter().map(|module| module.fields().count());
        assert_eq!(counts.collect::<Vec<_>>(), [36, 26, 20, 12, 9, 10]);
    }
}
