//! What a page says of itself: in JSON-LD, in the meta tags of Open Graph, Dublin Core and Google Scholar, in microdata, and by its
//! title, headings and `<time>`.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};
use once_cell::sync::Lazy;
use regex::Regex;

use super::super::metadata::{Metadata, iso_date};
use super::linked::linked;
use super::words;

/// What the page says of itself.
pub(super) fn metadata(document: &Document) -> Metadata {
    let said = Said::collect(&document.root());
    let linked = linked(&said.scripts);
    let (title, source) = (said.title(linked.title), linked.source.or_else(|| said.source()));
    let title = title.map(|title| without_source(&title, source.as_deref()));
    let source = source.or_else(|| source_behind(title.as_deref()?, said.page_title.as_deref()?));
    Metadata {
        title,
        byline: linked.byline.or_else(|| said.byline()),
        date: linked.date.or_else(|| said.date()),
        source,
        language: said
            .language
            .as_deref()
            .and_then(language)
            .or(linked.language)
            .or_else(|| said.tagged_language()),
    }
}

/// Everything on a page that says something, in order.
#[derive(Default)]
struct Said {
    /// Contents of `<script type="application/ld+json">`.
    scripts: Vec<String>,
    /// Meta tags by name.
    tags: HashMap<String, Vec<String>>,
    /// Microdata by property.
    items: HashMap<String, Vec<String>>,
    page_title: Option<String>,
    headings: Vec<String>,
    /// By links to authors.
    author: Option<String>,
    time: Option<String>,
    language: Option<String>,
}

impl Said {
    fn collect(root: &NodeRef<'_>) -> Self {
        let mut said = Self::default();
        for node in root.descendants_it() {
            let Some(name) = node.node_name() else { continue };
            said.element(&node, &name);
        }
        said
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str) {
        let attribute = |name: &str| node.attr(name).map(|value| spaced(&value));
        match name {
            "html" => self.language = attribute("lang").or_else(|| attribute("xml:lang")),
            "script"
                if attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")) =>
            {
                self.scripts.push(node.text().to_string());
            }
            "meta" => {
                let names = ["name", "property", "http-equiv"].into_iter().find_map(attribute);
                if let (Some(names), Some(content)) =
                    (names, attribute("content").filter(|content| !content.is_empty()))
                {
                    self.tags.entry(names.to_ascii_lowercase()).or_default().push(content);
                }
            }
            "title" if self.page_title.is_none() => self.page_title = text(node),
            "h1" | "h2" | "h3" => self.headings.extend(text(node)),
            "time" if self.time.is_none() => self.time = attribute("datetime").and_then(|time| date(&time)),
            _ => {}
        }
        if self.author.is_none()
            && attribute("rel").is_some_and(|rel| rel.split(' ').any(|rel| rel == "author"))
            && name == "a"
        {
            self.author = text(node).as_deref().and_then(byline);
        }
        for property in attribute("itemprop").iter().flat_map(|names| names.split(' ')) {
            let value = ["content", "datetime"].into_iter().find_map(attribute).or_else(|| {
                // An item within an item has a name.
                let named = node
                    .descendants_it()
                    .find(|inner| inner.attr("itemprop").is_some_and(|name| &*name == "name"));
                named.and_then(|named| text(&named)).or_else(|| text(node))
            });
            self.items.entry(property.to_owned()).or_default().extend(value);
        }
    }

    fn tag(&self, names: &[&str]) -> Option<&String> {
        names.iter().find_map(|name| self.tags.get(*name)?.first())
    }

    fn item(&self, names: &[&str]) -> Option<&String> {
        names.iter().find_map(|name| self.items.get(*name)?.first())
    }

    fn title(&self, linked: Option<String>) -> Option<String> {
        let tagged = linked
            .or_else(|| {
                self.tag(&["citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title"])
                    .cloned()
            })
            .or_else(|| self.item(&["headline"]).cloned());
        if tagged.is_some() {
            return tagged;
        }
        let Some(title) = &self.page_title else { return self.headings.first().cloned() };
        let heading = self
            .headings
            .iter()
            .filter(|heading| title.contains(&***heading))
            .max_by_key(|heading| heading.len());
        Some(heading.cloned().unwrap_or_else(|| headline(title).to_owned()))
    }

    fn byline(&self) -> Option<String> {
        for name in [
            "citation_author",
            "dc.creator",
            "dcterms.creator",
            "author",
            "article:author",
            "sailthru.author",
            "parsely-author",
        ] {
            let names = self.tags.get(name).into_iter().flatten();
            let mut authors: Vec<String> =
                names.filter_map(|author| byline(&first_name_first(author))).collect();
            authors.dedup();
            if !authors.is_empty() {
                return Some(authors.join("; "));
            }
        }
        self.item(&["author"]).and_then(|author| byline(author)).or_else(|| self.author.clone())
    }

    fn date(&self) -> Option<String> {
        const NAMES: &[&str] = &[
            "article:published_time",
            "citation_publication_date",
            "citation_online_date",
            "citation_date",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date",
            "dcterms.date",
            "datepublished",
            "date",
            "pubdate",
            "publish-date",
            "publication_date",
            "parsely-pub-date",
            "sailthru.date",
            "article:modified_time",
            "last-modified",
        ];
        let tagged = NAMES.iter().find_map(|name| self.tags.get(*name)?.iter().find_map(|value| date(value)));
        tagged
            .or_else(|| self.item(&["datePublished", "dateModified"]).and_then(|value| date(value)))
            .or_else(|| self.time.clone())
    }

    fn source(&self) -> Option<String> {
        let tagged = self.tag(&[
            "og:site_name",
            "citation_journal_title",
            "dc.source",
            "dc.publisher",
            "citation_publisher",
            "application-name",
        ]);
        tagged.or_else(|| self.item(&["publisher"])).cloned()
    }

    fn tagged_language(&self) -> Option<String> {
        self.tag(&["content-language", "dc.language", "citation_language", "og:locale"])
            .and_then(|value| language(value))
    }
}

/// A value without entities, which some sites leave in JSON-LD.
pub(super) fn plain(value: &str) -> String {
    spaced(&html_escape::decode_html_entities(value))
}

fn spaced(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(node: &NodeRef<'_>) -> Option<String> {
    Some(spaced(&node.text())).filter(|text| !text.is_empty())
}

static BY: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r"^(?i:(?:(?:written|posted|reviewed|words|story|text) )?by\b|words:)\s*:?\s*")
        .expect("a fixed pattern")
});

/// A name without "By"; an address is no name.
pub(super) fn byline(value: &str) -> Option<String> {
    let name = BY.replace(value.trim(), "").trim_end_matches([',', ';']).trim().to_owned();
    (!name.is_empty() && name.len() <= 200 && !name.contains("://") && !name.starts_with("www."))
        .then_some(name)
}

/// `Rasch, G.` as catalogues have it is `G. Rasch`.
fn first_name_first(author: &str) -> String {
    match author.split_once(", ") {
        Some((last, first))
            if !first.contains(',')
                && words(first).len() <= 3
                && words(last).len() <= 2
                && !first.contains(" and ") =>
        {
            format!("{first} {last}")
        }
        _ => author.to_owned(),
    }
}

static STAMP: Lazy<Regex> =
    Lazy::new(|| Regex::new(r"^\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:\D|$)").expect("a fixed pattern"));

pub(super) fn date(value: &str) -> Option<String> {
    let stamp =
        STAMP.captures(value).map(|found| format!("{}-{:0>2}-{:0>2}", &found[1], &found[2], &found[3]));
    iso_date(stamp.as_deref().unwrap_or(value))
}

/// The primary part of a language tag.
pub(super) fn language(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    (matches!(primary.len(), 2 | 3) && primary.bytes().all(|byte| byte.is_ascii_lowercase()))
        .then_some(primary)
}

/// A page's title without the name of the site: the longest part.
fn headline(title: &str) -> &str {
    let parts = [" | ", " :: ", " » ", " « "].iter().fold(vec![title], |parts, separator| {
        parts.into_iter().flat_map(|part| part.split(separator)).collect()
    });
    let is_whole = parts.len() == 1;
    let part = parts.into_iter().max_by_key(|part| part.len()).unwrap_or(title);
    let ends = [" - ", " – ", " — ", " -- "].iter().filter_map(|separator| part.rsplit_once(separator));
    let longest = ends.min_by_key(|(_, end)| end.len()).map(|(rest, end)| match rest.len() >= end.len() {
        true if is_whole => rest,
        // The name of the site is gone already.
        true => part,
        false => end,
    });
    longest.unwrap_or(part).trim()
}

/// A title without the name of the site behind it, if that is known.
fn without_source(title: &str, source: Option<&str>) -> String {
    let rest = source.filter(|source| !source.is_empty()).and_then(|source| title.strip_suffix(source));
    let rest = rest
        .map(str::trim_end)
        .and_then(|rest| rest.strip_suffix(['|', '-', '–', '—', '·', ':', '•', '«', '»']));
    rest.map(str::trim_end).filter(|rest| !rest.is_empty()).unwrap_or(title).to_owned()
}

/// The name of the site that a page's title has behind the headline.
fn source_behind(headline: &str, title: &str) -> Option<String> {
    let rest = title.strip_prefix(headline)?.strip_prefix(' ')?;
    let name = rest
        .strip_prefix(['|', '-', '–', '—', '·', '•', '»'])?
        .strip_prefix(' ')?
        .rsplit(" | ")
        .next()?
        .trim();
    (1..=5).contains(&words(name).len()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(page: &str) -> Metadata {
        metadata(&Document::from(page))
    }

    fn is(page: &str, title: &str, byline: &str, date: &str, source: &str, language: &str) {
        let found = of(page);
        let found = [found.title, found.byline, found.date, found.source, found.language]
            .map(Option::unwrap_or_default);
        assert_eq!(found, [title, byline, date, source, language], "{page}");
    }

    #[test]
    fn json_ld() {
        let page = r##"<html lang="en-GB"><script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Site"},
            {"@type":["NewsArticle"],"headline":"Milk &amp; honey","author":[{"@id":"#a"},{"name":"By Ola Brekk"}],
            "datePublished":"2023-10-17T06:40:00+01:00","publisher":{"name":"The Courier"}},
            {"@type":"Person","@id":"#a","name":"Marit Elling"}]}</script>"##;
        is(page, "Milk & honey", "Marit Elling; Ola Brekk", "2023-10-17", "The Courier", "en");
        is(
            r#"<script type="application/ld+json">{"@type":"Recipe","name":"Pie","author":"Ann"}</script>"#,
            "Pie",
            "Ann",
            "",
            "",
            "",
        );
        is(r#"<script type="application/ld+json">{"@type":"#, "", "", "", "", "");
    }

    #[test]
    fn meta_tags() {
        is(
            "<meta property=og:title content='One two - Site'><meta property=og:site_name content=Site>\
             <meta property=article:author content='https://x.example/ann'><meta name=Author content='By Ann Lee'><meta name=date content=2013-05-30>",
            "One two",
            "Ann Lee",
            "2013-05-30",
            "Site",
            "",
        );
        is(
            "<meta name=DC.Title content='On pitch'><meta name=DC.Creator content='Acht, B.'><meta name=DC.Creator content='Noakes, L. M.'>\
             <meta name=DC.Date content=2003-09-01><meta name=DC.Language content=en>",
            "On pitch",
            "B. Acht; L. M. Noakes",
            "2003-09-01",
            "",
            "en",
        );
        is("<meta name=citation_date content=2019/5/4>", "", "", "2019-05-04", "", "");
    }

    #[test]
    fn microdata_and_headings() {
        is(
            "<title>The ledger – North</title><h1 itemprop=name>The ledger</h1>Reviewed by <span itemprop=author>Lucan Far</span>\
             <time itemprop=datePublished datetime=2017-11-03>Friday</time>",
            "The ledger",
            "Lucan Far",
            "2017-11-03",
            "North",
            "",
        );
        is(
            "<h1>One</h1>by <a rel=author>Ann</a><time datetime=2020-01-02T10:00>",
            "One",
            "Ann",
            "2020-01-02",
            "",
            "",
        );
    }

    #[test]
    fn titles_without_the_site() {
        for (title, expected) in [
            (
                "The Hive Boards :: View topic - Bees in the chimney in November",
                "Bees in the chimney in November",
            ),
            ("Looms to open second mill - Wire Distribution", "Looms to open second mill"),
            ("Recount after a dead heat – live | The Post", "Recount after a dead heat – live"),
            ("Keeper and poet, 91", "Keeper and poet, 91"),
        ] {
            assert_eq!(headline(title), expected);
        }
        assert_eq!(without_source("One – Site", Some("Site")), "One");
        assert_eq!(without_source("Site", Some("Site")), "Site");
    }
}
