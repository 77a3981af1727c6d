//! A bucket on loopback: the server of S3's protocol of `s3s`, which checks every signature, on a folder of its own. Its lists
//! come in pages so short that there are several. Never shared by two tests.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper::{HeaderMap, Method, StatusCode};
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::dto::{
    AbortMultipartUploadInput, AbortMultipartUploadOutput, CompleteMultipartUploadInput,
    CompleteMultipartUploadOutput, CopyObjectInput, CopyObjectOutput, CreateMultipartUploadInput,
    CreateMultipartUploadOutput, DeleteObjectInput, DeleteObjectOutput, DeleteObjectsInput,
    DeleteObjectsOutput, GetObjectInput, GetObjectOutput, HeadObjectInput, HeadObjectOutput,
    ListObjectsV2Input, ListObjectsV2Output, PutObjectInput, PutObjectOutput, UploadPartInput,
    UploadPartOutput,
};
use s3s::service::S3ServiceBuilder;
use s3s::{S3, S3Request, S3Response, S3Result};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use super::folder::Folder;

/// Objects of one page of a list.
const PAGE: i32 = 7;
pub const NAME: &str = "photos";
const ACCESS_KEY: &str = "key";
pub const SECRET_KEY: &str = "a secret of this test";

/// Puts what another protocol says into words of S3, or refuses it.
pub type Translation = Arc<dyn Fn(&mut hyper::Request<Incoming>) -> Result<(), StatusCode> + Send + Sync>;

pub struct Bucket {
    pub endpoint: String,
    folder: Folder,
    door: Arc<Door>,
}

/// What writes pass.
struct Door {
    open: Semaphore,
    asked: AtomicUsize,
    /// Whether pages in browsers may come in, too.
    lets_pages_in: AtomicBool,
}

impl Bucket {
    pub async fn start() -> Self {
        Self::understood_by(None).await
    }

    /// For those who speak another protocol. Who they are is for the translation to find out.
    pub async fn behind(translation: Translation) -> Self {
        Self::understood_by(Some(translation)).await
    }

    async fn understood_by(translation: Option<Translation>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("it has an address");
        let folder = Folder::new("bucket");
        std::fs::create_dir(folder.path().join(NAME)).expect("it is empty");
        let door = Arc::new(Door {
            open: Semaphore::new(Semaphore::MAX_PERMITS),
            asked: AtomicUsize::new(0),
            lets_pages_in: AtomicBool::new(false),
        });
        let mut service = S3ServiceBuilder::new(Pages {
            files: FileSystem::new(folder.path()).expect("the folder is there"),
            door: door.clone(),
        });
        if translation.is_none() {
            service.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        }
        let service = service.build();
        let asked = door.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (service, door, translation) = (service.clone(), asked.clone(), translation.clone());
                // The server has no word for what browsers ask first.
                let answers = service_fn(move |mut request: hyper::Request<Incoming>| {
                    let translated = translation
                        .as_ref()
                        .map_or(Ok(()), |into_s3| into_s3(&mut request));
                    let allows = match translated {
                        Ok(()) => door.allows(&request.method().clone(), request.headers()),
                        Err(status) => Some(refusal(status)),
                    };
                    let answer = allows.is_none().then(|| Service::call(&service, request));
                    async move {
                        match (allows, answer) {
                            (Some(answer), _) => Ok(answer),
                            (None, answer) => answer.expect("it is asked").await,
                        }
                    }
                });
                let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), answers);
                tokio::spawn(connection);
            }
        });
        Self {
            endpoint: format!("http://{address}"),
            folder,
            door,
        }
    }

    /// As the environment says it.
    pub fn settings<'a>(&'a self, prefix: &'a str) -> [(&'static str, &'a str); 6] {
        [
            ("TINTYPE_S3_ENDPOINT", &self.endpoint),
            ("TINTYPE_S3_BUCKET", NAME),
            ("TINTYPE_S3_ACCESS_KEY", ACCESS_KEY),
            ("TINTYPE_S3_SECRET_KEY", SECRET_KEY),
            ("TINTYPE_S3_PATH_STYLE", "on"),
            ("TINTYPE_S3_PREFIX", prefix),
        ]
    }

    /// The same for copies of other servers' pictures alone.
    pub fn settings_of_copies<'a>(&'a self, prefix: &'a str) -> [(&'static str, &'a str); 5] {
        [
            ("TINTYPE_REMOTE_S3_ENDPOINT", &self.endpoint),
            ("TINTYPE_REMOTE_S3_BUCKET", NAME),
            ("TINTYPE_REMOTE_S3_ACCESS_KEY", ACCESS_KEY),
            ("TINTYPE_REMOTE_S3_SECRET_KEY", SECRET_KEY),
            ("TINTYPE_REMOTE_S3_PREFIX", prefix),
        ]
    }

    /// As a settings file says it.
    pub fn table(&self, prefix: &str) -> String {
        let lines = self.settings(prefix).map(|(name, value)| {
            let name = name.trim_start_matches("TINTYPE_").to_lowercase();
            format!("{name} = \"{value}\"\n")
        });
        lines.concat()
    }

    /// What is in it, by name.
    pub fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        walk(&self.folder.path().join(NAME), "", &mut names);
        names.sort();
        names
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join(NAME).join(name)).expect("it is there")
    }

    /// Behind the back of whoever uses it.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.folder.path().join(NAME).join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, bytes).expect("it can be written to");
    }

    pub fn remove(&self, name: &str) {
        std::fs::remove_file(self.folder.path().join(NAME).join(name)).expect("it was there");
    }

    /// From now on so many more objects are written; further ones wait.
    pub fn takes_only(&self, objects: usize) {
        self.door.open.forget_permits(Semaphore::MAX_PERMITS);
        self.door.open.add_permits(objects);
    }

    /// Those that wait are written, and all that come.
    pub fn takes_all(&self) {
        self.takes_only(Semaphore::MAX_PERMITS);
    }

    /// Pages of every site may put something there from now on.
    pub fn lets_pages_in(&self) {
        self.door.lets_pages_in.store(true, Ordering::SeqCst);
    }

    /// How many objects anybody began to write.
    pub fn asked(&self) -> usize {
        self.door.asked.load(Ordering::SeqCst)
    }
}

impl Door {
    /// What is answered to a browser that asks whether a page may put something there, if anything is.
    fn allows(&self, method: &Method, headers: &HeaderMap) -> Option<hyper::Response<s3s::Body>> {
        let origin = headers.get("origin")?;
        if *method != Method::OPTIONS || !self.lets_pages_in.load(Ordering::SeqCst) {
            return None;
        }
        let answer = hyper::Response::builder()
            .header("access-control-allow-origin", origin)
            .header("access-control-allow-methods", "GET, PUT")
            .header(
                "access-control-allow-headers",
                headers.get("access-control-request-headers")?,
            );
        Some(answer.body(s3s::Body::empty()).expect("it can be said"))
    }
}

fn refusal(status: StatusCode) -> hyper::Response<s3s::Body> {
    let answer = hyper::Response::builder().status(status);
    answer.body(s3s::Body::empty()).expect("it can be said")
}

fn walk(folder: &Path, above: &str, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("it is there").flatten() {
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => walk(&entry.path(), &format!("{name}/"), names),
            false => names.push(name),
        }
    }
}

struct Pages {
    files: FileSystem,
    door: Arc<Door>,
}

macro_rules! with_these_handed_on {
    ($($name:ident($input:ty) -> $output:ty;)*) => {
        #[async_trait]
        impl S3 for Pages {
            async fn list_objects_v2(
                &self,
                mut request: S3Request<ListObjectsV2Input>,
            ) -> S3Result<S3Response<ListObjectsV2Output>> {
                request.input.max_keys = Some(PAGE);
                self.files.list_objects_v2(request).await
            }

            async fn put_object(
                &self,
                request: S3Request<PutObjectInput>,
            ) -> S3Result<S3Response<PutObjectOutput>> {
                self.door.asked.fetch_add(1, Ordering::SeqCst);
                self.door.open.acquire().await.expect("it is never closed").forget();
                self.files.put_object(request).await
            }

            $(async fn $name(&self, request: S3Request<$input>) -> S3Result<S3Response<$output>> {
                self.files.$name(request).await
            })*
        }
    };
}

with_these_handed_on! {
    get_object(GetObjectInput) -> GetObjectOutput;
    head_object(HeadObjectInput) -> HeadObjectOutput;
    copy_object(CopyObjectInput) -> CopyObjectOutput;
    delete_object(DeleteObjectInput) -> DeleteObjectOutput;
    delete_objects(DeleteObjectsInput) -> DeleteObjectsOutput;
    create_multipart_upload(CreateMultipartUploadInput) -> CreateMultipartUploadOutput;
    upload_part(UploadPartInput) -> UploadPartOutput;
    complete_multipart_upload(CompleteMultipartUploadInput) -> CompleteMultipartUploadOutput;
    abort_multipart_upload(AbortMultipartUploadInput) -> AbortMultipartUploadOutput;
}
