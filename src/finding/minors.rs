//! Who was a minor.

use std::collections::BTreeMap;

use crate::case::{Case, Minor};
use crate::identity::{Entities, EntityId};

/// Of those of whom it is on record, whether they were minors; who was one in any case is one.
pub(super) fn minors(case: &Case, entities: &Entities) -> BTreeMap<EntityId, bool> {
    let mut minors: BTreeMap<EntityId, bool> = BTreeMap::new();
    for role in case.roles.iter() {
        if let (Some(entity), Some(minor)) = (entities.of(case, role.person), role.minor) {
            *minors.entry(entity).or_default() |= minor == Minor::Yes;
        }
    }
    minors
}
