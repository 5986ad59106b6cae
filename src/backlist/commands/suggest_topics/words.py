"""Which words no topic begins or ends with, in the languages of a show."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import stopwordsiso

from backlist.parse.features import terms
from backlist.parse.features.things import is_possible, writes_nouns_large

_NOUNS = frozenset(
    """
    area computer face fire group home information innovation index keys number novel page
    problem research ring room state states system test text value web work front side open
    world water
    """.split()  # noqa: SIM905 - a list of a hundred quoted words reads worse
)
"""Words of that list that a topic may have: it is made for queries, of which they say little."""

_PODCASTS = frozenset(
    """
    answer answers amazing announcement audio awesome background bonus chat chats conversation
    conversations cool crazy deep discuss discusses discussing discussion discussions dive dives
    easy edition episode episodes extra fan favorite favourite fun funny future guest guests guide
    hard hello highlight highlights host hosts huge idea ideas intro interview interviews job join
    joined joins journey learn learned learning lesson lessons life link links listen listener
    listeners live lot lots love mailbag mistake mistakes month months nice opinion outro people
    person pick picks podcast podcasts powerful preview question questions quick ramble reason
    reasons recap recommendation recommendations recording resource resources review roundup
    rundown season secret shownote shownotes simple sponsor sponsored sponsors start started
    starting stories story stuff talk talked talking talks tell thing things tip tips today
    tomorrow tonight top topic topics trick tricks trip true update updates video videos
    want ways week weekend weekly weeks weird wrap write writing wrong yesterday
    build building built create creating create discover explain explore exploring explores find
    fix follow happen include including introducing introduction leave let makes move play read
    reading release released run running share shares show speak speaks teach understand
    understanding use used useful user users visit watch watching win
    big small good great better best bad worse worst old new modern major different several
    various full entire special real main final whole current previous following upcoming
    second minute minutes hour hours day days year years morning night
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july
    august september october november december monday tuesday wednesday thursday friday saturday
    sunday via thanks shoutout wtf omg lol faq faqs aka ama tldr btw
    development experience experiences technology technologies management requirements quality
    information statement discussed named explained career team teams company companies project
    projects issue issues approach solution solutions challenge challenges
    vp director directors manager managers producer producers executive editor editors
    folge folgen gast gäste sendung ausgabe podcasts hörer thema themen woche gespräch teil kapitel
    bonjour bienvenue merci aujourd'hui entretien rencontre saison série écoute écouter écoutez
    raconte raconter parle parler parlons découvrir découvrez comprendre premier première dernier
    dernière nouveau nouvelle nouvelles grand grande petit petite jour jours année années mois
    épisode épisodes invité invitée émission semaine sujet partie numéro saison auditeurs
    episodio episodios invitado invitada programa semana tema temas parte temporada oyentes
    episódio episódios convidado convidada temporada semana ouvintes
    выпуск выпуска выпуске выпуски гость гости гостях подкаст подкаста подкасте тема темы неделя
    часть сезон слушатели
    قسمت مهمان پادکست هفته فصل موضوع برنامه شنونده رادیو الحلقة حلقة ضيف بودكاست الأسبوع موسم
    節目 节目 本期 嘉宾 嘉賓 主播 播客 听众 聽眾 話題 话题 本集 一期 主持人
    时间 時間 収録 回目 今回 番組 配信 紹介 感想
    第回 更新 エピソード ゲスト リスナー ポッドキャスト
    """.split()  # noqa: SIM905 - a list of a hundred quoted words reads worse
)
"""What podcasts say of themselves, of time, and praise."""

_OF = frozenset("of de d del da do du des della van von به و".split())  # noqa: SIM905
_JOINING = frozenset(("on", "in", "for"))
_BEFORE_VERBS = frozenset(
    """
    to we you i they can will should could would not let's how don't didn't who which he she
    """.split()  # noqa: SIM905
)
_AFTER_VERBS = frozenset(
    "the a an how why what his her their your our my it them us you me his about".split()  # noqa: SIM905
)
VERBAL = 0.25
"""The share of a word's occurrences, at least, as only verbs stand in English."""
_NOUN = re.compile(r".{3,}(?:tion|sion|ment|ity|ness|ance|ence|ship|ism|logy|ics|ture|phy|cy)s?")

_PARTICLES = frozenset(
    "的了是在我你他她它們们這这那哪很也都就把被让讓请請来來以及吗嗎呢吧啊么麼个個"
    "得着著能可没沒不为為对對到和与與跟给給说說去又还還再从從向"
)
"""Chinese characters with which no name or noun begins or ends."""

_OTHER_SCRIPTS = "ar el fa he hi ja ko ru th uk ur zh".split()  # noqa: SIM905
"""Languages in whose letters no Latin word is written: their lists serve every show."""

_NUMBER = re.compile(r"[\d.,:]+|\d+(?:st|nd|rd|th)|[ivx]+|\d+[hms]|[sep]{1,2}\d+", re.IGNORECASE)
_HIRAGANA = re.compile("[\u3041-\u309f]+")


_LETTERS = re.compile(r"\b([A-Z]{2,})s\b")


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """A word as spellings of one are compared: case, plural, hyphens and points do not count.

    >>> fold("APIs"), fold("Side-effects"), fold("C++")
    ('api', 'sideeffect', 'c++')
    """
    plain = _LETTERS.sub(r"\1", unicodedata.normalize("NFKC", word)).casefold()
    return terms.singular(re.sub(r"[^\w+#]|_", "", plain)) or plain


class Language:
    """The words of a show's language, and of English, that say nothing by themselves."""

    def __init__(self, tag: str) -> None:
        code = tag.partition("-")[0].casefold()
        known = [one for one in {code, "en", *_OTHER_SCRIPTS} if stopwordsiso.has_lang(one)]
        listed = {word.casefold() for word in stopwordsiso.stopwords(known)} - _NOUNS
        self.stop = frozenset(listed | _PODCASTS | terms.STOP)
        self.is_english, self.is_chinese = code == "en", code in ("zh", "cmn", "yue")
        self.elides = code in ("fr", "it", "ca", "oc")
        self.trusts_capitals = not writes_nouns_large(code)

    @lru_cache(maxsize=1 << 17)  # noqa: B019 - there is one language
    def is_edge(self, word: str) -> bool:
        """Whether a topic may begin or end with a word, as it is written."""
        plain = word.casefold()
        if self.is_stop(word) or _NUMBER.fullmatch(plain) or _HIRAGANA.fullmatch(plain):
            return False
        if len(plain) > 1 and not _PARTICLES.isdisjoint((plain[0], plain[-1])):
            return False
        if len(plain) == 1 and not (plain.isascii() and len(word) > 1):
            return False
        return is_possible(word) or not word.isascii()

    def is_stop(self, word: str) -> bool:
        """Whether a word says nothing by itself; `AI` does, which is a domain in the list."""
        plain = word.casefold()
        if len(word) == 2 and word.isupper():
            return plain in terms.STOP or plain in _PODCASTS
        return plain in self.stop or plain.replace(".", "") in terms.STOP

    def is_function(self, word: str) -> bool:
        """Whether a word only joins others, which what podcasts say of themselves does not."""
        return word in terms.STOP or (word in self.stop and word not in _PODCASTS)

    def links(self, words: Sequence[str], place: int) -> bool:
        """Whether the word at a place joins the two beside it to one thing."""
        word = words[place]
        if word in _OF:
            return True
        beside = (words[place - 1], words[place + 1])
        return word in _JOINING and all(one[0].isupper() for one in beside)


class Verbs:
    """The words that English sentences of an archive use as verbs."""

    def __init__(self, runs: Iterable[Sequence[str]]) -> None:
        self.seen, self.verbal = Counter[str](), Counter[str]()
        for words in runs:
            low = [word.casefold() for word in words]
            for place, word in enumerate(low):
                self.seen[word] += 1
                before = low[place - 1] if place else ""
                after = low[place + 1] if place + 1 < len(low) else ""
                self.verbal[word] += before in _BEFORE_VERBS or after in _AFTER_VERBS

    def has(self, word: str) -> bool:
        """Whether a word, as written, is more often a verb than a thing would seem one."""
        plain = word.casefold()
        if plain.endswith(("ly", "ized", "ised", "oriented", "driven", "based")):
            return True
        return self.verbal[plain] >= max(1, VERBAL * self.seen[plain])


def is_noun(word: str) -> bool:
    """Whether a word ends as only nouns do, in English and its relatives."""
    return _NOUN.fullmatch(word.casefold()) is not None
