//! What the lines of a plan are made of.

use super::Scene;
use crate::app::Planned;
use crate::cli::parts::title;
use crate::cli::services::account_title;
use crate::domain::hints::{Command, HintScope};
use crate::ui::format::clean;
use crate::ui::plan::PlanView;

impl Scene<'_> {
    /// The word for the kind of account: `PRODUCTION`.
    pub(super) fn environment(&self) -> String {
        let account = self.integration.account.as_ref();
        account
            .map(|account| account.environment.name().to_uppercase())
            .unwrap_or_default()
    }

    /// The command that tells what would fail without a push.
    fn check(&self, event: Option<&str>) -> String {
        let scope = HintScope {
            vendor: &self.integration.vendor,
            integration: self.must_be_named.then_some(self.integration.name.as_str()),
            event,
        };
        Command::new("check").optional("-e", event).of(scope)
    }

    /// A plan as its lines tell it.
    pub(super) fn view(&self, planned: &Planned) -> PlanView {
        let (integration, ui) = (self.integration, &self.context.ui);
        let summary = &planned.rehearsal.summary;
        let event = summary.event.as_deref();
        let what = event.map_or_else(|| "All that is due".to_owned(), clean);
        let arrow = ui.theme().symbols().arrow;
        PlanView {
            title: vec![
                format!("{what} {arrow} {}", title(integration)),
                clean(&account_title(integration)),
                self.environment(),
            ],
            totals: planned.rehearsal.totals,
            effects: summary
                .field_effects
                .iter()
                .map(|(name, effect)| (name.clone(), *effect))
                .collect(),
            categories: summary
                .by_category
                .iter()
                .map(|(code, number)| (code.clone(), *number))
                .collect(),
            check: self.check(event),
            stay: self.stay.clone(),
            holds_names: integration.settings.hold_identity,
            mapping: self.mapping.clone(),
            calls: (planned.rehearsal.unsent().calls, planned.calls()),
            days: planned
                .days
                .iter()
                .map(|day| (day.quota.to_owned(), day.units, day.limit))
                .collect(),
            takes: planned.takes,
            lasting: planned.lasting.clone(),
        }
    }
}
