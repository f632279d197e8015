//! What the XML formats share.

use std::fmt::Write;

/// The first line of a document.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// An attribute with a space before it, escaped so that a parser gives the value back; characters that XML 1.0 has no way to
/// write become U+FFFD.
pub(super) struct Attribute<'v>(pub &'static str, pub &'v str);

impl std::fmt::Display for Attribute<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(name, value) = self;
        write!(f, " {name}=\"{}\"", escaped(value))
    }
}

/// Text as it stands between tags or in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // As they are, parsers would make spaces of them.
            '\t' | '\n' | '\r' => {
                // Writing to a string can't fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escapes() {
        assert_eq!(
            escaped("<a b='c'>&\"\r\n\u{0}"),
            "&lt;a b=&apos;c&apos;&gt;&amp;&quot;&#13;&#10;\u{fffd}"
        );
        assert_eq!(Attribute("a", "x\"y").to_string(), " a=\"x&quot;y\"");
    }

    proptest! {
        #[test]
        fn reads_back(text in any::<String>()) {
            let xml = format!("<a{}>{}</a>", Attribute("b", &text), escaped(&text));
            let document = roxmltree::Document::parse(&xml).unwrap();
            let has_no_way = |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
            let wanted: String = text.chars().map(|c| if has_no_way(c) { '\u{fffd}' } else { c }).collect();
            prop_assert_eq!(document.root_element().attribute("b").unwrap(), &wanted);
            prop_assert_eq!(document.root_element().text().unwrap_or_default(), &wanted);
        }
    }
}
