//! Reads two files, a lock file and the release facts, and says what lies between two versions.

use semver::Version;
use serde::Deserialize;

// ANCHOR: facts
/// What you must do about a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// The compiler shows you where.
    Compile,
    /// Your code compiles and does something else.
    Behaviour,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The pull request that made it.
    pub pull: u32,
    pub effect: Effect,
    /// Does the crate's changelog call it breaking?
    #[serde(default)]
    pub marked: bool,
    pub what: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    pub version: Version,
    pub date: String,
    #[serde(default)]
    pub changes: Vec<Change>,
}
// ANCHOR_END: facts

/// The releases, newest first.
pub fn facts(text: &str) -> Result<Vec<Release>, String> {
    #[derive(Deserialize)]
    struct File {
        release: Vec<Release>,
    }
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let releases = file.release;
    if !releases.is_sorted_by(|one, next| one.version > next.version) {
        return Err("the releases are not sorted, newest first".into());
    }
    Ok(releases)
}

// ANCHOR: locked
/// The one version of `name` in a lock file.
pub fn locked(lock: &str, name: &str) -> Result<Version, String> {
    #[derive(Deserialize)]
    struct Lock {
        #[serde(default)]
        package: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        version: Version,
    }
    let lock: Lock = toml::from_str(lock).map_err(|error| error.to_string())?;
    let mut found = lock
        .package
        .into_iter()
        .filter(|package| package.name == name);
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only.version),
        (None, _) => Err(format!("there is no `{name}` in the lock file")),
        (Some(one), Some(two)) => Err(format!(
            "`{name}` is locked twice, {} and {}: types of one do not fit the other; \
             find out who needs it with `cargo tree -i {name}@{}`",
            one.version, two.version, one.version
        )),
    }
}
// ANCHOR_END: locked

// ANCHOR: between
/// The releases after `from`, up to and including `to`, newest first.
pub fn between<'a>(
    releases: &'a [Release],
    from: &Version,
    to: &Version,
) -> Result<Vec<&'a Release>, String> {
    for version in [from, to] {
        if !releases.iter().any(|release| release.version == *version) {
            return Err(format!(
                "the facts do not know {version}; read its changelog and add it"
            ));
        }
    }
    if to < from {
        return Err(format!("{to} is older than the locked {from}"));
    }
    let after = releases.iter().filter(|release| release.version > *from);
    Ok(after.filter(|release| release.version <= *to).collect())
}
// ANCHOR_END: between

/// The kind of step that SemVer promises between a release and the one before it.
pub fn step(version: &Version) -> &'static str {
    match (version.major, version.minor, version.patch) {
        (0, _, 0) | (_, 0, 0) => "major",
        (_, _, 0) => "minor",
        _ => "patch",
    }
}
