//! A push that is planned first: the guards on counts, the question, and five to begin with.

use super::{Ended, SHOWN, Scene};
use crate::app::{Planned, Prepared};
use crate::cli::command_error::CommandError;
use crate::cli::parts::declined;
use crate::cli::pushing::{self, push_failed};
use crate::domain::run::StopReason;
use crate::exit::ExitStatus;
use crate::ui::format::count;
use crate::ui::plan as screen;

/// How many are pushed to try a plan out.
const A_FEW: u64 = 5;

impl Scene<'_> {
    pub(super) async fn push(&self, prepared: &Prepared) -> Result<Ended, CommandError> {
        let failed = |error| push_failed(self.integration, error);
        let planned = prepared.plan(&self.request).await.map_err(failed)?;
        let played = &planned.rehearsal.summary;
        // A refused sign-in is the push's own to record.
        if !played.sign_in_refused {
            let (options, stopped) = (self.options, planned.rehearsal.stopped());
            let guard = planned.guard(options.max_overwrites, options.max_creates);
            let is_guard = stopped.is_none() && guard.is_some();
            if let Some(message) = stopped.or(guard) {
                let refused = prepared.refuse(&self.request, &planned, message).await;
                let summary = refused.map_err(failed)?;
                pushing::show(self.context, self.integration, &summary);
                if is_guard {
                    let command = &self.request.command;
                    self.context
                        .ui
                        .next(&format!("mobly-sync {command} --dry-run"));
                }
                return Ok(Ended::pushed(summary));
            }
            if self.asks {
                return self.ask(prepared, &planned).await;
            }
        }
        self.go(prepared, &planned, None).await
    }

    /// Pushes by the plan and shows how it went.
    async fn go(
        &self,
        prepared: &Prepared,
        planned: &Planned,
        few: Option<u64>,
    ) -> Result<Ended, CommandError> {
        let mut request = self.request.clone();
        if few.is_some() {
            request.selection.limit = few;
        }
        // The plan has seen to it, and what was tried out is not due any more.
        request.expect = None;
        let pushed = prepared.push(request, Some(&planned.rehearsal)).await;
        let mut summary = pushed.map_err(|error| push_failed(self.integration, error))?;
        if few.is_some() && summary.stopped == Some(StopReason::Limit) {
            // Nobody set a limit: the rest is asked for next.
            summary.stopped = None;
            summary.stop_message = None;
        }
        pushing::show(self.context, self.integration, &summary);
        Ok(Ended::pushed(summary))
    }

    async fn ask(&self, prepared: &Prepared, planned: &Planned) -> Result<Ended, CommandError> {
        let (ui, totals) = (&self.context.ui, planned.rehearsal.totals);
        for line in screen::lines(ui.theme(), &self.view(planned)) {
            ui.status(line);
        }
        ui.status("");
        let people = totals.create + totals.update + totals.unchanged + totals.fail;
        let environment = self.environment();
        let mut tried: Option<Ended> = None;
        loop {
            let question = match &tried {
                None => format!(
                    "Push {} people to {environment}?  [y]es  [N]o  [d]ifferences{}",
                    count(people),
                    if people > A_FEW {
                        "  [5] try five first"
                    } else {
                        ""
                    }
                ),
                Some(few) => format!(
                    "Push the other {} to {environment}?  [y]es  [N]o  [d]ifferences",
                    count(people.saturating_sub(few.pushed))
                ),
            };
            ui.status(question);
            let answer = ui.prompter().input("Answer", Some("n"))?;
            match answer.trim().to_lowercase().as_str() {
                "y" | "yes" => {
                    let mut ended = self.go(prepared, planned, None).await?;
                    if let Some(few) = &tried {
                        ended.status = ended.status.combine(few.status);
                        ended.pushed += few.pushed;
                    }
                    return Ok(ended);
                }
                "d" | "differences" => {
                    let skip = tried.as_ref().map_or(0, |few| few.pushed);
                    let skip = usize::try_from(skip).unwrap_or(0);
                    let leads = planned.leads(skip, Some(SHOWN)).await;
                    let leads = leads.map_err(|error| push_failed(self.integration, error))?;
                    screen::differences_beside(ui, &leads);
                    if leads.len() == SHOWN {
                        ui.status(format!(
                            "the first {SHOWN}; all of them: mobly-sync {} --dry-run",
                            self.request.command
                        ));
                    }
                }
                "5" | "five" if tried.is_none() && people > A_FEW => {
                    let few = self.go(prepared, planned, Some(A_FEW)).await?;
                    if few.status == ExitStatus::Interrupted
                        || few.status == ExitStatus::NotConnected
                    {
                        return Ok(few);
                    }
                    tried = Some(few);
                }
                "n" | "no" | "" => {
                    // What was tried stands, and the rest waits as it did.
                    return tried.map_or_else(
                        || Err(declined()),
                        |mut few| {
                            few.status = few.status.combine(ExitStatus::Stopped);
                            Ok(few)
                        },
                    );
                }
                _ => ui.status("y, n, d or 5"),
            }
        }
    }
}
