//! What a moderator decides of a tag: whether it may trend, be used here and be found, and with which capitals it is shown.
//! Changes no post.

use super::audit::{self, About};
use crate::app::App;
use crate::db;
use crate::db::tag_rules::Ruled;
use crate::domain::audit::{Act, By};
use crate::domain::ids::TagId;
use crate::domain::text;

#[derive(Debug, thiserror::Error)]
pub enum RuleTagError {
    #[error("there is no such tag")]
    NotFound,
    #[error("Display name is not the tag's name in other capitals")]
    DisplayName,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What is to change.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub trendable: Option<bool>,
    pub usable: Option<bool>,
    pub listable: Option<bool>,
    pub display_name: Option<String>,
}

pub async fn change(app: &App, by: By, id: TagId, change: Change) -> Result<Ruled, RuleTagError> {
    write(app, by, id, change, Act::ChangeTag).await
}

/// The same, as part of another act.
pub async fn write(app: &App, by: By, id: TagId, change: Change, act: Act) -> Result<Ruled, RuleTagError> {
    let mut tx = app.db.begin().await?;
    let tag = db::tag_rules::lock(&mut tx, id).await?;
    let mut tag = tag.ok_or(RuleTagError::NotFound)?;
    if let Some(wanted) = change.display_name {
        tag.display_name = Some(display_name(&tag.name, &wanted)?);
    }
    tag.trendable = change.trendable.or(tag.trendable);
    tag.usable = change.usable.unwrap_or(tag.usable);
    tag.listable = change.listable.unwrap_or(tag.listable);
    tag.reviewed = true;
    db::tag_rules::set(&mut tx, &tag, app.clock.now()).await?;
    let about = About::named(&format!("#{}", tag.name));
    audit::note(app, &mut tx, by, act, about, &words(&tag)).await?;
    tx.commit().await?;
    Ok(tag)
}

fn display_name(name: &str, wanted: &str) -> Result<String, RuleTagError> {
    let wanted = wanted.trim().trim_start_matches('#');
    match text::tag_name(wanted) {
        Some(same) if same == name => Ok(wanted.to_owned()),
        _ => Err(RuleTagError::DisplayName),
    }
}

/// What holds now, for other moderators.
fn words(tag: &Ruled) -> String {
    let trendable = match tag.trendable {
        None => "nothing decided",
        Some(true) => "yes",
        Some(false) => "no",
    };
    let yes = |flag| if flag { "yes" } else { "no" };
    format!(
        "may trend: {trendable}; may be used: {}; is found: {}",
        yes(tag.usable),
        yes(tag.listable)
    )
}
