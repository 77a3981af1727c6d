//! How public pages are sent: for strangers kept by anybody for a moment, for people signed in by nobody. Sets no cookie.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::domain::ids::AccountId;
use crate::web::auth::{reply, site};
use crate::web::error::{ApiError, ApiResult};
use crate::web::pages::{Frame, Site, Template, Viewer, csp};
use crate::web::shell::{self, Asker, First, Packing, Shell};

/// What is around a page.
pub struct Around {
    site: Site,
    viewer: Option<Viewer>,
}

impl Around {
    pub async fn of(app: &App, account: Option<AccountId>) -> sqlx::Result<Self> {
        Ok(Self {
            site: site::site(app),
            viewer: site::viewer(app, account).await?,
        })
    }

    /// The same with the rules of the server, for pages that show them.
    pub async fn with_rules(app: &App, account: Option<AccountId>) -> sqlx::Result<Self> {
        Ok(Self {
            site: site::with_rules(app).await?,
            viewer: site::viewer(app, account).await?,
        })
    }

    pub fn frame(&self) -> Frame<'_> {
        Frame {
            site: &self.site,
            viewer: self.viewer.as_ref(),
        }
    }

    pub fn send(&self, app: &App, status: StatusCode, page: &impl Template) -> ApiResult<Response> {
        let html = page.render().map_err(|error| ApiError::Internal(error.into()))?;
        self.sent(status, html.into_bytes(), &csp::page(&reply::media(app)))
    }

    /// The page with the app around it, if there is one, and what these paths of the API answer written into it.
    pub async fn send_as_app(
        &self,
        app: &App,
        page: &impl Template,
        asker: &Asker,
        paths: &[String],
    ) -> ApiResult<Response> {
        self.send_with(app, page, asker, paths, |first| first).await
    }

    /// The same for a page whose first path is the list that the app opens with: its first posts are seen at once.
    pub async fn send_as_list(
        &self,
        app: &App,
        page: &impl Template,
        asker: &Asker,
        paths: &[String],
    ) -> ApiResult<Response> {
        let look = |first: First| first.with_look(&self.site.name, self.viewer.is_some());
        self.send_with(app, page, asker, paths, look).await
    }

    async fn send_with(
        &self,
        app: &App,
        page: &impl Template,
        asker: &Asker,
        paths: &[String],
        more: impl FnOnce(First) -> First,
    ) -> ApiResult<Response> {
        let Some(shell) = shell::of(app) else {
            return self.send(app, StatusCode::OK, page);
        };
        let first = more(asker.ask(self.viewer.is_some(), paths).await);
        let (html, policy) = dressed(app, page, shell, &first)?;
        self.packed(html, &policy, asker.packing)
    }

    /// The app with nobody's answers in it, for a browser to open when there is no network.
    pub fn send_bare_app(&self, app: &App, page: &impl Template) -> ApiResult<Response> {
        let shell = shell::of(app).ok_or(ApiError::NotFound)?;
        let (html, policy) = dressed(app, page, shell, &First::default())?;
        self.packed(html, &policy, Packing::Plain)
    }

    fn packed(&self, html: String, policy: &str, packing: Packing) -> ApiResult<Response> {
        let (coding, bytes) = packing.pack(html);
        let mut response = self.sent(StatusCode::OK, bytes, policy)?;
        let headers = response.headers_mut();
        let differs = HeaderValue::from_static("Accept, Cookie, Accept-Encoding");
        headers.insert(header::VARY, differs);
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        Ok(response)
    }

    fn sent(&self, status: StatusCode, html: Vec<u8>, policy: &str) -> ApiResult<Response> {
        let policy = HeaderValue::try_from(policy).map_err(|error| ApiError::Internal(error.into()))?;
        let keep = match (&self.viewer, status) {
            (None, StatusCode::OK) => "public, max-age=30",
            _ => "private, no-store",
        };
        let mut response = (status, html).into_response();
        let headers = response.headers_mut();
        for (name, value) in [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, keep),
            (header::VARY, "Accept, Cookie"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        Ok(response)
    }
}

/// The page with the app around it, and its policy.
fn dressed(app: &App, page: &impl Template, shell: &Shell, first: &First) -> ApiResult<(String, String)> {
    let html = page.render().map_err(|error| ApiError::Internal(error.into()))?;
    let html = shell::dress(&html, shell, first).unwrap_or(html);
    Ok((html, csp::app(&reply::media(app), &shell.hashes)))
}
