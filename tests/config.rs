//! Where options come from, and which count more.

mod common;

use std::fs;

use boon::{Compiler, Schemas};
use common::{repository, run, sample, sandbox};

const ALL: &str = "\
exclude = [\"drafts/\"]
no-ignore = true
dict = [\"ours.tsv\"]
model = \"my.lm\"
terms = \"terms.tsv\"
min-confidence = 0.5
any-verdict = true
quotes = \"keep\"
baseline = \"accepted.json\"

[[per-file]]
files = [\"papers/\"]
any-verdict = true
quotes = \"keep\"
min-confidence = 0.9
";

#[test]
fn the_schema_knows_all_keys() {
    let folder = sandbox();
    fs::write(folder.path().join("unspin.toml"), ALL).unwrap();
    let dumped = run(folder.path(), &["check", "--dump-config"], b"").exits(0);
    let table: toml::Table = toml::from_str(dumped.out()).unwrap();
    let schema = fs::read_to_string(repository().join("schemas/config.schema.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let known = schema["properties"].as_object().unwrap().len();
    assert_eq!((table.len(), known), (10, 10));
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("config", schema).unwrap();
    let index = compiler.compile("config", &mut schemas).unwrap();
    if let Err(error) = schemas.validate(&serde_json::to_value(&table).unwrap(), index) {
        panic!("{error:#}");
    }
    assert!(table["model"].as_str().unwrap().ends_with("/my.lm"), "{dumped:?}");
}

#[test]
fn the_nearest_file_counts_and_its_paths_are_its_own() {
    let folder = sandbox();
    let inner = folder.path().join("docs/inner");
    fs::create_dir_all(inner.join("drafts")).unwrap();
    for path in ["a.txt", "drafts/b.txt"] {
        fs::write(inner.join(path), sample("spun.txt")).unwrap();
    }
    let names = |arguments: &[&str]| {
        let run =
            run(&inner, &[&["check", "--format", "gitlab", "--exit-zero"], arguments].concat(), b"").exits(0);
        let issues: Vec<serde_json::Value> = serde_json::from_str(run.out()).unwrap();
        let mut paths: Vec<String> =
            issues.iter().map(|issue| issue["location"]["path"].as_str().unwrap().to_owned()).collect();
        paths.dedup();
        paths
    };
    assert_eq!(names(&["."]), ["a.txt", "drafts/b.txt"]);
    fs::write(folder.path().join("unspin.toml"), "exclude = [\"docs/inner/drafts/\"]\n").unwrap();
    assert_eq!(names(&["."]), ["a.txt"]);
    // What is typed counts more, and a file that is named is read in any case.
    assert_eq!(names(&[".", "--exclude", "a.*"]), ["drafts/b.txt"]);
    assert_eq!(names(&["--isolated", "."]), ["a.txt", "drafts/b.txt"]);
    assert_eq!(names(&["drafts/b.txt"]), ["drafts/b.txt"]);
    // The file that is nearer is the only one.
    fs::write(folder.path().join("docs/pyproject.toml"), "[tool.unspin]\nexclude = [\"a.txt\"]\n").unwrap();
    assert_eq!(names(&["."]), ["drafts/b.txt"]);
    fs::write(folder.path().join("docs/pyproject.toml"), "[tool.black]\n").unwrap();
    assert_eq!(names(&["."]), ["a.txt"]);
}

#[test]
fn fix_takes_them_as_well() {
    let folder = sandbox();
    let fixed = |options: &[&str]| {
        run(folder.path(), &[&["fix", "-q"], options, &["spun.txt"]].concat(), b"").exits(0).stdout
    };
    let (all, sure) = (fixed(&[]), fixed(&["--min-confidence", "0.99"]));
    assert_ne!(all, sure);
    let manifest = "[package]\nname = \"x\"\n[package.metadata.unspin]\nmin-confidence = 0.99\n";
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    assert_eq!(fixed(&[]), sure);
    assert_eq!(fixed(&["--min-confidence", "0.5"]), all);
    assert_eq!(fixed(&["--isolated"]), all);
}

#[test]
fn some_files_have_options_of_their_own() {
    let folder = sandbox();
    fs::create_dir(folder.path().join("papers")).unwrap();
    fs::copy(folder.path().join("clean.txt"), folder.path().join("papers/clean.txt")).unwrap();
    fs::copy(folder.path().join("spun.txt"), folder.path().join("papers/spun.txt")).unwrap();
    let findings = |arguments: &[&str]| {
        let options = [&["check", "--format", "json", "--exit-zero"], arguments].concat();
        let run = run(folder.path(), &options, b"").exits(0);
        let found: serde_json::Value = serde_json::from_str(run.out()).unwrap();
        found["documents"][0]["findings"].as_array().unwrap().len()
    };
    let (all, sure) =
        (findings(&["papers/spun.txt"]), findings(&["--min-confidence", "0.99", "papers/spun.txt"]));
    assert!(sure < all);
    let rules = "[[per-file]]\nfiles = [\"papers/**\"]\nmin-confidence = 0.5\n[[per-file]]\nfiles = [\"papers/s*\"]\nmin-confidence = 0.99\n";
    fs::write(folder.path().join("unspin.toml"), rules).unwrap();
    assert_eq!(findings(&["papers/spun.txt"]), sure);
    assert_eq!(findings(&["spun.txt"]), all);
    // What is typed counts more.
    assert_eq!(findings(&["--min-confidence", "0", "papers/spun.txt"]), all);
    let fixed = |path: &str| run(folder.path(), &["fix", "-q", path], b"").exits(0).stdout;
    assert_ne!(fixed("papers/spun.txt"), fixed("spun.txt"));
}
