//! The commands of a check: what settles a cause while no lead has failed for it yet.

use super::{CauseFacts, Command, HintScope, campaign, cause, mapping_set};
use crate::domain::category::Category;
use crate::domain::failure::Phase;
use crate::domain::mapping::{QualifierRule, Rule, Source};

/// The command that settles a cause before any lead failed for it. The board's own steps lead to Failed leads; here there are
/// none yet, so what it leaves to a look at them is settled in the mapping row where one fills the field.
///
/// `field_changed`: the vendor changed the field since the row was made, so that the leads are not to blame.
#[must_use]
pub fn before_push(
    facts: &CauseFacts<'_>,
    phase: Phase,
    field_changed: bool,
    scope: HintScope<'_>,
) -> String {
    if phase == Phase::Campaign
        && let Some(command) = campaign(facts.category, scope)
    {
        return command;
    }
    let one = facts.count == 1 && !field_changed;
    match (facts.category, facts.rule) {
        (Category::DataTooLong, None) | (Category::DataFormatValidation, None)
            if facts.qualifier.is_some() =>
        {
            let (name, _) = facts.qualifier.unwrap_or_default();
            Command::new("qualifier unmap").argument(name).of(scope)
        }
        (Category::DataFormatValidation | Category::ValidationRule, Some(rule)) if !one => {
            match is_address(rule) {
                // Without its address nobody is found again: the leads are to be corrected, not the row.
                true => list_leads("no-email", scope),
                false => mapping_set(facts).option("--on-invalid", "drop").of(scope),
            }
        }
        (Category::RequiredFieldMissing, Some(_)) => {
            mapping_set(facts).option("--default", "VALUE").of(scope)
        }
        (Category::RequiredFieldMissing, None) if facts.field.is_none() => {
            Command::new("mapping defaults").of(scope)
        }
        (Category::RequiredFieldMissing, None) if facts.guess.is_some() => {
            Command::new("mapping set")
                .argument(facts.guess.unwrap_or_default())
                .argument(facts.field.unwrap_or("REMOTE"))
                .optional("--object", facts.object)
                .of(scope)
        }
        (Category::NotEnoughData, rule) if !one => match rule {
            Some(rule) if !is_address(rule) => {
                mapping_set(facts).option("--default", "VALUE").of(scope)
            }
            None if facts.qualifier.is_some() => list_leads("no-qualifier", scope),
            _ => list_leads("no-email", scope),
        },
        // Nobody is on the board yet to be shown there: the first of them is settled.
        (Category::IdentityConflict, _) => Command::new("reconcile")
            .option("--lead", facts.lead)
            .option("--adopt", facts.guess.unwrap_or("ID"))
            .of(scope),
        _ => cause(facts, scope),
    }
}

/// The command that keeps a row as it is and takes note of what the vendor's field is now.
#[must_use]
pub fn accept(rule: &Rule, rule_event: Option<&str>, scope: HintScope<'_>) -> String {
    let command = match &rule.source {
        Source::Field(key) => Command::new("mapping set").argument(key),
        Source::Constant(text) => Command::new("mapping set").option("--constant", text),
        Source::Template(text) => Command::new("mapping set").option("--template", text),
    };
    command
        .argument(&rule.remote)
        .option("--object", &rule.object)
        .optional("--event", rule_event)
        .of(scope)
}

/// The command that keeps a qualifier's target as it is and takes note of what the vendor's field is now.
#[must_use]
pub fn accept_target(rule: &QualifierRule, scope: HintScope<'_>) -> String {
    Command::new("qualifier map")
        .argument(&rule.name)
        .option("--to", &rule.remote)
        .option("--object", &rule.object)
        .of(scope)
}

/// The command that gives answers other options, each as far as it can be guessed.
#[must_use]
pub fn map_answers(
    rule: &QualifierRule,
    answers: &[(&str, Option<&str>)],
    scope: HintScope<'_>,
) -> String {
    answers
        .iter()
        .fold(
            Command::new("qualifier map").argument(&rule.name),
            |command, (answer, option)| {
                command.argument(&format!("{answer}={}", option.unwrap_or("OPTION")))
            },
        )
        .of(scope)
}

fn is_address(rule: &Rule) -> bool {
    matches!(&rule.source, Source::Field(key) if key == "email")
}

fn list_leads(issue: &str, scope: HintScope<'_>) -> String {
    Command::new("lead list")
        .option("--issue", issue)
        .optional("--event", scope.event)
        .0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mapping::{RuleOptions, WriteBehaviour};

    const SCOPE: HintScope<'static> = HintScope {
        vendor: "crm",
        integration: None,
        event: Some("Expo 26"),
    };

    fn rule(source: Source) -> Rule {
        Rule {
            object: "contact".into(),
            remote: "size".into(),
            event: None,
            source,
            write: WriteBehaviour::IfBlank,
            options: RuleOptions::default(),
            described: None,
        }
    }

    fn facts(category: Category, rule: Option<&Rule>) -> CauseFacts<'_> {
        CauseFacts {
            category,
            object: Some("contact"),
            field: Some("size"),
            value: Some("XL"),
            rule,
            rule_event: None,
            qualifier: None,
            takes_user: false,
            guess: None,
            count: 7,
            lead: "A1B2C3D4",
        }
    }

    #[test]
    fn leads_that_have_not_failed_are_not_looked_for_on_the_board() {
        let size = rule(Source::Field("shirt".into()));
        let told = |category, changed| {
            before_push(
                &facts(category, Some(&size)),
                Phase::Prepare,
                changed,
                SCOPE,
            )
        };
        let set = "mobly-sync mapping set shirt size --object contact";
        assert_eq!(
            told(Category::DataFormatValidation, false),
            format!("{set} --on-invalid drop")
        );
        assert_eq!(
            told(Category::NotEnoughData, false),
            format!("{set} --default VALUE")
        );
        assert_eq!(
            told(Category::RequiredFieldMissing, false),
            format!("{set} --default VALUE")
        );
        let address = rule(Source::Field("email".into()));
        let facts = facts(Category::DataFormatValidation, Some(&address));
        assert_eq!(
            before_push(&facts, Phase::Prepare, false, SCOPE),
            "mobly-sync lead list --issue no-email --event \"Expo 26\""
        );
    }

    #[test]
    fn one_lead_is_edited_unless_the_field_changed() {
        let size = rule(Source::Field("shirt".into()));
        let one = CauseFacts {
            count: 1,
            ..facts(Category::DataFormatValidation, Some(&size))
        };
        assert_eq!(
            before_push(&one, Phase::Prepare, false, SCOPE),
            "mobly-sync lead edit A1B2C3D4 --set shirt=VALUE"
        );
        assert_eq!(
            before_push(&one, Phase::Prepare, true, SCOPE),
            "mobly-sync mapping set shirt size --object contact --on-invalid drop"
        );
    }

    #[test]
    fn a_refused_value_is_told_as_the_row_holds_it() {
        let mut translated = rule(Source::Field("shirt".into()));
        translated
            .options
            .values
            .insert("extra large".into(), "XL".into());
        let told = |rule| cause(&facts(Category::DataValueValidation, Some(rule)), SCOPE);
        assert_eq!(
            told(&translated),
            "mobly-sync mapping set shirt size --object contact --value \"extra large=OPTION\""
        );
        let constant = rule(Source::Constant("XL".into()));
        assert_eq!(
            told(&constant),
            "mobly-sync mapping set --constant OPTION size --object contact"
        );
        let mut lacking = rule(Source::Field("shirt".into()));
        lacking.options.default = Some("XL".into());
        assert_eq!(
            told(&lacking),
            "mobly-sync mapping set shirt size --object contact --default OPTION"
        );
    }
}
