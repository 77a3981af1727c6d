//! The Rule entity: what is asked of everybody here, in all languages in which it is said. Says nothing of who broke it.

use serde::Serialize;

use crate::db::rules::Rule;
use crate::domain::ids::RuleId;
use crate::domain::rule::Translations;

#[derive(Clone, Debug, Serialize)]
pub struct Entity {
    id: RuleId,
    text: String,
    hint: String,
    translations: Translations,
}

impl From<Rule> for Entity {
    fn from(rule: Rule) -> Self {
        Self {
            id: rule.id,
            text: rule.text,
            hint: rule.hint,
            translations: rule.translations.0,
        }
    }
}

/// In the order given.
pub fn many(rules: Vec<Rule>) -> Vec<Entity> {
    rules.into_iter().map(Entity::from).collect()
}
