//! Which rules this server has, and in which order. Judges nobody by them, and tells nobody elsewhere.

use sqlx::PgConnection;

use super::audit::{self, About};
use crate::app::App;
use crate::db;
use crate::db::rules::Rule;
use crate::domain::audit::{Act, By};
use crate::domain::ids::RuleId;
use crate::domain::languages;
use crate::domain::rule::{Translations, Unfit, Words};

/// Most rules of a server: people are to read them.
pub const MOST: usize = 50;

#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    #[error("there is no such rule")]
    NotFound,
    #[error(transparent)]
    Unfit(#[from] Unfit),
    #[error("Language {0} is not one that is known here")]
    Language(String),
    #[error("A server has at most {MOST} rules")]
    TooMany,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What is to change.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub text: Option<String>,
    pub hint: Option<String>,
    /// Among the others, counted from one; beyond the last is the end.
    pub place: Option<usize>,
    /// What is said in these languages; without a text it is said there no more.
    pub translations: Translations,
}

/// Adds one at the end, or where `new` says.
pub async fn add(app: &App, by: By, new: Change) -> Result<Rule, RuleError> {
    let words = Words::parse(
        new.text.as_deref().unwrap_or_default(),
        new.hint.as_deref().unwrap_or_default(),
    )?;
    let mut tx = app.db.begin().await?;
    if db::rules::lock(&mut tx).await?.len() >= MOST {
        return Err(RuleError::TooMany);
    }
    let id = RuleId(app.ids.next());
    db::rules::insert(&mut tx, id, &words, app.clock.now()).await?;
    let rule = write(&mut tx, id, new).await?;
    audit::note(app, &mut tx, by, Act::AddRule, about(id), &rule.text).await?;
    tx.commit().await?;
    forget(app);
    Ok(rule)
}

pub async fn change(app: &App, by: By, id: RuleId, change: Change) -> Result<Rule, RuleError> {
    let mut tx = app.db.begin().await?;
    db::rules::lock(&mut tx).await?;
    let rule = write(&mut tx, id, change).await?;
    audit::note(app, &mut tx, by, Act::ChangeRule, about(id), &rule.text).await?;
    tx.commit().await?;
    forget(app);
    Ok(rule)
}

/// Takes one away; reports that name it go on naming it.
pub async fn remove(app: &App, by: By, id: RuleId) -> Result<(), RuleError> {
    let mut tx = app.db.begin().await?;
    let rules = db::rules::lock(&mut tx).await?;
    let rule = rules.iter().find(|rule| rule.id == id);
    let rule = rule.ok_or(RuleError::NotFound)?;
    db::rules::remove(&mut tx, id, app.clock.now()).await?;
    audit::note(app, &mut tx, by, Act::RemoveRule, about(id), &rule.text).await?;
    tx.commit().await?;
    forget(app);
    Ok(())
}

/// One of those that count, as it is from now on.
async fn write(db: &mut PgConnection, id: RuleId, change: Change) -> Result<Rule, RuleError> {
    let rules = db::rules::all(db).await?;
    let rule = rules.iter().find(|rule| rule.id == id);
    let mut rule = rule.cloned().ok_or(RuleError::NotFound)?;
    let words = Words::parse(
        change.text.as_deref().unwrap_or(&rule.text),
        change.hint.as_deref().unwrap_or(&rule.hint),
    )?;
    (rule.text, rule.hint) = (words.text, words.hint);
    for (language, words) in change.translations {
        translate(&mut rule.translations.0, language, &words)?;
    }
    db::rules::set(db, &rule).await?;
    if let Some(place) = change.place {
        let mut order: Vec<RuleId> = rules.iter().map(|one| one.id).filter(|one| *one != id).collect();
        order.insert(place.saturating_sub(1).min(order.len()), id);
        db::rules::arrange(db, &order).await?;
    }
    Ok(rule)
}

fn translate(known: &mut Translations, language: String, words: &Words) -> Result<(), RuleError> {
    if languages::name(&language).is_none() {
        return Err(RuleError::Language(language));
    }
    match words.text.trim().is_empty() {
        true => known.remove(&language),
        false => known.insert(language, Words::parse(&words.text, &words.hint)?),
    };
    Ok(())
}

fn about(id: RuleId) -> About {
    About::named(&format!("rule {id}"))
}

/// Other processes notice within a minute.
fn forget(app: &App) {
    for name in ["instance v1", "instance v2"] {
        app.caches.about.invalidate(name);
    }
}
