//! What the lines of a plan are made of.

use super::Scene;
use crate::app::Planned;
use crate::cli::parts::title;
use crate::cli::services::account_title;
use crate::ui::format::clean;
use crate::ui::plan::PlanView;

impl Scene<'_> {
    pub(super) fn environment(&self) -> String {
        let account = self.integration.account.as_ref();
        account
            .map(|account| account.environment.name().to_uppercase())
            .unwrap_or_default()
    }

    pub(super) fn view(&self, planned: &Planned) -> PlanView {
        let (integration, ui) = (self.integration, &self.context.ui);
        let symbols = ui.theme().symbols();
        let summary = &planned.rehearsal.summary;
        let event = summary.event.as_ref();
        let what = event.map_or_else(|| "All that is due".to_owned(), |event| clean(event));
        PlanView {
            title: format!(
                "{what} {} {} {} {} {} {}",
                symbols.arrow,
                title(integration),
                symbols.dot,
                clean(&account_title(integration)),
                symbols.dot,
                self.environment()
            ),
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
            stay: self.stay.clone(),
            holds_names: integration.settings.hold_identity,
            mapping: self.mapping.clone(),
            calls: (planned.rehearsal.unsent().calls, planned.calls()),
            days: planned
                .days
                .iter()
                .map(|day| (day.quota.to_owned(), day.units, day.limit))
                .collect(),
        }
    }
}
