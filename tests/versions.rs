//! Version-diff pages, taken apart.

mod common;
#[path = "common/version_pages.rs"]
mod version_pages;

use std::fs;

use proptest::prelude::*;
use unspin::clean::{VersionPage, version_page};
use unspin::text::Span;
use version_pages::{flatten, rows};

/// What a page says above its table.
const HEADER: &str = "This article is from the source 'gazette' and was first published or seen on 3 May 2021 10:14 (UTC). \
    The next check for changes will be 4 May 2021 02:00\n\n\
    You can find the current article at its original source at https://gazette.example/a-1\n\n\
    The article has changed 3 times. There is an RSS feed of changes available.\n\n";

/// Articles in two versions, as `tests/versions/NAME.txt`: lines begin with `=`, `-` or `+`, being in both versions, in the old or the new one.
/// Beside each, how many of its old and new paragraphs are found exactly, and how many there are. What is missed: single paragraphs taken for
/// the other version (of a move, each end), in "second-half" a pair taken for one paragraph, in "wire-and-staff" a split a sentence late.
const ARTICLES: &[(&str, [usize; 2], [usize; 2])] = &[
    ("light-edits", [9, 9], [9, 9]),
    ("inserted", [7, 10], [7, 10]),
    ("deleted", [6, 6], [9, 6]),
    ("moved", [7, 7], [9, 9]),
    ("second-half", [9, 7], [10, 8]),
    ("wire-and-staff", [7, 5], [8, 6]),
    ("list", [11, 12], [12, 12]),
    ("headline", [7, 8], [7, 8]),
];

/// The versions of an article, and the page that shows both.
fn made_page(name: &str) -> (String, [Vec<Span>; 2]) {
    let path = common::repository().join(format!("tests/versions/{name}.txt"));
    let article = fs::read_to_string(path).expect("an article");
    let lines: Vec<(&str, &str)> =
        article.lines().map(|line| line.split_once(' ').expect("a sign")).collect();
    let version = |sign| -> Vec<&str> {
        lines.iter().filter(|line| line.0 == "=" || line.0 == sign).map(|line| line.1).collect()
    };
    let (old, new) = (version("-"), version("+"));
    let title = (Some(old[0]), Some(new[0]));
    let table: Vec<_> = std::iter::once(title).chain(rows(&old[1..], &new[1..])).collect();
    flatten(&format!("{HEADER}Version 0 Version 1\n"), &table)
}

/// How many paragraphs of each version were found exactly.
fn found(page: &VersionPage, gold: &[Vec<Span>; 2]) -> [usize; 2] {
    let cells: [Vec<Span>; 2] = [page.old_paragraphs().collect(), page.new_paragraphs().collect()];
    [0, 1].map(|side| gold[side].iter().filter(|span| cells[side].contains(span)).count())
}

/// Texts by the beginning of the seeds' names, if the shared folder is here.
fn seeds() -> Vec<(String, String)> {
    let folder = common::repository().join("../shared/seeds");
    let Ok(entries) = fs::read_dir(&folder) else {
        common::skip(&format!("{} is not there", folder.display()));
        return Vec::new();
    };
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy()[..3].to_owned();
        (name, fs::read_to_string(path).expect("seeds are text"))
    };
    entries.map(|entry| read(entry.expect("an entry").path())).collect()
}

/// The paragraphs of both versions of the seed, by a table of where its lines are to be split.
fn seed_gold(text: &str) -> [Vec<Span>; 2] {
    let table =
        fs::read_to_string(common::repository().join("tests/versions/seed-000.tsv")).expect("the table");
    let mut cells = [Vec::new(), Vec::new()];
    for row in table.lines().filter(|row| !row.starts_with('#')) {
        let (number, split) = row.split_once('\t').expect("two columns");
        let number: usize = number.parse().expect("a line number");
        let start: usize = text.split_inclusive('\n').take(number - 1).map(str::len).sum();
        let line = text[start..].lines().next().expect("a line of the seed").trim_end();
        let split = if split == "old" { line.len() } else { split.parse().expect("bytes") };
        cells[0].push(Span::new(start, start + split));
        let new = line[split..].trim_start();
        if !new.is_empty() {
            cells[1].push(Span::new(start + line.len() - new.len(), start + line.len()));
        }
    }
    cells
}

#[test]
fn the_seed_is_taken_apart() {
    let seeds = seeds();
    let Some((_, text)) = seeds.iter().find(|(name, _)| name == "000") else { return };
    let page = version_page(text).expect("a version page");
    let url = page.url.as_deref().expect("an address");
    assert!(
        url.starts_with("https://www.theguardian.com/us-news/2023/jun/18/") && url.ends_with("put-off"),
        "{url}"
    );
    assert_eq!((page.source.as_deref(), page.old, page.new), (Some("guardian"), 2, 3));
    assert_eq!(page.header.len(), 5);
    let gold = seed_gold(text);
    assert_eq!(gold.each_ref().map(Vec::len), [27, 23]);
    let [old, new] = found(&page, &gold);
    // Measured: 26 and 22; line 12 is split a sentence late. The constants that were set by hand were set with this page in view.
    assert!(old >= 26 && new >= 22, "{old} of 27 old paragraphs, {new} of 23 new ones");
}

#[test]
fn other_seeds_are_no_version_pages() {
    for (name, text) in seeds().iter().filter(|(name, _)| name != "000") {
        assert_eq!(version_page(text), None, "seed {name}");
    }
}

#[test]
fn made_pages_are_taken_apart() {
    for &(name, floor, all) in ARTICLES {
        let (text, gold) = made_page(name);
        let page = version_page(&text).expect("a version page");
        assert_eq!((page.old, page.new, page.header.len()), (0, 1, 4), "{name}");
        assert_eq!(gold.each_ref().map(Vec::len), all, "{name}");
        let found = found(&page, &gold);
        assert!(
            found[0] >= floor[0] && found[1] >= floor[1],
            "{name}: {found:?} of {all:?}, the floor is {floor:?}"
        );
    }
}

#[test]
fn unchanged_rows_are_certain() {
    let (text, _) = made_page("light-edits");
    let page = version_page(&text).expect("a version page");
    let title = page.rows[0];
    assert_eq!(title.old.map(|span| span.of(&text)), title.new.map(|span| span.of(&text)));
    assert!((title.confidence - 1.0).abs() < f64::EPSILON);
    assert!(page.rows.iter().all(|row| (0.0..=1.0).contains(&row.confidence)));
}

#[test]
fn other_wordings() {
    let body = "Bakers win Bakers win\nBread is cheap. Bread is dear.\n";
    let wordings = [
        "This article is from the source 'bbc' and was first published or seen on .\nIt will not be checked again for changes.\n\
         Version 0 Version 1\n",
        "News Sniffer\nThis article is from the source ‘independent’ and was first published or seen on February 11, 2019 12:48 (UTC). \
         It last changed over 40 days ago and won’t be checked again for changes.\nPrevious version 1 2 Next version\nVersion 11 Version 12\n\
         2019-02-11 12:50:02 UTC 2019-02-11 14:05:43 UTC (less than a minute later)\n",
        "You can find the current article at its original source at http://x.example/?a=1\r\n\r\nThe article has changed 2 times.\r\n\r\n\
         Version 1 Version 0\r\n(about 1 hour earlier)\r\n",
    ];
    let expected = [
        (Some("bbc"), None, 0, 1, 3),
        (Some("independent"), None, 11, 12, 5),
        (None, Some("http://x.example/?a=1"), 1, 0, 4),
    ];
    for (wording, expected) in wordings.iter().zip(expected) {
        let text = format!("{wording}{body}");
        let page = version_page(&text).expect("a version page");
        let read = (page.source.as_deref(), page.url.as_deref(), page.old, page.new, page.header.len());
        assert_eq!(read, expected, "{wording}");
        assert_eq!(
            page.old_paragraphs().map(|span| span.of(&text)).collect::<Vec<_>>(),
            ["Bakers win", "Bread is cheap."]
        );
        assert_eq!(
            page.new_paragraphs().map(|span| span.of(&text)).collect::<Vec<_>>(),
            ["Bakers win", "Bread is dear."]
        );
    }
}

#[test]
fn a_tracker_that_says_nothing_is_told_by_its_columns() {
    let body = "Bakers win Bakers win\nBread is cheap. Bread is dear.\nMilk is dear. Milk is dear.\nEggs are out. Eggs are out.\n";
    let text = format!("Revision 4 Revision 5\n{body}");
    let page = version_page(&text).expect("a version page");
    assert_eq!((page.old, page.new, page.rows.len()), (4, 5, 4));
}

#[test]
fn the_last_line_of_the_site_is_no_paragraph() {
    let text = format!(
        "{}Currently monitoring 12,345 news articles with 67,890 different versions.\n",
        made_page("headline").0
    );
    let page = version_page(&text).expect("a version page");
    assert!(page.header.last().expect("a header").of(&text).starts_with("Currently"));
    assert_eq!(page.rows.len() + page.header.len(), text.lines().filter(|line| !line.is_empty()).count());
}

#[test]
fn other_texts_are_no_version_pages() {
    let about = "A site that shows how articles change\n\
        Each page says: “This article is from the source 'gazette' and was first published or seen on Monday.”\n\
        It then says that the article has changed 3 times. There is an RSS feed of changes available, too.\n\
        Version 0 Version 1\n\
        Those are the heads of the columns. Below them stand the paragraphs, the old ones on the left.\n\
        Readers can see at once what an editor took back. (The list of sites is long.)\n";
    let thread = "Version 2 Version 3\nwhich one should I install?\n\nrust_beginner (about 2 hours later)\nthe second one\n\n\
        rust_beginner (1 day later)\nthanks thanks\n\nthanks thanks\n";
    let release =
        "Version 1 Version 2\nThe second version reads faster than the first. Nothing else has changed.\n";
    let heads_alone = format!("{HEADER}Version 0 Version 1\n(about 1 hour later)\n");
    let far_down =
        format!("{}{HEADER}Version 0 Version 1\n(1 day later)\nA A\n", "One line of many.\n".repeat(60));
    let same = format!("{HEADER}Version 1 Version 1\n(1 day later)\nA A\n");
    for text in ["", "\n\n", HEADER, about, thread, release, &heads_alone, &far_down, &same] {
        assert_eq!(version_page(text), None, "{text}");
    }
    for name in ["clean.txt", "original.txt", "spun.txt"] {
        assert_eq!(version_page(&common::sample(name)), None, "{name}");
    }
}

/// Lines of any kind below a header that is good enough.
fn any_page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "([A-Za-zé“”\"’'.,!? \u{a0}\u{200b}\t\u{1}-]|\\PC){0,60}",
        "[A-C][a-c .“”\"]{0,30}".prop_map(|half: String| format!("{half} {half}")),
        "([A-D]|[a-d]| |\\. |\\.” |“){0,200}",
        Just("(about 8 hours later)".to_owned()),
    ];
    let end = prop::sample::select(vec!["\n", "\r\n", "\n\n"]);
    prop::collection::vec((line, end), 0..12).prop_map(|lines| {
        let lines: String = lines.into_iter().map(|(line, end)| line + end).collect();
        format!("{HEADER}Version 3 Version 4\n(1 day later)\n{lines}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_asked_about(text in "\\PC{0,200}") {
        prop_assert_eq!(version_page(&text), None);
    }

    #[test]
    fn every_line_is_header_or_row(text in any_page()) {
        let Some(page) = version_page(&text) else { return Ok(()) };
        let mut pieces: Vec<Span> = page.header.clone();
        for row in &page.rows {
            prop_assert!((0.0..=1.0).contains(&row.confidence), "{}", row.confidence);
            let piece = match (row.old, row.new) {
                (Some(old), Some(new)) => {
                    prop_assert!(!old.is_empty() && !new.is_empty() && old.end() < new.start());
                    let gap = &text[old.end()..new.start()];
                    prop_assert!(gap.chars().all(|c| c.is_whitespace() || c.is_control()), "{gap:?}");
                    old.cover(new)
                }
                (old, new) => old.or(new).expect("a row has a cell"),
            };
            let content = piece.of(&text);
            prop_assert!(!content.is_empty() && !content.contains('\n') && content.trim() == content);
            pieces.push(piece);
        }
        pieces.sort();
        // Between the pieces there is nothing but space.
        let mut at = 0;
        for piece in pieces {
            prop_assert!(at <= piece.start());
            let gap = &text[at..piece.start()];
            prop_assert!(gap.chars().all(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}')), "{gap:?}");
            at = piece.end();
        }
        prop_assert!(text[at..].chars().all(|c| c.is_whitespace() || !c.is_alphanumeric()));
        let starts: Vec<usize> = page.rows.iter().filter_map(|row| row.old.or(row.new)).map(Span::start).collect();
        prop_assert!(starts.is_sorted());
    }
}
