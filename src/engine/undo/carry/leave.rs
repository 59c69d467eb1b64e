//! Memberships that end.

use std::collections::BTreeMap;

use super::super::plan::MemberStep;
use super::Carrying;
use super::take_away::{Departure, Going, Way};
use crate::store::{ChangeKind, StoreError};

impl Carrying<'_> {
    /// Ends memberships, and gives those that go on their earlier status. Returns those to be made again, which wait for
    /// their persons.
    pub(super) async fn leave(
        &mut self,
        steps: Vec<MemberStep>,
    ) -> Result<Vec<MemberStep>, StoreError> {
        let (joins, steps): (Vec<MemberStep>, Vec<MemberStep>) = steps
            .into_iter()
            .partition(|step| step.item.change.kind == ChangeKind::Left);
        let (ends, statuses): (Vec<MemberStep>, Vec<MemberStep>) =
            steps.into_iter().partition(|step| step.to.is_none());
        let mut groups: BTreeMap<(String, &'static str), Vec<MemberStep>> = BTreeMap::new();
        for step in ends {
            let key = (step.campaign.id.clone(), step.object);
            groups.entry(key).or_default().push(step);
        }
        for ((campaign, _), steps) in groups {
            self.leave_one(campaign, &steps).await?;
        }
        self.join(statuses).await?;
        Ok(joins)
    }

    /// Persons of one object out of one campaign.
    async fn leave_one(
        &mut self,
        campaign: String,
        steps: &[MemberStep],
    ) -> Result<(), StoreError> {
        let departure = Departure {
            kind: ChangeKind::Left,
            size: self.session.vendor.undoing().members.unwrap_or(1),
            way: Way::Leave {
                object: steps[0].item.change.object.clone(),
                campaign: campaign.clone(),
            },
        };
        let things = steps.iter().enumerate().map(|(index, step)| Going {
            index,
            id: step.person.clone(),
            other: step.member.as_ref().and_then(|member| member.id.clone()),
            object: step.object,
        });
        let items: Vec<_> = steps.iter().map(|step| &step.item).collect();
        self.take_away(
            &departure,
            things.collect(),
            &items,
            |index, carried, undo| {
                carried.memberships += 1;
                undo.left
                    .push((campaign.clone(), steps[index].person.clone()));
            },
        )
        .await
    }
}
