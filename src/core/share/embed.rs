//! The snippet that puts a comparison into another page.

use super::Base;
use crate::core::recipe;

/// How high the frame is, in pixels, if nothing else is said.
pub const DEFAULT_HEIGHT: u32 = 560;

/// A frame with this comparison, for another page. The frame may run scripts
/// and keep its own origin, which it needs to load its own files, and open the
/// comparison in a new tab; it may do nothing to the page around it.
pub fn snippet(base: &Base, fragment: &str, title: &str, height: u32) -> String {
    let separator = if fragment.is_empty() { "" } else { "&" };
    let address = base.with_fragment(&format!("{fragment}{separator}view=embed"));
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{height}\" loading=\"lazy\" \
         sandbox=\"allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox\" \
         allow=\"clipboard-write\" referrerpolicy=\"no-referrer\"></iframe>",
        escape(&address),
        escape(title),
    )
}

/// An address without `view=embed`: the comparison in its own page.
pub fn without_view(address: &str) -> String {
    let Some((base, fragment)) = address.split_once('#') else {
        return address.to_owned();
    };
    let parts = recipe::parts(fragment).filter(|part| *part != "view=embed");
    let fragment: Vec<&str> = parts.collect();
    format!("{base}#{}", fragment.join("&"))
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{snippet, without_view};
    use crate::core::share::Base;

    #[test]
    fn the_way_out_leads_to_the_same_comparison() {
        for (framed, whole) in [
            (
                "https://a.example/#c=abc&view=embed",
                "https://a.example/#c=abc",
            ),
            (
                "https://a.example/#view=embed&prompt=x",
                "https://a.example/#prompt=x",
            ),
            (
                "https://a.example/#c=abc&amp;view=embed",
                "https://a.example/#c=abc",
            ),
            ("https://a.example/", "https://a.example/"),
        ] {
            assert_eq!(without_view(framed), whole);
        }
    }

    #[test]
    fn a_title_cannot_leave_its_attribute() {
        let base = Base::read("https://touch.example/").unwrap();
        let made = snippet(&base, "#c=abc", "\"><script>alert('x')</script>\n&", 400);
        assert!(
            made.contains("src=\"https://touch.example/#c=abc&amp;view=embed\""),
            "{made}"
        );
        assert!(
            made.contains("title=\"&quot;&gt;&lt;script&gt;alert('x')&lt;/script&gt; &amp;\""),
            "{made}"
        );
        assert_eq!(made.matches('<').count(), 2);
    }
}
