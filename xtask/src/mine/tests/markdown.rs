use super::super::*;

#[test]
fn rewrites_html() {
    for (html, markdown) in [
        ("a<br>b", "a  \nb"),
        ("a<br><br>\nb", "a\n\nb"),
        (
            "<p style=\"color:#01579b\"> <b>Note:</b> For an <b>account</b> <a href=\"https://e.com/a\"> app</a>, x.</p>",
            "**Note:** For an **account** [app](https://e.com/a), x.",
        ),
        (
            "x<ul><li>a</li><li><i>b </i>c</li></ul>",
            "x\n\n* a\n\n* *b* c",
        ),
        (
            "&quot;x&quot; &mdash; y&nbsp;z &lt;b&gt; &amp; &unknown;",
            "\"x\" — y z &lt;b&gt; &amp; &unknown;",
        ),
        ("code `<b>&quot;` stays", "code `<b>&quot;` stays"),
        ("<code>a &lt; `b`</code>", "`` a < `b` ``"),
        (
            "a <string> and 1 < 2 > 0 <https://e.com>",
            "a \\<string> and 1 < 2 > 0 <https://e.com>",
        ),
        ("<script>x</script>", "&lt;script>x&lt;/script>"),
        ("<b></b><b>open", "**open**"),
        ("closed</b> too", "closed too"),
        ("| a | b<br>c |", "| a | b<br>c |"),
        ("a\n\n\n | b<br>c |\n\nd<br>e", "a\n\n| b<br>c |\n\nd  \ne"),
        (
            "<table><tr><td>a</td></tr></table>",
            "<table><tr><td>a</td></tr></table>",
        ),
        ("a<!-- no -->b", "ab"),
        ("<a href='x y'>z</a>", "[z](<x y>)"),
        ("`` open ` code", "`` open ` code"),
        ("  \n a \n\n\n\n b \n", "a\n\nb"),
        (
            "~~~\n<b>a</b>  \n\n\n&quot;\n~~~\n<b>c</b>",
            "~~~\n<b>a</b>  \n\n\n&quot;\n~~~\n**c**",
        ),
        (
            "a\n\n    <b>&quot;\n\n\n    c\n\nd<br>e",
            "a\n\n    <b>&quot;\n\n\n    c\n\nd  \ne",
        ),
        (
            "a <pre>&lt;b>\n\n\n  c</pre>d<br>e",
            "a\n<pre>&lt;b>\n\n\n  c</pre>\nd  \ne",
        ),
        (
            "* ```\n  <b>\n  ```\n* <b>c</b>",
            "* ```\n  <b>\n  ```\n* **c**",
        ),
        ("```\n<b>never closed", "```\n<b>never closed"),
    ] {
        assert_eq!(to_markdown(html), markdown, "{html}");
    }
}
