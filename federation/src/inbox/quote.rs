//! Requests to quote and their answers. Never takes an answer from another server than that of the stamp.

use serde_json::Value;
use url::Url;

use super::read::{embedded, own_note};
use super::{QuoteRef, Received, Refusal};
use crate::origin::same_origin;
use crate::vocab::value::{self, id, is_kind};

/// The post that quotes is the actor's own.
pub(super) fn request(activity: &Value, actor: &Url, object: Url) -> Result<Received, Refusal> {
    let instrument = id(activity.get("instrument")).ok_or(Refusal::Malformed("no instrument"))?;
    if !same_origin(&instrument, actor) {
        return Err(Refusal::NotTheirs);
    }
    let inside = value::each(activity.get("instrument"), 1)
        .next()
        .filter(|inside| inside.is_object());
    let note = match inside {
        Some(inside) => own_note(inside, actor)?,
        None => None,
    };
    Ok(Received::QuoteRequest {
        object,
        instrument,
        note: note.map(Box::new),
    })
}

/// None when something else is answered. A request that is only named is known by its answer, which has a result.
pub(super) fn answered(kind: &str, activity: &Value, actor: &Url) -> Result<Option<Received>, Refusal> {
    let stamp = id(activity.get("result"));
    let asked = embedded(activity);
    let is_quote = match asked {
        Some(asked) => is_kind(asked, "QuoteRequest"),
        None => kind == "Accept" && stamp.is_some(),
    };
    if !is_quote {
        return Ok(None);
    }
    let request = QuoteRef {
        id: id(activity.get("object")),
        instrument: asked.and_then(|asked| id(asked.get("instrument"))),
    };
    if request.id.is_none() && request.instrument.is_none() {
        return Err(Refusal::Malformed("a request without name"));
    }
    if kind == "Reject" {
        return Ok(Some(Received::QuoteReject { request }));
    }
    let stamp = stamp.ok_or(Refusal::Malformed("no result"))?;
    match same_origin(&stamp, actor) {
        true => Ok(Some(Received::QuoteAccept { request, stamp })),
        false => Err(Refusal::NotTheirs),
    }
}
