//! Bounds how deep a page nests before a parser sees it.
//!
//! A tree builder looks through its open elements at most tags, and extractors walk down and up again: both are quadratic in the
//! depth. Tags past the bound are left out and their text stays. What is open is followed as the HTML Standard has it (13.2.6,
//! "Tree construction"), and where this is coarser than that, it takes more for open than is.

use std::collections::HashMap;

use memchr::{memchr, memmem, memrchr};

/// Blocks and other elements that may be open at once. Real articles stay below 100.
const MOST_BLOCKS: usize = 256;
/// Elements within a line that may be open at once.
const MOST_INLINE: usize = 32;
/// Blocks for which a table and its like count.
const BARRIER: usize = 8;
/// Attributes of a tag that are read: a parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 500;

/// The page with at most 256 blocks and 32 inline elements open at any place.
pub(super) fn flatten(page: &str) -> String {
    let mut flattener = Flattener {
        page,
        last_quotes: [b'"', b'\''].map(|quote| memrchr(quote, page.as_bytes())),
        out: String::with_capacity(page.len()),
        written: 0,
        open: Vec::new(),
        counts: [0; 2],
        foreign: 0,
        omitted: HashMap::new(),
    };
    flattener.run();
    flattener.out
}

/// How an end tag finds its element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Through anything: what is open above it stays open.
    Formatting,
    /// Not through a block.
    Ordinary,
    /// A block: all that is open above it is closed.
    Block,
    /// A block with an end tag that may be left out: it isn't counted.
    Implied,
    /// A block through which no other is closed.
    Barrier,
}

struct Open {
    name: String,
    kind: Kind,
}

impl Open {
    /// Which of the counts it is in, and how often: a table brings rows and cells with it that aren't counted.
    fn count(&self) -> Option<(usize, usize)> {
        let weight = if self.kind == Kind::Barrier { BARRIER } else { 1 };
        (self.kind != Kind::Implied).then(|| (usize::from(is_inline(&self.name, self.kind)), weight))
    }

    fn is_foreign(&self) -> bool {
        matches!(&*self.name, "svg" | "math")
    }
}

struct Tag {
    name: String,
    closes: bool,
    self_closing: bool,
    attributes: usize,
    /// Where it ends; without it if the text ends before.
    end: Option<usize>,
    /// Its last quotation mark has no partner.
    unclosed_quote: bool,
}

struct Flattener<'p> {
    page: &'p str,
    /// Where the last quotation mark of either kind is.
    last_quotes: [Option<usize>; 2],
    out: String,
    /// Up to where the page is in `out`, or left out of it.
    written: usize,
    open: Vec<Open>,
    /// How many elements are open: blocks, and inline.
    counts: [usize; 2],
    /// How many of them are roots of another markup, as for drawings.
    foreign: usize,
    /// Start tags that were left out and whose end tags are to come, by name.
    omitted: HashMap<String, usize>,
}

impl Flattener<'_> {
    fn run(&mut self) {
        let bytes = self.page.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr(b'<', &bytes[at..]) {
            let start = at + found;
            let rest = &bytes[start..];
            if rest.starts_with(b"<!--") {
                at = comment_end(bytes, start + 2);
            } else if rest.starts_with(b"<![CDATA[") {
                at = start + b"<![CDATA[".len();
                self.replace(start, at, "");
            } else if rest.starts_with(b"<!") || rest.starts_with(b"<?") {
                at = memchr(b'>', rest).map_or(bytes.len(), |end| start + end + 1);
            } else if let Some(tag) = self.tag(start) {
                at = self.read(start, &tag);
            } else {
                at = start + 1;
            }
        }
        self.replace(bytes.len(), bytes.len(), "");
    }

    /// Writes what stands before a part of the page, and something else for that part.
    fn replace(&mut self, start: usize, end: usize, by: &str) {
        self.out.push_str(&self.page[self.written..start]);
        self.out.push_str(by);
        self.written = end;
    }

    /// Keeps, shortens or leaves out a tag, and says where to read on.
    fn read(&mut self, start: usize, tag: &Tag) -> usize {
        let Some(end) = tag.end else {
            // A tag that the end of the page cuts off.
            self.replace(start, self.page.len(), "");
            return self.page.len();
        };
        let keeps = if tag.closes { self.close(&tag.name) } else { self.open(tag) };
        if !keeps {
            // Words on its two sides stay apart if it is a block.
            self.replace(start, end, if is_inline(&tag.name, kind(&tag.name)) { "" } else { " " });
        } else if tag.attributes > MOST_ATTRIBUTES || tag.unclosed_quote {
            let slash = if tag.closes { "/" } else { "" };
            self.replace(start, end, &format!("<{slash}{}>", tag.name));
        }
        if keeps && !tag.closes && is_raw(&tag.name) { self.raw_end(end, &tag.name) } else { end }
    }

    /// Whether a start tag stays.
    fn open(&mut self, tag: &Tag) -> bool {
        let foreign = self.foreign > 0;
        if foreign && tag.self_closing || !foreign && is_void(&tag.name) {
            return true;
        }
        let kind = match kind(&tag.name) {
            Kind::Implied if foreign && !matches!(&*tag.name, "p" | "li" | "dt" | "dd") => Kind::Block,
            kind => kind,
        };
        match kind {
            Kind::Implied => self.close_implied(&tag.name),
            Kind::Block | Kind::Barrier => self.close_implied("p"),
            // These close the one before by themselves.
            Kind::Formatting if matches!(&*tag.name, "a" | "nobr") => {
                self.close(&tag.name);
            }
            Kind::Formatting | Kind::Ordinary => {}
        }
        let open = Open { name: tag.name.clone(), kind };
        if let Some((count, weight)) = open.count() {
            if self.counts[count] + weight > [MOST_BLOCKS, MOST_INLINE][count] {
                *self.omitted.entry(open.name).or_default() += 1;
                return false;
            }
            self.counts[count] += weight;
        }
        self.foreign += usize::from(open.is_foreign());
        self.open.push(open);
        true
    }

    /// Whether an end tag stays.
    fn close(&mut self, name: &str) -> bool {
        if let Some(count) = self.omitted.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return false;
        }
        let is_it = |open: &Open| open.name == name || is_heading(&open.name) && is_heading(name);
        let kind = kind(name);
        let stops = |open: &Open| match kind {
            Kind::Ordinary => !matches!(open.kind, Kind::Formatting | Kind::Ordinary),
            Kind::Barrier => false,
            _ => open.kind == Kind::Barrier,
        };
        let found = self.open.iter().rposition(|open| is_it(open) || stops(open));
        let Some(at) = found.filter(|&at| is_it(&self.open[at])) else { return true };
        if matches!(kind, Kind::Formatting | Kind::Implied) || name == "form" {
            self.remove(at);
            return true;
        }
        // Formatting comes back in the next block.
        let mut index = self.open.len();
        while index > at {
            index -= 1;
            if index == at || self.open[index].kind != Kind::Formatting {
                self.remove(index);
            }
        }
        true
    }

    fn close_implied(&mut self, name: &str) {
        let found = self
            .open
            .iter()
            .rposition(|open| open.name == name || matches!(open.kind, Kind::Block | Kind::Barrier));
        if let Some(at) = found.filter(|&at| self.open[at].name == name) {
            self.remove(at);
        }
    }

    fn remove(&mut self, at: usize) {
        let open = self.open.remove(at);
        self.foreign -= usize::from(open.is_foreign());
        if let Some((count, weight)) = open.count() {
            self.counts[count] -= weight;
        }
    }

    /// The tag at a `<`, if it is one.
    fn tag(&self, start: usize) -> Option<Tag> {
        let bytes = self.page.as_bytes();
        let closes = bytes.get(start + 1) == Some(&b'/');
        let from = start + 1 + usize::from(closes);
        bytes.get(from).filter(|byte| byte.is_ascii_alphabetic())?;
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let to = bytes[from..].iter().position(is_end).map_or(bytes.len(), |length| from + length);
        let name = self.page[from..to].to_ascii_lowercase();
        let mut tag =
            Tag { name, closes, self_closing: false, attributes: 0, end: None, unclosed_quote: false };
        let mut at = to;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'>' => {
                    tag.self_closing = bytes[at - 1] == b'/';
                    tag.end = Some(at + 1);
                    break;
                }
                b'/' => at += 1,
                _ if byte.is_ascii_whitespace() => at += 1,
                _ => {
                    tag.attributes += 1;
                    match self.attribute_end(at) {
                        Ok(end) => at = end,
                        Err(quote) => {
                            tag.unclosed_quote = true;
                            tag.end = memchr(b'>', &bytes[quote..]).map(|length| quote + length + 1);
                            break;
                        }
                    }
                }
            }
        }
        Some(tag)
    }

    /// Where an attribute ends, or, if its quotation mark has no partner, where that is.
    fn attribute_end(&self, start: usize) -> Result<usize, usize> {
        let bytes = self.page.as_bytes();
        let find = |from: usize, is: &dyn Fn(u8) -> bool| {
            bytes[from..].iter().position(|&byte| is(byte)).map_or(bytes.len(), |length| from + length)
        };
        let name_end =
            find(start + 1, &|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='));
        let equals = find(name_end, &|byte| !byte.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            return Ok(name_end);
        }
        let value = find(equals + 1, &|byte| !byte.is_ascii_whitespace());
        match bytes.get(value) {
            Some(&quote @ (b'"' | b'\'')) => {
                // Known beforehand, so that a thousand lonely marks don't each look through the whole page.
                let last = self.last_quotes[usize::from(quote == b'\'')];
                if last.is_none_or(|last| last <= value) {
                    return Err(value);
                }
                memchr(quote, &bytes[value + 1..]).map(|length| value + length + 2).ok_or(value)
            }
            _ => Ok(find(value, &|byte| byte.is_ascii_whitespace() || byte == b'>')),
        }
    }

    /// Where the end tag of an element is that holds text alone.
    fn raw_end(&self, from: usize, name: &str) -> usize {
        let bytes = self.page.as_bytes();
        memmem::find_iter(&bytes[from..], b"</")
            .map(|found| from + found)
            .find(|&at| {
                bytes
                    .get(at + 2..at + 2 + name.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            })
            .unwrap_or(bytes.len())
    }
}

/// Where a comment ends.
fn comment_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = memmem::find(&bytes[at..], b"--") {
        let rest = &bytes[at + found..];
        for end in [&b"-->"[..], b"--!>"] {
            if rest.starts_with(end) {
                return at + found + end.len();
            }
        }
        at += found + 1;
    }
    bytes.len()
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_inline(name: &str, kind: Kind) -> bool {
    kind == Kind::Formatting
        || matches!(
            name,
            "abbr"
                | "bdi"
                | "bdo"
                | "cite"
                | "del"
                | "ins"
                | "kbd"
                | "label"
                | "mark"
                | "q"
                | "rp"
                | "rt"
                | "ruby"
                | "samp"
                | "span"
                | "sub"
                | "sup"
                | "time"
                | "var"
        )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "image"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements with text alone in them.
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes")
}

fn kind(name: &str) -> Kind {
    match name {
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong"
        | "tt" | "u" => Kind::Formatting,
        "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" | "html" | "head"
        | "body" | "colgroup" | "caption" => Kind::Implied,
        "table" | "object" | "marquee" | "applet" | "template" | "svg" | "math" => Kind::Barrier,
        "address" | "article" | "aside" | "blockquote" | "button" | "center" | "details" | "dir" | "div"
        | "dl" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "frameset" | "h1" | "h2"
        | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "iframe" | "listing" | "main" | "menu"
        | "nav" | "noembed" | "noframes" | "noscript" | "ol" | "plaintext" | "pre" | "script" | "search"
        | "section" | "select" | "style" | "summary" | "textarea" | "title" | "ul" | "xmp" => Kind::Block,
        _ => Kind::Ordinary,
    }
}

#[cfg(test)]
mod tests {
    use dom_query::{Document, NodeRef};
    use proptest::prelude::*;

    use super::*;

    /// Most elements open at once, by start and end tags alone.
    fn depth(page: &str, name: &str) -> usize {
        let (opens, closes) = (format!("<{name}>"), format!("</{name}>"));
        let mut depth = (0_usize, 0);
        for at in memmem::find_iter(page.as_bytes(), b"<") {
            if page[at..].starts_with(&opens) {
                depth.0 += 1;
            } else if page[at..].starts_with(&closes) {
                depth.0 = depth.0.saturating_sub(1);
            }
            depth.1 = depth.1.max(depth.0);
        }
        depth.1
    }

    /// How deep a parser is in elements at the last one.
    fn last_depth(page: &str) -> usize {
        fn child<'d>(node: &NodeRef<'d>) -> Option<NodeRef<'d>> {
            node.children_it(true).find(NodeRef::is_element)
        }
        let document = Document::from(page);
        let (mut depth, mut last) = (0, child(&document.root()));
        while let Some(node) = last {
            depth += 1;
            last = child(&node);
        }
        depth
    }

    #[test]
    fn nesting_is_bounded_and_its_text_kept() {
        for (name, most) in
            [("div", MOST_BLOCKS), ("b", MOST_INLINE), ("span", MOST_INLINE), ("x-y", MOST_BLOCKS)]
        {
            let count = 100_000;
            let page = format!(
                "{}word{}after",
                format!("<{name}>").repeat(count),
                format!("</{name}>").repeat(count)
            );
            let flat = flatten(&page);
            assert_eq!(depth(&flat, name), most, "{name}");
            assert_eq!(flat.matches(&format!("</{name}>")).count(), most, "{name}");
            assert!(flat.contains("word") && flat.ends_with("after"), "{name}");
        }
    }

    #[test]
    fn end_tags_that_a_parser_ignores_close_nothing() {
        for unit in [
            "<div><table><tr><td></div>",
            "<b><div></b>",
            "<span><p></span></p>",
            "<form><div></form>",
            "<h2><div><h1></h2>",
            "<svg><g><![CDATA[></g>]]>",
            "<svg><td>",
        ] {
            let page = unit.repeat(3_000);
            assert!(last_depth(&page) >= 3_000, "doesn't nest: {unit}");
            // Elements that aren't counted stand between those that are.
            assert!(last_depth(&flatten(&page)) < 4 * (MOST_BLOCKS + MOST_INLINE), "nests: {unit}");
        }
    }

    #[test]
    fn ordinary_pages_stay_as_they_are() {
        let item = "<li>one <a href='x>y'>two</a> <br> three<p>four";
        let page = format!("<!-- <div> --><ul>{}</ul></b></div>a < b <3 <img src=x>", item.repeat(2_000));
        assert_eq!(flatten(&page), page);
        let script = format!("<script>{}</script><p>one</p>", "'<div>'".repeat(1_000));
        assert_eq!(flatten(&script), script);
    }

    #[test]
    fn what_has_no_end() {
        assert_eq!(flatten("<p>one <a href=\"x>two</a> three"), "<p>one <a>two</a> three");
        assert_eq!(flatten(&"<a href='x>y ".repeat(3)), "<a href='x>y <a href='x>y <a>y ");
        assert_eq!(flatten("<p>one <a href"), "<p>one ");
        assert_eq!(flatten("<p>one <!-- two"), "<p>one <!-- two");
        assert_eq!(flatten("one <"), "one <");
        assert_eq!(flatten("<svg><g><![CDATA[></g>]]>"), "<svg><g>></g>]]>");
    }

    #[test]
    fn attributes_are_bounded() {
        let few = format!("<p{}>one", " a=b".repeat(MOST_ATTRIBUTES));
        assert_eq!(flatten(&few), few);
        assert_eq!(flatten(&format!("<P{}>one", " a=b".repeat(100_000))), "<p>one");
    }

    proptest! {
        #[test]
        fn twice_is_as_once(page in "(<|</|>|div|b|p|a|table|svg|script|title|<!--|-->|=|\"|'| |x|é|/|\n){0,80}") {
            let once = flatten(&page);
            prop_assert_eq!(flatten(&once), once);
        }
    }
}
