//! The settings, read as the program reads them. Touches no real environment.

use std::path::Path;

use super::setting::{About, Absent, Kind};
use super::*;

fn environment(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::from_parts(None, pairs.iter().copied())
}

fn file(text: &str) -> Result<Config, ConfigError> {
    Config::from_parts(Some((Path::new("/etc/tintype.toml"), text)), [])
}

fn refused(pairs: &[(&str, &str)]) -> String {
    environment(pairs).expect_err("refused").to_string()
}

#[test]
fn every_default_can_be_parsed_and_is_the_documented_one() {
    let config = environment(&[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.public_url.as_str(), "http://localhost:3000/");
    assert_eq!(config.data_dir, Path::new("./data"));
    assert_eq!(config.key_file, Path::new("./data/secret.key"));
    assert_eq!(config.registration, Registration::Approval);
    assert_eq!(config.allow_private_addresses, PrivateAddresses::Refused);
    assert_eq!(config.storage, Storage::Local);
    assert_eq!(
        (config.photo_bytes, config.photo_pixels),
        (40_000_000, 100_000_000)
    );
    assert_eq!((config.feed_push_threshold, config.feed_length), (20_000, 800));
    assert!(config.rate_limits);
    assert_eq!(
        config.metrics_from.len(),
        2,
        "this machine, by both its addresses"
    );
    assert!(config.database_url.is_none() && config.trusted_proxies.is_empty());
}

#[test]
fn the_environment_beats_the_file() {
    let text = "listen = \"127.0.0.1:4000\"\nfeed_length = 100\n";
    let both = Config::from_parts(
        Some((Path::new("f.toml"), text)),
        [("TINTYPE_LISTEN", "[::1]:5000")],
    )
    .unwrap();
    assert_eq!(both.listen.to_string(), "[::1]:5000");
    assert_eq!(both.feed_length, 100);
}

#[test]
fn every_bad_value_is_an_error_that_names_its_setting() {
    let bad = [
        ("TINTYPE_LISTEN", "3000"),
        ("TINTYPE_LISTEN", "localhost:3000"),
        ("TINTYPE_PUBLIC_URL", "https://pics.example/path"),
        ("TINTYPE_PUBLIC_URL", "https://ana@pics.example"),
        ("TINTYPE_PUBLIC_URL", "ftp://pics.example"),
        ("TINTYPE_PUBLIC_URL", "https://pics.example/?a"),
        ("TINTYPE_PUBLIC_URL", "https://"),
        ("TINTYPE_DATA_DIR", "a\0b"),
        ("TINTYPE_DATABASE_URL", "mysql://localhost/x"),
        ("TINTYPE_DATABASE_URL", "nonsense"),
        ("TINTYPE_DATABASE_CONNECTIONS", "1"),
        ("TINTYPE_DATABASE_CONNECTIONS", "many"),
        ("TINTYPE_PG_BIN", "\0"),
        ("TINTYPE_ALLOW_PRIVATE_ADDRESSES", "127.0.0.1"),
        ("TINTYPE_RESOLVE", "pics.example"),
        ("TINTYPE_RESOLVE", "pics.example=127.0.0.1:80"),
        ("TINTYPE_RESOLVE", "a b=127.0.0.1"),
        ("TINTYPE_FEDERATION", "some"),
        ("TINTYPE_AUTHORIZED_FETCH", "perhaps"),
        ("TINTYPE_REGISTRATION", "maybe"),
        ("TINTYPE_RATE_LIMITS", "some"),
        ("TINTYPE_CONNECTIONS", "1"),
        ("TINTYPE_CONNECTIONS_PER_ADDRESS", "none"),
        ("TINTYPE_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("TINTYPE_TRUSTED_PROXIES", "proxy"),
        ("TINTYPE_S3_ENDPOINT", "s3.example"),
        ("TINTYPE_S3_PATH_STYLE", "perhaps"),
        ("TINTYPE_S3_BUCKET", "a\u{7}b"),
        ("TINTYPE_AZURE_CONTAINER", "a\u{7}b"),
        ("TINTYPE_AZURE_ACCOUNT", "a\u{7}b"),
        ("TINTYPE_AZURE_KEY", "hunter2!"),
        ("TINTYPE_AZURE_ENDPOINT", "blob.example"),
        ("TINTYPE_AZURE_PREFIX", "a\u{7}b"),
        ("TINTYPE_GCS_BUCKET", "a\u{7}b"),
        ("TINTYPE_GCS_KEY_FILE", "\0"),
        ("TINTYPE_GCS_ENDPOINT", "storage.example"),
        ("TINTYPE_GCS_PREFIX", "a\u{7}b"),
        ("TINTYPE_MEDIA_URL", "/media"),
        ("TINTYPE_REMOTE_MEDIA_FOLDER", "\0"),
        ("TINTYPE_REMOTE_MEDIA_URL", "/media"),
        ("TINTYPE_REMOTE_S3_ENDPOINT", "s3.example"),
        ("TINTYPE_REMOTE_S3_BUCKET", "a\u{7}b"),
        ("TINTYPE_REMOTE_S3_REGION", "a\u{7}b"),
        ("TINTYPE_REMOTE_S3_PREFIX", "a\u{7}b"),
        ("TINTYPE_REMOTE_S3_PATH_STYLE", "perhaps"),
        ("TINTYPE_REMOTE_AZURE_CONTAINER", "a\u{7}b"),
        ("TINTYPE_REMOTE_AZURE_ACCOUNT", "a\u{7}b"),
        ("TINTYPE_REMOTE_AZURE_KEY", "hunter2!"),
        ("TINTYPE_REMOTE_AZURE_ENDPOINT", "blob.example"),
        ("TINTYPE_REMOTE_AZURE_PREFIX", "a\u{7}b"),
        ("TINTYPE_REMOTE_GCS_BUCKET", "a\u{7}b"),
        ("TINTYPE_REMOTE_GCS_KEY_FILE", "\0"),
        ("TINTYPE_REMOTE_GCS_ENDPOINT", "storage.example"),
        ("TINTYPE_REMOTE_GCS_PREFIX", "a\u{7}b"),
        ("TINTYPE_PHOTO_BYTES", "40 miles"),
        ("TINTYPE_PHOTO_BYTES", "1"),
        ("TINTYPE_PHOTO_BYTES", "99999999999999999999 GB"),
        ("TINTYPE_PHOTO_PIXELS", "-1"),
        ("TINTYPE_POST_PHOTOS", "0"),
        ("TINTYPE_POST_CHARACTERS", "1e9"),
        ("TINTYPE_FEED_PUSH_THRESHOLD", "99999999999"),
        ("TINTYPE_FEED_LENGTH", "1"),
        ("TINTYPE_STREAM_CONNECTIONS", "many"),
        ("TINTYPE_STREAM_CONNECTIONS_PER_PERSON", "0"),
        ("TINTYPE_REMOTE_MEDIA_DAYS", "0"),
        ("TINTYPE_REMOTE_MEDIA_BYTES", "1 MB"),
        ("TINTYPE_KEY_FILE", "\0"),
        ("TINTYPE_LOG", "xml"),
        ("TINTYPE_LOG_FILTER", "tintype=loudly"),
        ("TINTYPE_INSTANCE_NAME", "a\u{1b}[0m"),
        ("TINTYPE_INSTANCE_DESCRIPTION", "\u{0}"),
        ("TINTYPE_CONTACT_EMAIL", "nobody"),
        ("TINTYPE_WEB_APP", "maybe"),
        ("TINTYPE_PIXELFED_APP", "perhaps"),
        ("TINTYPE_TRENDS_REVIEW", "sometimes"),
        ("TINTYPE_TELL_BLOCKS", "some"),
        ("TINTYPE_METRICS_FROM", "everywhere"),
        ("TINTYPE_ADDRESS_DAYS", "long"),
        ("TINTYPE_AVIF", "small"),
        ("TINTYPE_VIDEOS", "short"),
        ("TINTYPE_VIDEO_BYTES", "1 KB"),
        ("TINTYPE_VIDEO_SECONDS", "0"),
        ("TINTYPE_VIDEO_PIXELS", "1"),
        ("TINTYPE_QUOTA_BYTES", "much"),
        ("TINTYPE_INVITATIONS", "friends"),
        ("TINTYPE_MAIL", "pigeon"),
        ("TINTYPE_MAIL_FROM", "nobody"),
        ("TINTYPE_SMTP_SERVER", "\0"),
        ("TINTYPE_SMTP_PORT", "0"),
        ("TINTYPE_SMTP_SECURITY", "some"),
        ("TINTYPE_SMTP_USER", "a\u{7}b"),
        ("TINTYPE_SOURCE_URL", "ftp://git.example/ours"),
        ("TINTYPE_WORKER_THREADS", "0"),
    ];
    for (name, value) in bad {
        let says = refused(&[(name, value)]);
        assert!(says.starts_with(name), "{name}={value:?}: {says}");
        assert!(
            says.contains("(from the environment)") && !says.contains("hunter2"),
            "{says}"
        );
    }
    let checked: Vec<&str> = bad.iter().map(|(name, _)| *name).collect();
    // A password may be anything.
    let passwords = ["smtp_password", "remote_s3_access_key", "remote_s3_secret_key"];
    let checkable = |about: &&About| !about.name.starts_with("s3_") && !passwords.contains(&about.name);
    for about in table::ALL.iter().filter(checkable) {
        assert!(
            checked.contains(&about.variable().as_str()),
            "no bad value was tried for {}",
            about.name
        );
    }
}

#[test]
fn a_mail_server_is_asked_for_by_one_word_and_needs_its_name() {
    let smtp = |more: &[(&str, &str)]| {
        let mut all = vec![
            ("TINTYPE_MAIL", "smtp"),
            ("TINTYPE_MAIL_FROM", "hello@pics.example"),
        ];
        all.extend(more);
        environment(&all)
    };
    assert!(matches!(environment(&[]).unwrap().mail.way, mail::Way::Off));
    let says = smtp(&[]).expect_err("refused").to_string();
    assert!(
        says.contains("TINTYPE_SMTP_SERVER") && says.contains("TINTYPE_MAIL is set"),
        "{says}"
    );
    let server = ("TINTYPE_SMTP_SERVER", "mail.example");
    for (security, port) in [("starttls", 587), ("tls", 465), ("none", 25)] {
        let config = smtp(&[server, ("TINTYPE_SMTP_SECURITY", security)]).unwrap();
        let mail::Way::Smtp(smtp) = config.mail.way else {
            panic!("mail goes elsewhere")
        };
        assert_eq!(smtp.port, port, "{security}");
        assert_eq!(
            config
                .warnings
                .iter()
                .any(|warning| warning.contains("SMTP_SECURITY")),
            port == 25
        );
    }
    let says = smtp(&[server, ("TINTYPE_SMTP_USER", "ana")])
        .expect_err("refused")
        .to_string();
    assert!(says.contains("TINTYPE_SMTP_PASSWORD"), "{says}");
}

#[test]
fn an_unknown_name_is_an_error_with_a_suggestion() {
    let says = refused(&[("TINTYPE_LISTENS", "127.0.0.1:1")]);
    assert!(
        says.contains("TINTYPE_LISTENS is not a setting") && says.contains("Did you mean TINTYPE_LISTEN?"),
        "{says}"
    );
    let says = file("registrations = \"open\"").expect_err("refused").to_string();
    assert!(
        says.contains("(in /etc/tintype.toml)") && says.contains("Did you mean registration?"),
        "{says}"
    );
    let says = refused(&[("TINTYPE_ELEPHANT", "1")]);
    assert!(!says.contains("Did you mean"), "{says}");
    assert!(
        environment(&[
            ("TINTYPE_TEST_CORPUS", "x"),
            ("PATH", "x"),
            ("TINTYPE_CONFIG", "x")
        ])
        .is_ok()
    );
}

#[test]
fn a_broken_file_is_an_error_without_its_text() {
    let says = file("listen = \"127.0.0.1:1\"\ndatabase_url = \"hunter2")
        .expect_err("refused")
        .to_string();
    assert!(
        says.contains("/etc/tintype.toml") && says.contains("line 2"),
        "{says}"
    );
    assert!(!says.contains("hunter2"), "{says}");
    let says = file("listen = 1.5").expect_err("refused").to_string();
    assert!(says.starts_with("listen (in"), "{says}");
    assert!(says.contains("a float does not fit"), "{says}");
    let says = file("metrics_from = [1]").expect_err("refused").to_string();
    assert!(says.contains(": an array does not fit here"), "{says}");
}

#[test]
fn tables_arrays_numbers_and_switches_of_the_file_are_understood() {
    let config = file(
        "rate_limits = false\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n[s3]\nbucket = \"b\"\n\
         access_key = \"k\"\nsecret_key = \"s\"\nprefix = \"/a/b/\"\n",
    )
    .unwrap();
    assert!(!config.rate_limits);
    assert_eq!(config.trusted_proxies.len(), 2);
    let s3 = match &config.storage {
        Storage::Bucket(bucket) => bucket.as_ref(),
        Storage::Local => panic!("in no bucket"),
    };
    let Bucket::S3(s3) = s3 else {
        panic!("not S3: {:?}", config.storage)
    };
    assert_eq!(
        (s3.bucket.as_str(), s3.region.as_str(), s3.prefix.as_str()),
        ("b", "us-east-1", "a/b")
    );
    assert!(s3.path_style && s3.endpoint.is_none());
}

#[test]
fn a_bucket_without_keys_names_what_is_missing() {
    let says = refused(&[("TINTYPE_S3_BUCKET", "b"), ("TINTYPE_S3_ACCESS_KEY", "k")]);
    assert!(
        says.contains("TINTYPE_S3_SECRET_KEY is missing") && says.contains("TINTYPE_S3_BUCKET is set"),
        "{says}"
    );
    let says = refused(&[("TINTYPE_S3_PREFIX", "p")]);
    assert!(says.contains("TINTYPE_S3_BUCKET is missing"), "{says}");
}

#[test]
fn copies_have_a_place_of_their_own_and_what_is_not_said_of_their_bucket_is_as_of_the_other() {
    let all =
        "[s3]\nbucket = \"b\"\naccess_key = \"k\"\nsecret_key = \"s\"\nregion = \"r\"\npath_style = false\n";
    let copies = |more: &str| file(&format!("{all}{more}")).map(|config| config.copies);
    assert_eq!(copies("").unwrap(), None);
    let Some(Copies::Bucket(bucket)) = copies("[remote_s3]\nbucket = \"c\"\nsecret_key = \"t\"").unwrap()
    else {
        panic!("no bucket")
    };
    let Bucket::S3(s3) = *bucket else {
        panic!("not S3: {bucket:?}")
    };
    assert_eq!((s3.bucket.as_str(), s3.region.as_str()), ("c", "r"));
    assert!(!s3.path_style && s3.access_key.expose() == "k" && s3.secret_key.expose() == "t");
    let same = copies("[remote_s3]\nbucket = \"b\"")
        .expect_err("refused")
        .to_string();
    assert!(same.contains("the same place as TINTYPE_S3_BUCKET"), "{same}");
    assert!(
        copies("[remote_s3]\nbucket = \"b\"\nprefix = \"copies\"")
            .unwrap()
            .is_some()
    );
    let both = refused(&[
        ("TINTYPE_REMOTE_MEDIA_FOLDER", "/copies"),
        ("TINTYPE_REMOTE_S3_BUCKET", "b"),
        ("TINTYPE_REMOTE_S3_ACCESS_KEY", "k"),
        ("TINTYPE_REMOTE_S3_SECRET_KEY", "s"),
    ]);
    assert!(both.contains("are both set"), "{both}");
    let missing = refused(&[("TINTYPE_REMOTE_S3_BUCKET", "b")]);
    assert!(
        missing.contains("TINTYPE_REMOTE_S3_ACCESS_KEY is missing"),
        "{missing}"
    );
}

const AZURE: &str =
    "[azure]\ncontainer = \"c\"\naccount = \"ana\"\nkey = \"aHVudGVyMg==\"\nprefix = \"/a/\"\n";
const GCS: &str = "[gcs]\nbucket = \"b\"\nkey_file = \"/etc/key.json\"\n";

#[test]
fn media_are_in_azure_or_with_google_where_the_settings_name_that_and_in_one_place() {
    let name = |text: &str| file(text).map(|config| config.storage.name());
    assert_eq!(name(AZURE).unwrap(), "https://ana.blob.core.windows.net/c/a");
    assert_eq!(name(GCS).unwrap(), "https://storage.googleapis.com/b");
    let elsewhere = AZURE.replace("[azure]", "[azure]\nendpoint = \"http://127.0.0.1:10000/ana/\"");
    assert_eq!(name(&elsewhere).unwrap(), "http://127.0.0.1:10000/ana/c/a");
    for (text, missing) in [
        (
            AZURE
                .replace("account", "endpoint")
                .replace("\"ana\"", "\"http://a.test\""),
            "azure_account",
        ),
        (AZURE.replace("key = \"aHVudGVyMg==\"\n", ""), "azure_key"),
        (
            GCS.replace("key_file", "endpoint")
                .replace("/etc/key.json", "http://a.test"),
            "gcs_key_file",
        ),
    ] {
        let says = name(&text).expect_err("refused").to_string();
        let missing = format!("TINTYPE_{}", missing.to_uppercase());
        assert!(says.starts_with(&format!("{missing} is missing")), "{says}");
    }
    let both = name(&format!("{AZURE}{GCS}")).expect_err("refused").to_string();
    assert!(
        both.starts_with("TINTYPE_AZURE_CONTAINER and TINTYPE_GCS_BUCKET are both set"),
        "{both}"
    );
}

#[test]
fn uploads_straight_into_a_bucket_are_refused_where_that_is_none_of_s3() {
    for place in [AZURE, GCS] {
        assert!(!file(place).unwrap().direct_uploads);
        let says = file(&format!("s3_direct_uploads = true\n{place}"));
        let says = says.expect_err("refused").to_string();
        assert!(
            says.starts_with("TINTYPE_S3_DIRECT_UPLOADS is on, and only a bucket of S3")
                && says.ends_with("Turn it off."),
            "{says}"
        );
    }
}

#[test]
fn copies_are_with_any_service_and_what_is_not_said_of_it_is_as_of_the_other() {
    let copies = |text: &str| file(text).map(|config| config.copies.map(|copies| copies.name()));
    let named = |text: &str| copies(text).unwrap().expect("they are apart");
    assert_eq!(
        named(&format!("{AZURE}[remote_azure]\ncontainer = \"d\"")),
        "https://ana.blob.core.windows.net/d"
    );
    assert_eq!(
        named(&format!("{GCS}[remote_gcs]\nbucket = \"b\"\nprefix = \"copies\"")),
        "https://storage.googleapis.com/b/copies"
    );
    assert_eq!(
        named(&GCS.replace("[gcs]", "[remote_gcs]")),
        "https://storage.googleapis.com/b"
    );
    // The key is of an account.
    let other = copies(&format!(
        "{AZURE}[remote_azure]\naccount = \"bo\"\ncontainer = \"d\""
    ));
    let says = other.expect_err("refused").to_string();
    assert!(says.starts_with("TINTYPE_REMOTE_AZURE_KEY is missing"), "{says}");
    let same = copies(&format!("{GCS}[remote_gcs]\nbucket = \"b\""))
        .expect_err("refused")
        .to_string();
    assert!(same.contains("the same place as TINTYPE_GCS_BUCKET"), "{same}");
    // Of another service nothing is taken over.
    let apart = copies(&format!("{AZURE}[remote_gcs]\nbucket = \"b\""))
        .expect_err("refused")
        .to_string();
    assert!(
        apart.starts_with("TINTYPE_REMOTE_GCS_KEY_FILE is missing"),
        "{apart}"
    );
}

#[test]
fn secrets_are_in_no_debug_output_and_no_error() {
    let config = environment(&[
        ("TINTYPE_DATABASE_URL", "postgres://ana:hunter2@localhost/x"),
        ("TINTYPE_S3_BUCKET", "b"),
        ("TINTYPE_S3_ACCESS_KEY", "hunter3"),
        ("TINTYPE_S3_SECRET_KEY", "hunter4"),
    ])
    .unwrap();
    assert_eq!(
        config.database_url.as_ref().unwrap().expose(),
        "postgres://ana:hunter2@localhost/x"
    );
    let azure = file(AZURE).unwrap();
    let shown = format!("{config:?} {config:#?} {azure:?}");
    assert!(!shown.contains("aHVudGVy"), "{shown}");
    assert!(!shown.contains("hunter") && shown.contains("[secret]"), "{shown}");
    let says = refused(&[("TINTYPE_DATABASE_URL", "mysql://ana:hunter2@localhost/x")]);
    assert!(!says.contains("hunter2"), "{says}");
    let says = refused(&[("TINTYPE_PUBLIC_URL", "https://ana:hunter2@pics.example")]);
    assert!(!says.contains("hunter2"), "{says}");
}

#[test]
fn a_public_url_is_https_by_default_and_has_its_port() {
    let url = |text: &str| {
        environment(&[("TINTYPE_PUBLIC_URL", text)])
            .unwrap()
            .public_url
            .to_string()
    };
    assert_eq!(url("Pics.Example"), "https://pics.example/");
    assert_eq!(url("pics.example:8443"), "https://pics.example:8443/");
    assert_eq!(url("http://a.test:4001/"), "http://a.test:4001/");
    assert!(
        environment(&[])
            .unwrap()
            .warnings
            .iter()
            .any(|w| w.contains("TINTYPE_PUBLIC_URL"))
    );
    assert!(
        environment(&[("TINTYPE_PUBLIC_URL", "http://a.test:4001")])
            .unwrap()
            .warnings
            .is_empty()
    );
}

#[test]
fn private_addresses_and_names_are_lists() {
    let config = environment(&[
        ("TINTYPE_ALLOW_PRIVATE_ADDRESSES", "127.0.0.1:4001, [::1]:4002"),
        ("TINTYPE_RESOLVE", "A.test=127.0.0.1,b.test=[::1],"),
    ])
    .unwrap();
    let PrivateAddresses::Only(addresses) = &config.allow_private_addresses else {
        panic!("{config:?}")
    };
    assert_eq!(addresses.len(), 2);
    assert_eq!(config.resolve[0], ("a.test".into(), "127.0.0.1".parse().unwrap()));
    assert_eq!(config.resolve[1], ("b.test".into(), "::1".parse().unwrap()));
    let allowed = environment(&[("TINTYPE_ALLOW_PRIVATE_ADDRESSES", "true")]).unwrap();
    assert_eq!(allowed.allow_private_addresses, PrivateAddresses::Allowed);
}

#[test]
fn the_documentation_is_what_the_code_says() {
    let written = include_str!("../../docs/settings.md");
    assert!(
        written == markdown(),
        "docs/settings.md is stale: tintype settings --markdown > docs/settings.md"
    );
}

#[test]
fn numbers_are_documented_with_their_bounds() {
    let about = table::ALL
        .iter()
        .find(|about| about.name == "photo_bytes")
        .unwrap();
    assert!(matches!(about.kind, Kind::Bytes { .. }) && about.absent == Absent::Text("40 MB"));
    assert_eq!(about.kind.to_string(), "size, 100 kB to 1 GB");
}

#[test]
fn a_file_found_by_the_data_directory_cannot_move_it() {
    let folder = std::env::temp_dir().join(format!("tintype-config-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("tintype.toml");
    std::fs::write(&path, "data_dir = \"/elsewhere\"\n").unwrap();
    let environment = vec![("TINTYPE_DATA_DIR".to_owned(), folder.display().to_string())];
    let usual = Path::new("./nowhere");
    let found = source::find_file(None, &environment, usual);
    std::fs::write(&path, "feed_length = 99\n").unwrap();
    let good = source::find_file(None, &environment, usual).unwrap().unwrap();
    let named = source::find_file(Some(Path::new("/nowhere/x.toml")), &environment, usual);
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(
        found
            .expect_err("refused")
            .to_string()
            .starts_with("data_dir (in ")
    );
    assert_eq!(good, (path, "feed_length = 99\n".to_owned()));
    assert!(
        named
            .expect_err("refused")
            .to_string()
            .contains("/nowhere/x.toml")
    );
}
