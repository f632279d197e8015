//! What a page shows, as blocks of text in reading order.

use dom_query::NodeRef;

/// A paragraph, heading, list item, table row, caption or the like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Its text, in one line; preformatted text has more.
    pub text: String,
    /// The list or table that it is a part of, by a number.
    pub group: Option<usize>,
}

/// Forms that say more than this, in characters, hold the whole page, as some frameworks do.
const LONGEST_FORM: usize = 1_000;

/// The blocks below a node that a reader sees and that may belong to an article.
pub(super) fn blocks(root: &NodeRef<'_>) -> Vec<Block> {
    let mut walk = Walk::default();
    walk.children(root, Place::default());
    walk.flush(None);
    walk.blocks
}

/// The blocks as text: an empty line between two, but within a list or a table.
pub(super) fn join<'b>(blocks: impl IntoIterator<Item = &'b Block>) -> String {
    let mut out = String::new();
    let mut last = None;
    for block in blocks {
        if !out.is_empty() {
            out.push_str(if block.group.is_some() && block.group == last { "\n" } else { "\n\n" });
        }
        out.push_str(&block.text);
        last = block.group;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Where in the page a node is.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    group: Option<usize>,
    /// In the main part: headers and footers there are the article's own.
    in_main: bool,
    /// In a row that becomes one line.
    in_row: bool,
    preformatted: bool,
}

#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    line: String,
    /// `<br>`s since the last word.
    breaks: usize,
    groups: usize,
}

impl Walk {
    /// The depth is bounded: the page was flattened.
    fn children(&mut self, node: &NodeRef<'_>, place: Place) {
        for child in node.children_it(false) {
            self.node(&child, place);
        }
    }

    fn node(&mut self, node: &NodeRef<'_>, place: Place) {
        if node.is_text() {
            let text = node.text();
            if !text.trim().is_empty() {
                self.breaks = 0;
            }
            self.line.push_str(&text);
            return;
        }
        let Some(name) = node.node_name() else {
            // A document or a fragment; of comments there is nothing to see.
            return if node.may_have_children() {
                self.children(node, place);
            };
        };
        if is_skipped(node, &name, place) {
            return;
        }
        match &*name {
            "br" if place.preformatted => self.line.push('\n'),
            "br" => {
                self.breaks += 1;
                self.line.push(' ');
                if self.breaks >= 2 {
                    self.flush(place.group);
                }
            }
            "td" | "th" if place.in_row => {
                self.line.push(' ');
                self.children(node, place);
                self.line.push(' ');
            }
            "pre" => {
                self.flush(place.group);
                self.children(node, Place { preformatted: true, ..place });
                self.flush_lines();
            }
            name if is_block(name) => {
                let starts_group = matches!(name, "ul" | "ol" | "dl" | "table") && place.group.is_none();
                let mut inner = Place {
                    in_main: place.in_main || matches!(name, "article" | "main" | "section"),
                    ..place
                };
                if starts_group {
                    self.groups += 1;
                    inner.group = Some(self.groups);
                } else if is_cell_of_layout(node, name) {
                    inner.group = None;
                }
                inner.in_row = name == "tr" && !node.element_children().iter().any(has_block);
                self.flush(place.group);
                self.children(node, inner);
                self.flush(inner.group);
            }
            _ => self.children(node, place),
        }
    }

    /// Ends a block.
    fn flush(&mut self, group: Option<usize>) {
        self.breaks = 0;
        let text = self.line.split_whitespace().collect::<Vec<_>>().join(" ");
        self.line.clear();
        if !text.is_empty() {
            self.blocks.push(Block { text, group });
        }
    }

    /// Ends a block with its lines.
    fn flush_lines(&mut self) {
        self.breaks = 0;
        let lines: Vec<&str> = self.line.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
        let text = lines.join("\n");
        self.line.clear();
        if !text.is_empty() {
            self.blocks.push(Block { text, group: None });
        }
    }
}

/// Whether a cell holds paragraphs: what a table for layout does.
fn is_cell_of_layout(node: &NodeRef<'_>, name: &str) -> bool {
    matches!(name, "td" | "th") && has_block(node)
}

/// Whether there is a block or the end of a line in an element.
fn has_block(node: &NodeRef<'_>) -> bool {
    node.descendants_it().any(|inner| inner.node_name().is_some_and(|name| &*name == "br" || is_block(&name)))
}

fn is_skipped(node: &NodeRef<'_>, name: &str, place: Place) -> bool {
    match name {
        "head" | "script" | "style" | "noscript" | "template" | "svg" | "title" | "nav" | "aside"
        | "button" | "select" | "textarea" | "iframe" | "object" | "audio" | "video" | "canvas"
        | "dialog" | "menu" => return true,
        "header" if !place.in_main => return node.descendants_it().all(|inner| !inner.has_name("h1")),
        "footer" if !place.in_main => return true,
        "form" => return node.normalized_char_count() < LONGEST_FORM,
        // Some pages are hidden until a script has run.
        "html" | "body" => return false,
        _ => {}
    }
    let role = node
        .attr("role")
        .is_some_and(|role| matches!(&*role, "navigation" | "dialog" | "alertdialog" | "search" | "banner"));
    role || node.has_attr("hidden") || node.attr("style").is_some_and(|style| hides(&style))
}

fn hides(style: &str) -> bool {
    style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        let is = |wanted: &str, by: &str| {
            name.trim().eq_ignore_ascii_case(wanted) && value.eq_ignore_ascii_case(by)
        };
        is("display", "none") || is("visibility", "hidden")
    })
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
            | "input"
    )
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    fn text(page: &str) -> String {
        join(&blocks(&Document::from(page).root()))
    }

    #[test]
    fn a_block_a_line() {
        for (page, expected) in [
            ("<h1>One</h1><p>two\n three<p>four", "One\n\ntwo three\n\nfour\n"),
            ("one<br>two<br> <br>three", "one two\n\nthree\n"),
            ("<p>a&nbsp;<b>b</b>c <i>d</i></p>", "a bc d\n"),
            ("<ul><li>one<li>two<ul><li>in</ul></ul><p>three", "one\ntwo\nin\n\nthree\n"),
            ("<ul><li>one</ul><ul><li>two</ul>", "one\n\ntwo\n"),
            ("<table><tr><th>Year</th><td>1971</td></tr><tr><td>a<td>b</table>", "Year 1971\na b\n"),
            ("<table><tr><td><p>one<p>two<td>three</table>", "one\n\ntwo\n\nthree\n"),
            ("<pre>\n  one\n\n    two\n</pre>three", "  one\n    two\n\nthree\n"),
            ("<figure><img><figcaption>A pier</figcaption></figure>", "A pier\n"),
        ] {
            assert_eq!(text(page), expected, "{page}");
        }
    }

    #[test]
    fn what_is_no_article_is_not_walked() {
        for page in [
            "<body><script>x</script><style>x</style><template>x</template><noscript>x</noscript>",
            "<nav>x</nav><aside>x</aside><header>x</header><footer>x</footer><button>x</button>",
            "<form>x<input></form><select><option>x</select><textarea>x</textarea>",
            "<p hidden>x</p><p style='color: red; DISPLAY : none !important'>x</p><div role=dialog>x</div>",
        ] {
            assert_eq!(text(page), "", "{page}");
        }
        assert_eq!(text("<body style='visibility:hidden'><article><header>One</header>"), "One\n");
        assert_eq!(text("<header><h1>One</h1></header>"), "One\n");
        assert_eq!(text(&format!("<form><p>{}</form>", "word ".repeat(500))).len(), 2_500);
    }
}
