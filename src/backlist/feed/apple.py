"""What Apple's directory knows: categories, file extensions, media types.

Apple Podcasts, "Categories" (podcasters.apple.com/support/1691) and "A Podcaster's Guide to
RSS", enclosure.
"""

_TABLE = """\
Arts: Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts
Business: Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit
Comedy: Comedy Interviews, Improv, Stand-Up
Education: Courses, How To, Language Learning, Self-Improvement
Fiction: Comedy Fiction, Drama, Science Fiction
Government:
Health & Fitness: Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality
History:
Kids & Family: Education for Kids, Parenting, Pets & Animals, Stories for Kids
Leisure: Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden,
  Video Games
Music: Music Commentary, Music History, Music Interviews
News: Business News, Daily News, Entertainment News, News Commentary, Politics, Sports News,
  Tech News
Religion & Spirituality: Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality
Science: Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences,
  Nature, Physics, Social Sciences
Society & Culture: Documentary, Personal Journals, Philosophy, Places & Travel, Relationships
Sports: Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running,
  Soccer, Swimming, Tennis, Volleyball, Wilderness, Wrestling
TV & Film: After Shows, Film History, Film Interviews, Film Reviews, TV Reviews
Technology:
True Crime:
"""
CATEGORIES = {
    name: tuple(filter(None, inner.strip().split(", ")))
    for name, _, inner in (
        line.partition(":") for line in _TABLE.replace(",\n  ", ", ").splitlines()
    )
}
"""Category → its subcategories, spelt as Apple demands, capitals and ampersands included."""

_RENAMED = """\
Arts: Literature = Arts > Books
Arts & Entertainment = Arts: Architecture = Arts > Design; Entertainment = Arts;
  Games = Leisure > Games; Photography = Arts > Visual Arts; Poetry = Arts > Books;
  Science Fiction = Fiction > Science Fiction
Audio Blogs = Society & Culture > Personal Journals
Business: Business News = News > Business News; Finance = Business > Investing;
  Management & Marketing = Business > Management; News = News > Business News; Shopping = Business
Education: Educational Technology = Education; Education Technology = Education;
  Higher Education = Education > Courses; K-12 = Education > Courses;
  Language Courses = Education > Language Learning; Training = Education > How To
Family = Kids & Family
Food = Arts > Food
Games & Hobbies = Leisure: Other Games = Leisure > Games
Government & Organizations = Government: Local = Government; National = Government;
  Non-Profit = Business > Non-Profit; Regional = Government
Health = Health & Fitness: Diet & Nutrition = Health & Fitness > Nutrition;
  Fitness & Nutrition = Health & Fitness > Fitness; Self-Help = Education > Self-Improvement;
  Relationships = Society & Culture > Relationships
Movies & Television = TV & Film
News & Politics = News
Politics = News > Politics
Religion & Spirituality: New Age = Religion & Spirituality > Spirituality;
  Other = Religion & Spirituality; Philosophy = Society & Culture > Philosophy
Science & Medicine = Science: Medicine = Health & Fitness > Medicine
Society & Culture: History = History
Sports & Recreation = Sports: Amateur = Sports; College & High School = Sports;
  Outdoor = Sports > Wilderness; Professional = Sports
Talk Radio = News > News Commentary
Technology: Computers = Technology; Developers = Technology; Gadgets = Technology;
  Information Technology = Technology; News = News > Tech News; Operating Systems = Technology;
  Podcasting = Technology; Smart Phones = Technology; Software How-To = Technology;
  Tech News = News > Tech News; Text/Speech = Technology
Transportation = Leisure: Bicycles = Leisure > Hobbies; Commuting = Leisure > Hobbies
Travel = Society & Culture > Places & Travel
"""


def _read_renamed() -> dict[str, str]:
    """`Old` and `Old > Sub` → today's category; a subcategory not named keeps its name."""
    found: dict[str, str] = {}
    for line in _RENAMED.replace("\n  ", " ").splitlines():
        head, _, inner = line.partition(": ")
        old, _, new = head.partition(" = ")
        found |= {old: new} if new else {}
        for part in filter(None, inner.split("; ")):
            sub, mark, target = part.strip(" ;").partition(" = ")
            if mark:
                found[f"{old} > {sub}"] = target
    return found


RENAMED = _read_renamed()
"""What Apple called a category until 2019, and earlier in iTunes → what it is called today."""


def category_today(name: str) -> str:
    """A category, or `Category > Subcategory`, under the name Apple knows today.

    >>> category_today("Technology > Podcasting"), category_today("Games & Hobbies > Automotive")
    ('Technology', 'Leisure > Automotive')
    """
    if name in RENAMED:
        return RENAMED[name]
    parent, mark, sub = name.partition(" > ")
    kept = f"{RENAMED.get(parent, '').partition(' > ')[0]} > {sub}"
    known = sub in CATEGORIES.get(kept.partition(" > ")[0], ())
    return kept if mark and known else RENAMED.get(parent, name)


EXTENSIONS = {
    ".m4a": {"audio/x-m4a", "audio/mp4", "audio/m4a"},
    ".mp3": {"audio/mpeg", "audio/mp3"},
    ".mov": {"video/quicktime"},
    ".mp4": {"video/mp4", "audio/mp4"},
    ".m4v": {"video/x-m4v", "video/mp4"},
    ".pdf": {"application/pdf"},
    ".epub": {"document/x-epub", "application/epub+zip"},
}
"""File extensions Apple plays or shows, with the media types that fit them."""

_CODES = """\
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id
ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu
lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu
rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr
ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"""
LANGUAGES = frozenset(_CODES.split())
"""ISO 639-1: the two-letter codes a channel's language may begin with."""
