"""One place of a feed that is no XML costs that place, and nothing after it."""

from backlist import importers
from backlist.problems import Problems

FEED = """<rss version="2.0"><channel><title>S</title><description>D</description>
<item><title>One &amp;gt;&gtgt; two</title><guid>1</guid><description>A</description></item>
<item><title>&quot;Two&quot; &amp; &lt;three&gt;</title><guid>2</guid>
<description>&lt;p&gt;It&apos;s &lt;a href=&quot;https://a.example/&quot;&gt;here&lt;/a&gt;&lt;/p&gt;
</description></item>
<item><title><![CDATA[A &lt; B]]></title><guid>3</guid><description>C</description></item>
</channel></rss>"""


def test_entities_after_an_error_keep_what_they_stand_for() -> None:
    reading = importers.read(FEED.encode(), "feed.xml", Problems())

    assert reading is not None
    _, second, third = reading.drafts
    assert second.title == '"Two" & <three>'
    assert second.body.strip() == "It's [here](https://a.example/)"
    plain = importers.read(FEED.replace("&gtgt;", "").encode(), "feed.xml", Problems())
    assert plain is not None
    assert [one.title for one in plain.drafts[1:]] == [second.title, third.title]
