//! RFC 9421 HTTP Message Signatures, checked. Never chooses among several signatures: a request carries one.

use chrono::{DateTime, Utc};
use sfv::{BareItem, Dictionary, FieldType, InnerList, Item, ListEntry, Parser};

use super::{
    Claim, LONGEST_HEADER, MOST_COMPONENTS, RequestView, Scheme, SignatureError, check_clock, check_expiry,
    check_host, digest, from_unix, has_body, headers, key_id,
};

const ALGORITHM: &str = "rsa-v1_5-sha256";

pub(super) fn read(request: &RequestView<'_>, now: DateTime<Utc>) -> Result<Claim, SignatureError> {
    let (label, input) = the_input(request)?;
    let names = component_names(&input.items)?;
    check_covered(&names, request)?;
    let key = check_parameters(&input, now)?;
    check_host(request)?;
    let digest = match headers::joined(request.headers, "content-digest")? {
        Some(value) if has_body(request.method) => Some(digest::Claimed::from_content_digest(&value)?),
        _ => None,
    };
    Ok(Claim {
        key_id: key,
        scheme: Scheme::Rfc9421,
        signature: signature_bytes(request, &label)?,
        candidates: candidates(&names, input, request)?,
        digest,
    })
}

fn dictionary(request: &RequestView<'_>, name: &str) -> Result<Dictionary, SignatureError> {
    let text = headers::joined(request.headers, name)?.ok_or(SignatureError::Missing)?;
    if text.len() > LONGEST_HEADER {
        return Err(SignatureError::Malformed("signature header too long"));
    }
    Parser::new(&text)
        .parse()
        .map_err(|_| SignatureError::Malformed("signature header"))
}

fn the_input(request: &RequestView<'_>) -> Result<(String, InnerList), SignatureError> {
    let mut inputs = dictionary(request, "signature-input")?.into_iter();
    match (inputs.next(), inputs.next()) {
        (Some((label, ListEntry::InnerList(list))), None) => Ok((label.as_str().to_owned(), list)),
        (Some(_), Some(_)) => Err(SignatureError::Malformed("more than one signature")),
        (Some(_), None) => Err(SignatureError::Malformed("signature-input")),
        (None, _) => Err(SignatureError::Missing),
    }
}

fn signature_bytes(request: &RequestView<'_>, label: &str) -> Result<Vec<u8>, SignatureError> {
    let signatures = dictionary(request, "signature")?;
    if signatures.len() > 1 {
        return Err(SignatureError::Malformed("more than one signature"));
    }
    match signatures.get(label) {
        Some(ListEntry::Item(Item {
            bare_item: BareItem::ByteSequence(bytes),
            ..
        })) => Ok(bytes.clone()),
        _ => Err(SignatureError::Malformed("signature")),
    }
}

fn component_names(items: &[Item]) -> Result<Vec<String>, SignatureError> {
    if items.len() > MOST_COMPONENTS {
        return Err(SignatureError::Malformed("too many components"));
    }
    let mut names: Vec<String> = Vec::new();
    for item in items {
        let name = item
            .bare_item
            .as_string()
            .ok_or(SignatureError::Malformed("component"))?
            .as_str();
        // Component parameters (`;sf`, `;bs`, `;req` …) change what is signed; nobody of this network sends them.
        let odd = !item.params.is_empty() || name.bytes().any(|byte| byte.is_ascii_uppercase());
        if odd || names.iter().any(|seen| seen == name) {
            return Err(SignatureError::Malformed("component"));
        }
        names.push(name.to_owned());
    }
    Ok(names)
}

fn check_covered(names: &[String], request: &RequestView<'_>) -> Result<(), SignatureError> {
    let has = |name: &str| names.iter().any(|entry| entry == name);
    if !has("@method") {
        return Err(SignatureError::NotCovered("@method"));
    }
    let has_query = request.path_and_query.contains('?');
    let in_parts =
        has("@authority") && (has("@request-target") || has("@path") && (has("@query") || !has_query));
    if !has("@target-uri") && !in_parts {
        return Err(SignatureError::NotCovered("@target-uri"));
    }
    if has_body(request.method) && !has("content-digest") {
        return Err(SignatureError::NotCovered("content-digest"));
    }
    Ok(())
}

fn check_parameters(input: &InnerList, now: DateTime<Utc>) -> Result<url::Url, SignatureError> {
    let integer = |name: &str| match input.params.get(name) {
        None => Ok(None),
        Some(BareItem::Integer(value)) => Ok(Some(i64::from(*value))),
        Some(_) => Err(SignatureError::Malformed("time is not in seconds")),
    };
    let string = |name: &str| match input.params.get(name) {
        None => Ok(None),
        Some(BareItem::String(value)) => Ok(Some(value.as_str())),
        Some(_) => Err(SignatureError::Malformed("signature parameter")),
    };
    if string("alg")?.is_some_and(|algorithm| algorithm != ALGORITHM) {
        return Err(SignatureError::Algorithm);
    }
    check_clock(
        from_unix(integer("created")?.ok_or(SignatureError::NotCovered("created"))?)?,
        now,
    )?;
    if let Some(expires) = integer("expires")? {
        check_expiry(expires, now)?;
    }
    key_id(string("keyid")?.ok_or(SignatureError::Malformed("no keyid"))?)
}

/// What may have been signed. Behind a reverse proxy we do not know the scheme of the request line, and it says
/// nothing that matters once host and path are checked: both are tried.
fn candidates(
    names: &[String],
    input: InnerList,
    request: &RequestView<'_>,
) -> Result<Vec<String>, SignatureError> {
    let parameters = vec![ListEntry::InnerList(input)]
        .serialize()
        .ok_or(SignatureError::Malformed("signature-input"))?;
    ["https", "http"]
        .iter()
        .map(|scheme| signature_base(names, &parameters, scheme, request))
        .collect()
}

fn signature_base(
    names: &[String],
    parameters: &str,
    scheme: &str,
    request: &RequestView<'_>,
) -> Result<String, SignatureError> {
    let mut base = String::new();
    for name in names {
        let value = component(name, scheme, request)?;
        base.push_str(&format!("\"{name}\": {value}\n"));
    }
    base.push_str("\"@signature-params\": ");
    base.push_str(parameters);
    Ok(base)
}

fn component(name: &str, scheme: &str, request: &RequestView<'_>) -> Result<String, SignatureError> {
    let target = request.path_and_query;
    let (path, query) = target
        .split_once('?')
        .map_or((target, ""), |(path, query)| (path, query));
    let authority = || {
        headers::single(request.headers, "host")?
            .map(str::to_ascii_lowercase)
            .ok_or(SignatureError::WrongHost)
    };
    Ok(match name {
        "@method" => request.method.to_owned(),
        "@target-uri" => format!("{scheme}://{}{target}", authority()?),
        "@authority" => authority()?,
        "@scheme" => scheme.to_owned(),
        "@request-target" => target.to_owned(),
        "@path" => path.to_owned(),
        "@query" => format!("?{query}"),
        _ if name.starts_with('@') => return Err(SignatureError::Malformed("component")),
        _ => headers::joined(request.headers, name)?
            .ok_or(SignatureError::Malformed("a signed header is absent"))?,
    })
}
